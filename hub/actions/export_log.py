"""Write the log as static files that any C2SP client can read: `vkey`, `checkpoint`, `tile/…`."""

from pathlib import Path

from hub.core.errors import Misconfigured
from hub.log_view import LogView
from hub.store import log
from hub.store.engine import Store
from protocol.tiles import TILE_WIDTH, encode_bundle, encode_tile, new_bundles, new_tiles
from protocol.verifier_key import ED25519, VerifierKey


def export_log(store: Store, view: LogView, folder: Path) -> int:
    """Writes the whole log under the latest checkpoint into a new or empty folder; its size.

    `vkey` is written first and `checkpoint` last, so that a reader of a half-written export finds no checkpoint.

    Raises:
        Misconfigured: the folder is not empty, or nothing is published.
    """
    if folder.exists() and any(folder.iterdir()):
        raise Misconfigured("the folder is not empty")
    now = view.refresh()
    charter = now.state.charter
    if now.checkpoint is None or charter is None:
        raise Misconfigured("nothing is published yet")
    folder.mkdir(parents=True, exist_ok=True)
    key = VerifierKey(charter.origin, ED25519, bytes.fromhex(charter.log_key))
    (folder / "vkey").write_text(key.vkey + "\n")
    for tile in new_tiles(0, now.tree.size):
        _write(folder / tile.path, encode_tile(tile, view.hashes))
    for bundle in new_bundles(0, now.tree.size):
        first = bundle.index * TILE_WIDTH
        with store.read() as session:
            _write(folder / bundle.path, encode_bundle(log.read_entries(session, first, first + bundle.width)))
    (folder / "checkpoint").write_text(now.checkpoint.note)
    return now.tree.size


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
