"""The command line: what an operator types, and what it says back."""

import datetime as dt
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from hub.actions.init_log import CharterFile
from hub.actions.keep_request import keep_request
from hub.cli import app
from hub.core.errors import HubError, Misconfigured
from hub.log_view import LogView
from hub.store.engine import Store
from protocol import canonical
from protocol.envelope import REQUEST_TYPE, sign_envelope
from protocol.house.core.errors import NotFound
from protocol.replay import State
from protocol.vectors.named_keys import member_keys, signing_key
from protocol.vectors.scene import Scene


class Operator:
    """Types commands in a folder of its own."""

    def __init__(self, folder: Path, database: str) -> None:
        self.folder, self.database = folder, database
        self.runner = CliRunner()
        (folder / "hub.toml").write_text(
            f'database = "{database}"\nkeys_dir = "keys"\nepoch_dir = "epochs"\nguard_file = "guard"\n'
            'public_url = "https://hub.example.org"\n'
        )

    def types(self, *words: str, officer: int | None = None) -> str:
        """What the command says; a refusal is raised."""
        typed = [*words, "--settings", str(self.folder / "hub.toml")] if words[0] != "officer-key" else list(words)
        if officer is not None:
            typed += ["--officer-key", str(self.folder / f"officer{officer}.key")]
        result = self.runner.invoke(app, typed)
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result.output

    def begin(self) -> None:
        """Officers' keys, a charter, a log."""
        keys = [self.types("officer-key", str(self.folder / f"officer{n}.key")).strip() for n in range(2)]
        (self.folder / "charter.toml").write_text(
            f'origin = "log.example.org/watchword"\nofficers = ["{keys[0]}", "{keys[1]}"]\nnotice_days = 0\n'
        )
        said = self.types("init", "--charter", str(self.folder / "charter.toml"), officer=0)
        assert said.startswith("The log is ")

    def state(self) -> State:
        store = Store(self.database)
        try:
            return LogView(store).refresh().state
        finally:
            store.close()

    def candidate(self, name: str) -> str:
        """Someone asks to join against an invitation that was written to a file; the digest."""
        self.types("invite", str(self.folder / f"{name}.json"))
        invitation = json.loads((self.folder / f"{name}.json").read_text())
        scene = Scene()
        request = scene.request(name, keys=member_keys(name), log=invitation["log"])
        envelope = sign_envelope(canonical.encode(request), REQUEST_TYPE, signing_key(f"{name}/sign0"))
        store = Store(self.database)
        view = LogView(store)
        view.refresh()
        digest = keep_request(
            store,
            view,
            invitation=invitation["invitation"],
            envelope=envelope,
            name=f"[bold]{name}[/]",
            contact="0113 496 0000",
            today=dt.datetime.now(dt.UTC).date(),
        )
        store.close()
        return digest


@pytest.fixture
def operator(tmp_path: Path, database: str) -> Operator:
    operator = Operator(tmp_path, database)
    operator.begin()
    return operator


def test_from_an_empty_folder_to_an_admitted_member(operator: Operator) -> None:
    assert "Nothing is wrong" in operator.types("doctor")
    digest = operator.candidate("genesis")
    said = operator.types("requests")
    assert "[bold]genesis[/]" in said and digest in said and "nobody yet" in said
    assert operator.types("admit", digest, "1", officer=0) == "member 1 is admitted (entry 1)\n"
    assert operator.types("requests") == ""
    assert "project" in operator.types("status")
    assert operator.types("overdue") == ""
    with pytest.raises(HubError, match=r"request\.unknown"):
        operator.types("admit", digest, "2", officer=0)


def test_a_candidate_who_is_not_wanted_is_forgotten(operator: Operator) -> None:
    digest = operator.candidate("genesis")
    assert operator.types("drop", digest) == "Forgotten.\n"
    assert operator.types("requests") == ""
    with pytest.raises(NotFound, match="nobody who asks to join"):
        operator.types("drop", digest)


def test_one_officer_suspends_nobody_and_two_do(operator: Operator) -> None:
    operator.types("admit", operator.candidate("genesis"), "1", officer=0)
    operator.types("suspend", "1", "silent", officer=0)
    operator.types("suspend", "1", "silent", officer=0)
    assert operator.state().members[1].status == "active"
    operator.types("suspend", "1", "silent", officer=1)
    assert operator.state().members[1].status == "suspended"
    assert operator.types("resume", "1", officer=1).startswith("member 1 is active")
    assert operator.state().members[1].status == "active"
    operator.types("revoke", "1", "left", officer=0)
    operator.types("revoke", "1", "left", officer=1)
    assert operator.state().members[1].status == "left"
    assert operator.types("overdue").startswith("member 1 (left): not yet confirmed since entry")
    assert "has not confirmed a deletion yet" in operator.types("doctor")
    operator.types("revoke", "1", "compromised", "--since", "1", officer=0)
    operator.types("revoke", "1", "compromised", "--since", "1", officer=1)
    assert operator.state().members[1].status == "compromised"


