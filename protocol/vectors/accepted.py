"""What every reader must accept: each kind once, each body once, and DSSE's own known answer."""

from msgspec.structs import replace

from protocol import canonical
from protocol.bodies import Body, encode_body
from protocol.body_fields import (
    Accent,
    Garment,
    IdentifierShown,
    Mark,
    MemberBody,
    ObjectionBody,
    Period,
    PersonDescribed,
    Range,
    SightingBody,
    VehicleDescribed,
)
from protocol.envelope import REQUEST_TYPE, identity_of, pae, sign_envelope
from protocol.request import Ack
from protocol.statement_fields import Audience, MemberPart
from protocol.vectors import forms
from protocol.vectors.forms import Vector
from protocol.vectors.named_keys import member_keys, public, signing_key
from protocol.vectors.plausible_bodies import alert_body, salt, series_body
from protocol.vectors.scene import three_projects
from protocol.vectors.sealed_figures import accepted_figures


def accepted() -> dict[str, Vector]:
    """Every vector but the stories, by name."""
    return {"dsse_pae": _pae(), **_kinds(), **_requests(), **_bodies(), **accepted_figures()}


def _pae() -> Vector:
    kind, content = "http://example.com/HelloWorld", b"hello world"
    return {
        "what": "pae",
        "shows": "the pre-authentication encoding of DSSE's own example",
        "payload_type": kind,
        "payload": content.decode(),
        "pae": pae(kind, content).decode(),
        "pae_sha256": identity_of(kind, content),
    }


def _kinds() -> dict[str, Vector]:
    scene = three_projects()
    request = scene.request("leeds")
    about = scene.request_digest(request)
    alert = scene.alert("genesis", 1)
    first = scene.alert_statement(1)
    sighting = scene.statement("sighting", 3, about=alert, audience=Audience(regions=("west-yorkshire",)))
    objection = scene.statement("object", 2, about=about)
    other = three_projects()
    two = tuple(sorted((other.alert("genesis", 1), other.alert("merseyside", 3))))
    series = other.with_body(other.statement("series", 1, alerts=two), series_body())
    of_member = MemberPart(id=3, reason="misuse")
    statements = {
        "admit": (scene.admit_statement("leeds", 4, request), "officer0"),
        "suspend": (scene.statement("suspend", 0, member=of_member), "officer1"),
        "resume": (scene.statement("resume", 0, member=MemberPart(id=3)), "officer1"),
        "revoke_left": (scene.statement("revoke", 0, member=replace(of_member, reason="left")), "officer0"),
        "revoke_compromised": (
            scene.statement("revoke", 0, member=replace(of_member, reason="compromised", from_=7)),
            "officer0",
        ),
        "rotate": (scene.statement("rotate", 1, member=MemberPart(keys=member_keys("new"))), "genesis/sign0"),
        "leave": (scene.statement("leave", 1), "genesis/sign0"),
        "endorse": (scene.statement("endorse", 1, about=about), "genesis/sign0"),
        "object": (scene.with_body(objection, _objection()), "bradford/sign0"),
        "alert": (first, "genesis/sign0"),
        "update_live": (scene.alert_statement(1, kind="update", supersedes=alert, state="live"), "genesis/sign0"),
        "update_paused": (scene.statement("update", 1, supersedes=alert, state="paused"), "genesis/sign0"),
        "cancel": (scene.statement("cancel", 1, supersedes=alert), "genesis/sign0"),
        "sighting": (scene.with_body(sighting, _sighting()), "merseyside/sign0"),
        "series": (series, "genesis/sign0"),
        "figures": (other.figures_statement(1), "genesis/sign0"),
    }
    made = {
        name: forms.envelope(f"{name.replace('_', ' ')}: a whole envelope", scene.sign(statement, key), public(key))
        for name, (statement, key) in statements.items()
    }
    return {"charter": forms.envelope("charter: entry 0", scene.entries[0], public("officer0"))} | made


def _requests() -> dict[str, Vector]:
    scene = three_projects()
    request = canonical.encode(scene.request("leeds"))
    lead = canonical.encode(scene.request("lead", role="lead", region=None, police="yes"))
    entry = sign_envelope(request, REQUEST_TYPE, signing_key("leeds/sign0"))
    ack = canonical.encode(Ack(log=scene.log, origin=1, seen=scene.seen()))
    return {
        "request_envelope": forms.envelope("a request to join: a whole envelope", entry, public("leeds/sign0")),
        "request": forms.payload("request", "a project asks to join", request),
        "request_lead": forms.payload("request", "a lead asks to join and names no region", lead),
        "ack": forms.payload("ack", "a member says that it holds no gone body", ack),
    }


def _objection() -> ObjectionBody:
    return ObjectionBody(type="objection.v1", salt=salt("objection"), reason="key_doubt")


def _sighting() -> SightingBody:
    return SightingBody(type="sighting.v1", salt=salt("sighting"), sighting="thought_wrong", reason="wrong_person")


def _bodies() -> dict[str, Vector]:
    member = MemberBody(type="member.v1", salt=salt("member"), name="Zoë’s project", contact="office@zoe.example.org")
    described = alert_body(
        concerns=("street",),
        contact="street",
        identifiers=(
            IdentifierShown(kind="phone", tail="123"),
            IdentifierShown(epoch=1, kind="phone", tag="ab" * 64, tail="23"),
            IdentifierShown(kind="e_mail"),
        ),
        methods=("drove_elsewhere", "locked_in"),
        people=2,
        period=Period(from_="2026-09", to="2026-10", recent=True),
        persons=(
            PersonDescribed(
                accents=(Accent(accent="local", region="west-yorkshire"),),
                age=Range(min=45),
                clothing=(Garment(colour="grey", garment="hoodie"),),
                hair_colours=("brown", "grey"),
                marks=(Mark(mark="tattoo", motif="rose", part="neck", side="left"),),
                names_used=("Zoë",),
            ),
        ),
        place="vehicle",
        same_event_as=("00" * 32,),
        town="Bradford",
        vehicles=(VehicleDescribed(colour="white", make="ford", model="Transit", plate="YJ1*", type="van"),),
        weapons=("none_seen",),
    )
    officer = alert_body(police="no", persons=(PersonDescribed(officer=True),))
    bodies: dict[str, tuple[str, Body]] = {
        "body_alert": ("an alert that says little", alert_body()),
        "body_alert_full": ("an alert with most of its fields, some beyond ASCII", described),
        "body_alert_about_an_officer": ("police may not read what is about an officer", officer),
        "body_sighting": ("we think that this is wrong", _sighting()),
        "body_member": ("a name beyond ASCII, written as itself", member),
        "body_series": ("two alerts may be about one person", series_body()),
        "body_objection": ("an objection", _objection()),
    }
    return {name: forms.body(shows, encode_body(body), body.type) for name, (shows, body) in bodies.items()}
