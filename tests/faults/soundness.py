"""What holds of a hub at every moment at which it serves: promises 5 to 8 and 12, looked at from outside its code."""

from pathlib import Path

from sqlmodel import select

from hub.actions.keep_house import is_due
from hub.core.sealed_bodies import place_of
from hub.store import members
from hub.store.key_files import load_epochs
from hub.store.tables import BodyRow, CheckpointRow, EntryRow, HeadRow, StagedRow
from protocol.at_rest import Sealed
from protocol.envelope import decode_envelope
from protocol.keys import key_id
from protocol.log import Tree, leaf_hash
from protocol.replay import Entry, State, replay
from protocol.request import parse_request
from tests.hub.ground import Ground
from tests.hub.test_erasure import on_disk


def require_sound(ground: Ground) -> None:
    """Fails unless log, checkpoints, guard, bodies and what waits agree."""
    hub = ground.hub
    with hub.store.read() as session:
        head = session.exec(select(HeadRow)).one()
        entries = session.exec(select(EntryRow).order_by(EntryRow.idx)).all()  # type: ignore[arg-type]
        checkpoints = {row.size: row.root for row in session.exec(select(CheckpointRow))}
        bodies = {row.digest: row for row in session.exec(select(BodyRow))}
        waiting = [row.id for row in session.exec(select(StagedRow)) if not row.done]
        candidates = members.candidates(session)
    assert not head.halted and not waiting
    data = [entry.envelope for entry in entries]
    assert [entry.idx for entry in entries] == list(range(head.size))
    assert [entry.leaf for entry in entries] == [leaf_hash(one) for one in data]
    identities = [decode_envelope(one).identity for one in data]
    assert len(set(identities)) == len(identities), "something stands twice"
    assert checkpoints[head.size] == head.root
    _require_roots(data, checkpoints)
    guard = hub.config.guard_file.read_text()
    assert head.root.hex() in guard and str(head.size) in guard
    state = replay(State(), [Entry(one) for one in data])
    assert state.serialise() == hub.view.refresh().state.serialise()
    _require_bodies(ground, state, bodies)
    for candidate in candidates:
        request = parse_request(decode_envelope(candidate.envelope).payload)
        admitted = key_id(bytes.fromhex(request.keys.sign[0])) in state.keys
        assert not admitted, "the name of someone who was admitted is still among the requests"


def _require_roots(entries: list[bytes], checkpoints: dict[int, bytes]) -> None:
    """Each checkpoint that was ever signed has the root of the entries under it."""
    tree = Tree()
    for entry in entries:
        tree = tree.extend([leaf_hash(entry)])
        assert checkpoints.pop(tree.size, tree.root) == tree.root
    assert not checkpoints, "a checkpoint was signed of entries that are not here"


def _require_bodies(ground: Ground, state: State, bodies: dict[str, BodyRow]) -> None:
    """Every body that is live is here and opens; none that is gone is here."""
    today, epochs = ground.clock.now.date(), load_epochs(ground.hub.config.epoch_dir)
    links = {digest: state.links[identity] for digest, identity in state.bodies.items()}
    assert set(bodies) <= set(links), "a body without a statement"
    assert not [digest for digest in bodies if links[digest].gone is not None], "a body that is gone is here"
    live = {digest for digest, link in links.items() if not is_due(state, link, today)}
    assert live <= set(bodies), "a live body is missing"
    for digest, row in bodies.items():
        assert row.idx == links[digest].index
        assert epochs.open(_sealed(row), place_of(digest))


def _sealed(row: BodyRow) -> Sealed:
    return Sealed(row.content, row.wrapped_key, row.epoch)


def require_erased(database: str, pieces: list[str]) -> None:
    """SQLite: these bytes are in no file of the database any more."""
    kept = on_disk(database)
    assert kept, Path(database)
    for piece in pieces:
        assert bytes.fromhex(piece) not in kept, "an erased body's bytes are still on disk"
