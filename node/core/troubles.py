"""What a round of sync could not do, in plain words. Codes stay beside them, for whoever is rung up."""

from typing import Final

_WORDS: Final[dict[str, str]] = {
    "unavailable.timeout": "The hub did not answer in time. It is tried again by itself.",
    "unavailable.unreachable": "The hub cannot be reached. It is tried again by itself.",
    "unavailable.database": "This node's database cannot be used now. See 'watchword-node doctor'.",
    "tree.rollback": "The hub showed an older state of the log than before. Nothing here was undone.",
    "tree.split": "The hub signed another history than the one held here. Nothing of it was kept.",
    "tree.root_mismatch": "What the hub sent of the log is not what it signed. Nothing of it was kept.",
    "tree.other_log": "The hub sent another log than the one that this node has joined. Nothing of it was kept.",
    "auth.signature": "The hub does not accept this node's signature. Is this machine's clock right?",
    "auth.token": "The hub forgot this node's pass. A new one is asked for by itself.",
    "auth.removed": "The hub says that this project was removed.",
    "auth.not_a_member": "The hub says that this project is not a member.",
    "hub.behind": "The hub has stopped signing: it may have been restored from an old copy. Ring its operator.",
    "limits.requests": "The hub was asked too often. It is tried again by itself.",
}
_FAMILIES: Final[dict[str, str]] = {
    "tree": "What the hub sent of the log is not whole or not in its place. Nothing of it was kept.",
    "note": "What the hub sent is not a signed state of this log. Nothing of it was kept.",
    "answer": "The hub's answer is not in the form that it must have. Nothing of it was kept.",
    "body": "The content of a warning is not what its signed message says. It was not kept, and is asked for again.",
    "statement": "The hub sent a message that is none. Nothing of it was kept.",
    "hub": "The hub cannot do this now. It is tried again by itself.",
}


def trouble_words(code: str) -> str:
    """What a trouble's code means, for a person; for one that is not known, that it did not succeed."""
    return _WORDS.get(code) or _FAMILIES.get(code.partition(".")[0]) or "This did not succeed. It is tried again."
