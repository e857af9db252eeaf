"""Counting uses of AI against the register: numbers a day, no person, no content."""

from datetime import date

from django.db.models import F
from django.utils import timezone

from hub.ai.models import AIUsage
from hub.ai.register import own_system


def record_use(
    *, system: str, purpose: str, model: str, failed: bool = False, day: date | None = None
) -> None:
    """Add one use of one of Hatpin's own systems. Raises KeyError for a slug that is not in the register."""
    row, _created = AIUsage.objects.get_or_create(
        system=own_system(system),
        day=day or timezone.now().date(),
        purpose=purpose,
        model=model[:120],
    )
    AIUsage.objects.filter(pk=row.pk).update(calls=F("calls") + 1, failures=F("failures") + int(failed))
