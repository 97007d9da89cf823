"""Whole stories, entry by entry: what replay must make of each."""

import datetime as dt
from collections.abc import Callable
from typing import Final

from protocol.envelope import sign_envelope
from protocol.statement_fields import Audience, MemberPart
from protocol.vectors import forms
from protocol.vectors.forms import Vector
from protocol.vectors.named_keys import member_keys, seal_key, signing_key
from protocol.vectors.scene import Scene, three_projects

OPENING: Final = "three_projects"
Story = Callable[[Scene], object]
STORIES: Final[dict[str, tuple[str, Story]]] = {}


def story(shows: str) -> Callable[[Story], Story]:
    """Registers a function that continues the log of three projects."""

    def register(function: Story) -> Story:
        STORIES[function.__name__] = (shows, function)
        return function

    return register


def told() -> dict[str, Vector]:
    """Every story as a vector, by name."""
    opening = three_projects()
    made = {OPENING: forms.replay("three projects join: with no, one and two endorsements", opening)}
    for name, (shows, tell) in STORIES.items():
        scene = three_projects()
        tell(scene)
        made[name] = forms.replay(shows, scene, OPENING, len(opening.entries))
    return made | {"notice_is_counted_in_days": forms.replay("admissions wait for the notice", _notice())}


def _notice() -> Scene:
    scene = Scene(notice_days=7)
    scene.admit("genesis", 1)
    request = scene.request("bradford")
    scene.say("genesis/sign0", "endorse", 1, about=scene.request_digest(request))
    for days in (6, 1):
        scene.day += dt.timedelta(days=days)
        scene.append(scene.sign(scene.admit_statement("bradford", 2, request), "officer0"))
    return scene


def newer(scene: Scene, key: str, *, critical: bool) -> str:
    """An entry of version 2, of which this version knows nothing but the frame."""
    kind = f"application/vnd.watchword.statement.v2{'-critical' if critical else ''}+json"
    return scene.append(sign_envelope(b'{"anything":2}', kind, signing_key(key)))


@story("an alert, an update, a pause, a return, a Cancel: each body but the last is gone as it is replaced")
def update_pause_return_cancel(scene: Scene) -> None:
    """The life of a warning."""
    first = scene.alert("genesis", 1)
    second = scene.update("genesis", 1, first)
    third = scene.pause("genesis", 1, second)
    scene.update("genesis", 1, third)
    scene.cancel("genesis", 1, first)


@story("a paused chain can be cancelled")
def cancel_while_paused(scene: Scene) -> None:
    """No body is live, and none comes back."""
    first = scene.alert("genesis", 1)
    scene.pause("genesis", 1, first)
    scene.cancel("genesis", 1, first)


@story("a Cancel that comes before its alert: the alert and its update are void")
def cancel_before_alert(scene: Scene) -> None:
    """Order is the hub's choice; the end is not."""
    draft = three_projects()
    first = draft.alert("genesis", 1)
    draft.update("genesis", 1, first)
    scene.cancel("genesis", 1, first)
    scene.append(draft.entries[-2])
    scene.append(draft.entries[-1])


@story("a Cancel between two updates: the later one is void")
def cancel_between_updates(scene: Scene) -> None:
    """Both updates were signed before the Cancel."""
    draft = three_projects()
    first = draft.alert("genesis", 1)
    second = draft.update("genesis", 1, first)
    draft.update("genesis", 1, second)
    scene.append(draft.entries[-3])
    scene.append(draft.entries[-2])
    scene.cancel("genesis", 1, first)
    scene.append(draft.entries[-1])


@story("a second Cancel is valid and changes nothing")
def cancel_twice(scene: Scene) -> None:
    """Once."""
    first = scene.alert("genesis", 1)
    scene.cancel("genesis", 1, first)
    scene.cancel("genesis", 1, first)


