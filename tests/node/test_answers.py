"""Whatever the hub answers: a value, or our error. Nothing else, and nothing without bound."""

import asyncio
import datetime as dt
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from node.core.errors import Unavailable
from node.exchange import answers
from node.exchange.answers import AnswerInvalid, HubBusy, HubRefused, decode_answer, problem_of
from node.exchange.client import HubClient
from node.log_view import LogView
from protocol.errors import ProtocolError
from protocol.house.core.errors import HouseError
from tests.node.empty_databases import new_store
from tests.node.exchange_nodes import scene_keyring
from tests.node.hub_simulator import URL

KINDS = (
    answers.TokenAnswer,
    answers.CheckpointAnswer,
    answers.ProofAnswer,
    answers.CosignedAnswer,
    answers.SubmissionAnswer,
    answers.BodiesAnswer,
    answers.AcksAnswer,
    answers.RequestsAnswer,
    answers.RequestTaken,
    answers.Problem,
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)


@given(kind=st.sampled_from(KINDS), data=st.binary(max_size=300))
def test_any_bytes_are_an_answer_or_our_error(kind: type[object], data: bytes) -> None:
    _either(kind, data)


@given(kind=st.sampled_from(KINDS), value=JSON)
def test_any_json_is_an_answer_or_our_error(kind: type[object], value: object) -> None:
    _either(kind, msgspec.json.encode(value))


def _either(kind: type[object], data: bytes) -> None:
    try:
        assert isinstance(decode_answer(data, kind), kind)
    except AnswerInvalid as error:
        assert error.code.startswith("answer.")


@pytest.mark.parametrize(
    ("kind", "data", "name"),
    [
        (answers.BodyAnswer, b'{"digest":"%s","gone":3,"refused":true}' % (b"a" * 64), "grammar"),
        (answers.BodyAnswer, b'{"digest":"%s"}' % (b"a" * 64), "grammar"),
        (answers.BodyAnswer, b'{"digest":"%s","bytes":"!!"}' % (b"a" * 64), "grammar"),
        (answers.Result, b'{"index":3,"code":"limits.day"}', "grammar"),
        (answers.Result, b'{"index":3}', "grammar"),
        (answers.TokenAnswer, b'{"token":"a","expires_at":1,"more":2}', "unknown_field"),
        (answers.TokenAnswer, b'{"token":"a","expires_at":"1"}', "wrong_type"),
        (answers.ProofAnswer, b"[" * 100_000, "wrong_type"),
        (answers.ProofAnswer, b"{", "not_json"),
    ],
)
def test_each_misfit_has_its_name(kind: type[object], data: bytes, name: str) -> None:
    with pytest.raises(AnswerInvalid) as caught:
        decode_answer(data, kind)
    assert caught.value.code == f"answer.{name}"


@given(
    status=st.integers(300, 599),
    data=st.binary(max_size=100),
    after=st.none() | st.text(max_size=10),
)
def test_every_refusal_is_one_of_two_errors(status: int, data: bytes, after: str | None) -> None:
    error = problem_of(status, data, after)
    assert isinstance(error, HubBusy if status == 429 or status >= 500 else HubRefused)
    if isinstance(error, HubBusy) and error.retry_after_seconds is not None:
        assert 0 <= error.retry_after_seconds <= 86_400


def client_for(tmp_path: Path, answer: httpx.Response | Exception) -> HubClient:
    def handle(_: httpx.Request) -> httpx.Response:
        if isinstance(answer, Exception):
            raise answer
        return answer

    store = new_store(tmp_path / "node.db")
    http = httpx.AsyncClient(transport=httpx.MockTransport(handle))
    view = LogView(store)
    now = lambda: dt.datetime(2026, 11, 2, tzinfo=dt.UTC)  # noqa: E731
    return HubClient(http, URL, scene_keyring("genesis"), view, now=now, timeout_seconds=0.2)


class _Endless(httpx.AsyncByteStream):
    async def __aiter__(self) -> AsyncIterator[bytes]:
        while True:
            yield b"x" * 10_000


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (httpx.Response(200, stream=_Endless()), "answer.too_large"),
        (httpx.Response(200, headers={"content-encoding": "gzip"}, stream=_Endless()), "answer.encoded"),
        (httpx.Response(302, headers={"location": "https://elsewhere.example"}), "answer.status"),
        (httpx.Response(503, content=b"<html>"), "unavailable.busy"),
        (httpx.Response(403, content=b'{"code":"auth.not_a_member"}'), "hub.refused"),
        (httpx.ConnectError("no"), "unavailable.unreachable"),
        (httpx.ReadTimeout("no"), "unavailable.timeout"),
    ],
)
async def test_every_way_to_fail_is_one_of_our_errors(
    tmp_path: Path, answer: httpx.Response | Exception, code: str
) -> None:
    with pytest.raises((HouseError, ProtocolError)) as caught:
        await client_for(tmp_path, answer).charter()
    assert isinstance(caught.value, HouseError | ProtocolError)
    assert caught.value.code == code


async def test_a_hub_that_answers_a_byte_a_minute_is_given_up(tmp_path: Path) -> None:

    class Slow(httpx.AsyncByteStream):
        async def __aiter__(self) -> AsyncIterator[bytes]:
            while True:
                await asyncio.sleep(0.05)
                yield b"x"

    with pytest.raises(Unavailable) as caught:
        await client_for(tmp_path, httpx.Response(200, stream=Slow())).charter()
    assert caught.value.code == "unavailable.timeout"
