"""Times as people say them."""

from django import template
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

register = template.Library()
MINUTES_A_HOUR = 60
HOURS_A_DAY = 24


def _number(value: float, places: int) -> str:
    shown = round(value, places)
    return formats.number_format(int(shown) if shown == int(shown) else shown, force_grouping=True)


@register.filter
def as_steps(steps: float) -> str:
    """Counted steps, with as many decimals as they need: "3", "2.5"."""
    return _number(float(steps), 2)


@register.filter
def as_change(steps: float) -> str:
    """What is added to counted steps, with its sign: "+1", "−2.5", "±0"."""
    sign = "±" if not steps else "+" if steps > 0 else "−"
    return sign + as_steps(abs(steps))


@register.filter
def as_minutes(minutes: float) -> str:
    """Minutes of work: "45 min", from two hours on "3.5 h"."""
    if minutes >= 2 * MINUTES_A_HOUR:
        return _("%(n)s h") % {"n": _number(minutes / MINUTES_A_HOUR, 1)}
    return _("%(n)s min") % {"n": _number(minutes, 1 if minutes < 10 else 0)}


@register.filter
def as_hours(hours: float) -> str:
    """Hours by the clock: "5.5 h", from two days on "12 days"."""
    if hours >= 2 * HOURS_A_DAY:
        days = round(hours / HOURS_A_DAY)
        return ngettext("%(n)s day", "%(n)s days", days) % {"n": _number(days, 0)}
    return _("%(n)s h") % {"n": _number(hours, 1)}


@register.filter
def as_percent(share: float) -> str:
    """A share from 0 to 1."""
    percent = 100 * share
    return f"{_number(percent, 1 if 0 < percent < 10 else 0)}\N{NO-BREAK SPACE}%"
