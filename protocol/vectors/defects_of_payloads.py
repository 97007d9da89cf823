"""What every reader must refuse in a frame, a statement, a request, an Ack: one defect each."""

import base64
import json
from collections.abc import Callable
from typing import Any, Final

from protocol import canonical
from protocol.envelope import MAX_ENVELOPE_BYTES, MAX_PAYLOAD_BYTES, decode_envelope
from protocol.errors import ProtocolError
from protocol.request import Ack, parse_ack, parse_request
from protocol.statement import parse_statement
from protocol.vectors import forms
from protocol.vectors.accepted import accepted
from protocol.vectors.forms import Vector
from protocol.vectors.named_keys import public
from protocol.vectors.scene import ORIGIN, three_projects

Parser = Callable[[bytes], object]


def refused(parser: Parser, data: bytes) -> str:
    """The code by which `parser` refuses `data`.

    Raises:
        RuntimeError: it does not: the defect is none.
    """
    try:
        parser(data)
    except ProtocolError as error:
        return error.code
    raise RuntimeError("accepted")


def envelope_defects() -> dict[str, Vector]:
    """By name."""
    scene = three_projects()
    whole = scene.sign(scene.statement("leave", 1), "genesis/sign0")
    read = decode_envelope(whole)
    payload, sig = base64.b64encode(read.payload), base64.b64encode(read.signature)
    one = b'{"keyid":"%b","sig":"%b"}' % (read.keyid.encode(), sig)
    swap = whole.replace
    cases = {
        "oversize": ("one byte more than an envelope has", whole + b" " * (MAX_ENVELOPE_BYTES + 1 - len(whole))),
        "not_json": ("cut off", whole[:-1]),
        "not_utf8": ("a byte that is not UTF-8", swap(b"statement.v1", b"statement\xff.v1")),
        "nested_deeply": ("a thousand lists", b"[" * 1000),
        "shape_of_signature": ("a signature that is a number", swap(b'"sig":"%b"' % sig, b'"sig":1')),
        "unknown_member": ("a member beside the three", swap(b'{"payload"', b'{"note":"","payload"')),
        "missing_member": ("no payload type", b'{"payload":"","signatures":[%b]}' % one),
        "no_signature": ("an empty list", swap(one, b"")),
        "two_signatures": ("the same one twice", swap(one, one + b"," + one)),
        "payload_twice": ("a member twice", swap(b'{"payload"', b'{"payload":"","payload"')),
        "base64_url_safe": ("the alphabet for addresses", swap(payload, b"e30_")),
        "base64_tail_bits": ("bits in the tail", swap(payload, b"e31=")),
        "base64_unpadded": ("no padding", swap(sig, sig.rstrip(b"="))),
        "base64_line_end": ("a line end within", swap(payload, payload[:4] + b"\\n" + payload[4:])),
        "keyid_upper_case": ("capitals", swap(read.keyid.encode(), read.keyid.upper().encode())),
        "sig_size": ("a signature of 63 bytes", swap(sig, base64.b64encode(read.signature[:63]))),
        "payload_type_unknown": ("a type of somebody else", swap(b"vnd.watchword.statement.v1", b"vnd.example.v1")),
        "payload_type_version_zero": ("version 0", swap(b"statement.v1", b"statement.v0")),
        "payload_type_leading_zero": ("version 01", swap(b"statement.v1", b"statement.v01")),
        "white_space": ("a space after a colon", swap(b'"payload":', b'"payload": ')),
        "line_end": ("a line end at the end", whole + b"\n"),
        "escape": ("a solidus written as an escape", swap(b"application/", b"application\\/")),
        "reordered": (
            "the signature before its key id",
            swap(one, b'{"sig":"%b","keyid":"%b"}' % (sig, read.keyid.encode())),
        ),
    }
    made = {}
    for name, (shows, data) in cases.items():
        vector = {"what": "envelope", "shows": shows} | forms.text_or_base64("envelope", data)
        made[f"envelope_{name}"] = forms.rejected(vector, refused(decode_envelope, data))
    return made


def _samples() -> dict[str, bytes]:
    """The payloads that defects are made from."""
    return {
        name: str(vector["payload"]).encode()
        for name, vector in accepted().items()
        if vector["what"] in ("envelope", "request", "ack")
    }


ABSENT: Final = object()
DIGEST: Final = "aa" * 32


def changed(payload: bytes, path: str, value: object) -> bytes:
    """The payload with the value at the dotted path replaced, added, or (ABSENT) taken away."""
    top: Any = json.loads(payload)
    inner = top
    *way, last = path.split(".")
    for step in way:
        inner = inner[int(step)] if isinstance(inner, list) else inner[step]
    if value is ABSENT:
        del inner[last]
    else:
        inner[last] = value
    return canonical.encode(top)


