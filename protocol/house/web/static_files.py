"""Style, script and icon: compressed once, kept by browsers for ever under an address with their hash."""

import gzip
from importlib.resources import files
from typing import Final

from fastapi import APIRouter, Request
from fastapi.responses import Response

KINDS: Final = {"css": "text/css", "js": "text/javascript", "svg": "image/svg+xml"}
FOR_EVER: Final = "public, max-age=31536000, immutable"

static = APIRouter()


class _File:
    def __init__(self, content: bytes, kind: str) -> None:
        self.content, self.packed, self.kind = content, gzip.compress(content, 9, mtime=0), kind


def _read() -> dict[str, _File]:
    found = {}
    for entry in (files("protocol.house.web") / "static").iterdir():
        ending = entry.name.rsplit(".", 1)[-1]
        if ending in KINDS:
            found[entry.name] = _File(entry.read_bytes(), KINDS[ending])
    return found


_FILES: Final = _read()


def static_text(name: str) -> str:
    """The text of one of them, to be put into something that is kept elsewhere."""
    return _FILES[name].content.decode()


@static.get("/static/{name}")
def static_file(name: str, request: Request) -> Response:
    """One of them. They hold nothing of anybody."""
    found = _FILES.get(name)
    if found is None:
        return Response(status_code=404)
    headers = {"cache-control": FOR_EVER, "vary": "accept-encoding"}
    if "gzip" in request.headers.get("accept-encoding", ""):
        return Response(found.packed, media_type=found.kind, headers=headers | {"content-encoding": "gzip"})
    return Response(found.content, media_type=found.kind, headers=headers)
