"""What replay must call void of series and figures: one defect each."""

from protocol.vectors.opening import Defects
from protocol.vectors.scene import Scene
from protocol.vectors.stories import two_warnings, with_lead

SERIES = Defects()


@SERIES.defect("series.unknown", "a series that names an update")
def series_of_an_update(scene: Scene) -> None:
    """It names first alerts."""
    first, other = two_warnings(scene)
    scene.series("genesis", 1, (scene.update("genesis", 1, first), other))


@SERIES.defect("chain.cancelled", "a series that names a cancelled alert")
def series_of_a_cancelled_alert(scene: Scene) -> None:
    """Nothing may be derived from it."""
    alerts = two_warnings(scene)
    scene.cancel("genesis", 1, alerts[0])
    scene.series("merseyside", 3, alerts)


@SERIES.defect("chain.status", "a series of an exercise")
def series_of_an_exercise(scene: Scene) -> None:
    """What is for practice is of nobody."""
    _, other = two_warnings(scene)
    scene.series("merseyside", 3, (scene.alert("genesis", 1, status="exercise"), other))


@SERIES.defect("series.not_concerned", "a series by a project that has none of its alerts")
def series_of_others(scene: Scene) -> None:
    """Only the lead speaks of others' alone."""
    scene.series("bradford", 2, two_warnings(scene))


@SERIES.defect("series.not_concerned", "a word for a series by a project that has none of its alerts")
def series_agreed_by_another(scene: Scene) -> None:
    """Those concerned decide."""
    found = scene.series("genesis", 1, two_warnings(scene))
    scene.say("bradford/sign0", "endorse", 2, about=found)


@SERIES.defect("series.not_concerned", "an objection to a series by a project that has none of its alerts")
def series_objected_by_another(scene: Scene) -> None:
    """Those concerned decide."""
    found = scene.series("genesis", 1, two_warnings(scene))
    scene.objection("bradford", 2, found)


@SERIES.defect("series.again", "a second series of the same alerts while one stands")
def series_again(scene: Scene) -> None:
    """Who thinks otherwise objects to it first."""
    alerts = two_warnings(scene)
    scene.series("genesis", 1, alerts)
    scene.series("lead", with_lead(scene), alerts, relation="relay")


@SERIES.defect("series.ended", "a word for a series that was objected to")
def series_ended(scene: Scene) -> None:
    """It is not revived: another may be said."""
    found = scene.series("genesis", 1, two_warnings(scene))
    scene.objection("merseyside", 3, found)
    scene.say("merseyside/sign0", "endorse", 3, about=found)


@SERIES.defect("chain.not_yours", "a Cancel of somebody else's series")
def cancel_of_anothers_series(scene: Scene) -> None:
    """Whoever is concerned objects."""
    found = scene.series("genesis", 1, two_warnings(scene))
    scene.cancel("merseyside", 3, found)


@SERIES.defect("cancel.not_first", "a Cancel of an objection")
def cancel_of_an_objection(scene: Scene) -> None:
    """It cannot be unsaid."""
    found = scene.series("genesis", 1, two_warnings(scene))
    scene.cancel("merseyside", 3, scene.objection("merseyside", 3, found))


@SERIES.defect("member.suspended", "figures of a suspended project")
def figures_while_suspended(scene: Scene) -> None:
    """They wait."""
    scene.officers("suspend", 1, reason="misuse")
    scene.figures("genesis", 1)


@SERIES.defect("member.role", "figures of a lead")
def figures_of_a_lead(scene: Scene) -> None:
    """It takes no reports."""
    scene.figures("lead", with_lead(scene))


@SERIES.defect("member.role", "a series by an observer")
def series_by_an_observer(scene: Scene) -> None:
    """It reads no alert."""
    scene.admit("watcher", 9, endorsed_by={"genesis": 1, "bradford": 2}, role="observer", region=None)
    scene.series("watcher", 9, two_warnings(scene))


@SERIES.defect("figures.again", "figures twice on one day")
def figures_again(scene: Scene) -> None:
    """The first are taken back before others are said."""
    scene.figures("genesis", 1)
    scene.figures("genesis", 1)