@story("of two updates of one head the first in the log wins")
def update_race(scene: Scene) -> None:
    """The other is void."""
    first = scene.alert("genesis", 1)
    scene.update("genesis", 1, first)
    scene.update("genesis", 1, first)


@story("two officers suspend a member: its warnings stand, it may cancel, rotate and nothing else; one officer resumes")
def suspension_leaves_warnings(scene: Scene) -> None:
    """Promise 15."""
    kept, ended = scene.alert("genesis", 1), scene.alert("genesis", 1)
    scene.officers("suspend", 1, reason="safeguarding")
    scene.update("genesis", 1, kept)
    scene.cancel("genesis", 1, ended)
    scene.say("genesis/sign0", "rotate", 1, member=MemberPart(keys=member_keys("renewed")))
    scene.say("officer2", "resume", 0, member=MemberPart(id=1))
    scene.append(scene.sign(scene.alert_statement(1, kind="update", supersedes=kept, state="live"), "renewed/sign0"))


@story("one officer twice does not suspend; a second one does")
def one_officer_is_not_two(scene: Scene) -> None:
    """The same key counts once."""
    scene.say("officer0", "suspend", 0, member=MemberPart(id=3, reason="misuse"))
    scene.say("officer0", "suspend", 0, member=MemberPart(id=3, reason="misuse"))
    scene.alert("merseyside", 3)
    scene.say("officer1", "suspend", 0, member=MemberPart(id=3, reason="key_doubt"))
    scene.alert("merseyside", 3)
    scene.say("officer2", "suspend", 0, member=MemberPart(id=3, reason="misuse"))
    scene.alert("merseyside", 3)


@story("a resume takes back what one officer has asked for")
def resume_before_the_second_officer(scene: Scene) -> None:
    """The second officer's entry is then a first."""
    scene.officers("suspend", 3, count=1, reason="misuse")
    scene.say("officer2", "resume", 0, member=MemberPart(id=3))
    scene.say("officer1", "suspend", 0, member=MemberPart(id=3, reason="misuse"))
    scene.alert("merseyside", 3)


@story("a member that was revoked as left signs nothing but Cancel; its other warning stands")
def revoked_as_left(scene: Scene) -> None:
    """It owes its word for all that it held."""
    kept, ended = scene.alert("genesis", 1), scene.alert("genesis", 1)
    scene.officers("revoke", 1, reason="left")
    scene.update("genesis", 1, kept)
    scene.cancel("genesis", 1, ended)


@story("a member leaves, and cancels afterwards")
def leave_and_cancel(scene: Scene) -> None:
    """As if revoked as left."""
    first = scene.alert("merseyside", 3, audience=Audience(regions=("west-yorkshire",)))
    scene.say("merseyside/sign0", "leave", 3)
    scene.cancel("merseyside", 3, first)


@story(
    "a compromised key: what it signed from an index on is gone, its Cancels after that are void, one before it holds"
)
def revoked_as_compromised(scene: Scene) -> None:
    """When something was signed cannot be proved by its signer: the place in the log decides."""
    before, ended = scene.alert("genesis", 1), scene.alert("genesis", 1)
    scene.cancel("genesis", 1, ended)
    since = len(scene.entries)
    forged = scene.alert("genesis", 1)
    scene.update("genesis", 1, forged)
    scene.say("genesis/sign0", "endorse", 1, about=scene.request_digest(scene.request("leeds")))
    scene.officers("revoke", 1, reason="compromised", from_=since)
    scene.cancel("genesis", 1, before)


@story("the member that names the compromised one as its predecessor cancels for it")
def successor_cancels(scene: Scene) -> None:
    """With its own key, under its predecessor's id."""
    first = scene.alert("genesis", 1)
    scene.officers("revoke", 1, reason="compromised", from_=len(scene.entries))
    scene.admit("renewed", 4, endorsed_by={"bradford": 2, "merseyside": 3}, predecessor=1)
    scene.cancel("renewed", 1, first)


