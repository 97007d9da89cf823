"""Two projects say that their warnings may be the same person, from the first word to the undoing."""

from pathlib import Path
from typing import Any

from node.actions.answer_series import agree_to_series, object_to_series, take_back_series
from node.actions.examine_node import examine_node
from node.actions.propose_series import propose_series
from node.actions.show_series import SeriesShown, list_series
from node.store.outbox import outbox_entry
from protocol.body_fields import SeriesReason
from tests.federation.network import Federation, federation
from tests.federation.project import RELEASER, Node

REASONS = (
    SeriesReason(field="plate", speaks="for", weight="strong"),
    SeriesReason(field="height", speaks="against", weight="weak"),
)


def seen(node: Node) -> list[SeriesShown]:
    return list_series(node.cases, node.view, node.desk.epochs(), by=RELEASER, now=node.clock())


def answer(node: Node, identity: str) -> dict[str, Any]:
    return {"identity": identity, "by": RELEASER, "now": node.clock()}


async def proposed(fed: Federation) -> tuple[str, tuple[str, str]]:
    """Merseyside has a warning and Genesis one; Genesis says that they may be the same person."""
    alerts = (fed.genesis.warn(fed.genesis.report()), fed.merseyside.warn(fed.merseyside.report()))
    await fed.settle()
    identity = propose(fed, alerts)
    await fed.settle()
    return identity, alerts


def propose(fed: Federation, alerts: tuple[str, str]) -> str:
    return propose_series(
        fed.genesis.cases,
        fed.genesis.voice(),
        fed.genesis.view.state,
        alerts=alerts,
        relation="same_person",
        reasons=REASONS,
        by=RELEASER,
        now=fed.clock(),
    )


async def test_a_proposal_waits_for_the_other_project_and_is_told_when_it_agrees(tmp_path: Path) -> None:
    async with federation(tmp_path) as fed:
        identity, alerts = await proposed(fed)
        (at_genesis,), (at_merseyside,) = seen(fed.genesis), seen(fed.merseyside)
        assert at_genesis.standing.stands == "waits_for_others" and at_genesis.ours
        assert at_merseyside.standing.stands == "waits_for_us"
        assert at_merseyside.said_by == "genesis project"
        assert at_merseyside.relation == at_genesis.relation == "may be the same person"
        assert [(one.field, one.speaks, one.weight) for one in at_merseyside.reasons] == [
            ("height", "against", "weak"),
            ("number plate", "for", "strong"),
        ]
        lines = {one.identity: bool(one.lines) for one in at_merseyside.alerts}
        assert lines == {alerts[0]: True, alerts[1]: False}, "our own is read at its release"
        assert seen(fed.bradford) == [] and identity not in fed.bradford.reads()
        merseyside = fed.merseyside
        agree_to_series(merseyside.cases, merseyside.voice(), merseyside.view.state, **answer(merseyside, identity))
        await fed.settle()
        assert [one.standing.stands for node in fed.nodes.values() for one in seen(node)] == ["told"] * 3
        assert seen(fed.bradford)[0].relation == "may be the same person"


async def test_a_word_that_waited_past_its_day_is_kept_back_and_can_be_said_again(tmp_path: Path) -> None:
    """A lead's series is told to others some days after its day: a word dated back would leave no time to object."""
    async with federation(tmp_path) as fed:
        genesis = fed.genesis
        alerts = (genesis.warn(genesis.report()), fed.merseyside.warn(fed.merseyside.report()))
        await fed.settle()
        genesis.link.cut = True
        identity = propose(fed, alerts)
        await fed.settle()
        fed.clock.forward(days=2)
        genesis.link.cut = False
        await fed.settle()
        with genesis.store.read() as session:
            kept = outbox_entry(session, identity)
        assert kept is not None and (kept.state, kept.problem) == ("refused", "limits.day")
        assert any("refused 1 message" in one.wrong for one in examine_node(genesis.config, fed.clock()))
        again = propose(fed, alerts)
        await fed.settle()
        assert list(fed.hub.view.now.state.series) == [again] and len(seen(fed.merseyside)) == 1


async def test_an_objection_ends_it_everywhere_and_its_reason_reaches_who_proposed_it(tmp_path: Path) -> None:
    async with federation(tmp_path) as fed:
        identity, _ = await proposed(fed)
        merseyside = fed.merseyside
        voice, state = merseyside.voice(), merseyside.view.state
        object_to_series(
            merseyside.cases,
            voice,
            state,
            reason="different_person",
            **answer(merseyside, identity),
        )
        await fed.settle()
        (at_genesis,) = seen(fed.genesis)
        assert (at_genesis.standing.stands, at_genesis.objection) == ("ended", "it is about somebody else")
        assert at_genesis.relation == "" and at_genesis.reasons == ()
        assert all(identity not in node.reads() for node in fed.nodes.values())
        assert fed.acked()[3] > (fed.hub.view.now.state.links[identity].gone or 0)


async def test_who_proposed_it_takes_it_back_and_a_warning_taken_back_ends_the_next(tmp_path: Path) -> None:
    async with federation(tmp_path) as fed:
        identity, alerts = await proposed(fed)
        genesis = fed.genesis
        take_back_series(genesis.cases, genesis.voice(), genesis.view.state, **answer(genesis, identity))
        await fed.settle()
        again = propose_series(
            genesis.cases,
            genesis.voice(),
            genesis.view.state,
            alerts=alerts,
            relation="same_incident",
            reasons=REASONS,
            by=RELEASER,
            now=fed.clock(),
        )
        await fed.settle()
        assert again in fed.merseyside.reads() and identity not in fed.merseyside.reads()
        fed.merseyside.withdraw(1)
        await fed.settle()
        assert again not in fed.genesis.reads() | fed.merseyside.reads()
        assert {one.standing.stands for one in seen(genesis)} == {"ended"}
