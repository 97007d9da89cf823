"""A fault of the hub, behind the server that it runs with: it is answered, and what was sent is in no log line."""

import logging

import pytest
from fastapi import FastAPI

from hub.app import build_app
from hub.web.app import build_pages
from protocol.house.web.headers import ALWAYS
from tests.hub.ground import Ground
from tests.pages.page import Page
from tests.pages.served import served

WORD = "".join(("canary", "word"))
"""Put together, so that it does not stand in the line of code that a traceback shows."""


def failing(app: FastAPI) -> FastAPI:
    """The application, with an address where it fails."""

    def fail(word: str) -> None:
        raise KeyError(word)

    app.add_api_route("/v1/fail/{word}", fail)
    return app


async def test_the_exchange_logs_a_fault_by_type_and_place_only(
    ground: Ground, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        async with served(failing(build_app(ground.hub, with_worker=False))) as client:
            answer = await client.get(f"/v1/fail/{WORD}")
    assert (answer.status_code, answer.json()["code"]) == (500, "hub.fault")
    assert "fault: KeyError" in caplog.text and "test_faults.py" in caplog.text
    assert WORD not in caplog.text


async def test_so_do_its_pages_and_answer_with_the_headers_of_every_page(
    ground: Ground, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        async with served(failing(build_pages(ground.hub))) as client:
            answer = await client.get(f"/v1/fail/{WORD}")
    page = Page("/", answer.status_code, answer.text)
    page.require_sound()
    assert (page.status, page.heading) == (500, "Something went wrong here")
    assert all(answer.headers[name.decode()] == value.decode() for name, value in ALWAYS)
    assert "fault: KeyError" in caplog.text and WORD not in caplog.text


async def test_a_page_of_a_fault_that_cannot_be_made_is_empty(ground: Ground, caplog: pytest.LogCaptureFixture) -> None:
    app = failing(build_pages(ground.hub))
    del app.state.site
    async with served(app) as client:
        answer = await client.get(f"/v1/fail/{WORD}")
    assert (answer.status_code, answer.text) == (500, "")
    assert WORD not in caplog.text
