"""What a member can try against a real hub, and others' nodes. Each plays itself and returns what came of it.

Rules one by one stand in `tests/hub/test_submission.py` and `tests/hub/test_access.py`; here the attacker is a member
like any other, Bradford, and the others must not notice.
"""

import asyncio
import datetime as dt
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Final

import msgspec
from msgspec.structs import replace

from protocol.body_fields import PersonDescribed
from protocol.vectors.plausible_bodies import alert_body, salt
from protocol.vectors.scene import three_projects
from tests.hub.asker import b64, code_of, codes_of
from tests.hub.ground import Ground
from tests.node.exchange_nodes import all_sync, three

STATEMENTS_PER_DAY: Final = 40
REQUESTS_PER_MINUTE: Final = 30
ENDLESS_BYTES: Final = 64 * 2**20
"""Sent in pieces until the hub stops reading; far past any submission."""


MAX_BODY_BYTES: Final = 16 * 2**10
"""No stored body is larger."""


class MemberAttack(msgspec.Struct, frozen=True):
    """One attack. `play`: on a running hub with three projects, and an empty folder; returns what came of it."""

    name: str
    play: Callable[[Ground, Path], Awaitable[str]]


MEMBER_ATTACKS: Final[list[MemberAttack]] = []


def by_a_member(play: Callable[[Ground, Path], Awaitable[str]]) -> Callable[[Ground, Path], Awaitable[str]]:
    """Lists a function as an attack; its name is the function's."""
    MEMBER_ATTACKS.append(MemberAttack(play.__name__.replace("_", " "), play))
    return play


def _refused(code: str | int) -> str:
    assert isinstance(code, str), "it was taken"
    return f"refused: {code}"


@by_a_member
async def flood(ground: Ground, _: Path) -> str:
    """It asks and sends until it is refused, and long after. Others are served, and its own Cancel passes."""
    bradford = ground.asker("bradford/online")
    own = ground.scene.alert("bradford", 2)
    await ground.ok("bradford")
    for _number in range(3 * REQUESTS_PER_MINUTE):
        ground.scene.alert("bradford", 2)
        answer = await bradford.statements(*ground.scene.take())
        assert answer.status_code in (200, 429)
    code = code_of(answer)
    assert int(answer.headers["retry-after"]) > 0
    ground.scene.alert("genesis", 1)
    assert isinstance(codes_of(await ground.send("genesis"))[0], int), "others are served"
    ground.scene.cancel("bradford", 2, own)
    assert isinstance(codes_of(await ground.send("bradford"))[0], int), "its own Cancel passes all the same"
    by_bradford = [link for link in ground.hub.view.now.state.links.values() if link.origin == 2]
    assert len(by_bradford) <= STATEMENTS_PER_DAY
    return f"{_refused(code)}; others served, its own Cancel taken"


@by_a_member
async def a_thousand_cancels(ground: Ground, _: Path) -> str:
    """Of others' warnings and of nothing: none acts, and they do not fill the log."""
    stands = ground.scene.alert("genesis", 1)
    await ground.ok()
    size = ground.hub.view.now.state.size
    said: set[str | int] = set()
    for batch in range(4):
        for number in range(250):
            target = stands if number % 2 else f"{batch * 250 + number:064x}"
            ground.scene.cancel("bradford", 2, target)
        said |= {code for code in codes_of(await ground.send("bradford")) if isinstance(code, str)}
    state = ground.hub.view.now.state
    assert state.chains[stands].cancelled is None
    assert state.size - size <= STATEMENTS_PER_DAY, "and they do not fill the log"
    return f"refused: {', '.join(sorted(map(str, said)))}"


