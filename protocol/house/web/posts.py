"""Reads what a browser posts, within limits, and in memory alone: an uploaded record never touches a disk in clear."""

from typing import Final

from fastapi import Request
from starlette.datastructures import UploadFile
from starlette.formparsers import FormParser, MultiPartException, MultiPartParser

from protocol.house.core.unprinted import Unprinted

MAX_FORM: Final = 2**20
"""Bytes of a form without files: an account of seven pages is a twentieth of it."""

MAX_UPLOAD: Final = 55 * 2**20
"""Bytes of a form with files: the largest sheet that is read, and the form around it."""

MAX_FIELDS: Final = 500
"""Fields of one form: the longest page, a sheet's columns, has under three hundred."""

MAX_FILES: Final = 5


class PostRefused(Exception):
    """What was posted is not read. `status`: 400, 411 or 413."""

    def __init__(self, status: int, heading: str) -> None:
        self.status, self.heading = status, heading
        super().__init__(heading)


class Upload(Unprinted, frozen=True):
    """A file that came with a form."""

    filename: str
    content: bytes


class Post(Unprinted, frozen=True):
    """Fields in the order posted, and files by their field."""

    fields: tuple[tuple[str, str], ...]
    files: dict[str, Upload]


class _InMemory(MultiPartParser):
    spool_max_size = MAX_UPLOAD + 1


async def read_post(request: Request) -> Post:
    """What was posted.

    Raises:
        PostRefused: too large, of no known size, or broken.
    """
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    _require_size(request, MAX_UPLOAD if kind == "multipart/form-data" else MAX_FORM)
    try:
        if kind == "multipart/form-data":
            parser = _InMemory(request.headers, request.stream(), max_files=MAX_FILES, max_fields=MAX_FIELDS)
            data = await parser.parse()
        elif kind == "application/x-www-form-urlencoded":
            data = await FormParser(request.headers, request.stream(), max_fields=MAX_FIELDS).parse()
        else:
            raise PostRefused(400, "This form cannot be read")
    except (MultiPartException, ValueError, KeyError) as error:
        raise PostRefused(400, "This form cannot be read") from error
    try:
        items = data.multi_items()
        fields = tuple((name, value) for name, value in items if isinstance(value, str))
        files = {
            name: Upload(value.filename, await value.read())
            for name, value in items
            if isinstance(value, UploadFile) and value.filename
        }
        return Post(fields, files)
    finally:
        await data.close()


def _require_size(request: Request, most: int) -> None:
    length = request.headers.get("content-length", "")
    if not length.isascii() or not length.isdigit():
        raise PostRefused(411, "This form does not say how long it is")
    if len(length) > len(str(most)) or int(length) > most:
        raise PostRefused(413, f"This is too large: {most // 2**20} MB at most")
