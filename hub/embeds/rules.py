"""The public rule file: every tip in use that fits some page, in one language. It says nothing about anybody."""

from datetime import UTC, date, datetime, time, timedelta

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hub.notices.models import Preference
from hub.nudges.models import Tip
from hub.nudges.rules import rule_of
from hub.nudges.withheld import tips_on_trial
from hub.people.moments import hours_anywhere
from hub.people.zones import zone

VERSION = 1
# An extension that does not reach the hub goes on with what it has for this long.
HOURS_KNOWN = timedelta(days=15)


def embedded_tips(today: date) -> QuerySet[Tip]:
    """In use, valid on this day, and with pages that they fit."""
    return Tip.objects.active(today).exclude(pages=[]).exclude(pk__in=tips_on_trial(timezone.now()))


def rule_file(language: str, today: date) -> dict[str, object]:
    tips = embedded_tips(today).select_related("system").prefetch_related("texts").order_by("key")
    return {
        "version": VERSION,
        "language": language,
        "hours": _hours(today),
        "cap": Preference._meta.get_field("weekly_cap").default,
        "tips": [rule_of(tip, language) for tip in tips],
    }


def _hours(today: date) -> dict[str, object]:
    """When a learning hour is held anywhere, whoever is invited: who is not known to the hub is not disturbed in
    any of them. Past `until` nothing is known. The same all day long, so that the file stays the same too.
    """
    start = datetime.combine(today, time(), zone(settings.TIME_ZONE))
    until = start + HOURS_KNOWN
    held = [[_utc(begins), _utc(ends)] for begins, ends in hours_anywhere(start, until)]
    return {"until": _utc(until), "held": held}


def _utc(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def example_tip() -> dict[str, object]:
    """To look at where no tip of the company's names a page yet."""
    return {
        "id": "example",
        "title": _("Have the offer read by somebody who does not know you"),
        "body": _("An AI assistant finds what a customer would ask, before the customer does."),
        "steps": [
            _("Copy the offer without names and prices."),
            _("Ask: “What is unclear to a buyer who has five minutes?”"),
            _("Answer the best question in the offer itself."),
        ],
        "language": get_language()[:2],
        "minutes": 2,
        "link": "",
        "patterns": [],
    }