def test_what_no_reader_would_accept_is_refused_in_one_line(operator: Operator) -> None:
    with pytest.raises(Misconfigured, match=r"refused: member\.unknown"):
        operator.types("suspend", "9", "silent", officer=0)
    with pytest.raises(HubError, match=r"request\.malformed"):
        operator.types("suspend", "9", "because", officer=0)
    operator.types("officer-key", str(operator.folder / "officer7.key"))
    with pytest.raises(Misconfigured, match=r"refused: key\.unknown"):
        operator.types("suspend", "9", "silent", officer=7)


def test_nothing_that_exists_is_overwritten(operator: Operator) -> None:
    with pytest.raises(Misconfigured, match=r"officer0.key exists and is not overwritten"):
        operator.types("officer-key", str(operator.folder / "officer0.key"))
    with pytest.raises(Misconfigured, match="exists and is not overwritten"):
        operator.types("init", "--charter", str(operator.folder / "charter.toml"), officer=0)
    operator.types("export-log", str(operator.folder / "export"))
    with pytest.raises(Misconfigured, match="the folder is not empty"):
        operator.types("export-log", str(operator.folder / "export"))


def test_the_database_is_brought_to_this_version_once_and_again(operator: Operator) -> None:
    assert operator.types("migrate") == operator.types("migrate") == "The database is of this version.\n"


@pytest.mark.parametrize(
    ("break_it", "says"),
    [
        (lambda folder: (folder / "guard").unlink(), "guard file is missing"),
        (lambda folder: (folder / "keys/log.key").unlink(), "log.key cannot be read"),
        (lambda folder: (folder / "keys/log.key").chmod(0o644), "chmod 600"),
        (lambda folder: (folder / "keys/token.key").write_text("zz"), "token.key cannot be read"),
        (lambda folder: [file.unlink() for file in (folder / "epochs").iterdir()], "no epoch key"),
    ],
)
def test_the_doctor_says_what_is_wrong_and_what_to_do(operator: Operator, break_it: object, says: str) -> None:
    break_it(operator.folder)  # type: ignore[operator]
    said = operator.types("doctor")
    assert says in said.replace("\n", " ") and "→" in said


def test_the_doctor_of_a_hub_that_was_never_begun_says_so(tmp_path: Path, database: str) -> None:
    operator = Operator(tmp_path, database)
    said = operator.types("doctor").replace("\n", " ")
    assert "has no tables" in said and "log.key cannot be read" in said
    with pytest.raises(Misconfigured):
        operator.types("serve")


@pytest.mark.parametrize("over", [{"officers": ()}, {"k": 1}, {"origin": "Log Example"}, {"lease_max_days": 5}])
def test_a_charter_that_no_member_would_accept_is_refused(tmp_path: Path, over: dict[str, object]) -> None:
    operator = Operator(tmp_path, f"sqlite:///{tmp_path / 'hub.db'}")
    keys = [operator.types("officer-key", str(tmp_path / f"officer{n}.key")).strip() for n in range(2)]
    fields = {"origin": "log.example.org/watchword", "officers": tuple(keys)} | over
    wanted = CharterFile(**fields)  # type: ignore[arg-type]
    lines = [f"{name} = {json.dumps(getattr(wanted, name))}" for name in ("origin", "officers", "k", "lease_max_days")]
    (tmp_path / "charter.toml").write_text("\n".join(lines))
    with pytest.raises(Misconfigured):
        operator.types("init", "--charter", str(tmp_path / "charter.toml"), officer=0)


@pytest.mark.parametrize(
    "text", ["", "nonsense", 'database = "x"', "\udc00", "port = 1", 'unknown = 1\ndatabase = "sqlite:///x"']
)
def test_settings_that_cannot_be_read_are_refused_in_plain_words(tmp_path: Path, text: str) -> None:
    operator = Operator(tmp_path, "x")
    (tmp_path / "hub.toml").write_bytes(text.encode("utf-8", "surrogatepass"))
    with pytest.raises(Misconfigured):
        operator.types("status")
