"""Counting uses of AI against the register: numbers a day, no person, no content."""

from datetime import date

from django.db.models import F
from django.utils import timezone

from hub.ai.models import AISystem, AIUsage


def record_use(
    *, system: str, purpose: str, model: str, failed: bool = False, day: date | None = None
) -> None:
    """Add one use of the register's system with this slug. Raises AISystem.DoesNotExist for an unknown one."""
    row, _created = AIUsage.objects.get_or_create(
        system=AISystem.objects.get(slug=system),
        day=day or timezone.now().date(),
        purpose=purpose,
        model=model[:120],
    )
    AIUsage.objects.filter(pk=row.pk).update(calls=F("calls") + 1, failures=F("failures") + int(failed))
