"""Drafts made of what others told: a story that somebody wants to try, a use case that was proposed."""

from collections.abc import Collection

from django.utils import translation
from django.utils.translation import gettext as _

from challenges.pilots.actions import draft
from challenges.pilots.models import LONGEST_TEXT, Pilot
from challenges.usecases.becoming import seen_among
from challenges.usecases.models import UseCase
from hub.people.models import User
from hub.stories.copies import words_of
from hub.stories.models import Story

LONGEST_TITLE = Pilot._meta.get_field("title").max_length


def clipped(text: str, longest: int) -> str:
    """At most this long, ending with a whole word."""
    if len(text) <= longest:
        return text
    return f"{text[: longest - 1].rpartition(' ')[0] or text[: longest - 1]}…"


def pilot_from_story(story: Story, user: User) -> str:
    """Returns the path of a draft that is this person's own."""
    with translation.override(story.language):
        opening = (
            _("What went wrong for somebody else works once it is done differently:")
            if story.is_failure
            else _("What helped somebody else helps us too:")
        )
    pilot = Pilot(
        title=clipped(story.title, LONGEST_TITLE),
        hypothesis=clipped(f"{opening}\n\n{words_of(story)}", LONGEST_TEXT),
        language=story.language,
    )
    return f"/pilots/{draft(pilot=pilot, owner=user).pk}/"


def pilot_from_use_case(use_case: UseCase, user: User) -> str:
    """Returns the path of a draft of whoever answers the use case."""
    pilot = Pilot(
        title=clipped(use_case.title, LONGEST_TITLE),
        hypothesis=clipped(use_case.body, LONGEST_TEXT),
        language=use_case.language,
        use_case=use_case,
    )
    return f"/pilots/{draft(pilot=pilot, owner=user).pk}/"


def pilots_begun(paths: Collection[str]) -> set[str]:
    return seen_among(paths, Pilot.objects.started())


def pilots_seen(paths: Collection[str], user: User) -> set[str]:
    return seen_among(paths, Pilot.objects.visible_to(user))