@by_a_member
async def oversize(ground: Ground, _: Path) -> str:
    """A submission without end, and a body that is larger than its statement may name."""

    async def endless() -> AsyncIterator[bytes]:
        for _piece in range(ENDLESS_BYTES // 2**20):
            yield b" " * 2**20

    headers = ground.asker("bradford/online").signed("POST", "/v1/statements", b" ")
    answer = await ground.client.post("/v1/statements", content=endless(), headers=headers)
    assert answer.status_code == 413
    ground.scene.alert("bradford", 2)
    (item,) = ground.scene.take()
    item["body"] = b64(bytes(MAX_BODY_BYTES + 1))
    (code,) = codes_of(await ground.asker("bradford/online").statements(item))
    return f"{_refused(code_of(answer))}; {_refused(code)}"


@by_a_member
async def anothers_digest(ground: Ground, _: Path) -> str:
    """It publishes another project's content as its own, and so would be asked when that is to be taken back."""
    ground.scene.alert("genesis", 1)
    (item,) = ground.scene.take()
    await ground.asker("genesis/online").statements(item)
    stolen = replace(ground.scene.alert_statement(2), body=ground.scene.statement_of(item).body)
    ground.scene.append(ground.scene.sign(stolen, "bradford/sign0"))
    return _refused(codes_of(await ground.send("bradford"))[0])


@by_a_member
async def a_reused_nonce_with_other_content(ground: Ground, _: Path) -> str:
    first = ground.scene.alert_statement(2)
    ground.scene.append(ground.scene.sign(first, "bradford/sign0"))
    await ground.ok("bradford")
    other = replace(ground.scene.alert_statement(2), nonce=first.nonce)
    ground.scene.append(ground.scene.sign(other, "bradford/sign0"))
    return _refused(codes_of(await ground.send("bradford"))[0])


@by_a_member
async def a_replayed_request(ground: Ground, _: Path) -> str:
    """Somebody on the way sends a signed request again, at once and five times over."""
    headers = ground.asker("genesis/online").signed("POST", "/v1/tokens")
    answers = await asyncio.gather(*(ground.client.post("/v1/tokens", headers=headers) for _ in range(5)))
    assert sorted(answer.status_code for answer in answers) == [200, 401, 401, 401, 401]
    (code,) = {code_of(answer) for answer in answers if answer.status_code == 401}
    return f"one is answered, the others {_refused(code)}"


@by_a_member
async def a_statement_in_anothers_name(ground: Ground, _: Path) -> str:
    ground.scene.append(ground.scene.sign(ground.scene.alert_statement(1), "bradford/sign0"))
    return _refused(codes_of(await ground.send("bradford"))[0])


@by_a_member
async def another_logs_statement(ground: Ground, _: Path) -> str:
    other = three_projects(notice_days=2)
    statement = other.alert_statement(2)
    assert statement.body is not None
    ground.scene.bodies[statement.body.digest] = other.bodies[statement.body.digest]
    ground.scene.append(other.sign(statement, "bradford/sign0"))
    return _refused(codes_of(await ground.send("bradford"))[0])


@by_a_member
async def a_day_to_come(ground: Ground, _: Path) -> str:
    ground.scene.day = ground.clock.now.date() + dt.timedelta(days=400)
    ground.scene.alert("bradford", 2)
    return _refused(codes_of(await ground.send("bradford"))[0])


@by_a_member
async def a_lease_of_the_past(ground: Ground, _: Path) -> str:
    ground.scene.day = ground.clock.now.date() - dt.timedelta(days=40)
    old = ground.scene.alert("bradford", 2, days=30)
    assert isinstance(codes_of(await ground.send("bradford"))[0], int)
    link = ground.hub.view.now.state.links[old]
    assert link.expires is not None and link.expires < ground.clock.now.date().isoformat()
    return "taken, and dark from the first moment"


@by_a_member
async def a_seen_that_was_never_signed(ground: Ground, _: Path) -> str:
    """To make others believe that the hub showed it another history."""
    forged = replace(ground.scene.seen(), root="ab" * 32)
    ground.scene.append(ground.scene.sign(replace(ground.scene.alert_statement(2), seen=forged), "bradford/sign0"))
    code = _refused(codes_of(await ground.send("bradford"))[0])
    assert not ground.hub.view.refresh().halted, "and it stops nothing"
    return code


@by_a_member
async def private_looking_text_in_a_body(_ground: Ground, folder: Path) -> str:
    """It hides the field at the reader's, and never the warning."""
    scene = three_projects()
    _, _, genesis, bradford, merseyside = three(folder, scene)
    person = PersonDescribed(age=None, names_used=("Seven Elm Road",), sex="man", skin="ic1")
    body = alert_body(salt=salt("hostile"), persons=(person,))
    identity = scene.append(scene.sign(scene.alert_statement(2, body=body), "bradford/sign0"))
    await all_sync(genesis, bradford, merseyside)
    received = merseyside.received(identity)
    assert received is not None, "the warning is shown"
    (hidden,) = {one.field for one in received.arrival.hidden}
    assert "names_used" in hidden and received.body == body, "the bytes stay as they were signed"
    return f"the warning is shown, without {hidden}"
