"""A fault of a node, behind the server that it runs with: it is answered, and what was sent is in no log line."""

import logging

import pytest
from fastapi import FastAPI

from node.web.app import add_pages
from node.web.site import Site
from protocol.house.web.headers import ALWAYS
from protocol.house.web.rendering import Renderer
from tests.federation.network import Federation
from tests.pages.page import Page
from tests.pages.served import served

WORD = "".join(("canary", "word"))
"""Put together, so that it does not stand in the line of code that a traceback shows."""


async def test_a_node_logs_a_fault_by_type_and_place_only(fed: Federation, caplog: pytest.LogCaptureFixture) -> None:
    node, app = fed.genesis, FastAPI(openapi_url=None)
    renderer = Renderer("node.web", project=node.config.name)
    add_pages(app, Site(config=node.config, exchange=node.desk, renderer=renderer, now=node.clock))

    def fail(word: str) -> None:
        raise KeyError(word)

    app.add_api_route("/fail/{word}", fail)
    with caplog.at_level(logging.WARNING):
        async with served(app) as client:
            answer = await client.get(f"/fail/{WORD}")
    page = Page("/", answer.status_code, answer.text)
    page.require_sound()
    assert (page.status, page.heading) == (500, "Something went wrong here")
    assert all(answer.headers[name.decode()] == value.decode() for name, value in ALWAYS)
    assert "fault: KeyError" in caplog.text and WORD not in caplog.text