@story("after a rotation the old key signs Cancel and nothing else")
def rotation_leaves_cancel(scene: Scene) -> None:
    """The new key signs all."""
    first, second = scene.alert("genesis", 1), scene.alert("genesis", 1)
    scene.say("genesis/sign0", "rotate", 1, member=MemberPart(keys=member_keys("renewed", sign=2)))
    scene.update("genesis", 1, first)
    scene.cancel("genesis", 1, first)
    scene.cancel("renewed", 1, second)
    scene.append(scene.sign(scene.alert_statement(1), "renewed/sign1"))


@story("the unattended key changes the seal key and no other")
def seal_rotated_by_online_key(scene: Scene) -> None:
    """Monthly."""
    keys = member_keys("genesis")
    renewed = type(keys)(online=keys.online, seal=seal_key("next"), sign=keys.sign)
    scene.say("genesis/online", "rotate", 1, member=MemberPart(keys=renewed))


@story("the same admission again replaces the member's body")
def admitted_again(scene: Scene) -> None:
    """Everybody else owes a word for the old one."""
    scene.append(scene.sign(scene.admit_statement("bradford", 2), "officer1"))


@story("an objection takes back the objector's endorsement, and a new endorsement stands again")
def objection_takes_back_endorsement(scene: Scene) -> None:
    """No veto."""
    request = scene.request("leeds")
    about = scene.request_digest(request)
    scene.say("genesis/sign0", "endorse", 1, about=about)
    scene.say("bradford/sign0", "endorse", 2, about=about)
    scene.objection("bradford", 2, about)
    scene.append(scene.sign(scene.admit_statement("leeds", 4, request), "officer0"))
    scene.say("merseyside/sign0", "endorse", 3, about=about)
    scene.append(scene.sign(scene.admit_statement("leeds", 4, request), "officer0"))


@story("sightings are gone with the chain that they are about; one alone can be cancelled")
def sightings_end_with_their_chain(scene: Scene) -> None:
    """Each owes to its own audience."""
    first = scene.alert("genesis", 1)
    scene.sighting("bradford", 2, first)
    own = scene.sighting("merseyside", 3, first)
    scene.cancel("merseyside", 3, own)
    scene.cancel("genesis", 1, first)


@story("an exercise is a chain of its own status")
def exercise_is_a_chain_of_its_own(scene: Scene) -> None:
    """It never reaches a phone; the log treats it alike."""
    first = scene.alert("genesis", 1, status="exercise")
    scene.update("genesis", 1, first, status="exercise")
    scene.cancel("genesis", 1, first)


@story("a reserved kind is unknown")
def reserved_kind_is_unknown(scene: Scene) -> None:
    """Kept, cosigned, not obeyed; also where a smaller object in it has a kind of its own."""
    kind = "application/vnd.watchword.statement.v1+json"
    for payload in (b'{"kind":"snapshot"}', b'{"about":{"kind":"alert"},"kind":"letter"}'):
        scene.append(sign_envelope(payload, kind, signing_key("genesis/sign0")))
    scene.alert("genesis", 1)


@story("a newer version is unknown, and the log goes on")
def newer_version_is_unknown(scene: Scene) -> None:
    """Whoever signed it."""
    newer(scene, "genesis/sign0", critical=False)
    newer(scene, "nobody", critical=False)
    newer(scene, "officer0", critical=False)
    scene.alert("genesis", 1)


@story("a newer version that is critical, by two officers: nothing later is obeyed but a Cancel")
def critical_by_two_officers_stops(scene: Scene) -> None:
    """What stood before stands; one officer alone stops nobody."""
    first = scene.alert("genesis", 1)
    newer(scene, "officer0", critical=True)
    newer(scene, "officer0", critical=True)
    scene.alert("genesis", 1)
    newer(scene, "officer1", critical=True)
    scene.alert("genesis", 1)
    scene.cancel("genesis", 1, first)


