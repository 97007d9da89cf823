"""A node's database that holds nothing yet: made once a process, and written out for each test."""

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from node.store.engine import Store


def new_store(path: Path) -> Store:
    """What `Store.create` gives: to make the tables takes a tenth of a second."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch(mode=0o600, exist_ok=False)
    path.write_bytes(_empty())
    return Store(path)


@cache
def _empty() -> bytes:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "node.db"
        Store.create(path).close()
        assert {one.name for one in path.parent.iterdir()} == {path.name}, "all of it is in one file"
        return path.read_bytes()
