"""Waits after wrong tries grow, end, and hold for every order of tries and every step of the clock."""

from datetime import UTC, datetime, timedelta

import pyotp
import pytest
from hypothesis import given
from hypothesis import strategies as st

from protocol.house.core.account import require_pin
from protocol.house.core.errors import Refused
from protocol.house.core.passwords import NOBODYS, hash_password, is_password, require_password
from protocol.house.core.second_step import new_secret, recovery_codes, recovery_hash, step_of
from protocol.house.core.throttling import (
    FORGOTTEN_AFTER,
    FREE,
    LONGEST_WAIT,
    By,
    Tries,
    may_try_at,
    network_of,
    still_counts,
)

NOW = datetime(2026, 11, 2, 14, 30, tzinfo=UTC)
HOW = st.sampled_from(list(FREE))
GAPS = st.lists(st.integers(min_value=0, max_value=3 * 3600).map(lambda s: timedelta(seconds=s)), max_size=300)


def looked_at(by: By, gaps: list[timedelta]) -> list[timedelta]:
    """When tries that come with these gaps are looked at, all of them wrong."""
    tries, at, found = None, NOW, []
    for gap in gaps:
        at += gap
        if may_try_at(tries, by, at) is None:
            found.append(at - NOW)
            counted = tries.failures + 1 if tries is not None and still_counts(tries, at) else 1
            tries = Tries(counted, at)
    return found


@given(HOW, GAPS)
def test_a_guesser_has_about_a_hundred_tries_a_day_whatever_the_order(by: By, gaps: list[timedelta]) -> None:
    found = looked_at(by, gaps)
    most = FREE[by] + 6 + FORGOTTEN_AFTER // LONGEST_WAIT
    for begin in found:
        assert sum(begin <= one < begin + FORGOTTEN_AFTER for one in found) <= most


@given(HOW, st.integers(min_value=0, max_value=10**9), st.integers(min_value=-(10**7), max_value=10**7))
def test_nobody_waits_longer_than_a_quarter_of_an_hour_whatever_the_clock_does(by: By, failures: int, off: int) -> None:
    tries, now = Tries(failures, NOW), NOW + timedelta(seconds=off)
    at = may_try_at(tries, by, now)
    assert at is None or now < at <= now + LONGEST_WAIT
    assert failures >= FREE[by] or at is None
    assert may_try_at(tries, by, NOW + LONGEST_WAIT) is None


def test_addresses_count_by_customer() -> None:
    assert network_of("2001:db8:1:2:3::4") == network_of("2001:db8:1:2::9") != network_of("2001:db8:1:3::4")
    assert network_of("192.0.2.1") != network_of("192.0.2.2")
    assert network_of("testclient") == network_of("") == "unknown"


@pytest.mark.parametrize(
    "password",
    [
        "correct horse battery",
        "seven quiet herons",
        "zebra umbrella 9 sail",
        "Ich mag keine Mondays!",
        "фиолетовый чайник",
    ],
)
def test_long_passwords_of_ones_own_words_are_taken(password: str) -> None:
    require_password(password, ("Asha Example", "Genesis"))


@pytest.mark.parametrize(
    "password",
    [
        "short",
        "aaaaaaaaaaaaaaaa",
        "abcabcabcabc",
        "password1234",
        "P@ssw0rd!2026",
        "letmeinletmein",
        "qwertyuiop[]",
        "123456789012",
        "Asha Example 1",
        "genesis genesis",
        "liverpoolfootball1",
        "x" * 201,
    ],
)
def test_passwords_that_are_tried_first_are_not(password: str) -> None:
    with pytest.raises(Refused):
        require_password(password, ("Asha Example", "Genesis"))


@given(st.text(max_size=300))
def test_any_text_is_a_password_or_refused_and_nobody_s_is_none(password: str) -> None:
    try:
        require_password(password, ("Asha Example",))
    except Refused as error:
        assert not password or len(password) < 4 or password not in error.message


def test_a_password_is_itself_in_any_spelling_of_its_letters() -> None:
    kept = hash_password("caf\u00e9 caf\u00e9 caf\u00e9", b"0" * 16)
    assert is_password(kept, "cafe\u0301 cafe\u0301 cafe\u0301")
    assert not is_password(kept, "cafe cafe cafe")
    assert not is_password(NOBODYS, "") and not is_password("no hash", "x")


@pytest.mark.parametrize("pin", ["12345", "123456", "987654", "111111", "121212", "271271", "27182a", "1234567890123"])
def test_pins_that_are_tried_first_are_refused(pin: str) -> None:
    with pytest.raises(Refused):
        require_pin(pin)


@given(st.integers(min_value=-90, max_value=90))
def test_a_code_is_good_half_a_minute_off_and_once(off: int) -> None:
    secret, at = new_secret(b"s" * 20), NOW + timedelta(seconds=off)
    step = step_of(secret, pyotp.TOTP(secret).at(at), NOW, after=0)
    assert (step is not None) == (abs(pyotp.TOTP(secret).timecode(at) - pyotp.TOTP(secret).timecode(NOW)) <= 1)
    if step is not None:
        assert step_of(secret, pyotp.TOTP(secret).at(at), NOW, after=step) is None


@given(st.text(max_size=40))
def test_any_text_is_a_code_or_none(text: str) -> None:
    assert step_of("A" * 32, text, NOW, after=0) is None or len("".join(text.split())) == 6
    assert len(recovery_hash(text)) == 64


def test_recovery_codes_are_found_however_they_are_typed() -> None:
    codes = recovery_codes(bytes(range(80)))
    assert len(set(codes)) == 8
    assert recovery_hash(codes[0]) == recovery_hash(f" {codes[0].upper().replace('-', ' ')} ")
