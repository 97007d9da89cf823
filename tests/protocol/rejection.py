"""How tests say which rejection they expect."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from protocol.errors import ProtocolError


@contextmanager
def rejected_as(code: str) -> Iterator[None]:
    """The block must raise our error with exactly this code."""
    with pytest.raises(ProtocolError) as caught:
        yield
    assert caught.value.code == code
