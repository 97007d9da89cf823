"""What may be called proof: only what the log's key signed on both sides. A node cannot make it up."""

from collections.abc import Sequence

from node.core.evidence import judge_evidence
from protocol.checkpoint import sign_checkpoint
from protocol.log import Tree, leaf_hash
from protocol.vectors.named_keys import signing_key
from protocol.vectors.scene import ORIGIN
from tests.node.hub_simulator import LOG_KEY

HONEST = [b"entry %d" % number for number in range(12)]


def root(entries: Sequence[bytes]) -> bytes:
    return Tree().extend(leaf_hash(entry) for entry in entries).root


def note(entries: Sequence[bytes]) -> bytes:
    return sign_checkpoint(ORIGIN, len(entries), root(entries), signing_key("log"))


def kind(ours: bytes | None, theirs: bytes | None, entries: Sequence[bytes], latest: bytes | None = None) -> str:
    def root_at(size: int) -> bytes | None:
        return root(entries[:size]) if size <= len(entries) else None

    return judge_evidence((ours, latest), theirs, LOG_KEY, root_at).kind


def test_two_roots_of_one_size_are_proof() -> None:
    assert kind(note(HONEST), note([*HONEST[:11], b"other"]), HONEST) == "proof"


def test_a_smaller_note_that_is_not_the_beginning_of_the_larger_is_proof() -> None:
    assert kind(note(HONEST), note([*HONEST[:9], b"other"]), HONEST) == "proof"


def test_a_larger_note_is_proof_only_by_a_later_one_of_ours_over_the_same_entries() -> None:
    theirs = note([*HONEST[:10], b"other"])
    assert kind(note(HONEST[:10]), theirs, HONEST) == "testimony"
    assert kind(note(HONEST[:10]), theirs, HONEST, latest=note(HONEST)) == "proof"


def test_entries_that_nobody_signed_prove_nothing_against_an_honest_hub() -> None:
    invented = [*HONEST[:10], b"made up", b"made up too"]
    assert kind(note(HONEST[:10]), note(HONEST), HONEST) == "testimony"
    assert kind(note(HONEST[:10]), note(HONEST), invented) == "testimony"


def test_a_note_that_the_log_did_not_sign_and_a_missing_one_are_testimony() -> None:
    forged = sign_checkpoint(ORIGIN, 12, root([b"x"] * 12), signing_key("genesis/sign0"))
    assert kind(note(HONEST), forged, HONEST) == "testimony"
    assert kind(note(HONEST), None, HONEST) == "testimony"
