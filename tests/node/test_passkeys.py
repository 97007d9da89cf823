"""Passkeys: added, used to sign in and to open a screen; nothing else than the right one, once, in time, does."""

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from node.actions.case_desk import CaseDesk
from protocol.house.actions.begin_session import Begun, begin_session
from protocol.house.actions.lock_session import lock_session
from protocol.house.actions.read_session import read_session
from protocol.house.actions.use_passkey import (
    add_passkey,
    end_passkey,
    registration_options,
    sign_in_options,
    sign_in_with_passkey,
    unlock_options,
    unlock_with_passkey,
)
from protocol.house.core.errors import Refused
from protocol.house.core.relying_party import relying_party
from protocol.house.core.session import SignedIn
from protocol.house.store.accounts import put_account
from tests.node.authenticator import Authenticator
from tests.node.builders import NOW, a_desk

ORIGIN = "https://genesis.example.org"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[CaseDesk]:
    made = a_desk(tmp_path, public_url=f"{ORIGIN}/")
    with made.store.begin() as session:
        for person in (1, 2):
            put_account(
                session, made.vault, person=person, password_hash="x", totp_secret="A" * 32, last_step=0, now=NOW
            )
    yield made
    made.store.close()


def begun(desk: CaseDesk, person: int = 1) -> tuple[Begun, SignedIn]:
    made = begin_session(desk, person=person, device_token=None, now=NOW)
    return made, read_session(desk, made.token, made.device_token, now=NOW)


def added(desk: CaseDesk, person: int = 1) -> Authenticator:
    _, who = begun(desk, person)
    made, options = Authenticator(ORIGIN), registration_options(desk, who, now=NOW)
    assert options is not None
    add_passkey(desk, who, answer=made.create(options), name="my phone", now=NOW)
    return made


def asked(desk: CaseDesk) -> str:
    options = sign_in_options(desk, now=NOW)
    assert options is not None
    return options


def signed_in(desk: CaseDesk, answer: str, *, later: timedelta = timedelta()) -> SignedIn:
    made = sign_in_with_passkey(desk, answer=answer, address="192.0.2.1", device_token=None, now=NOW + later)
    return read_session(desk, made.token, made.device_token, now=NOW + later)


def test_a_passkey_signs_its_owner_in_and_nobody_else(desk: CaseDesk) -> None:
    first, second = added(desk, 1), added(desk, 2)
    assert signed_in(desk, first.get(asked(desk))).staff.id == 1
    assert signed_in(desk, second.get(asked(desk))).staff.id == 2


def test_an_answer_is_good_once_and_for_five_minutes(desk: CaseDesk) -> None:
    key = added(desk)
    answer = key.get(asked(desk))
    signed_in(desk, answer)
    with pytest.raises(Refused):
        signed_in(desk, answer)
    with pytest.raises(Refused):
        signed_in(desk, key.get(asked(desk)), later=timedelta(minutes=6))


def test_an_answer_to_another_question_site_or_without_its_owner_is_refused(desk: CaseDesk) -> None:
    key = added(desk)
    _, who = begun(desk)
    unlock = unlock_options(desk, who, now=NOW)
    assert unlock is not None
    invented = json.dumps({"challenge": "AAAA"})
    elsewhere = Authenticator("https://genesis.example.com")
    elsewhere._key, elsewhere.id, elsewhere.uses = key._key, key.id, key.uses
    unseen = Authenticator(ORIGIN, verifies_user=False)
    unseen._key, unseen.id, unseen.uses = key._key, key.id, key.uses
    stranger = Authenticator(ORIGIN)
    for answer in (
        key.get(unlock),
        key.get(invented),
        elsewhere.get(asked(desk)),
        unseen.get(asked(desk)),
        stranger.get(asked(desk)),
    ):
        with pytest.raises(Refused) as error:
            signed_in(desk, answer)
        assert error.value.code == "refused.passkey"


def test_a_locked_screen_opens_by_its_owner_s_passkey_alone(desk: CaseDesk) -> None:
    own, other = added(desk, 1), added(desk, 2)
    made, who = begun(desk)
    lock_session(desk, made.token, made.device_token, now=NOW)

    def ask() -> str:
        options = unlock_options(desk, who, now=NOW)
        assert options is not None
        return options

    with pytest.raises(Refused):
        unlock_with_passkey(desk, who, answer=other.get(ask()), now=NOW)
    assert read_session(desk, made.token, made.device_token, now=NOW).locked
    unlock_with_passkey(desk, who, answer=own.get(ask()), now=NOW)
    assert not read_session(desk, made.token, made.device_token, now=NOW).locked


def test_a_passkey_that_was_given_up_opens_nothing(desk: CaseDesk) -> None:
    key = added(desk)
    _, who = begun(desk)
    end_passkey(desk, who, passkey=1, now=NOW)
    with pytest.raises(Refused):
        signed_in(desk, key.get(asked(desk)))


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.one_of(st.text(max_size=60), st.recursive(st.none() | st.text(max_size=9), st.lists).map(json.dumps)))
def test_whatever_a_browser_sends_is_one_refusal(desk: CaseDesk, answer: str) -> None:
    whole = json.loads(Authenticator(ORIGIN).get(asked(desk)))
    damaged = json.dumps({**whole, "response": {**whole["response"], "authenticatorData": answer[:40]}})
    for sent in (answer, damaged):
        with pytest.raises(Refused):
            sign_in_with_passkey(desk, answer=sent, address=answer, device_token=None, now=NOW)


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:8710", "http://genesis.example.org", "https://192.0.2.7", "https://[::1]"]
)
def test_where_browsers_give_no_passkeys_none_are_offered(url: str) -> None:
    assert relying_party(url, "Genesis") is None


def test_a_passkey_is_bound_to_the_host() -> None:
    party = relying_party("https://genesis.example.org:8443/", "Genesis")
    assert party is not None
    assert (party.id, party.origin) == ("genesis.example.org", "https://genesis.example.org:8443")
