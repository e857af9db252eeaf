"""Whether the hour is held, what is tried in it, and what leaders show of theirs."""

from hub.adoption.counting.measure import Measure, Pace, share
from hub.disclosure.figures import Kind
from hub.disclosure.grouping import Part
from learning.hours import facts

MEASURES = (
    share(facts.REPORT, facts.people_who_attended),
    share(facts.LAB_REPORT, facts.people_who_did_lab_tasks),
    # An hour with several leaders stands with one of them, so it says nothing about sites and teams.
    Measure("leader-hours", Kind.SUM, Pace.WEEKLY, facts.hours_shown_by_leaders, frozenset({Part.TOTAL})),
)
