"""Ten thousand mutated inputs in every run, and nothing that reads bytes from outside without a target."""

import ast
import inspect
import pkgutil
from importlib import import_module
from pathlib import Path
from typing import Any

import msgspec
import pytest

import protocol
from hub.app import build_app
from node.exchange import answers
from tests.federation.network import copied_federation
from tests.fuzz.__main__ import ENDPOINTS, HUB_PAGES, PAGES, share_out
from tests.fuzz.campaign import ask, feed, visit
from tests.fuzz.endpoints import READS, WRITES, settings_of
from tests.fuzz.hub_place import HubPlace
from tests.fuzz.node_place import NodePlace
from tests.fuzz.pages import page_routes
from tests.fuzz.target import OURS, Target
from tests.fuzz.targets import ANSWERS, build_targets
from tests.hub.ground import running_ground

ROOT = Path(__file__).parents[2]
INPUTS = 10_000
SEED = 1
TARGETS = build_targets()
SHARES = share_out(INPUTS, [target.name for target in TARGETS])

READS_BYTES = (
    "decode_",
    "parse_",
    "open_",
    "verify_",
    "check_stored",
    "apply",
    "canonical",
    "reserved_kind",
    "seen_of",
)
ELSEWHERE = {
    "verify_signature": "under every envelope",
    "verify_seen": "under every `seen`",
    "verify_ahead": "the same as `apply`",
    "require_canonical": "within the decoders",
    "canonical_phone": "by `canonical`",
    "canonical_e_mail": "by `canonical`",
    "canonical_handle": "by `canonical`",
    "canonical_plate": "by `canonical`",
    "decode_line": "within `decode_note`",
    "decode_seen": "within `verify_request`",
    "parse_signature": "within `verify_request`",
    "parse_signature_input": "within `verify_request`",
    "verify_inclusion": "target proofs",
    "verify_consistency": "target proofs",
    "verify_range": "target proofs",
}


@pytest.mark.parametrize("target", TARGETS, ids=lambda target: target.name)
def test_mutated_input_is_read_or_refused_by_name(target: Target) -> None:
    broken = feed(target, SEED, SHARES[target.name])
    assert not broken, [(one.number, one.what) for one in broken[:5]]


@pytest.mark.parametrize(
    "name",
    [
        "report file in JSON",
        "record file",
        "invitation",
        "flag in a form",
        "copy of a log",
        "recovery copy",
        "export of an agency",
        "answer of a passkey",
    ],
)
def test_nesting_without_end_in_json_is_refused_by_name(name: str) -> None:
    """Found by `make fuzz`: the reader gives up with what is no error of JSON."""
    (target,) = (target for target in TARGETS if target.name == name)
    for content in (b"[" * 100_000, b'{"a":' * 50_000, b'{"facts":' + b"[" * 50_000):
        assert not feed(msgspec.structs.replace(target, seeds=[content]), SEED, 20)


@pytest.mark.parametrize("content", [b"year = " + b"9" * 5_000, b"a = " + b"[" * 3_000], ids=["number", "nesting"])
@pytest.mark.parametrize("name", ["mapping", "settings of a node", "settings of a hub"])
def test_a_number_or_nesting_without_end_is_refused_by_name(name: str, content: bytes) -> None:
    """Found by `make fuzz`: Python's reader raises what is no error of TOML."""
    (target,) = (target for target in TARGETS if target.name == name)
    with pytest.raises(OURS):
        target.call(content)


def test_every_answer_that_is_spoiled_is_one_that_a_node_takes() -> None:
    kinds: list[Any] = [
        answers.TokenAnswer,
        answers.CheckpointAnswer,
        answers.ProofAnswer,
        answers.CosignedAnswer,
        answers.SubmissionAnswer,
    ]
    kinds += [answers.BodiesAnswer, answers.AcksAnswer, answers.Problem]
    kinds += [answers.LooksAnswer, answers.DecisionsAnswer, answers.DecisionsAnswer]
    for answer, kind in zip(ANSWERS, kinds, strict=True):
        assert isinstance(answers.decode_answer(answer, kind), kind)


async def test_mutated_requests_are_answered_or_refused_by_name() -> None:
    broken = await ask(SEED, SHARES[ENDPOINTS])
    assert not broken, [(one.number, one.what, one.data[:200]) for one in broken[:5]]


async def test_mutated_requests_to_the_pages_are_answered_and_let_nothing_out(template: Path, tmp_path: Path) -> None:
    async with copied_federation(template, tmp_path / "copy", SEED) as fed:
        broken = await visit(NodePlace(fed), SEED, SHARES[PAGES])
    assert not broken, [(one.number, one.what, one.data[:200]) for one in broken[:5]]


