"""Members that a log carries over from the one that it succeeds: a tree over them, whose root the new charter names.

So the whole old membership, each of whom computes that root for itself, vouches for each who returns, and nobody else
comes in that way. Source: spec/membership.md §7.
"""

from collections.abc import Iterable, Sequence
from typing import Literal

import msgspec

from protocol import canonical
from protocol.errors import TreeInvalid
from protocol.log import Tree, leaf_hash
from protocol.proofs import inclusion_proof, verify_inclusion
from protocol.statement_fields import Carried, Host, Keys, MemberId, MembersRoot, Region, Role


class OldMember(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """A member as the old log had it. Its canonical encoding is a leaf of the tree."""

    host: Host
    id: MemberId
    keys: Keys
    police: Literal["yes", "no"]
    region: Region | None = None
    role: Role


def members_root(members: Sequence[OldMember]) -> MembersRoot:
    """The tree over these members, which ascend by id."""
    return MembersRoot(root=Tree().extend(_leaves(members)).root.hex(), size=len(members))


def carried_proof(members: Sequence[OldMember], index: int) -> Carried:
    """What proves that the member at `index` is one of them.

    Raises:
        TreeInvalid: `tree.index`: there is no such member.
    """
    _, runs = Tree().grow(_leaves(members))
    hashes: dict[int, list[bytes]] = {}
    for run in runs:
        hashes.setdefault(run.level, []).extend(run.hashes)
    path = inclusion_proof(index, len(members), lambda level, at: hashes[level][at])
    return Carried(index=index, path=tuple(one.hex() for one in path))


def is_carried(member: OldMember, proof: Carried, root: MembersRoot) -> bool:
    """Whether `member`, exactly so, is in the tree of that root."""
    try:
        verify_inclusion(
            leaf_hash(canonical.encode(member)),
            proof.index,
            root.size,
            bytes.fromhex(root.root),
            [bytes.fromhex(one) for one in proof.path],
        )
    except TreeInvalid:
        return False
    return True


def _leaves(members: Iterable[OldMember]) -> list[bytes]:
    return [leaf_hash(canonical.encode(member)) for member in members]
