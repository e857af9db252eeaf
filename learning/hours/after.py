"""What an hour's page adds once its room has opened: what I tried, what leaders show, the stories that came of it."""

from datetime import datetime
from typing import Any

from hub.people.models import User
from hub.stories.models import Hatpin
from learning.hours import catch_up, outcomes, recalls, room_pins
from learning.hours.models import StudySession
from learning.hours.outcome_forms import OutcomeForm, allowed_tools


def afterwards(
    session: StudySession, user: User, now: datetime, *, outcome_form: OutcomeForm | None = None
) -> dict[str, Any]:
    """Nothing before the hour. What is told of others is what they show with their names."""
    if not session.is_open(now) and session.phase(now) != "after":
        return {}
    outcome, can_note = outcomes.outcome_of(session, user), outcomes.can_be_noted(session, now)
    found = {
        "outcome": outcome,
        "can_note": can_note,
        "shown_outcomes": list(outcomes.shown_outcomes(session)),
        "recall": recalls.offer_of(user, now, session),
        "stories": list(outcomes.stories_of(session)),
        "tellable_pins": [pin for pin in _own_pins(session, user) if pin.is_solved or pin.kind != "stuck"],
    }
    if catch_up.can_catch_up(session, user, now):
        path = catch_up.path_of(session, user)
        found["catch_up"] = path if path.has_parts else None
    if can_note:
        found["outcome_form"] = outcome_form or OutcomeForm(instance=outcome, user=user)
        found["allowed_tools"] = allowed_tools()
    return found


def _own_pins(session: StudySession, user: User) -> list[Hatpin]:
    return list(room_pins.pins_of(session).filter(author=user, story=None))
