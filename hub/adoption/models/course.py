"""What learning platforms report about courses (xAPI): who may report, what was received, and what is kept of it."""

import uuid
from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hub.people import access
from hub.people.models import LegalEntity, User


class StatementKeyQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> "StatementKeyQuerySet":
        """HR and works council see the keys of their legal entities, administrators all."""
        if access.is_administrator(user):
            return self
        roles = (access.Role.HR, access.Role.WORKS_COUNCIL)
        own = LegalEntity.objects.filter(rolegrant__user=user, rolegrant__role__in=roles)
        return self.filter(entity__in=own)


class StatementKey(models.Model):
    """With it a learning platform reports courses of one legal entity's people. Only a hash of its secret is kept."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(_("name of the platform"), max_length=80)
    entity = models.ForeignKey(
        LegalEntity, on_delete=models.CASCADE, related_name="+", verbose_name=_("company")
    )
    secret_sha256 = models.CharField(max_length=64, editable=False)
    made_by = models.ForeignKey(
        User, null=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("made by")
    )
    made_at = models.DateTimeField(default=timezone.now)
    revoked_at = models.DateTimeField(null=True, blank=True)
    received = models.PositiveIntegerField(_("statements received"), default=0)
    unknown = models.PositiveIntegerField(_("of people not known here"), default=0)

    objects = StatementKeyQuerySet.as_manager()

    class Meta:
        verbose_name = _("key for statements")
        verbose_name_plural = _("keys for statements")
        ordering: ClassVar = ["-made_at", "pk"]

    def __str__(self) -> str:
        return self.name


class ReceivedStatement(models.Model):
    """That a statement came, by its id and a digest, so that it counts once. Of whom it was is not in it."""

    key = models.ForeignKey(StatementKey, on_delete=models.CASCADE, related_name="statements")
    statement_id = models.UUIDField()
    digest = models.CharField(max_length=64)
    received_on = models.DateField()

    class Meta:
        verbose_name = _("received statement")
        verbose_name_plural = _("received statements")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["key", "statement_id"], name="adoption_statement_once"),
        ]
        indexes: ClassVar = [models.Index(fields=["received_on"], name="adoption_statements_by_day")]

    def __str__(self) -> str:
        return str(self.statement_id)


class CourseWeek(models.Model):
    """A person learned in a course in the week, or completed one. Which course it was is not kept."""

    class Kind(models.TextChoices):
        EXPERIENCED = "exp", _("learned in a course")
        COMPLETED = "done", _("completed a course")

    monday = models.DateField()
    subject_key = models.UUIDField(_("whose (opaque key)"))
    kind = models.CharField(max_length=4, choices=Kind.choices)

    class Meta:
        verbose_name = _("week with a course")
        verbose_name_plural = _("weeks with a course")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["monday", "subject_key", "kind"], name="adoption_course_once_a_week"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["subject_key"], name="adoption_course_by_subject")]

    def __str__(self) -> str:
        return f"{self.monday} {self.kind}"
