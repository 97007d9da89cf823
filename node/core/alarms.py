"""What can be wrong with the log, in plain words: each code, what it means, and what to do. Words: PEOPLE.md §4."""

from typing import Final

ALARM_WORDS: Final[dict[str, tuple[str, str]]] = {
    "log.smaller": (
        "The hub showed an older state of the log than it had shown before.",
        "It may have been restored from a backup. Ask the hub's operator; nothing here was undone.",
    ),
    "log.split": (
        "The hub has signed two different histories.",
        "Run 'watchword-node evidence' and send the folder to the other projects: anyone can check it.",
    ),
    "log.root_mismatch": (
        "The hub signed a log that does not continue the one it signed before.",
        "Run 'watchword-node evidence' and ring the other projects; compare checkpoint words.",
    ),
    "log.disowned": (
        "The hub says that it never published a checkpoint that it signed.",
        "Run 'watchword-node evidence' and ring the other projects.",
    ),
    "log.stopped": (
        "The log holds something that this version cannot read and must not pass over.",
        "Upgrade this node. Until then it obeys nothing newer.",
    ),
    "seen.not_signed": (
        "A project says it saw a state of the log that the hub did not sign.",
        "Ring that project: its node may be faulty.",
    ),
    "seen.ahead": (
        "A project's message says it saw more of the log than stood before it.",
        "Run 'watchword-node evidence' and ring that project and the hub's operator.",
    ),
    "seen.other_history": (
        "A project was shown another history than this one.",
        "Run 'watchword-node evidence' and send the folder to the other projects: anyone can check it.",
    ),
    "succession.other_history": (
        "A new log says that it goes on from a history that is not the one held here.",
        "Go on with this node as it is. Run 'watchword-node evidence' and ring the registrar and the other projects.",
    ),
    "witness.other_history": (
        "A witness has confirmed another history than this one.",
        "Run 'watchword-node evidence' and ring the witness.",
    ),
    "witness.own_history": (
        "This node once confirmed another history than the one it holds now. It confirms nothing more.",
        "Do not delete anything. Run 'watchword-node evidence' and ring the other projects.",
    ),
    "own.not_signed_here": (
        "The log holds something in this project's name that this node does not know.",
        "If the node was restored from a backup, run 'watchword-node status' and re-link or let it be taken back."
        " If not, somebody else may hold the keys: ring the hub's operator at once.",
    ),
    "own.suspend": (
        "The registrar has asked to suspend this project, or has done so.",
        "Ring the registrar. Warnings already sent stay in force; taking back still works.",
    ),
    "own.resume": ("The registrar has ended the suspension of this project.", "Nothing to do if you expected it."),
    "own.revoke": (
        "The registrar has asked to remove this project, or has done so.",
        "Ring the registrar if you did not ask for it.",
    ),
    "own.admit": (
        "The registrar has changed this project's name or contact in the members' list.",
        "Check it with 'watchword-node status'.",
    ),
    "own.cancel_owed": (
        "A warning was taken back here, and the message that takes it back elsewhere could not be made.",
        "Bring the node's keys back, then run 'watchword-node withdraw' for that warning. Until then it is still out.",
    ),
    "outbox.lost": (
        "The hub said that it had a message of this project, and the log does not hold it.",
        "It is sent again by itself. Run 'watchword-node evidence' if it happens twice.",
    ),
    "body.false_gone": (
        "The hub says that a warning was taken back, and the log says that it is in force.",
        "Ring the project that sent it.",
    ),
    "body.withheld": (
        "The hub does not hand out a warning that is meant for this project.",
        "Ring the hub's operator; ring the project that sent it.",
    ),
    "body.invalid": (
        "A warning's content is not what its signed message says.",
        "Ring the project that sent it.",
    ),
}
"""Code → (what it means, what to do). Every code that the exchange raises is here; a test proves it."""
