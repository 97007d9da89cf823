import pytest
from hypothesis import given
from hypothesis import strategies as st
from nacl.public import PrivateKey, SealedBox

from protocol import canonical
from protocol.errors import BodyInvalid
from protocol.figures import SEAL_SEED_BYTES, open_figures, parse_figures, seal_figures
from protocol.figures_fields import Answers
from protocol.vectors.named_keys import private_seal_key, seal_key
from protocol.vectors.plausible_bodies import figures_body
from tests.protocol.payload_strategies import hostile
from tests.protocol.settings import FEW, QUICK

PRIVATE = bytes(private_seal_key("figures"))
INSIDE = 16_336


@FEW
@given(st.binary(min_size=SEAL_SEED_BYTES, max_size=SEAL_SEED_BYTES), st.integers(0, 100_000))
def test_what_is_sealed_opens_and_has_one_size(seed: bytes, reports: int) -> None:
    nobody = Answers(asked=0, yes=0)
    switches = type(figures_body().switches)(**dict.fromkeys(figures_body().switches.__struct_fields__, nobody))
    body = figures_body(reports=reports, switches=switches)
    stored = seal_figures(body, seal_key("figures"), seed)
    assert len(stored) == 16_384
    assert open_figures(stored, PRIVATE) == body


def test_libsodiums_own_sealed_box_is_read() -> None:
    content = canonical.encode(figures_body()).ljust(INSIDE)
    assert open_figures(SealedBox(private_seal_key("figures").public_key).encrypt(content), PRIVATE) == figures_body()


def test_two_seals_of_one_count_share_nothing() -> None:
    first, second = (seal_figures(figures_body(), seal_key("figures"), bytes([n]) * 32) for n in (1, 2))
    assert first[:32] != second[:32]
    assert sum(a == b for a, b in zip(first, second, strict=True)) < len(first) // 64


def test_another_key_opens_nothing() -> None:
    stored = seal_figures(figures_body(), seal_key("figures"), bytes(32))
    with pytest.raises(BodyInvalid, match="sealed"):
        open_figures(stored, bytes(PrivateKey.from_seed(bytes(32))))


def test_figures_that_no_reader_accepts_are_not_sealed() -> None:
    with pytest.raises(BodyInvalid, match="grammar"):
        seal_figures(figures_body(reports=3), seal_key("figures"), bytes(32))


def test_a_key_of_small_order_seals_nothing() -> None:
    with pytest.raises(RuntimeError, match="figures key"):
        seal_figures(figures_body(), "00" * 32, bytes(32))


@QUICK
@given(hostile("sealed_figures", "sealed_figures_full"))
def test_any_bytes_inside_give_figures_or_our_error(content: bytes) -> None:
    try:
        body = parse_figures(content.ljust(INSIDE))
    except BodyInvalid:
        return
    assert canonical.encode(body) == content.rstrip(b" ")


@QUICK
@given(st.binary(max_size=100) | st.binary(min_size=16_384, max_size=16_384))
def test_any_stored_bytes_give_figures_or_our_error(stored: bytes) -> None:
    with pytest.raises(BodyInvalid):
        open_figures(stored, PRIVATE)
