"""What I tried: noted by each person for themselves, shown by a leader who wants to, told as a story."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hub.people.models import User
from hub.refusals import Refusal
from hub.stories import actions as story_actions
from hub.stories.models import Story
from hub.stories.pinning import heading_of
from learning.hours.models import Outcome, StudySession
from learning.hours.room_pins import place_of

OPEN_FOR = timedelta(weeks=2)  # after the hour
LEADERS_SHOWN = 20
STORIES_SHOWN = 10


def can_be_noted(session: StudySession, now: datetime) -> bool:
    """From the room's opening until two weeks after the hour."""
    begun = session.is_open(now) or session.phase(now) == "after"
    return begun and now < session.ends_at + OPEN_FOR


def note(
    *,
    session: StudySession,
    user: User,
    text: str,
    result: str,
    tool: str = "",
    minutes_saved: int | None = None,
    is_shared: bool = False,
    now: datetime | None = None,
) -> Outcome:
    """Keep or change it, one a person and hour; only a leader's is ever shown. Raises Refusal."""
    now = now or timezone.now()
    if not can_be_noted(session, now):
        raise Refusal(
            "outcome_closed",
            _("You can note what you tried from the hour's beginning until two weeks after it."),
            status=409,
        )
    words = {"text": text, "result": result, "tool": tool, "minutes_saved": minutes_saved}
    outcome, _is_new = Outcome.objects.update_or_create(
        session=session,
        user=user,
        defaults={**words, "is_shared": is_shared and user.is_executive},
        create_defaults={**words, "is_shared": is_shared and user.is_executive, "noted_at": now},
    )
    return outcome


def forget(*, session: StudySession, user: User) -> None:
    """At any time, and for good."""
    Outcome.objects.filter(session=session, user=user).delete()


def outcome_of(session: StudySession, user: User) -> Outcome | None:
    return Outcome.objects.filter(session=session, user=user).first()


def shown_outcomes(session: StudySession) -> QuerySet[Outcome]:
    """What leaders tried and show with their names, by name."""
    shown = session.outcomes.filter(is_shared=True, user__is_executive=True, user__status="active")
    return shown.select_related("user").order_by("user__last_name", "user__first_name")[:LEADERS_SHOWN]


def stories_of(session: StudySession) -> QuerySet[Story]:
    """Published ones that came of this hour, the newest first."""
    told = Story.objects.published().of_origin(place_of(session.pk)).select_related("author")
    return told.order_by("-published_at", "pk")[:STORIES_SHOWN]


def tell(*, session: StudySession, user: User) -> Story:
    """A draft with the outcome's words, for its author to finish; asking again gives the same. Raises Refusal."""
    origin = place_of(session.pk)
    told = Story.objects.filter(author=user, origin=origin, hatpin=None).order_by("created_at").first()
    if told is not None:
        return told
    outcome = outcome_of(session, user)
    if outcome is None:
        raise Refusal("nothing_noted", _("Note first what you tried; the story begins with it."), status=409)
    given: dict[str, Any] = {"tool": outcome.tool, "minutes_saved": outcome.minutes_saved or None}
    story = Story(title=heading_of(outcome.text), body=outcome.text, language=user.language, **given)
    return story_actions.write(story=story, author=user, origin=origin)
