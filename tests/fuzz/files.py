"""Files that people bring, and words that browsers send back."""

import io
import tempfile
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

import msgspec
from nacl.public import PrivateKey, SealedBox

from hub.actions.init_log import read_charter_file
from hub.actions.members_copies import read_copies
from hub.config import read_config as read_hub_config
from hub.core.signing_files import decode_signed, decode_to_sign
from hub.core.tokens import make_token, read_token
from hub.store.guard import read_guard
from node.actions.leave_scheme import decode_export
from node.cli_membership import read_copy
from node.cli_reports import ReportFile, read_values
from node.config import read_config as read_node_config
from node.core.leak.record_file import read_record
from node.core.sheets.mapping import read_mapping
from node.core.sheets.reading import read_sheet
from node.exchange.join import read_invitation
from node.recovery import open_copy
from node.store.erasures import FILE, ErasureList
from node.web.flag_words import read as flag_of
from protocol.checkpoint import sign_checkpoint
from protocol.house.actions.use_passkey import challenge_in
from protocol.log import Tree, leaf_hash
from protocol.log_copy import LogCopy
from protocol.vectors.named_keys import signing_key
from protocol.vectors.scene import ORIGIN
from tests.fuzz.target import Target, text_of

DEMO: Final = Path(__file__).parents[2] / "deploy" / "demo"


def file_targets(entries: Sequence[bytes]) -> list[Target]:
    """All of them.

    Args:
        entries: of a small log.
    """
    sheets = [(DEMO / "genesis.csv").read_bytes()[:2_000], (DEMO / "merseyside.xlsx").read_bytes()]
    mapping = (DEMO / "genesis.mapping.toml").read_bytes()[:1_500]
    return [
        Target("sheet csv", sheets[:1], lambda data: read_sheet(data, "sheet.csv"), ("read_sheet",)),
        Target("sheet xlsx", sheets[1:], lambda data: read_sheet(data, "sheet.xlsx"), ("read_sheet",)),
        Target("inside a sheet", _parts(sheets[1]), _with_part, ("read_sheet",)),
        Target("settings of a node", [NODE_SETTINGS.encode()], _read_node_settings),
        Target("settings of a hub", [HUB_SETTINGS.encode()], _read_hub_settings),
        Target("mapping", [mapping], lambda data: read_mapping(text_of(data)), ("read_mapping",)),
        Target("invitation", [INVITATION], lambda data: _from_file(data, read_invitation, ".json")),
        Target("charter file", [CHARTER], lambda data: _from_file(data, read_charter_file)),
        Target("report file", [REPORT], lambda data: _from_file(data, lambda path: read_values(path, ReportFile))),
        Target("report file in JSON", [b'{"account":"A.","facts":{"age_now":"adult"}}'], _read_report_json),
        Target("record file", [b'{"names":["A B"],"phones":["07700 900001"],"note":"x"}'], read_record),
        Target("member's copy", [_copy_of(entries)], lambda data: read_copies({"a": data})),
        Target(
            "guard file", [b'{"size": 3, "root": "' + b"ab" * 32 + b'"}'], lambda data: _from_file(data, read_guard)
        ),
        Target("list of erasures", [b"1 report 00ff00ff00ff00ff 1790000000\n2 entry 7 1790000000\n"], _read_erasures),
        Target("copy of a log", [_copy_of(entries)], lambda data: _from_file(data, read_copy)),
        Target("recovery copy", [b'{"keys/sign":"AAAA"}'], _open_recovery),
        Target("export of an agency", [EXPORT], decode_export),
        Target("answer of a passkey", [PASSKEY], lambda data: challenge_in(text_of(data))),
        Target("what an officer signs", [TO_SIGN], decode_to_sign),
        Target("what an officer has signed", [SIGNED], decode_signed),
        Target("read token", [make_token("member:1", 1_790_000_000, bytes(32)).encode()], _read_token),
        Target(
            "flag in a form", [b'{"field":"text","start":1,"end":3,"reason":"x"}'], lambda data: flag_of(text_of(data))
        ),
    ]