def statement_defects() -> dict[str, Vector]:
    """By name."""
    sample = _samples()
    alert = sample["alert"]
    keys = json.loads(sample["rotate"])["member"]["keys"]
    regions = json.loads(sample["charter"])["charter"]["regions"]
    raw = {
        "oversize": ("one byte more than a statement has", alert.ljust(MAX_PAYLOAD_BYTES + 1)),
        "not_json": ("cut off", alert[:-1]),
        "not_utf8": ("a byte that is not UTF-8", alert.replace(b'"alert"', b'"\xff"')),
        "byte_order_mark": ("a byte order mark", b"\xef\xbb\xbf" + alert),
        "trailing_nul": ("a NUL at the end", alert + b"\0"),
        "lone_surrogate": ("half of a surrogate pair", alert.replace(b'"alert"', b'"\\ud800"')),
        "member_twice": ("a member twice", alert.replace(b'{"audience"', b'{"kind":"cancel","audience"')),
        "member_twice_within": ("a member of the body's twice", alert.replace(b'"seal":', b'"seal":"open","seal":')),
        "list": ("a list", b"[%b]" % alert),
        "white_space": ("a space", alert.replace(b'"kind":', b'"kind": ')),
        "line_end": ("a line end at the end", alert + b"\n"),
        "escape": ("a letter written as an escape", alert.replace(b'"alert"', b'"\\u0061lert"')),
        "reordered": ("another order", b'{"status":"actual",' + alert.replace(b',"status":"actual"', b"")[1:]),
        "null_for_absent": ("null for what may be absent", alert.replace(b'"seen":', b'"member":null,"seen":')),
        "empty_list_for_absent": ("an empty list", alert.replace(b'{"regions"', b'{"except":[],"regions"')),
        "negative_zero": ("-0", sample["revoke_left"].replace(b'"origin":0', b'"origin":-0')),
        "fraction_zero": ("1.0", alert.replace(b'"origin":1', b'"origin":1.0')),
        "exponent": ("1E0", alert.replace(b'"origin":1', b'"origin":1E0')),
        "great_integer": ("an integer of a thousand digits", alert.replace(b'"origin":1', b'"origin":1' + b"0" * 999)),
    }  # fmt: skip
    coded = {
        "unknown_field": ("a field of another version", "alert", "priority", "high"),
        "unknown_field_within": ("a field with words", "alert", "body.note", "a grey van"),
        "missing_field": ("an alert without a body", "alert", "body", ABSENT),
        "missing_log": ("a statement of no log", "leave", "log", ABSENT),
        "missing_seen": ("a statement that has seen nothing", "leave", "seen", ABSENT),
        "forbidden_field": ("a Cancel that expires", "cancel", "expires", "2026-11-05"),
        "forbidden_body": ("a paused update with a body", "update_paused", "body", json.loads(alert)["body"]),
        "forbidden_member_field": ("a resume with a reason", "resume", "member.reason", "misuse"),
        "charter_with_log": ("a charter of another log", "charter", "log", "00" * 32),
        "string_for_integer": ("an origin in quotes", "alert", "origin", "1"),
        "true_for_integer": ("an origin that is true", "alert", "origin", True),
        "float": ("an origin between two", "alert", "origin", 1.5),
        "null": ("an origin that is null", "alert", "origin", None),
        "unknown_kind": ("a kind that nobody knows", "leave", "kind", "stay"),
        "digest_upper_case": ("capitals in a digest", "alert", "log", "AB" * 32),
        "digest_line_end": ("a line end in a digest", "alert", "log", "ab" * 32 + "\n"),
        "day_not_real": ("29 February of a common year", "leave", "day", "2027-02-29"),
        "day_with_time": ("a time", "leave", "day", "2026-11-02T10:00"),
        "expires_between_leases": ("a lease of four days", "alert", "expires", "2026-11-06"),
        "expires_before_day": ("a lease of less than nothing", "alert", "expires", "2026-10-30"),
        "status_of_membership": ("an endorsement for practice", "endorse", "status", "exercise"),
        "officer_alerts": ("an alert of the registrar's", "alert", "origin", 0),
        "member_suspends": ("a suspension of a member's", "suspend", "origin", 1),
        "origin_too_great": ("65,536", "alert", "origin", 65_536),
        "audience_empty": ("nobody", "alert", "audience", {"except": [1]}),
        "audience_order": ("members not ascending", "alert", "audience", {"members": [3, 2]}),
        "audience_twice": ("a region twice", "alert", "audience", {"regions": ["merseyside", "merseyside"]}),
        "body_of_another_kind": ("an alert with a sighting's body", "alert", "body.type", "sighting.v1"),
        "series_of_one": ("one alert is no series", "series", "alerts", [DIGEST]),
        "series_of_too_many": (
            "twenty-one alerts", "series", "alerts", [f"{number:064x}" for number in range(21)],
        ),
        "series_order": ("alerts not ascending", "series", "alerts", ["bb" * 32, "aa" * 32]),
        "series_twice": ("an alert twice", "series", "alerts", [DIGEST, DIGEST]),
        "series_for_practice": ("a series for practice", "series", "status", "exercise"),
        "figures_for_practice": ("figures for practice", "figures", "status", "test"),
        "figures_open": ("figures that anybody could read", "figures", "body.seal", "open"),
        "figures_small": ("figures of another size", "figures", "body.size", 2048),
        "alert_sealed": ("an alert that nobody could read", "alert", "body.seal", "figures"),
        "body_size": ("a size between two", "alert", "body.size", 3000),
        "suspend_reason": ("a suspension because it left", "suspend", "member.reason", "left"),
        "revoke_reason": ("a revocation for misuse", "revoke_left", "member.reason", "misuse"),
        "revoke_left_from": ("left, and from an index", "revoke_left", "member.from", 7),
        "revoke_compromised_without_from": ("compromised, and since when", "revoke_compromised", "member.from", ABSENT),
        "admit_project_without_region": ("a project of nowhere", "admit", "member.region", ABSENT),
        "admit_observer_with_region": ("an observer of a region", "admit", "member.role", "observer"),
        "admit_registrar": ("a member that is the registrar", "admit", "member.role", "registrar"),
        "keys_order": ("keys not ascending", "rotate", "member.keys.sign", ["ff" * 32, "aa" * 32]),
        "keys_twice": ("one key for two uses", "rotate", "member.keys.online", keys["sign"][0]),
        "keys_none": ("no key to sign with", "rotate", "member.keys.sign", []),
        "keys_nine": ("nine keys", "rotate", "member.keys.sign", sorted(public(f"k{i}") for i in range(9))),
        "charter_one_officer": ("one officer", "charter", "charter.officers", [public("officer0")]),
        "charter_own_neighbour": (
            "a region beside itself", "charter", "charter.regions", [regions[0] | {"neighbours": [regions[0]["code"]]}],
        ),
        "charter_unknown_neighbour": ("a neighbour that is no region", "charter", "charter.regions", regions[:1]),
        "charter_too_few_witnesses": ("four of three", "charter", "charter.witnesses.k", 4),
        "charter_succeeds_itself": (
            "the predecessor's own name", "charter", "charter.predecessor",
            {"log": DIGEST, "members": {"root": DIGEST, "size": 3}, "origin": ORIGIN, "root": DIGEST, "size": 9},
        ),
        "admit_carried_and_predecessor": (
            "a member that comes over and is also another's successor", "admit", "member",
            json.loads(sample["admit"])["member"] | {"carried": {"index": 0}, "predecessor": 2},
        ),
        "charter_lease": ("a lease of a week", "charter", "charter.lease_max_days", 7),
        "charter_witness_hosts": (
            "two witnesses on one host", "charter", "charter.witnesses.keys",
            [{"host": "w.example.org", "key": public(f"w{i}"), "name": f"w{i}.example.org/w"} for i in range(3)],
        ),
    }  # fmt: skip
    cases = raw | {name: (shows, changed(sample[of], path, value)) for name, (shows, of, path, value) in coded.items()}
    return _payloads("statement", cases, parse_statement)


