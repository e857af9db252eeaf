"""What was published about groups, and who stood where when it was.

A week is frozen once: its membership, and the groups that may be seen. Figures are added to frozen weeks and
never changed; a page about a closed week reads these rows alone.
"""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from hub.audit.models import AppendOnly, AppendOnlyQuerySet
from hub.disclosure.figures import Kind
from hub.disclosure.grouping import Part
from hub.people import access
from hub.people.models import User


def entity_ids_of(user: User) -> list[int]:
    """The legal entities whose figures the person may read: those of HR and of the works council."""
    roles = (access.Role.HR, access.Role.WORKS_COUNCIL)
    return sorted({entity.pk for role in roles for entity in access.entities_of(user, role)})


class FrozenWeek(AppendOnly):
    monday = models.DateField(_("week"), unique=True)
    people = models.PositiveIntegerField(_("people"))
    minimum_group = models.PositiveSmallIntegerField(_("smallest group shown"))
    frozen_at = models.DateTimeField(_("frozen"))

    class Meta:
        verbose_name = _("frozen week")
        verbose_name_plural = _("frozen weeks")
        ordering: ClassVar = ["-monday"]

    def __str__(self) -> str:
        return self.monday.isoformat()


class WeekMembershipQuerySet(models.QuerySet):
    def of(self, user: User) -> "WeekMembershipQuerySet":
        return self.filter(subject_key=user.subject_key)


class WeekMembership(models.Model):
    """Where a person stood in a week. Ids and names as they were then: moves and renames do not reach back.

    Goes when the person is erased; what was published stays.
    """

    monday = models.DateField(_("week"))
    subject_key = models.UUIDField(_("whose (opaque key)"))
    team_id = models.BigIntegerField()
    site_id = models.BigIntegerField()
    entity_id = models.BigIntegerField()

    objects = WeekMembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership of a week")
        verbose_name_plural = _("memberships of weeks")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["monday", "subject_key"], name="disclosure_one_place_a_week"),
        ]
        indexes: ClassVar = [models.Index(fields=["subject_key"], name="disclosure_by_subject")]

    def __str__(self) -> str:
        return f"{self.monday} {self.team_id}"


class WeekGroupQuerySet(AppendOnlyQuerySet):
    def visible_to(self, user: User) -> "WeekGroupQuerySet":
        """The groups of the legal entities for which the person is HR or works council."""
        return self.filter(entity_id__in=entity_ids_of(user))

    def shown(self) -> "WeekGroupQuerySet":
        return self.filter(reason="")


class WeekGroup(AppendOnly):
    """A group of a week: shown, or hidden with the reason. Decided once, for every report alike."""

    week = models.ForeignKey(FrozenWeek, on_delete=models.PROTECT, related_name="groups")
    part = models.CharField(max_length=12, choices=[(part.value, part.value) for part in Part])
    entity_id = models.BigIntegerField(null=True)
    entity_name = models.CharField(max_length=120, blank=True)
    unit_id = models.BigIntegerField(null=True)
    unit_name = models.CharField(max_length=120, blank=True)
    people = models.PositiveIntegerField(_("people"))
    teams = models.JSONField(_("made of these teams"), default=list)
    reason = models.CharField(_("why it is hidden"), max_length=12, blank=True)

    objects = WeekGroupQuerySet.as_manager()

    class Meta:
        verbose_name = _("group of a week")
        verbose_name_plural = _("groups of weeks")
        ordering: ClassVar = ["pk"]
        indexes: ClassVar = [models.Index(fields=["entity_id", "part"], name="disclosure_by_entity")]

    def __str__(self) -> str:
        return f"{self.part} {self.unit_name or self.entity_name}"


class Release(AppendOnly):
    """One report of one week was published."""

    week = models.ForeignKey(FrozenWeek, on_delete=models.PROTECT, related_name="releases")
    report = models.CharField(max_length=40)
    kind = models.CharField(max_length=5, choices=[(kind.value, kind.value) for kind in Kind])
    released_at = models.DateTimeField()

    class Meta:
        verbose_name = _("release")
        verbose_name_plural = _("releases")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["week", "report"], name="disclosure_released_once"),
        ]

    def __str__(self) -> str:
        return f"{self.report} {self.week_id}"


class ReleasedCellQuerySet(AppendOnlyQuerySet):
    def visible_to(self, user: User) -> "ReleasedCellQuerySet":
        return self.filter(group__entity_id__in=entity_ids_of(user))


class ReleasedCell(AppendOnly):
    """One published figure: between `low` and `high`, which is empty where no upper limit is said."""

    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="cells")
    group = models.ForeignKey(WeekGroup, on_delete=models.PROTECT, related_name="cells")
    low = models.DecimalField(max_digits=12, decimal_places=1)
    high = models.DecimalField(max_digits=12, decimal_places=1, null=True)

    objects = ReleasedCellQuerySet.as_manager()

    class Meta:
        verbose_name = _("published figure")
        verbose_name_plural = _("published figures")
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["release", "group"], name="disclosure_one_figure_a_group"),
        ]

    def __str__(self) -> str:
        return f"{self.low} to {self.high}"
