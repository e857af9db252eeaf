"""The append-only record of privileged acts and looks, sealed in batches by a chain of hashes.

An entry is never changed. A batch lists its entries through `AuditLink` rows, so that sealing
inserts and never updates; the batch's hash covers the entries' content and the hash before it.
"""

from typing import ClassVar, NoReturn

from django.db import models
from django.utils.translation import gettext_lazy as _


class AppendOnlyQuerySet(models.QuerySet):
    def update(self, **kwargs: object) -> NoReturn:
        raise TypeError("These rows are only ever added.")

    def delete(self) -> NoReturn:
        raise TypeError("These rows are only ever added.")


class AppendOnly(models.Model):
    """Refuses change and removal through the ORM; the tables also carry a trigger against UPDATE."""

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args, **kwargs) -> None:
        if not self._state.adding:
            raise TypeError("These rows are only ever added.")
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs) -> NoReturn:
        raise TypeError("These rows are only ever added.")


class AuditEntry(AppendOnly):
    at = models.DateTimeField(_("at"))
    actor_key = models.UUIDField(_("who (opaque key)"), null=True)
    action = models.CharField(_("what"), max_length=60)
    object_type = models.CharField(_("on what"), max_length=60, blank=True)
    object_id = models.CharField(max_length=64, blank=True)
    facts = models.JSONField(
        _("facts"), default=dict, help_text=_("Numbers and fixed words; no name, no free text.")
    )

    class Meta:
        verbose_name = _("audit entry")
        verbose_name_plural = _("audit entries")
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.action} {self.object_type} {self.object_id}".strip()


class AuditBatch(AppendOnly):
    number = models.PositiveIntegerField(unique=True)
    sealed_at = models.DateTimeField()
    entries = models.PositiveIntegerField()
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        ordering: ClassVar = ["number"]

    def __str__(self) -> str:
        return f"{self.number}: {self.hash[:12]}"


class AuditLink(AppendOnly):
    entry = models.OneToOneField(AuditEntry, on_delete=models.PROTECT, related_name="link")
    batch = models.ForeignKey(AuditBatch, on_delete=models.PROTECT, related_name="links")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["batch", "entry"], name="audit_entry_once_per_batch")
        ]

    def __str__(self) -> str:
        return f"{self.batch_id}/{self.entry_id}"
