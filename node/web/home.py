"""The start page: what needs somebody now; how the node stands; what the hub's operator asks for."""

from typing import Annotated

from fastapi import APIRouter
from fastapi.responses import Response

from node.actions.answer_reminder import answer_reminder, show_reminder
from node.actions.back_up import backups_stand
from node.actions.list_tasks import list_tasks
from node.actions.read_status import read_status
from node.core import access
from node.core.backups import practised_words, unready, unready_words
from node.web import options
from node.web.site import Visit
from protocol.house.core.staff import may_be_here
from protocol.house.web.doors import Posted, door, go

rooms = APIRouter()


@rooms.get("/")
def home(visit: Annotated[Visit, door(may_be_here)]) -> Response:
    """What needs this person now."""
    view, epochs = visit.site.log(), visit.site.exchange.epochs()
    tasks = list_tasks(visit.desk, view, epochs, who=visit.who, now=visit.now)
    words = read_status(visit.site.exchange.store, view, epochs, visit.now).checkpoint_words
    return visit.page("home.html", tasks=tasks, words=words, may_take=access.may_take_reports(visit.who))


@rooms.get("/status")
def status(visit: Annotated[Visit, door(may_be_here)]) -> Response:
    """How the node stands: the log, what is on its way, who still owes a word, alarms in plain words."""
    view, epochs = visit.site.log(), visit.site.exchange.epochs()
    found = read_status(visit.site.exchange.store, view, epochs, visit.now)
    backups = backups_stand(visit.desk.config, visit.site.exchange.store)
    wrong = [unready_words(one, backups)[0] for one in unready(backups, visit.now)]
    return visit.page(
        "status.html",
        node=found,
        jobs_in_words=options.JOBS,
        backups=backups,
        practised=practised_words(backups),
        wrong_with_backups=wrong,
    )


@rooms.get("/reminder")
def reminder(visit: Annotated[Visit, door(access.may_answer_hub)]) -> Response:
    """The hub asks this project to confirm what was deleted: what to do."""
    found = show_reminder(visit.desk, visit.site.log(), by=visit.by, now=visit.now)
    return visit.page("reminder.html", reminder=found)


@rooms.post("/reminder")
def seen_to(visit: Annotated[Visit, door(access.may_answer_hub)], form: Posted) -> Response:
    """Somebody has seen to it."""
    answer_reminder(visit.desk, by=visit.by, now=visit.now)
    return go("/")
