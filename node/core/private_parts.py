"""What a record knows to be private, by kind: a name counts word for word, a phrase only by its telling words."""

from protocol.house.core.unprinted import Unprinted


class PrivateParts(Unprinted, frozen=True, kw_only=True):
    """Of every version of a record: a word once private stays so.

    Attributes:
        names: of the person who reported, working names and what else they are known as.
        numbers: theirs, as written; may hold several, and words.
        addresses: theirs.
        words: kept as private by a person or by the import: words, phrases and sentences of any kind.
        never_say: what must not be said in any spelling: legal and former names, and what else they named.
    """

    names: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    never_say: tuple[str, ...] = ()
