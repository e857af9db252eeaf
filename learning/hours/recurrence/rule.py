"""The parts of a rule by which hours recur (RFC 5545), and how they are written."""

from dataclasses import dataclass, replace
from datetime import date

from django.utils.functional import Promise

WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


class RecurrenceError(ValueError):
    """A rule that is not served; `message` says why to whoever wrote it."""

    def __init__(self, message: str | Promise) -> None:
        super().__init__(message)
        self.message = message

    def __str__(self) -> str:
        return str(self.message)


@dataclass(frozen=True)
class Rule:
    """The parts of a rule. `by_day` holds (which one in the month or year or 0, weekday from Monday = 0)."""

    freq: str
    interval: int = 1
    count: int | None = None
    until: date | None = None
    by_day: tuple[tuple[int, int], ...] = ()
    by_month_day: tuple[int, ...] = ()
    by_month: tuple[int, ...] = ()
    by_year_day: tuple[int, ...] = ()
    by_week_no: tuple[int, ...] = ()
    by_set_pos: tuple[int, ...] = ()
    week_start: int = 0

    @property
    def text(self) -> str:
        """The rule as it may be stored: free of zones, UNTIL being the last day in wall time."""
        return self.written(f"{self.until:%Y%m%d}" if self.until else "")

    def written(self, until: str) -> str:
        parts = {
            "FREQ": self.freq,
            "INTERVAL": str(self.interval) if self.interval > 1 else "",
            "COUNT": str(self.count or ""),
            "UNTIL": until,
            "BYMONTH": _listed(self.by_month),
            "BYWEEKNO": _listed(self.by_week_no),
            "BYYEARDAY": _listed(self.by_year_day),
            "BYMONTHDAY": _listed(self.by_month_day),
            "BYDAY": ",".join(f"{nth or ''}{WEEKDAYS[day]}" for nth, day in self.by_day),
            "BYSETPOS": _listed(self.by_set_pos),
            "WKST": WEEKDAYS[self.week_start] if self.week_start else "",
        }
        return ";".join(f"{name}={value}" for name, value in parts.items() if value)

    def from_day(self, starts_on: date) -> "Rule":
        """What the rule leaves open, taken from the first day as the RFC has it."""
        if self.by_day or self.by_month_day or self.by_year_day or self.by_week_no or self.freq == "DAILY":
            return self
        if self.freq == "WEEKLY":
            return replace(self, by_day=((0, starts_on.weekday()),))
        months = self.by_month or ((starts_on.month,) if self.freq == "YEARLY" else ())
        return replace(self, by_month=months, by_month_day=(starts_on.day,))


def _listed(numbers: tuple[int, ...]) -> str:
    return ",".join(map(str, numbers))
