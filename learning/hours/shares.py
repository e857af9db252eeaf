"""A published share of a group: one figure, or the two between which it lies."""

from dataclasses import dataclass
from decimal import Decimal

from babel.numbers import format_percent
from django.utils.translation import get_language
from django.utils.translation import gettext as _

HUNDRED = Decimal(100)


@dataclass(frozen=True)
class Share:
    """`low` and `high` in percent."""

    low: Decimal
    high: Decimal

    def __str__(self) -> str:
        """“72 %”, “at most 10 %”, “at least 90 %”, in the language active now."""
        if self.low == self.high:
            return percent_words(self.low)
        if self.low == 0:
            return _("at most %(share)s") % {"share": percent_words(self.high)}
        if self.high == HUNDRED:
            return _("at least %(share)s") % {"share": percent_words(self.low)}
        return f"{percent_words(self.low)}–{percent_words(self.high)}"


def percent_words(value: Decimal) -> str:
    return format_percent(value / HUNDRED, locale=(get_language() or "en").split("-")[0])
