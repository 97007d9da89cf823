"""A browser before a node's pages."""

from typing import Final

from fastapi import FastAPI

from node.web.app import add_pages
from node.web.site import Site
from protocol.house.web.rendering import Renderer
from tests.federation.project import Node
from tests.pages.browser import PagesBrowser

URL: Final = "http://127.0.0.1:8710"


class Browser(PagesBrowser):
    """What one person does with a node's pages."""

    def __init__(self, node: Node) -> None:
        self.node = node
        app = FastAPI(openapi_url=None)
        renderer = Renderer("node.web", project=node.config.name)
        add_pages(app, Site(config=node.config, exchange=node.desk, renderer=renderer, now=node.clock))
        super().__init__(app, URL)

    def sign_in_as(self, name: str) -> "Browser":
        """A session as sign-in leaves it, without its pages."""
        return self.signed_in(self.node.cases, name, self.node.clock())