GUARD: Final = b'{"size": 3, "root": "' + b"ab" * 32 + b'"}'
FLAG: Final = b'{"field":"text","start":1,"end":3,"reason":"x"}'
EXPORT: Final = b'{"version":1,"agency":"BLAST","made_at":"2026-11-02T12:00:00Z","reports":[]}'
PASSKEY: Final = b'{"id":"AA","response":{"clientDataJSON":"eyJjaGFsbGVuZ2UiOiJBQUFBIn0","signature":"AA"}}'
TO_SIGN: Final = b'{"payload":"e30=","body":"e30="}'
SIGNED: Final = b'{"envelope":"e30="}'
RECOVERY_KEY: Final = PrivateKey(bytes([7]) * 32)
INVITATION: Final = b'{"hub":"https://hub.example.org","invitation":"' + b"00" * 16 + b'","log":"' + b"ab" * 32 + b'"}'
CHARTER: Final = b"""\
origin = "hub.example.org/log"
officers = ["00"]
k = 1
notice_days = 0
[[witnesses]]
host = "w0.example.org"
key = "00"
name = "w0.example.org/witness"
"""
REPORT: Final = b"""\
account = "He did not pay."
[facts]
age_now = "adult"
[scheme]
incident_types = ["robbery"]
date_min = 2026-10-30
persons = [{ age_min = 45, build = "stocky" }]
"""


def _read_report_json(data: bytes) -> object:
    return _from_file(data, lambda path: read_values(path, ReportFile), ".json")


def _copy_of(entries: Sequence[bytes]) -> bytes:
    root = Tree().extend(leaf_hash(entry) for entry in entries).root
    note = sign_checkpoint(ORIGIN, len(entries), root, signing_key("log"))
    return msgspec.json.encode(LogCopy(entries=tuple(entries), note=note, bodies={}))


def _read_erasures(data: bytes) -> object:
    with tempfile.TemporaryDirectory(dir=_FAST) as folder:
        (Path(folder) / FILE).write_bytes(data)
        return ErasureList(Path(folder)).read()


def _open_recovery(data: bytes) -> object:
    sealed = SealedBox(RECOVERY_KEY.public_key).encrypt(data)
    return _from_file(sealed, lambda path: open_copy(path, RECOVERY_KEY))


def _read_token(data: bytes) -> object:
    return read_token(text_of(data), 1_780_000_000, bytes(32))


NODE_SETTINGS: Final = """\
name = "Genesis"
region = "west-yorkshire"
host = "genesis.example.org"
hub_url = "https://hub.example.org"
database = "node.db"
keys_dir = "keys"
epoch_dir = "epochs"
batch_times = ["11:00"]
"""
HUB_SETTINGS: Final = """\
database = "sqlite:///hub.db"
keys_dir = "keys"
epoch_dir = "epochs"
guard_file = "guard"
public_url = "https://hub.example.org"
port = 8700
"""
_FAST: Final = "/dev/shm" if Path("/dev/shm").is_dir() else None


def _from_file(data: bytes, read: Callable[[Path], object], suffix: str = ".toml") -> object:
    with tempfile.NamedTemporaryFile(suffix=suffix, dir=_FAST) as file:
        file.write(data)
        file.flush()
        return read(Path(file.name))


def _read_node_settings(data: bytes) -> object:
    return _from_file(data, read_node_config)


def _read_hub_settings(data: bytes) -> object:
    return _from_file(data, read_hub_config)


def _parts(workbook: bytes) -> list[bytes]:
    with zipfile.ZipFile(io.BytesIO(workbook)) as packed:
        return [
            name.encode() + b"\n" + packed.read(name)[:3_000] for name in packed.namelist() if name.endswith(".xml")
        ]


def _with_part(data: bytes) -> object:
    """The demo's workbook with one part replaced: what changed XML does, past the checksums of the archive."""
    name, _, content = data.partition(b"\n")
    made = io.BytesIO()
    with zipfile.ZipFile(DEMO / "merseyside.xlsx") as packed, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for one in packed.namelist():
            new.writestr(one, content if one.encode() == name else packed.read(one))
    return read_sheet(made.getvalue(), "sheet.xlsx")
