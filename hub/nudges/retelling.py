"""A story becomes a draft of a tip: out of use until its author has made it short enough to be one."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from hub.ai.permission import may_i
from hub.nudges.authoring import write
from hub.nudges.authoring_forms import LONGEST_BODY
from hub.nudges.models import Tip, local_day
from hub.people.models import User
from hub.stories.copies import words_of
from hub.stories.models import Story

LOOK_AGAIN_AFTER = timedelta(days=180)


def tip_from_story(story: Story, user: User) -> str:
    """In the story's language, with its tool where the register knows it; returns where it is changed.

    Raises Refusal where there are as many tips as there can be.
    """
    system = may_i(story.tool).system if story.tool else None
    tip = Tip(
        is_active=False,
        tool=Tip.Tool.CHAT,
        system=system if system and system.is_allowed else None,
        saves_minutes=None,
        review_on=local_day(user, timezone.now()) + LOOK_AGAIN_AFTER,
    )
    text = {"title": story.title, "body": words_of(story)[:LONGEST_BODY], "steps": [], "saves_source": ""}
    write(tip=tip, words={story.language: text}, by=user)
    return reverse("nudges:edit", args=[tip.pk])
