"""What people do in the demo: import, open rows, warn, correct, take back. Scripted through the real actions."""

import contextlib
from pathlib import Path
from typing import Final

import msgspec

from deploy.demo.network import PROJECTS, Network, Project, utc_now, wait_for
from deploy.demo.sign_ins import SignIn, set_up
from hub.log_view import LogView as HubView
from hub.store import bodies as hub_bodies
from hub.store.engine import Store as HubStore
from node.actions.answer_series import agree_to_series
from node.actions.approve_release import approve_release
from node.actions.case_desk import CaseDesk, open_case_desk, voice_of
from node.actions.draft_release import draft_release
from node.actions.draft_update import draft_update
from node.actions.import_sheet import SheetImported, import_sheet
from node.actions.open_report import open_report
from node.actions.propose_series import propose_series
from node.actions.show_release import show_release
from node.actions.withdraw_alert import withdraw_alert
from node.app import Node
from node.core.compose import Choices
from node.core.permissions import Standing, Switch, standings_now
from node.core.report import Age, Report
from node.core.voice import Voice
from node.store.acks import acked_sizes
from node.store.inbox import held_identities
from node.store.permissions import read_entries
from node.store.reports import get_report
from protocol.body_fields import SeriesReason
from protocol.house.actions.add_person import add_person
from protocol.house.actions.invite_person import invite_again
from protocol.house.core.errors import Refused
from protocol.house.store.people import person_id
from protocol.replay import confirmed_by, holders

SHEETS: Final = Path(__file__).parent
ROWS_OPENED: Final = 3
"""A person opens each row that is released; three at each project are enough to see how."""

PROJECT_NUMBERS: Final = frozenset(range(1, len(PROJECTS) + 1))
CASEWORKER, COORDINATOR = "Asha", "Bryony"
CONFIRMED_SWITCHES: Final[tuple[Switch, ...]] = ("warn_own", "warn_others", "police_anonymous")


class Warned(msgspec.Struct):
    """A warning that left."""

    project: Project
    release: int
    first: str
    lines: tuple[str, ...]


