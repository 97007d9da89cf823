"""Frozen releases in the database and beside the guard file: what one of the two lacks is brought from the other."""

from pathlib import Path

from sqlmodel import Session

from hub.actions.hub_desk import HubHouse
from hub.core.errors import Misconfigured
from hub.core.releases import digest_of
from hub.store import releases
from hub.store.engine import Store
from hub.store.release_files import read_release_files, write_release


def bring_together(store: Store, folder: Path) -> None:
    """Both ways, so that a restored database and a host that froze nothing lack none. Running twice changes nothing.

    Nobody freezes at the same time: as in `freeze_release`, writing transactions of the house come one by one.

    Raises:
        Misconfigured: as `take_back_releases`.
        Busy: as `write_missing_files`.
    """
    with HubHouse(store).begin() as session:
        take_back_releases(session, folder)
    write_missing_files(store, folder)


def write_missing_files(store: Store, folder: Path) -> int:
    """Writes the files that this host lacks: the release was frozen at another one. How many.

    Raises:
        Busy: `hub.busy`: one cannot be written now.
    """
    with store.read() as session:
        kept = releases.all_releases(session)
    present = {path.name for path in folder.glob("release-*.json")}
    missing = [one for one in kept if f"release-{one.number:06}-{digest_of(one.content)}.json" not in present]
    for one in missing:
        write_release(folder, one)
    return len(missing)


def take_back_releases(session: Session, folder: Path) -> int:
    """Freezes what the files hold and this database does not, as it was; how many. In the caller's transaction.

    Raises:
        Misconfigured: as `read_release_files`; or a file and the database hold different releases of one number, or
            one between two is in neither.
    """
    known = releases.count_releases(session)
    found = read_release_files(folder)
    for number, release in found.items():
        if number <= known:
            kept = releases.one_release(session, number)
            if kept is None or kept.digest != digest_of(release.content):
                raise Misconfigured(f"release {number} beside the guard file is not the one in the database")
    later = [release for number, release in found.items() if number > known]
    for place, release in enumerate(later, known + 1):
        if release.number != place:
            raise Misconfigured(f"release {place} is neither in the database nor beside the guard file")
        releases.freeze(session, release)
    if later:
        releases.forget_request(session)  # of a quarter whose confirmation a crash broke off
    return len(later)
