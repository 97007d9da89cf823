"""What officers sign: handed out to be signed where their key is, and taken when it is. No officer's key comes here."""

from collections.abc import Mapping
from typing import Annotated, Final

from fastapi import APIRouter, Depends
from fastapi.responses import Response

from hub.actions.officers_statements import Unsigned
from hub.actions.operators_trail import note_statement
from hub.actions.take_signed import Registry, take_signed
from hub.core import access
from hub.core.errors import Malformed
from hub.core.officers_words import EFFECTS, in_words
from hub.core.signing_files import ToSign, decode_signed, decode_to_sign, encode_file
from hub.core.values import Result
from hub.web.site import HubVisit
from hub.web.words import words_of
from protocol.envelope import decode_envelope
from protocol.errors import ProtocolError
from protocol.house.web.doors import Posted, door, uploads
from protocol.house.web.forms import Form, sentence
from protocol.house.web.posts import Upload
from protocol.statement import encode_statement, parse_statement, statement_identity
from protocol.statement_fields import REGISTRAR

rooms = APIRouter(prefix="/signing")

Operator = Annotated[HubVisit, door(access.may_operate)]
Files = Annotated[Mapping[str, Upload], Depends(uploads)]

MAX_PASTED: Final = 100_000
"""Characters: a signed file, and spaces that a mail program put in."""

REFUSED: Final = {
    "key.unknown": "no officer of this log signed it",
    "admit.endorsements": "too few projects stand for this candidate",
    "admit.notice": "the notice since the last endorsement has not passed yet",
    "admit.id_taken": "a member has this number already: prepare it anew",
    "member.not_active": "this member is not active",
    "member.not_suspended": "this member is not suspended, and nobody asks for it",
    "member.removed": "this member has been removed already",
    "limits.day": "it was prepared too long ago: prepare it anew",
}
"""Why the log does not take it."""


def prepared(visit: HubVisit, unsigned: Unsigned) -> Response:
    """A page with what is to be signed: in words, as bytes, and what it will do."""
    note_statement(visit.hub.store, "prepare", unsigned.statement, by=visit.by, now=visit.now)
    payload = encode_statement(unsigned.statement)
    file = encode_file(ToSign(payload, unsigned.body)).decode()
    return visit.page(
        "signing/prepared.html",
        statement=unsigned.statement,
        said=in_words(unsigned.statement),
        effects=EFFECTS[unsigned.statement.kind],
        words=words_of(statement_identity(payload)),
        form=Form.filled({"file": file}),
    )


@rooms.post("/file")
def save(visit: Operator, form: Posted) -> Response:
    """The same, as a file."""
    wanted = decode_to_sign(form.value("file").encode())
    try:
        statement = parse_statement(wanted.payload)
    except ProtocolError as error:
        raise Malformed("request.malformed", "this is nothing that an officer signs") from error
    name = f"{statement.kind}-{statement.day}.to-sign.json"
    headers = {"content-disposition": f'attachment; filename="{name}"'}
    return Response(encode_file(wanted), media_type="application/json", headers=headers)


@rooms.get("")
def before_taking(visit: Operator) -> Response:
    """What was signed: a file, or its text."""
    return visit.page("signing/bring.html", form=Form())


@rooms.post("")
def take(visit: Operator, form: Posted, files: Files) -> Response:
    """Into the log, if an officer signed it and the log's rules take it."""
    upload = files.get("file")
    pasted = "".join(form.text("pasted", longest=MAX_PASTED).split())
    if upload is None and not pasted:
        form.refuse("file", "Choose the file that was signed, or paste its text")
    if form.errors:
        return visit.page("signing/bring.html", status=422, form=form)
    try:
        signed = decode_signed(pasted.encode() if upload is None else upload.content)
        statement = parse_statement(decode_envelope(signed.envelope).payload)
        if statement.origin != REGISTRAR or statement.kind not in EFFECTS:
            raise Malformed("request.malformed", "this is nothing that an officer signs")
    except (Malformed, ProtocolError) as error:
        said = sentence(error.detail) if isinstance(error, Malformed) else "This is not what was signed"
        form.refuse("pasted" if upload is None else "file", said)
        return visit.page("signing/bring.html", status=422, form=form)
    result = take_signed(_registry(visit), signed.envelope, signed.body)
    if result.index is None:
        form.refuse("", _why(result))
        return visit.page("signing/bring.html", status=422, form=form)
    waits = any(matter[1] == (statement.member and statement.member.id) for matter in visit.log().state.pending)
    return visit.page(
        "signing/taken.html", said=in_words(statement), kind=statement.kind, index=result.index, waits=waits
    )


def _why(result: Result) -> str:
    return sentence(REFUSED.get(result.code, f"the log's rules do not take it ({result.code})"))


def _registry(visit: HubVisit) -> Registry:
    hub = visit.hub
    take_turn = hub.ordering.tick if hub.config.sequencer else _nothing
    return Registry(hub.store, hub.view, take_turn, hub.epochs(), visit.now, visit.by)


def _nothing() -> None:
    """Another process orders statements."""
