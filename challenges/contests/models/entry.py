"""Who takes part in a bet, with which process, and what was approved before anything counts."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from challenges.contests.models.challenge import Challenge
from challenges.processes.models import Process
from hub.people.models import User


class EntryQuerySet(models.QuerySet):
    def of(self, user: User) -> "EntryQuerySet":
        """Entries in which the person takes part: as the contestant, or in the contestant's team."""
        joined = Partaking.objects.filter(user=user, part=Partaking.Part.MEMBER).values("entry")
        return self.filter(Q(contestant=user) | Q(pk__in=joined))

    def current_of(self, user: User) -> "Entry | None":
        """The person's entry in the bet that closes next, or was closed last; None where all is revealed."""
        sealed = [Challenge.Status.OPEN, Challenge.Status.COUNTED, Challenge.Status.REVEALING]
        ones = self.of(user).filter(challenge__status__in=sealed).select_related("challenge", "process")
        open_ones = ones.filter(challenge__closes_at__gt=timezone.now()).order_by(
            "challenge__closes_at", "pk"
        )
        return open_ones.first() or ones.order_by("-challenge__closes_at", "pk").first()


class Entry(models.Model):
    """One person's or one team's part in a bet, with the process as it was on entering."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    challenge = models.ForeignKey(Challenge, on_delete=models.CASCADE, related_name="entries")
    contestant = models.ForeignKey(
        User, on_delete=models.CASCADE, related_name="entries", verbose_name=_("contestant")
    )
    team_name = models.CharField(
        _("name of your team"), max_length=80, blank=True, help_text=_("Empty: you take part alone.")
    )
    process = models.ForeignKey(
        Process, on_delete=models.PROTECT, related_name="entries", verbose_name=_("process")
    )
    baseline_steps = models.PositiveIntegerField(_("steps at the start"))
    baseline_sha256 = models.CharField(max_length=64)
    entered_at = models.DateTimeField(default=timezone.now)

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("entry")
        verbose_name_plural = _("entries")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["challenge", "contestant"], name="contests_one_entry_a_person")
        ]

    def __str__(self) -> str:
        return f"{self.challenge_id} {self.contestant_id}"

    @property
    def who(self) -> str:
        """As it is shown: the team's name, or the person's."""
        return self.team_name or str(self.contestant)


class ActingPartakings(models.Manager):
    """Without parts that have ended."""

    def get_queryset(self) -> models.QuerySet:
        return super().get_queryset().filter(ended_at=None)


class Partaking(models.Model):
    """Somebody beside the contestant: a member of the team, or an assistant who may draft and never sees more."""

    class Part(models.TextChoices):
        MEMBER = "member", _("takes part in the team")
        ASSISTANT = "assistant", _("drafts claims, sees nothing else")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    challenge = models.ForeignKey(Challenge, on_delete=models.CASCADE, related_name="+")
    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="others")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="partakings", verbose_name=_("who"))
    part = models.CharField(_("as what"), max_length=9, choices=Part.choices, default=Part.MEMBER)
    added_at = models.DateTimeField(default=timezone.now)
    # Kept, as whoever was in an entry neither judges it nor competes with it later.
    ended_at = models.DateTimeField(null=True, blank=True)

    with_ended = models.Manager()
    objects = ActingPartakings()

    class Meta:
        default_manager_name = "objects"
        verbose_name = _("part in an entry")
        verbose_name_plural = _("parts in entries")
        ordering: ClassVar = ["part", "user__last_name", "user__first_name", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["challenge", "user"], name="contests_one_part_a_person")
        ]

    def __str__(self) -> str:
        return f"{self.entry_id} {self.user_id} {self.part}"


class Baseline(models.Model):
    """What an entry is measured against, and who approved it: nothing is claimed before both have."""

    entry = models.OneToOneField(Entry, on_delete=models.CASCADE, related_name="baseline")
    data_source = models.CharField(
        _("where the numbers come from"),
        max_length=300,
        blank=True,
        help_text=_("A report, a log, a count by hand: so that the same can be measured again."),
    )
    keeps_data = models.BooleanField(
        _("the data are kept until the end of the control period"), default=False
    )
    is_stable = models.BooleanField(
        _("the process and its systems have run without trouble for four weeks"),
        default=False,
        help_text=_("Rock solid before AI: what is broken is mended first."),
    )
    sha256 = models.CharField(max_length=64)
    owner_approved_at = models.DateTimeField(null=True, blank=True)
    owner_approved_by = models.ForeignKey(
        User,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("the process' owner, or whoever stood in"),
    )
    referee = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("referee")
    )
    referee_approved_at = models.DateTimeField(null=True, blank=True)
    sent_back = models.CharField(_("what is missing"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("baseline")
        verbose_name_plural = _("baselines")

    def __str__(self) -> str:
        return f"{self.entry_id} {self.sha256[:8]}"

    @property
    def is_ready(self) -> bool:
        """The readiness check: a data source that is kept, and a stable process."""
        return bool(self.data_source and self.keeps_data and self.is_stable)

    @property
    def is_approved(self) -> bool:
        return bool(self.owner_approved_at and self.referee_approved_at)
