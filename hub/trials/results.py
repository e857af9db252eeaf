"""A trial's result in words, from the counts that the gate let through and from nothing else."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from math import ceil

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hub.trials.counting import bounds, effect_of
from hub.trials.effect import Effect, Verdict, verdict
from hub.trials.models import Arm, Trial, TrialCount

HEADINGS: Mapping[str, Promise] = {
    Verdict.WORKS: gettext_lazy("The tip works"),
    Verdict.FEWER: gettext_lazy("Fewer tried it"),
    Verdict.NO_EFFECT: gettext_lazy("No effect seen"),
    Verdict.TOO_FEW: gettext_lazy("Too few people to say"),
}
MEANINGS: Mapping[str, Promise] = {
    Verdict.WORKS: gettext_lazy(
        "More people tried it when it came by itself. Even the lower end of what the figures allow is above zero."
    ),
    Verdict.FEWER: gettext_lazy(
        "Fewer people tried it when it came by itself. Even the upper end of what the figures allow is below zero."
    ),
    Verdict.NO_EFFECT: gettext_lazy(
        "An effect of five points or more can be ruled out; a smaller one may be there and was not seen."
    ),
    Verdict.TOO_FEW: gettext_lazy(
        "The figures allow an effect worth having and none at all. That says nothing against the tip."
    ),
}
NOT_SHOWN = gettext_lazy(
    "Too few people were left in one of the groups, so nothing is shown and nothing was kept."
)


@dataclass(frozen=True)
class Line:
    """One step of the funnel, for both groups."""

    label: str
    given: str
    held: str


class Result:
    """Of a trial that is over. `is_shown` is false where the gate kept the counts back."""

    def __init__(self, trial: Trial) -> None:
        by_arm = {row.arm: row for row in trial.counts.all()}
        self.given, self.held = by_arm.get(Arm.GIVEN), by_arm.get(Arm.HELD)

    @property
    def is_shown(self) -> bool:
        return self.given is not None and self.held is not None

    @cached_property
    def effect(self) -> Effect | None:
        return effect_of(self.given, self.held) if self.is_shown else None

    @property
    def verdict(self) -> str:
        return str(verdict(self.effect)) if self.effect else str(Verdict.TOO_FEW)

    @property
    def heading(self) -> str:
        return str(HEADINGS[self.verdict])

    @property
    def meaning(self) -> str:
        return str(MEANINGS[self.verdict] if self.is_shown else NOT_SHOWN)

    @property
    def points(self) -> dict[str, float]:
        """Percentage points, to tenths."""
        found = self.effect
        return {name: round(100 * getattr(found, name), 1) for name in ("difference", "low", "high")}

    @property
    def is_exact(self) -> bool:
        """Whether the true counts are known, not only between which numbers they lie."""
        return all(len(set(bounds(row.tried, row.people))) == 1 for row in (self.given, self.held))

    @property
    def relative_percent(self) -> int | None:
        """By how much more, of what there is without; only where it works and that is known."""
        return round(100 * self.effect.relative) if self._works and self.is_exact else None

    @property
    def nudges_per_user(self) -> int | None:
        """Only where it works, and then rounded up."""
        return ceil(self.effect.nudges_per_user) if self._works else None

    @property
    def _works(self) -> bool:
        return self.is_shown and self.verdict == Verdict.WORKS

    @property
    def lines(self) -> list[Line]:
        labels = {
            "delivered": _("It came to them at least once"),
            "seen": _("It was on the screen for certain, or was answered"),
            "tried": _("Marked it as tried within seven days, by their own word"),
            "kept": _("Said before the end, two weeks later or more, that they still use it"),
        }
        if self.given.kept is None or self.held.kept is None:
            del labels["kept"]
        return [
            Line(
                label, said(getattr(self.given, name), self.given), said(getattr(self.held, name), self.held)
            )
            for name, label in labels.items()
        ]


def said(number: int, of: TrialCount) -> str:
    """The number, or "at most" and "at least" where nearly nobody or nearly everybody counts."""
    lowest, highest = bounds(number, of.people)
    if lowest < number:
        return _("%(n)s at most") % {"n": number}
    if highest > number:
        return _("%(n)s at least") % {"n": number}
    return str(number)
