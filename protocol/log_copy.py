"""A member's copy of the log in one file: what a lost hub is rebuilt from. Source: spec/rebuild.md.

Nothing in it is believed because of who brings it: entries are under the note's root, bodies under signed digests.
"""

import msgspec


class LogCopy(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One JSON object; bytes are standard base64.

    Attributes:
        note: the latest checkpoint that the log signed and this member verified, with the cosignatures on it.
        entries: all entries under it, from the charter on.
        cosigned: for each witness, the latest note that it cosigned, as far as this member holds one.
        bodies: digest → stored bytes, of the bodies that this member holds and that are live, its own among them.
    """

    note: bytes
    entries: tuple[bytes, ...]
    bodies: dict[str, bytes]
    cosigned: tuple[bytes, ...] = ()