async def test_mutated_requests_to_the_hubs_pages_are_answered_and_let_nothing_out(tmp_path: Path) -> None:
    async with running_ground(settings_of(tmp_path), tmp_path) as ground:
        await ground.three_projects()
        broken = await visit(HubPlace(ground), SEED, SHARES[HUB_PAGES])
    assert not broken, [(one.number, one.what, one.data[:200]) for one in broken[:5]]


def test_every_public_decoder_of_the_protocol_has_a_target() -> None:
    reached = {name for target in TARGETS for name in target.reaches} | ELSEWHERE.keys()
    public = set()
    for module in pkgutil.walk_packages(protocol.__path__, "protocol."):
        if module.name.startswith(("protocol.vectors", "protocol.house")):
            continue
        found = inspect.getmembers(import_module(module.name), inspect.isfunction)
        public |= {name for name, one in found if one.__module__ == module.name and name.startswith(READS_BYTES)}
    assert public - reached == set()


READERS = {
    "canonical.decode",
    "msgspec.json.decode",
    "msgspec.toml.decode",
    "msgspec.msgpack.decode",
    "json.loads",
    "tomllib.loads",
}
READ_BY = {
    "hub/actions/members_copies.py": "member's copy",
    "hub/actions/init_log.py": "charter file",
    "hub/config.py": "settings of a hub",
    "hub/core/signing_files.py": "what an officer has signed",
    "hub/store/guard.py": "guard file",
    "hub/api/encoding.py": ENDPOINTS,
    "hub/core/offered.py": "large submission",
    "node/actions/leave_scheme.py": "export of an agency",
    "protocol/house/actions/use_passkey.py": "answer of a passkey",
    "node/cli_membership.py": "copy of a log",
    "node/cli_reports.py": "report file",
    "node/config.py": "settings of a node",
    "node/core/leak/record_file.py": "record file",
    "node/core/sheets/mapping.py": "mapping",
    "node/exchange/answers.py": "answers",
    "node/exchange/join.py": "invitation",
    "node/recovery.py": "recovery copy",
    "node/web/flag_words.py": "flag in a form",
}
"""Where a service reads a format, and the target that feeds it."""

OUR_OWN = {
    "hub/examiner.py": "a task, as this hub gave it",
    "hub/core/releases.py": "a frozen release, as this hub wrote it",
    "node/exchange/publish.py": "a receipt that was verified before it was kept",
    "node/wording/asking.py": "a file of this package",
}


def test_every_place_of_a_service_that_reads_a_format_has_a_target() -> None:
    """But for the stores: what they read they wrote, sealed or into their own database."""
    reading = set()
    for path in (path for room in ("hub", "node", "protocol/house") for path in ROOT.glob(f"{room}/**/*.py")):
        calls = (node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Attribute))
        if any(ast.unparse(call) in READERS for call in calls):
            reading.add(path.relative_to(ROOT).as_posix())
    stores = {path for path in reading if path.startswith(("hub/store/", "node/store/", "protocol/house/store/"))}
    assert not reading - stores - READ_BY.keys() - OUR_OWN.keys(), "it needs a target"
    assert reading >= READ_BY.keys() | OUR_OWN.keys(), "it reads nothing any more"
    assert set(READ_BY.values()) <= {target.name for target in TARGETS} | {ENDPOINTS}


async def test_every_endpoint_is_asked(tmp_path: Path) -> None:
    async with running_ground(settings_of(tmp_path), tmp_path) as ground:
        routes = {path for route in build_app(ground.hub, with_worker=False).routes for path in _paths(route)}
    assert len(routes) > len(WRITES)
    asked = {path.decode().split("?")[0] for path in READS} | set(WRITES)
    assert {path for path in routes if path.startswith("/v1")} <= {_pattern(path) for path in asked}


@pytest.mark.parametrize(("place", "share"), [(NodePlace, SHARES[PAGES]), (HubPlace, SHARES[HUB_PAGES])])
def test_every_route_of_the_pages_is_asked(place: type[NodePlace | HubPlace], share: int) -> None:
    """The first requests go through the routes, one after the other; for each part of an address something is known."""
    routes = page_routes(place.rooms)
    assert len(routes) < share
    parts = {part.strip("{}").partition(":")[0] for route in routes for part in route.path.split("/") if "{" in part}
    assert parts <= place.known.keys()


def _paths(route: object) -> list[str]:
    path = getattr(route, "path", "")
    inner = getattr(getattr(route, "original_router", None), "routes", [])
    return [path, *(found for one in inner for found in _paths(one))]


def _pattern(path: str) -> str:
    return "/v1/tile/{path:path}" if path.startswith("/v1/tile/") else path
