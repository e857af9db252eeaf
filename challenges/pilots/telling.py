"""The story of a decided pilot: what helped, or what others learn from it, begun with what was agreed and measured."""

from decimal import Decimal

from django.db import transaction
from django.db.models import QuerySet
from django.utils import formats, translation
from django.utils.translation import gettext as _

from challenges.pilots.copying import clipped
from challenges.pilots.models import Criterion, Pilot
from hub.people.models import User
from hub.refusals import Refusal
from hub.stories import actions as story_actions
from hub.stories.models import LONGEST_LESSON, LONGEST_STORY, Story

STORIES_SHOWN = 5
LONGEST_TOOL = Story._meta.get_field("tool").max_length


def origin_of(pilot: Pilot) -> str:
    return f"pilots:{pilot.pk}"


def stories_of(pilot: Pilot) -> QuerySet[Story]:
    """Published ones that came of it, the newest first. Only its owner tells them, so that one without a name would say
    whose it is: it is left out.
    """
    told = (
        Story.objects.published().of_origin(origin_of(pilot)).filter(is_named=True).select_related("author")
    )
    return told.order_by("-published_at", "pk")[:STORIES_SHOWN]


@transaction.atomic
def tell(*, pilot: Pilot, by: User) -> Story:
    """A draft of this person's, in the pilot's language; asking again gives the same. A stopped one is told as an
    instructive failure. Raises Refusal for a pilot that is not decided, and what `stories.actions.write` raises.
    """
    pilot = Pilot.objects.select_for_update(of=("self",)).select_related("system").get(pk=pilot.pk)
    if pilot.is_draft or pilot.is_running:
        raise Refusal("not_decided", _("Its story is told once it is decided."), status=409)
    origin = origin_of(pilot)
    told = Story.objects.filter(author=by, origin=origin).order_by("created_at").first()
    if told is not None:
        return told
    with translation.override(pilot.language):
        measured = [_measured(criterion) for criterion in pilot.criteria.prefetch_related("readings")]
        parts = [pilot.hypothesis, "\n".join(measured)]
        tool = pilot.system.name if pilot.system else ""
    story = Story(title=pilot.title, language=pilot.language, tool=clipped(tool, LONGEST_TOOL))
    if pilot.is_scaled:
        parts.append(pilot.decision_reason)
    else:
        story.kind, story.went_wrong = Story.Kind.FAILURE, clipped(pilot.decision_reason, LONGEST_LESSON)
    story.body = clipped("\n\n".join(filter(None, parts)), LONGEST_STORY)
    return story_actions.write(story=story, author=by, origin=origin)


def _measured(criterion: Criterion) -> str:
    """One line, such as "Minutes a case: 30 before, 9 at the end (minutes)"."""
    last = criterion.latest
    if last is None:
        return _("%(measure)s: not measured") % {"measure": criterion.measure}
    words = {
        "measure": criterion.measure,
        "before": _number(criterion.baseline),
        "after": _number(last.value),
        "unit": f" {criterion.unit}" if criterion.unit else "",
    }
    return _("%(measure)s: %(before)s before, %(after)s%(unit)s at the end") % words


def _number(value: Decimal | None) -> str:
    return "–" if value is None else formats.number_format(value.normalize(), use_l10n=True)
