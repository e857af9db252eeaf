"""A bet: what it is about, its times, how it is counted, and who checks it."""

import uuid
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import ClassVar
from zoneinfo import ZoneInfo

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hub.people import access
from hub.people.models import Team, User
from hub.people.zones import validate_time_zone

LONGEST_CONTROL = 26  # weeks
LONGEST_APPEAL = 14  # days


class ChallengeQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> "ChallengeQuerySet":
        """A bet is the whole company's; a draft is its organiser's and the deputy's."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(~Q(status=Challenge.Status.DRAFT) | Q(organiser=user) | Q(deputy=user))

    def running(self, now: datetime) -> "ChallengeQuerySet":
        return self.filter(status=Challenge.Status.OPEN, closes_at__gt=now)


class Challenge(models.Model):
    """Wall time and IANA zone are what was agreed; `starts_at` and `closes_at` follow from them."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("draft")
        OPEN = "open", _("open")
        CANCELLED = "cancelled", _("cancelled")
        COUNTED = "counted", _("counted")
        REVEALING = "revealing", _("being revealed")
        REVEALED = "revealed", _("revealed")
        FINAL = "final", _("final")

    class Ranking(models.TextChoices):
        """Strategies of `scoring.py`."""

        NET = "net", _("steps eliminated, net")
        SHARE = "share", _("share of the process eliminated, net")

    class Brackets(models.TextChoices):
        """Strategies of `brackets.py`."""

        NONE = "none", _("all in one")
        SIZE = "size", _("by the size of the process")
        ENTITY = "entity", _("by legal entity")

    class Pending(models.TextChoices):
        DECIDE = "decide", _("every claim is decided before the count")
        DROP = "drop", _("what is undecided at the count does not count")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    title = models.CharField(_("what the bet is about"), max_length=160)
    description = models.TextField(_("what counts, and what one wins"), max_length=2000, blank=True)
    start_date = models.DateField(
        _("first day of claims"),
        null=True,
        blank=True,
        help_text=_("Until then people enter and their processes are approved. Empty: it starts at once."),
    )
    start_time = models.TimeField(_("from"), default=time(9, 0), blank=True)
    local_date = models.DateField(_("last day"))
    local_time = models.TimeField(_("until"))
    time_zone = models.CharField(_("time zone"), max_length=64, validators=[validate_time_zone])
    starts_at = models.DateTimeField(null=True, blank=True, editable=False)
    closes_at = models.DateTimeField(editable=False, db_index=True)
    automated_weight = models.DecimalField(
        _("an automated step counts"),
        max_digits=3,
        decimal_places=2,
        default=Decimal(1),
        choices=[
            (Decimal("1.00"), _("as much as an eliminated one")),
            (Decimal("0.50"), _("half")),
            (Decimal("0.00"), _("nothing")),
        ],
    )
    ranking = models.CharField(_("ranked by"), max_length=8, choices=Ranking.choices, default=Ranking.NET)
    brackets = models.CharField(
        _("places are given"), max_length=8, choices=Brackets.choices, default=Brackets.NONE
    )
    pending_rule = models.CharField(
        _("undecided claims"), max_length=8, choices=Pending.choices, default=Pending.DECIDE
    )
    appeal_days = models.PositiveSmallIntegerField(
        _("days to ask for a second look"),
        default=3,
        validators=[MaxValueValidator(LONGEST_APPEAL)],
        help_text=_(
            "After a claim was not accepted, and after the deadline anyway: when it is counted then tells nothing."
        ),
    )
    control_weeks = models.PositiveSmallIntegerField(
        _("weeks of control"),
        default=6,
        validators=[MaxValueValidator(LONGEST_CONTROL)],
        help_text=_("After the reveal: does what was eliminated stay away? Four to eight are usual."),
    )
    organiser = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="challenges_organised", verbose_name=_("organiser")
    )
    deputy = models.ForeignKey(
        User,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("deputy"),
        help_text=_("May do all that you may with this bet, for example while you are away."),
    )
    referees = models.ManyToManyField(
        User,
        through="Refereeing",
        related_name="challenges_refereed",
        verbose_name=_("referees"),
        blank=True,
    )
    status = models.CharField(max_length=9, choices=Status.choices, default=Status.OPEN)
    counted_at = models.DateTimeField(null=True, blank=True, editable=False)
    revealed_at = models.DateTimeField(null=True, blank=True, editable=False)
    final_at = models.DateTimeField(null=True, blank=True, editable=False)
    # When what is published changed last; pages made of it are kept until then.
    published_at = models.DateTimeField(null=True, blank=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = ChallengeQuerySet.as_manager()

    class Meta:
        verbose_name = _("challenge")
        verbose_name_plural = _("challenges")
        ordering: ClassVar = ["-closes_at", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(status__in=["revealed", "final"], revealed_at__isnull=False)
                | (~Q(status__in=["revealed", "final"]) & Q(revealed_at=None)),
                name="contests_revealed_when_revealed",
            ),
            models.CheckConstraint(
                condition=Q(starts_at=None) | Q(starts_at__lt=models.F("closes_at")),
                name="contests_starts_before_it_closes",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def save(self, *args, **kwargs) -> None:
        self.closes_at, self.starts_at = self.deadline, self.start
        super().save(*args, **kwargs)

    def _moment(self, day: date, at: time) -> datetime:
        return datetime.combine(day, at, tzinfo=ZoneInfo(self.time_zone))

    @property
    def deadline(self) -> datetime:
        """What `closes_at` becomes when the row is saved."""
        return self._moment(self.local_date, self.local_time)

    @property
    def start(self) -> datetime | None:
        """What `starts_at` becomes when the row is saved."""
        return self._moment(self.start_date, self.start_time or time(9, 0)) if self.start_date else None

    @property
    def is_revealed(self) -> bool:
        return self.status in {self.Status.REVEALED, self.Status.FINAL}

    @property
    def is_cancelled(self) -> bool:
        return self.status == self.Status.CANCELLED

    @property
    def control_ends_at(self) -> datetime | None:
        """When what was eliminated has to have stayed away; None before the reveal."""
        return self.revealed_at + timedelta(weeks=self.control_weeks) if self.revealed_at else None

    def phase(self, now: datetime | None = None) -> str:
        """draft | enrolling | running | closed | counted | revealing | revealed | final | cancelled.

        One enters while it is enrolling or running without a start of its own, claims while it is running; closed:
        nothing may be claimed, not yet counted.
        """
        if self.status != self.Status.OPEN:
            return self.status
        now = now or timezone.now()
        if now >= self.closes_at:
            return "closed"
        return "enrolling" if self.starts_at and now < self.starts_at else "running"

    def takes_entries(self, now: datetime | None = None) -> bool:
        """Until the start, or until the deadline where no start was set."""
        phase = self.phase(now)
        return phase == "enrolling" or (phase == "running" and self.starts_at is None)

    def acting_referees(self) -> "models.QuerySet[User]":
        """Those named for this bet who still work here and hold the role."""
        return self.referees.filter(
            status=User.Status.ACTIVE, role_grants__role=access.Role.REFEREE
        ).distinct()

    def is_refereed_by(self, user: User) -> bool:
        """Named for this bet, and still holding the role."""
        return access.is_referee(user) and self.referees.filter(pk=user.pk).exists()

    def can_be_changed_by(self, user: User) -> bool:
        """Whoever opened it, or the deputy, while they hold the role; an administrator; nobody with a part in it."""
        runs = user.pk in {self.organiser_id, self.deputy_id} and access.is_facilitator(user)
        return (runs or access.is_administrator(user)) and not self.is_competed_in_by(user)

    def is_competed_in_by(self, user: User) -> bool:
        """Whether somebody has or had a part in this bet. Two queries."""
        entered = self.entries.filter(contestant=user).exists()
        return entered or user.partakings(manager="with_ended").filter(challenge=self).exists()


class Refereeing(models.Model):
    """Who checks the claims of a bet. Whoever does stays so until the end, and never competes in it."""

    challenge = models.ForeignKey(Challenge, on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    deputy_for = models.OneToOneField(
        "self",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="deputy_row",
        verbose_name=_("deputy of"),
    )

    class Meta:
        verbose_name = _("referee")
        verbose_name_plural = _("referees")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["challenge", "user"], name="contests_referee_once")
        ]

    def __str__(self) -> str:
        return f"{self.challenge_id} {self.user_id}"


def is_in_line(one: User, other: User) -> bool:
    """Whether one is above, below or beside the other: the same team, or a team that the other's is part of.

    The one team that a whole legal entity is part of is nobody's line, as everybody would be in that of its head.
    """
    if one.team_id is None or other.team_id is None:
        return False
    if one.team_id == other.team_id:
        return True
    shorter, longer = sorted((one.team, other.team), key=lambda team: len(team.lineage))
    return longer.lineage.startswith(shorter.lineage) and not _is_whole_entity(shorter)


def teams_in_line(user: User) -> list[int]:
    """Ids of the teams whose people `is_in_line` with this person. Up to three queries."""
    own = user.team
    if own is None:
        return []
    above = Team.objects.filter(pk__in=own.lineage_ids()).exclude(pk=own.pk)
    found = [own.pk, *(team.pk for team in above if not _is_whole_entity(team))]
    if not _is_whole_entity(own):
        found += Team.objects.filter(lineage__startswith=own.lineage).values_list("pk", flat=True)
    return found


def _is_whole_entity(team: Team) -> bool:
    if team.parent_id is not None:
        return False
    others = Team.objects.filter(legal_entity=team.legal_entity_id, parent=None).exclude(pk=team.pk)
    return not others.exists()
