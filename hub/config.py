"""The hub's settings: this class is the manual. Read from one TOML file; secrets are paths.

Nothing is silently created at start: `watchword-hub init` makes the keys, the charter and the database.
"""

import tomllib
from pathlib import Path
from typing import Annotated

import msgspec

from hub.core.errors import Misconfigured


class HubConfig(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Settings of one hub. Relative paths are relative to the settings file.

    Attributes:
        database: SQLAlchemy URL (`sqlite:///hub.db`, `postgresql+psycopg://…`). SQLite: one process.
        keys_dir: folder of the log key, the token key and the figures key, mode 0700.
        epoch_dir: folder of epoch keys; never inside a backup of the database (promise 12).
        guard_file: size and root last signed, outside the database: a restored database older than it is refused. The
            folder `releases` beside it holds every frozen release, to be read back by a rebuilt hub.
        public_url: the hub's address as its members write it, without `/v1`; request signatures are over it, and
            people's browsers reach the pages there.
        name: the hub's name on its pages.
        leave_url: where the way out of every page leads: something that anybody may have open.
        tile_map: a CSV file that says where areas stand on the map of figures (`code,column,row,short`); absent: the
            police-force areas of the United Kingdom.
        host: address to listen on.
        port: port to listen on.
        sequencer: this process may order statements; one of all processes does.
        invitation_days: days after which an unused invitation ends.
        epoch_days: days for which an old epoch key is kept after the nightly one is made; with one more night, bodies
            are unrecoverable from backups after `epoch_days` + 1.
    """

    database: str
    keys_dir: Path
    epoch_dir: Path
    guard_file: Path
    public_url: str
    name: str = "Watchword hub"
    leave_url: str = "https://www.bbc.co.uk/weather"
    tile_map: Path | None = None
    host: str = "127.0.0.1"
    port: int = 8700
    sequencer: bool = True
    invitation_days: Annotated[int, msgspec.Meta(ge=1, le=90)] = 14
    epoch_days: Annotated[int, msgspec.Meta(ge=1, le=30)] = 7

    @property
    def releases_dir(self) -> Path:
        """Where frozen releases are kept outside the database: beside the guard file."""
        return self.guard_file.parent / "releases"


def read_config(path: Path) -> HubConfig:
    """Reads settings.

    Raises:
        Misconfigured: unreadable or invalid; the message names the setting.
    """
    try:
        config = msgspec.convert(tomllib.loads(path.read_text("utf-8")), HubConfig, strict=False, dec_hook=_path)
    except OSError as error:
        raise Misconfigured(f"the settings file {path.name} cannot be read") from error
    except msgspec.ValidationError as error:
        raise Misconfigured(f"settings: {error}") from error
    except (ValueError, RecursionError) as error:
        raise Misconfigured("the settings file is not TOML in UTF-8") from error
    base = path.resolve().parent
    database = config.database
    if database.startswith("sqlite:///"):
        database = f"sqlite:///{base / database.removeprefix('sqlite:///')}"
    return msgspec.structs.replace(
        config,
        database=database,
        keys_dir=base / config.keys_dir,
        epoch_dir=base / config.epoch_dir,
        guard_file=base / config.guard_file,
        tile_map=None if config.tile_map is None else base / config.tile_map,
    )


def _path(kind: type, value: object) -> object:
    if kind is Path and isinstance(value, str):
        return Path(value)
    raise TypeError("a path is a string")
