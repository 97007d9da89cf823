"""Figures of one quarter, sealed to the charter's figures key: only who holds its private half can read them.

An anonymous sealed box as libsodium has it (`crypto_box_seal`), with its one-time key as an argument: this module makes
no randomness. Whatever is counted, the stored bytes are 16 KiB. Source: spec/bodies.md §6.
"""

import hashlib
from typing import Final

from nacl.bindings import (
    crypto_box,
    crypto_box_NONCEBYTES,
    crypto_box_SEALBYTES,
    crypto_box_seed_keypair,
    crypto_box_SEEDBYTES,
)
from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, SealedBox

from protocol import canonical
from protocol.errors import BodyInvalid
from protocol.figures_fields import Answers, FiguresBody, ReferralFigures
from protocol.statement_fields import FIGURES_SIZE

SEAL_SEED_BYTES: Final = crypto_box_SEEDBYTES
"""32 random bytes from which the one-time key of a seal is made."""

_CONTENT_SIZE: Final = FIGURES_SIZE - crypto_box_SEALBYTES
_PADDING: Final = b" "


def seal_figures(body: FiguresBody, figures_key: str, seed: bytes) -> bytes:
    """The stored bytes of figures: 16,384, which only the holder of the figures key can open.

    Args:
        figures_key: the charter's, 64 hex digits.
        seed: `SEAL_SEED_BYTES` random bytes, never used again.

    Raises:
        BodyInvalid: what a reader would raise.
        RuntimeError: the charter's key is no X25519 key: nothing can be sealed to it.
    """
    content = canonical.encode(body)
    parse_figures(content.ljust(_CONTENT_SIZE, _PADDING))
    recipient = bytes.fromhex(figures_key)
    public, private = crypto_box_seed_keypair(seed)
    nonce = hashlib.blake2b(public + recipient, digest_size=crypto_box_NONCEBYTES).digest()
    try:
        boxed = crypto_box(content.ljust(_CONTENT_SIZE, _PADDING), nonce, recipient, private)
    except CryptoError as error:
        raise RuntimeError("the charter's figures key is no X25519 key") from error
    return public + boxed


def open_figures(stored: bytes, private_key: bytes) -> FiguresBody:
    """What was sealed to the figures key.

    Args:
        stored: any bytes.
        private_key: the 32 bytes of the private half.

    Raises:
        BodyInvalid: `body.size`; `body.sealed`: it does not open under this key; else as a reader of its content.
    """
    if len(stored) != FIGURES_SIZE:
        raise BodyInvalid("size")
    try:
        content = SealedBox(PrivateKey(private_key)).decrypt(stored)
    except CryptoError:
        raise BodyInvalid("sealed") from None
    return parse_figures(content)


def parse_figures(content: bytes) -> FiguresBody:
    """Reads what was inside the seal.

    Raises:
        BodyInvalid: named after the first rule broken (spec/bodies.md §1, §6).
    """
    if len(content) != _CONTENT_SIZE:
        raise BodyInvalid("size")
    written = content.rstrip(_PADDING)
    if written[-1:] != b"}":
        raise BodyInvalid("padding" if b"}" in written else "not_json")
    body = canonical.decode(written, FiguresBody, BodyInvalid)
    _check(body)
    canonical.require_canonical(written, body, BodyInvalid)
    return body


def _check(body: FiguresBody) -> None:
    """Parts are no more than what they are parts of, and nothing is counted under one word twice."""
    for field in body.switches.__struct_fields__:
        answers: Answers = getattr(body.switches, field)
        if not answers.yes <= answers.asked <= body.reports:
            raise BodyInvalid("grammar", f"switches.{field}")
    if body.referrals is not None and not _is_nested(body.referrals):
        raise BodyInvalid("grammar", "referrals")
    for field, words in (
        ("hate", [one.ground for one in body.hate or ()]),
        ("outcomes", [one.outcome for one in body.outcomes or ()]),
    ):
        if words != sorted(set(words)):
            raise BodyInvalid("grammar", field)
    if any(one.count > body.reports for one in body.hate or ()):
        raise BodyInvalid("grammar", "hate")


def _is_nested(referrals: ReferralFigures) -> bool:
    return referrals.tasked <= referrals.acknowledged <= referrals.sent
