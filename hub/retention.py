"""Deleting what has been kept long enough, as the areas' privacy declarations say."""

from datetime import datetime, timedelta

from django.apps import apps
from django.db import transaction
from django.utils import timezone

from hub.declarations import declarations


def purge_expired(now: datetime | None = None) -> dict[str, int]:
    """Delete rows older than their declaration allows; returns how many by model."""
    now = now or timezone.now()
    deleted = {}
    for _label, declaration in declarations():
        if declaration.kept_days is None:
            continue
        limit = now - timedelta(days=declaration.kept_days)
        expired = apps.get_model(declaration.model)._base_manager.filter(
            **{f"{declaration.dated_by}__lt": limit}
        )
        with transaction.atomic():
            count = expired.count()
            expired.delete()
        if count:
            deleted[declaration.model] = count
    return deleted
