"""What was published about groups, and who stood where when it was.

A week is frozen once: its membership, and the groups that may be seen. Figures are added to frozen weeks and
never changed; a page about a closed week reads these rows alone.
"""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from hub.audit.models import AppendOnly, AppendOnlyQuerySet
from hub.disclosure.figures import Kind
from hub.disclosure.gate import FLOOR
from hub.disclosure.grouping import Part
from hub.people import access
from hub.people.models import LegalEntity, User


def entity_ids_of(user: User) -> list[int]:
    """The legal entities whose figures the person may read: those of HR and of the works council."""
    roles = (access.Role.HR, access.Role.WORKS_COUNCIL)
    held = LegalEntity.objects.filter(rolegrant__user=user, rolegrant__role__in=roles)
    return sorted(set(held.order_by().values_list("pk", flat=True)))


def identity(
    part: str, entity: int | None, unit: int | None, name: str, second: int | None
) -> tuple[object, ...]:
    return (str(part), entity, name if part == Part.COHORT else unit, second)


class FrozenWeek(AppendOnly):
    """`rules` holds for each legal entity its smallest group `k`, smallest `page`, and `reports` (null: all)."""

    monday = models.DateField(_("week"), unique=True)
    people = models.PositiveIntegerField(_("people"))
    minimum_group = models.PositiveSmallIntegerField(_("smallest group shown"))
    rules = models.JSONField(
        _("rules of each legal entity"), null=True, help_text=_("By the entity's id; empty: the defaults.")
    )
    frozen_at = models.DateTimeField(_("frozen"))

    class Meta:
        verbose_name = _("frozen week")
        verbose_name_plural = _("frozen weeks")
        ordering: ClassVar = ["-monday"]

    def __str__(self) -> str:
        return self.monday.isoformat()

    def smallest_group(self, entity_id: int | None) -> int:
        """Of how many people a group of the entity is at least; of no entity: the strictest of all."""
        return self._rules_of(entity_id).get("k", self.minimum_group)

    def offers(self, report: str, entity_id: int | None) -> bool:
        """Whether the menu that the entity agreed on has the report."""
        reports = self._rules_of(entity_id).get("reports")
        return reports is None or report in reports

    def _rules_of(self, entity_id: int | None) -> dict:
        return (self.rules or {}).get(str(entity_id), {})


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
    family_id = models.BigIntegerField(null=True)
    cohort = models.DateField(_("month of the first activity"), null=True)

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
    second_unit_id = models.BigIntegerField(null=True)
    second_unit_name = models.CharField(max_length=120, null=True)  # noqa: DJ001 - rows written before have none
    people = models.PositiveIntegerField(_("people"))
    people_shown = models.PositiveIntegerField(_("people, rounded"), null=True)
    teams = models.JSONField(_("made of these teams"), default=list)
    units = models.JSONField(
        _("made of these units"), null=True, help_text=_("Empty in old weeks: made of whole teams.")
    )
    members_week = models.DateField(
        _("week whose members slow figures are about"), null=True, help_text=_("Empty: there are none.")
    )
    reason = models.CharField(_("why it is hidden"), max_length=12, blank=True)

    objects = WeekGroupQuerySet.as_manager()

    class Meta:
        verbose_name = _("group of a week")
        verbose_name_plural = _("groups of weeks")
        ordering: ClassVar = ["pk"]
        indexes: ClassVar = [
            models.Index(fields=["entity_id", "part"], name="disclosure_by_entity"),
            # A page reads some weeks' sites out of thousands of teams, or one team's weeks.
            models.Index(fields=["week", "part", "entity_id"], name="disclosure_by_week_and_part"),
            models.Index(fields=["part", "unit_id"], name="disclosure_by_unit"),
        ]

    def __str__(self) -> str:
        return f"{self.part} {self.unit_name or self.entity_name}"

    @property
    def identity(self) -> tuple[object, ...]:
        """What the group is about, the same week after week; a cohort's unit is its name."""
        return identity(self.part, self.entity_id, self.unit_id, self.unit_name, self.second_unit_id)


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
    people_shown = models.PositiveIntegerField(_("people it is about, rounded"), null=True)

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


class RulesProposalQuerySet(AppendOnlyQuerySet):
    def visible_to(self, user: User) -> "RulesProposalQuerySet":
        """Those of the legal entities for which the person is HR or works council."""
        return self.filter(entity_id__in=entity_ids_of(user))

    def confirmed(self) -> "RulesProposalQuerySet":
        return self.filter(answer__answer=RulesAnswer.Answer.CONFIRMED)

    def pending(self) -> "RulesProposalQuerySet":
        return self.filter(answer=None)


class RulesProposal(AppendOnly):
    """One side of a legal entity, HR or works council, proposes other rules. They hold once the other confirms."""

    class Side(models.TextChoices):
        HR = "hr", _("HR")
        WORKS_COUNCIL = "works_council", _("works council")

    entity = models.ForeignKey(LegalEntity, on_delete=models.PROTECT, related_name="rules_proposals")
    minimum_group = models.PositiveSmallIntegerField(_("smallest group shown"))
    minimum_page = models.PositiveSmallIntegerField(_("smallest page shown"))
    reports = models.JSONField(_("reports on the menu"), null=True, help_text=_("Empty: all there are."))
    words = models.CharField(_("why"), max_length=500)
    side = models.CharField(max_length=16, choices=Side.choices)
    actor_key = models.UUIDField(_("by whom (opaque key)"))
    proposed_at = models.DateTimeField()

    objects = RulesProposalQuerySet.as_manager()

    class Meta:
        verbose_name = _("proposed rules")
        verbose_name_plural = _("proposed rules")
        ordering: ClassVar = ["-proposed_at", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(minimum_group__gte=FLOOR), name="disclosure_k_above_floor"
            ),
            models.CheckConstraint(
                condition=models.Q(minimum_page__gte=models.F("minimum_group")),
                name="disclosure_page_holds_a_group",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.entity_id}: {self.minimum_group}"

    @property
    def other_side(self) -> str:
        return self.Side.WORKS_COUNCIL if self.side == self.Side.HR else self.Side.HR


class RulesAnswer(AppendOnly):
    """What became of proposed rules, once: confirmed or refused by the other side, or withdrawn by the same."""

    class Answer(models.TextChoices):
        CONFIRMED = "confirmed", _("confirmed")
        REFUSED = "refused", _("refused")
        WITHDRAWN = "withdrawn", _("withdrawn")

    proposal = models.OneToOneField(RulesProposal, on_delete=models.PROTECT, related_name="answer")
    answer = models.CharField(max_length=10, choices=Answer.choices)
    side = models.CharField(max_length=16, choices=RulesProposal.Side.choices)
    actor_key = models.UUIDField(_("by whom (opaque key)"))
    at = models.DateTimeField()
    words = models.CharField(_("why"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("answer to proposed rules")
        verbose_name_plural = _("answers to proposed rules")

    def __str__(self) -> str:
        return f"{self.proposal_id}: {self.answer}"