class Office:
    """One project's people at work, beside their node's worker."""

    def __init__(self, network: Network, project: Project) -> None:
        self.project = project
        self.node: Node = network.node(project)
        self._rows: tuple[int, ...] = ()
        add_person(self.desk, name=COORDINATOR, role="coordinator", now=utc_now())
        add_person(self.desk, name=CASEWORKER, role="caseworker", by=COORDINATOR, now=utc_now())

    @property
    def desk(self) -> CaseDesk:
        """The desk of the records."""
        return open_case_desk(self.node.config, self.node.desk.store)

    def give_accounts(self, url: str) -> tuple[SignIn, ...]:
        """Both can sign in at the pages: invited, set up as they would on the page, with recovery codes for an app."""
        made = []
        for name, role, by in ((COORDINATOR, "coordinator", None), (CASEWORKER, "caseworker", COORDINATOR)):
            with self.desk.store.read() as session:
                person = person_id(session, name)
            code = invite_again(self.desk, person=person, by=by, now=utc_now()).code
            made.append(set_up(self.desk, self.project.name, url, name, role, code))
        return tuple(made)

    def import_own_sheet(self) -> SheetImported:
        """Reads the sheet with the mapping that lies beside it."""
        sheet = SHEETS / self.project.sheet
        mapping = sheet.with_name(f"{self.project.key}.mapping.toml")
        imported = import_sheet(self.desk, path=sheet, mapping_path=mapping, by=CASEWORKER, now=utc_now())
        self._rows = imported.new
        return imported

    def warn_from_row(self, row: int) -> Warned:
        """Opens one row of the sheet, counted from 0, and warns."""
        return self._warn(self._rows[row], ())

    def warn_from(self, reports: tuple[int, ...], direction: tuple[str, ...]) -> list[Warned]:
        """Opens rows one by one; those that permission and rules allow become warnings."""
        made: list[Warned] = []
        for report in reports:
            if len(made) == ROWS_OPENED:
                break
            with contextlib.suppress(Refused):
                made.append(self._warn(report, direction))
        return made

    def _warn(self, report: int, direction: tuple[str, ...]) -> Warned:
        """The caseworker opens the row, asks what the sheet leaves open, drafts; the coordinator looks and releases.

        Raises:
            Refused: permission, age, or another rule says no.
        """
        found, said = self._read(report)
        if said["warn_others"].answer != "yes" or said["warn_others"].conditions:
            raise Refused("not_recorded_yes", "not said yes to in the sheet")
        confirm = tuple(s for s in CONFIRMED_SWITCHES if said[s].answer == "yes" and not said[s].conditions)
        asked: Age | None = "adult" if found.facts.age_now == "not_asked" else None
        open_report(
            self.desk,
            report_id=report,
            by=CASEWORKER,
            now=utc_now(),
            age_now=asked,
            age_at_event=asked,
            confirm=confirm,
        )
        choices = Choices(region=self.project.region, direction=direction)
        release = draft_release(
            self.desk, self._voice(), report_id=report, choices=choices, by=CASEWORKER, now=utc_now()
        )
        return self._release(release)

    def _read(self, report: int) -> tuple[Report, dict[Switch, Standing]]:
        desk = self.desk
        with desk.store.read() as session:
            found = get_report(session, desk.vault, report)
            return found, standings_now(read_entries(session, desk.vault, report), utc_now())

    def _release(self, release: int) -> Warned:
        """A second person sees exactly the bytes, then they leave."""
        shown = show_release(self.desk, release_id=release, by=COORDINATOR, now=utc_now())
        made = approve_release(
            self.desk, self._voice(), release_id=release, digest=shown.digest, by=COORDINATOR, now=utc_now()
        )
        assert made.chain is not None
        return Warned(self.project, release, made.chain, shown.lines)

    def correct(self, warning: Warned, direction: tuple[str, ...]) -> None:
        """An update with a new body: released like a warning."""
        choices = Choices(region=self.project.region, direction=direction, severity="extreme")
        release = draft_update(
            self.desk, self._voice(), release_id=warning.release, choices=choices, by=CASEWORKER, now=utc_now()
        )
        warning.release = self._release(release).release

    def say_alike(self, warnings: tuple[Warned, Warned], reasons: tuple[SeriesReason, ...]) -> str:
        """Says that two warnings may be about the same person; the identity of the statement."""
        voice, state = self._voice(), self.node.desk.view.state
        alerts = tuple(one.first for one in warnings)
        return propose_series(
            self.desk,
            voice,
            state,
            alerts=alerts,
            relation="same_person",
            reasons=reasons,
            by=COORDINATOR,
            now=utc_now(),
        )

    def agree(self, series: str) -> None:
        """This project stands by it, too."""
        voice, state = self._voice(), self.node.desk.view.state
        agree_to_series(self.desk, voice, state, identity=series, by=COORDINATOR, now=utc_now())

    def knows_of(self, identity: str) -> bool:
        """Whether a statement is in this node's copy of the log."""
        self.node.desk.view.refresh()
        return identity in self.node.desk.view.state.statements

    def take_back(self, warning: Warned) -> None:
        """One person, any hour, no reason."""
        withdraw_alert(self.desk, self._voice(), release_id=warning.release, by=CASEWORKER, now=utc_now())

    def _voice(self) -> Voice:
        self.node.desk.view.refresh()
        return voice_of(self.node.desk.view, self.node.desk.keyring)

    def holds(self) -> frozenset[str]:
        """Identities of the warnings whose bodies this node holds."""
        with self.node.desk.store.read() as session:
            return held_identities(session)


class Figures(msgspec.Struct, kw_only=True):
    """What the demo counted: the object on the last line of `--json`.

    Attributes:
        alerts_received_elsewhere: bodies that arrived at another project than their origin, counted at each.
        acks: projects that confirmed, signed, that they hold the withdrawn warning no more.
        bodies_left_after_withdrawal: copies of it at the hub and at other projects.
        cosignatures: witnesses under the last checkpoint.
        forces_crossed: pairs of police-force areas between which a warning passed.
        seconds: from the start until all of this was done.
    """

    reports_imported: int = 0
    rows_needing_a_person: int = 0
    alerts_published: int = 0
    alerts_received_elsewhere: int = 0
    withdrawn: int = 0
    acks: int = 0
    bodies_left_after_withdrawal: int = 0
    checkpoint_size: int = 0
    cosignatures: int = 0
    forces_crossed: int = 0
    seconds: float = 0.0