def request_defects() -> dict[str, Vector]:
    """By name."""
    request = _samples()["request"]
    seal = json.loads(request)["keys"]["seal"]
    cases = {
        "observer_with_region": ("an observer of a region", changed(request, "role", "observer")),
        "project_without_region": ("a project of nowhere", changed(request, "region", ABSENT)),
        "key_for_two_uses": ("one key for two uses", changed(request, "keys.online", seal)),
        "with_a_name": ("a name, which is for ever", changed(request, "name", "Leeds")),
        "predecessor_zero": ("the registrar as predecessor", changed(request, "predecessor", 0)),
        "white_space": ("a space", request.replace(b'"role":', b'"role": ')),
    }
    return _payloads("request", cases, parse_request)


def ack_defects() -> dict[str, Vector]:
    """By name."""
    scene = three_projects()
    ack = canonical.encode(Ack(log=scene.log, origin=1, seen=scene.seen()))
    cases = {
        "of_the_registrar": ("the registrar holds nothing", changed(ack, "origin", 0)),
        "of_nothing_seen": ("a log of no entries", changed(ack, "seen.size", 0)),
        "without_log": ("of no log", changed(ack, "log", ABSENT)),
        "member_twice": ("a member twice", ack.replace(b'{"log"', b'{"origin":2,"log"')),
        "size_beyond_exact_floats": ("2^53", changed(ack, "seen.size", 2**53)),
    }
    return _payloads("ack", cases, parse_ack)


def _payloads(what: str, cases: dict[str, tuple[str, bytes]], parser: Parser) -> dict[str, Vector]:
    return {
        f"{what}_{name}": forms.rejected(forms.payload(what, shows, data), refused(parser, data))
        for name, (shows, data) in cases.items()
    }