@story("a newer version that is critical, by anybody else, stops nobody")
def critical_by_member_does_not_stop(scene: Scene) -> None:
    """Else one member could stop the others."""
    newer(scene, "genesis/sign0", critical=True)
    newer(scene, "nobody", critical=True)
    scene.alert("genesis", 1)


def two_warnings(scene: Scene) -> tuple[str, str]:
    """One of Genesis and one of Merseyside, each to both regions."""
    both = Audience(regions=("merseyside", "west-yorkshire"))
    return scene.alert("genesis", 1, audience=both), scene.alert("merseyside", 3, audience=both)


def with_lead(scene: Scene) -> int:
    """Admits a lead; its member id."""
    scene.admit("lead", 9, endorsed_by={"genesis": 1, "bradford": 2}, role="lead", region=None)
    return 9


@story("two projects say that their alerts may be about one person: agreed with the second's word; undone by either")
def series_of_two_projects(scene: Scene) -> None:
    """Without the lead."""
    found = scene.series("genesis", 1, two_warnings(scene))
    scene.say("merseyside/sign0", "endorse", 3, about=found)
    scene.objection("merseyside", 3, found, "different_person")


@story("the lead's series, to which a project concerned objects; then another, of which no clock is asked")
def series_of_the_lead(scene: Scene) -> None:
    """Others are told of the second from a day on, judged by each reader."""
    lead, alerts = with_lead(scene), two_warnings(scene)
    first = scene.series("lead", lead, alerts)
    scene.objection("genesis", 1, first, "different_person")
    scene.series("lead", lead, alerts, relation="same_incident")


@story("the lead's series with a danger now; its signer takes it back")
def series_with_danger_now(scene: Scene) -> None:
    """Undo, then perhaps another."""
    lead = with_lead(scene)
    urgent = scene.alert("genesis", 1, days=3, audience=Audience(regions=("merseyside", "west-yorkshire")))
    found = scene.series("lead", lead, (urgent, scene.alert("merseyside", 3)))
    scene.cancel("lead", lead, found)


@story("a series ends with the first of its alerts that is taken back, and so does what was said against another")
def series_ends_with_an_alert(scene: Scene) -> None:
    """All that was derived goes."""
    alerts = two_warnings(scene)
    refused = scene.series("genesis", 1, alerts)
    scene.objection("merseyside", 3, refused, "too_little_to_say")
    scene.series("genesis", 1, alerts)
    scene.cancel("merseyside", 3, alerts[1])


@story("a compromised key: each series that it said or agreed to is undone, and so is one that names its alert")
def series_of_a_compromised_key(scene: Scene) -> None:
    """From the index on."""
    kept, theirs = two_warnings(scene)
    since = len(scene.entries)
    forged = scene.alert("genesis", 1)
    agreed = scene.series("merseyside", 3, (kept, theirs))
    scene.say("genesis/sign0", "endorse", 1, about=agreed)
    scene.series("merseyside", 3, (forged, theirs))
    scene.officers("revoke", 1, reason="compromised", from_=since)


@story("figures, taken back, and said again on the same day")
def figures_said_again(scene: Scene) -> None:
    """Nobody owes a word: no member had them."""
    first = scene.figures("genesis", 1)
    scene.cancel("genesis", 1, first)
    scene.figures("genesis", 1)


@story("a Cancel that comes before its series and its figures: both are void")
def cancel_before_series_and_figures(scene: Scene) -> None:
    """Order is the hub's choice; the end is not."""
    draft = three_projects()
    alerts = two_warnings(draft)
    found, counted = draft.series("genesis", 1, alerts), draft.figures("genesis", 1)
    for entry in draft.entries[-4:-2]:
        scene.append(entry)
    scene.cancel("genesis", 1, found)
    scene.cancel("genesis", 1, counted)
    for entry in draft.entries[-2:]:
        scene.append(entry)
