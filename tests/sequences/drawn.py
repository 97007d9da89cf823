"""What is drawn: people, answers, facts of a report and a reviewer's choices. Most are ordinary, some are not."""

from typing import Any, Final

from hypothesis import strategies as st

from node.core.compose import Choices
from node.core.permissions import SWITCHES, Condition
from node.core.report import Facts
from tests.federation.project import RELEASER, WRITER

LEAD, VOLUNTEER, DEPUTY = "Cleo", "Dee", "Edda"
RELEASERS: Final = (RELEASER, "Edda")
PEOPLE: Final = (WRITER, RELEASER, DEPUTY, LEAD, VOLUNTEER)
MODEL: Final = "Fiesta"
"""A word that a warning says, and that may turn out to be private afterwards."""

answers = st.sampled_from(("yes", "yes", "yes", "yes", "no", "not_asked"))
people = st.sampled_from(PEOPLE)
drafters = st.sampled_from((WRITER, WRITER, *PEOPLE))
readers = st.sampled_from((RELEASER, LEAD, LEAD, *PEOPLE))
which = st.integers(0, 2)
conditions = st.sampled_from(
    (
        (),
        (),
        (),
        (Condition(kind="no_town"),),
        (Condition(kind="not_region", region="merseyside"),),
        (Condition(kind="not_region", region="west-yorkshire"), Condition(kind="no_town")),
        (Condition(kind="ask_first"),),
        (Condition(kind="other", words="not before the court"),),
    )
)
mostly = st.sampled_from((True, True, True, True, False))
ORDINARY: Final = Facts(age_now="adult", age_at_event="adult")
ALL_YES: Final[dict[Any, Any]] = dict.fromkeys(SWITCHES, "yes")
facts = st.one_of(
    st.just(ORDINARY),
    st.builds(
        Facts,
        source=st.sampled_from(("report", "report", "report", "report", "report", "staff")),
        told_by=st.sampled_from(("person_harmed", "person_harmed", "person_harmed", "person_harmed", "witness")),
        age_now=st.sampled_from(("adult", "adult", "adult", "adult", "under_18", "not_sure", "not_asked")),
        age_at_event=st.just("adult"),
        officer=mostly.map(lambda yes: not yes),
        coercive=mostly.map(lambda yes: not yes),
        authorised_by=st.sampled_from((None, RELEASER)),
        died=st.sampled_from((False,) * 7 + (True,)),
    ),
)
said_yes_or_no = st.one_of(st.just(ALL_YES), st.fixed_dictionaries(dict.fromkeys(SWITCHES, answers)))
choices = st.builds(
    Choices,
    region=st.just("west-yorkshire"),
    direction=st.sampled_from(((), ("merseyside",))),
    town=st.sampled_from((None, None, "Leeds")),
    names=st.sampled_from((None, ("Gaz",))),
    police=st.booleans(),
    lease_days=st.sampled_from((None, 3, 30)),
    danger_now=mostly.map(lambda yes: not yes),
)
