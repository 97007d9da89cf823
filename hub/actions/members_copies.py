"""Members' copies of a log, read and verified: what a lost hub is rebuilt from, and what a successor is named from.

Source: spec/rebuild.md §2, steps 1 to 3.
"""

from collections.abc import Mapping, Sequence

import msgspec

from hub.core.errors import Misconfigured
from protocol.checkpoint import Checkpoint, open_checkpoint
from protocol.errors import ProtocolError
from protocol.log import Tree, leaf_hash
from protocol.log_copy import LogCopy
from protocol.replay import State, replay
from protocol.statement_fields import Charter
from protocol.verifier_key import ED25519, VerifierKey


class VerifiedCopy(msgspec.Struct, frozen=True):
    """A copy whose entries are those under its note.

    Attributes:
        name: of its file.
        log: identity of its charter.
        leaves: the leaf hash of each entry.
    """

    name: str
    copy: LogCopy
    log: str
    charter: Charter
    checkpoint: Checkpoint
    leaves: list[bytes]

    @property
    def log_key(self) -> VerifierKey:
        """What verifies the checkpoints of this log."""
        return VerifierKey(self.charter.origin, ED25519, bytes.fromhex(self.charter.log_key))

    def root_at(self, size: int) -> bytes:
        """The root over the first `size` entries, or over all, if there are fewer."""
        return Tree().extend(self.leaves[:size]).root


def read_copies(files: Mapping[str, bytes]) -> list[VerifiedCopy]:
    """The copies by the names of their files: all of one log, each whole under the note that it brings.

    Raises:
        Misconfigured: there is none; one is not a copy, or not of that log, or not what its note says.
    """
    copies = [_verified(name, data) for name, data in sorted(files.items())]
    if not copies:
        raise Misconfigured("name at least one member's copy")
    for one in copies[1:]:
        if one.log != copies[0].log:
            raise Misconfigured(f"{copies[0].name} and {one.name} are copies of two logs")
    return copies


def _verified(name: str, data: bytes) -> VerifiedCopy:
    try:
        copy = msgspec.json.decode(data, type=LogCopy)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise Misconfigured(f"{name} is no copy of a log: ask for one made with 'watchword-node copy'") from error
    state = replay(State(), copy.entries[:1])
    if state.charter is None or state.log is None:
        raise Misconfigured(f"{name} does not begin with a charter")
    key = VerifierKey(state.charter.origin, ED25519, bytes.fromhex(state.charter.log_key))
    try:
        checkpoint = open_checkpoint(copy.note, key)
    except ProtocolError as error:
        raise Misconfigured(f"the note in {name} is not signed by this log: {error.code}") from error
    leaves = [leaf_hash(entry) for entry in copy.entries]
    if (len(leaves), Tree().extend(leaves).root) != (checkpoint.size, checkpoint.root):
        raise Misconfigured(f"the entries in {name} are not those under its note")
    return VerifiedCopy(name, copy, state.log, state.charter, checkpoint, leaves)


def longest_of(copies: Sequence[VerifiedCopy]) -> VerifiedCopy:
    """The one that reaches furthest."""
    return max(copies, key=lambda one: one.checkpoint.size)


def require_one_history(copies: Sequence[VerifiedCopy], longest: VerifiedCopy) -> None:
    """Refuses copies that are not all beginnings of the longest.

    Raises:
        Misconfigured: it names the two files.
    """
    for one in copies:
        if longest.root_at(one.checkpoint.size) != one.checkpoint.root:
            raise Misconfigured(
                f"{one.name} and {longest.name} are two histories, both signed by this log: keep both files, they are "
                "the proof, and ring the members"
            )