class Story:
    """The three projects' people, one after another, and what came of it."""

    def __init__(self, network: Network) -> None:
        self.network = network
        self.offices = [Office(network, project) for project in PROJECTS]
        self.warnings: list[Warned] = []
        self.figures = Figures()
        self.sign_ins: tuple[SignIn, ...] = ()

    def office(self, key: str) -> Office:
        """One project's people."""
        return next(office for office in self.offices if office.project.key == key)

    def import_sheets(self) -> list[tuple[Project, SheetImported]]:
        """Each project imports its own sheet. Nothing leaves by that."""
        imported = [(office.project, office.import_own_sheet()) for office in self.offices]
        self.figures.reports_imported = sum(len(sheet.new) for _, sheet in imported)
        self.figures.rows_needing_a_person = sum(sheet.needing_a_person for _, sheet in imported)
        return imported

    def warn(self, imported: list[tuple[Project, SheetImported]]) -> list[Warned]:
        """People open rows and release warnings; Genesis's man drives west."""
        directions = {"genesis": ("merseyside",), "bradford": (), "merseyside": ("west-yorkshire",)}
        for project, sheet in imported:
            self.warnings += self.office(project.key).warn_from(sheet.new, directions[project.key])
        self.figures.alerts_published = len(self.warnings)
        return self.warnings

    async def wait_until_received(self) -> list[tuple[Project, Project, str]]:
        """(from, to, warning) of every body that arrived elsewhere, once each is where it is meant to be."""
        meant = self._meant()
        await wait_for("warnings to arrive", lambda: self._all_held(meant))
        arrived = [(origin, project, first) for project, origin, first, _ in meant]
        self.figures.alerts_received_elsewhere = len(arrived)
        crossed = {(a.region, b.region) for a, b, _ in arrived if a.region != b.region}
        self.figures.forces_crossed = len(crossed)
        return arrived

    def _meant(self) -> list[tuple[Project, Project, str, str]]:
        """(receiver, origin, warning, statement whose body speaks) of all warnings now in the log."""
        state = HubView(self._hub_store()).refresh().state
        found = []
        for warning in self.warnings:
            chain = state.chains.get(warning.first)
            if chain is None or chain.cancelled is not None:
                continue
            link = state.links[chain.head]
            for number, project in enumerate(PROJECTS, 1):
                audience = link.audience
                if number != link.origin and (audience is None or audience.includes(number, project.region)):
                    found.append((project, warning.project, warning.first, chain.head))
        return found

    async def _all_held(self, meant: list[tuple[Project, Project, str, str]]) -> bool:
        self.network.require_running()
        held = {office.project.key: office.holds() for office in self.offices}
        if len({first for _, _, first, _ in meant}) < len(self.warnings):
            meant[:] = self._meant()
            return False
        return all(head in held[project.key] for project, _, _, head in meant)

    async def correct_one(self) -> Warned:
        """Genesis has learnt more about the first one, and says so."""
        warning = self.warnings[0]
        self.office("genesis").correct(warning, ("merseyside",))

        async def replaced() -> bool:
            state = HubView(self._hub_store()).refresh().state
            return state.chains[warning.first].head != warning.first

        await wait_for("the update to be in the log", replaced)
        await wait_for("the update to arrive", lambda: self._all_held(self._meant()))
        return warning

    async def take_back_one(self) -> tuple[Warned, int]:
        """She does not want it shared any more. Everyone erases it and says so, signed.

        Returns:
            The warning, and how many projects' word was needed.
        """
        warning = self.warnings[0]
        self.office("genesis").take_back(warning)
        node = self.office("genesis").node

        async def all_confirmed() -> bool:
            self.network.require_running()
            node.desk.view.refresh()
            state = node.desk.view.state
            if state.chains[warning.first].cancelled is None:
                return False
            head = state.chains[warning.first].head
            with node.desk.store.read() as session:
                acked = acked_sizes(session)
            confirmed = confirmed_by(state, head, acked)
            self.figures.acks = len(confirmed.intersection(PROJECT_NUMBERS))
            return confirmed == holders(state, head)

        await wait_for("every receiver to confirm the deletion", all_confirmed)
        self.figures.withdrawn = 1
        self.figures.bodies_left_after_withdrawal = self._bodies_left(warning)
        state = node.desk.view.state
        return warning, len(holders(state, state.chains[warning.first].head).intersection(PROJECT_NUMBERS))

    def _bodies_left(self, warning: Warned) -> int:
        store = self._hub_store()
        state = HubView(store).refresh().state
        links = [identity for identity, link in state.links.items() if link.chain == warning.first]
        digests = {ref.digest for identity in links if (ref := state.links[identity].body) is not None}
        with store.read() as session:
            at_hub = len(digests & set(hub_bodies.all_digests(session)))
        others = [office for office in self.offices if office.project is not warning.project]
        return at_hub + sum(len(office.holds() & set(links)) for office in others)

    async def wait_for_witnesses(self) -> tuple[int, int]:
        """(size, witnesses) of the last checkpoint, once all three have cosigned it."""
        store = self._hub_store()

        async def cosigned() -> bool:
            view = HubView(store).refresh()
            self.figures.checkpoint_size = view.state.size
            self.figures.cosignatures = sum(size >= view.state.size for size in view.witnessed.values())
            return self.figures.cosignatures == len(PROJECTS)

        await wait_for("all witnesses to cosign the last checkpoint", cosigned)
        return self.figures.checkpoint_size, self.figures.cosignatures

    def _hub_store(self) -> HubStore:
        return HubStore(self.network.hub_config.database)

    def open_the_pages(self) -> tuple[SignIn, ...]:
        """Accounts at each project's pages, for whoever looks on."""
        url = self.network.pages_url
        return tuple(one for office in self.offices for one in office.give_accounts(url(office.project)))

    async def close(self) -> None:
        """Closes the people's databases; the workers go on."""
        for office in self.offices:
            await office.node.close()
