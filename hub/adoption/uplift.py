"""What trials of tips found, as the report about tips shows it: the difference with its interval, in words."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from hub.adoption import words
from hub.trials.models import Trial
from hub.trials.results import Result

SHOWN = 10


@dataclass(frozen=True)
class Uplift:
    tip: str
    verdict: str
    interval: str  # empty where too few were left
    path: str


def uplifts() -> list[Uplift]:
    """The trials that ended last. Their counts passed the gate when they ended."""
    ended = Trial.objects.with_words().filter(status=Trial.Status.ENDED).order_by("-ended_at")[:SHOWN]
    return [_uplift(trial, Result(trial)) for trial in ended]


def _uplift(trial: Trial, result: Result) -> Uplift:
    interval = ""
    if result.is_shown:
        points = {name: words.decimal(number) for name, number in result.points.items()}
        interval = _("%(difference)s points (from %(low)s to %(high)s)") % points
    return Uplift(trial.tip.text.title, result.heading, interval, reverse("trials:detail", args=[trial.pk]))
