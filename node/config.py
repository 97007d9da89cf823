"""A node's settings: this class is the manual. Read from one TOML file; secrets are paths.

Nothing is silently created at start: `watchword-node init` makes the folder, the keys and the database.
"""

import tomllib
from pathlib import Path
from typing import Annotated

import msgspec

from node.core.errors import Misconfigured

Seconds = Annotated[float, msgspec.Meta(gt=0, le=86_400)]


class NodeConfig(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Settings of one node. Relative paths are relative to the settings file.

    Attributes:
        name: the project's name, as its member entry shows it.
        region: police-force area code of the project, one of the charter's.
        host: who runs this machine, as in the charter and the admission request.
        agencies: names of member agencies whose reports this node holds (DESIGN §5).
        regulated_activity: whether staff and volunteers are in regulated activity, as safeguarding law has it: what is
            said where somebody is under 18 follows it. The project's counsel knows; yes, where nobody has asked.
        neighbours_default: warn neighbouring regions by default (PEOPLE §5, audience).
        hub_url: base address of the hub, without `/v1`.
        database: SQLite file.
        keys_dir: folder of the node's own keys (`sign`, `online`, `seal`, `witness`), mode 0700.
        epoch_dir: folder of epoch keys; never inside a backup of the database (promise 12).
        recovery_file: where the copy of all keys is written that only two recovery sheets open; on another host (a
            mounted folder, say), outside every backup of the database. None: there is none, and `doctor` says so.
        backup_folder: where a sealed copy of the database is written each night: a folder in a mounted place on another
            host, made by hand, so that nothing is written here while that place is not mounted. None: there are no
            backups, and `doctor` says so.
        witness_name: this node's name as a witness in the charter, or "" if it is none.
        sync_seconds: pause between syncs when nothing is waiting; a long-poll waits at the hub in between.
        batch_times: UTC times `HH:MM` at which what is not urgent goes out; empty means at once (the demo).
        request_timeout_seconds: no request lasts longer (a hung one once stopped a network for 72 hours).
        job_deadline_seconds: a job running longer is stopped and shown.
        public_url: where people's browsers reach the pages: https in use, http on this machine only.
        leave_url: where the way out of every page leads: something that anybody may have open.
    """

    name: str
    region: str
    host: str
    hub_url: str
    database: Path
    keys_dir: Path
    epoch_dir: Path
    recovery_file: Path | None = None
    backup_folder: Path | None = None
    agencies: tuple[str, ...] = ()
    regulated_activity: bool = True
    neighbours_default: bool = True
    witness_name: str = ""
    sync_seconds: Seconds = 30.0
    batch_times: tuple[str, ...] = ("11:00", "17:00")
    request_timeout_seconds: Seconds = 40.0
    job_deadline_seconds: Seconds = 300.0
    public_url: str = "http://127.0.0.1:8710"
    leave_url: str = "https://www.bbc.co.uk/weather"


def read_config(path: Path) -> NodeConfig:
    """Reads settings.

    Raises:
        Misconfigured: `config.unreadable` or `config.invalid`, naming the setting.
    """
    try:
        raw = tomllib.loads(path.read_text("utf-8"))
        config = msgspec.convert(raw, NodeConfig, strict=True, dec_hook=_path)
    except OSError as error:
        raise Misconfigured("unreadable", f"the settings file {path.name} cannot be read") from error
    except msgspec.ValidationError as error:
        raise Misconfigured("invalid", str(error)) from error
    except (ValueError, RecursionError) as error:
        raise Misconfigured("invalid", "the settings file is not TOML in UTF-8") from error
    base = path.resolve().parent
    return msgspec.structs.replace(
        config,
        database=base / config.database,
        keys_dir=base / config.keys_dir,
        epoch_dir=base / config.epoch_dir,
        recovery_file=None if config.recovery_file is None else base / config.recovery_file,
        backup_folder=None if config.backup_folder is None else base / config.backup_folder,
    )


def _path(kind: type, value: object) -> object:
    if kind is Path and isinstance(value, str):
        return Path(value)
    raise TypeError("a path is a string")
