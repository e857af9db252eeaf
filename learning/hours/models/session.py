"""The DEAL hour: an occurrence with its own id, planned on its own or by a series."""

import secrets
import uuid
from datetime import UTC, datetime, timedelta
from typing import ClassVar
from zoneinfo import ZoneInfo

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hub.people import access
from hub.people.models import Site, Team, User
from hub.people.zones import validate_time_zone
from learning.hours.models.series import Series
from learning.notebooks.models import Notebook, StudyAid

DOORS_OPEN = timedelta(minutes=10)
DOORS_CLOSE = timedelta(minutes=15)


def new_secret() -> str:
    return secrets.token_hex(16)


class StudySessionQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> "StudySessionQuerySet":
        """The company's hours, those of the person's site and teams, and those the person runs."""
        invited = Q(team=None, site=None) | Q(team_id__in=access.team_ids_of(user))
        if site_id := access.site_id_of(user):
            invited |= Q(site_id=site_id)
        return self.filter(invited | Q(facilitator=user) | Q(deputy=user))

    def run_by(self, user: User) -> "StudySessionQuerySet":
        return self.filter(Q(facilitator=user) | Q(deputy=user))

    def held(self) -> "StudySessionQuerySet":
        """Not cancelled: an hour is held unless somebody cancels it."""
        return self.filter(status=StudySession.Status.PLANNED)

    def upcoming(self, now: datetime) -> "StudySessionQuerySet":
        return self.held().filter(ends_at__gt=now).order_by("starts_at")

    def for_the_same_people(self, session: "StudySession") -> "StudySessionQuerySet":
        """Hours to which somebody is invited who is invited to this one: company, site, and teams along the line."""
        everybody = Q(team=None, site=None)
        if session.team_id:
            team = session.team
            along = Q(team_id__in=team.lineage_ids()) | Q(team__lineage__startswith=team.lineage)
            return self.filter(everybody | along | Q(site_id=team.site_id))
        if session.site_id:
            return self.filter(everybody | Q(site_id=session.site_id) | Q(team__site_id=session.site_id))
        return self

    def clashing_with(self, session: "StudySession") -> "StudySessionQuerySet":
        """Other hours for the same people at the same time."""
        at_the_time = self.held().filter(starts_at__lt=session.ends_at, ends_at__gt=session.starts_at)
        return at_the_time.for_the_same_people(session).exclude(pk=session.pk)

    def next_of_series(self, session: "StudySession", now: datetime) -> "StudySessionQuerySet":
        """This hour and the next three of its series, or this one alone."""
        if session.series_id is None:
            return self.filter(pk=session.pk)
        coming = self.filter(series_id=session.series_id).upcoming(now).values("pk")[:4]
        return self.filter(Q(pk__in=list(coming.values_list("pk", flat=True))) | Q(pk=session.pk)).order_by(
            "starts_at"
        )

    def still_closed(self, now: datetime) -> "StudySessionQuerySet":
        """To come, and nobody can be in yet: what `is_under_way` does not hold for."""
        return self.filter(starts_at__gt=now + DOORS_OPEN, attendances=None)

    def under_way(self, now: datetime) -> "StudySessionQuerySet":
        """Hours that a change of their series leaves as they are."""
        is_in = Q(starts_at__lte=now + DOORS_OPEN) | Q(attendances__isnull=False)
        return self.held().filter(is_in, ends_at__gt=now).distinct()

    def past(self, now: datetime) -> "StudySessionQuerySet":
        return self.filter(ends_at__lte=now).order_by("-starts_at")


class StudySession(models.Model):
    """Wall time and IANA zone are what was agreed; the UTC columns are derived from them for queries."""

    class Status(models.TextChoices):
        PLANNED = "planned", _("planned")
        CANCELLED = "cancelled", _("cancelled")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    title = models.CharField(_("topic"), max_length=160)
    description = models.TextField(_("what we will do"), max_length=2000, blank=True)
    local_date = models.DateField(_("date"))
    local_time = models.TimeField(_("time"))
    time_zone = models.CharField(_("time zone"), max_length=64, validators=[validate_time_zone])
    minutes = models.PositiveSmallIntegerField(
        _("minutes"), default=60, validators=[MinValueValidator(15), MaxValueValidator(240)]
    )
    starts_at = models.DateTimeField(editable=False, db_index=True)
    ends_at = models.DateTimeField(editable=False)
    place = models.CharField(_("where"), max_length=200, blank=True)
    facilitator = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="sessions_run", verbose_name=_("facilitator")
    )
    team = models.ForeignKey(
        Team,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        verbose_name=_("for which team"),
        help_text=_("Empty: for everybody."),
    )
    site = models.ForeignKey(
        Site, null=True, blank=True, on_delete=models.PROTECT, verbose_name=_("for which site")
    )
    deputy = models.ForeignKey(
        User,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="sessions_deputised",
        verbose_name=_("deputy"),
    )
    series = models.ForeignKey(
        Series, null=True, blank=True, on_delete=models.SET_NULL, related_name="occurrences"
    )
    recurs_on = models.DateField(
        null=True, blank=True, editable=False, help_text=_("The day that the series' rule gives.")
    )
    is_individual = models.BooleanField(
        default=False, editable=False, help_text=_("Changed on its own: the series leaves it alone.")
    )
    notebook = models.ForeignKey(
        Notebook,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="sessions",
        verbose_name=_("notebook"),
    )
    quiz = models.ForeignKey(
        StudyAid, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("quiz")
    )
    status = models.CharField(max_length=9, choices=Status.choices, default=Status.PLANNED)
    code_secret = models.CharField(max_length=32, default=new_secret, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    published_at = models.DateTimeField(
        null=True, blank=True, editable=False, help_text=_("When its room was made ready.")
    )
    public_title = models.CharField(
        max_length=160,
        blank=True,
        editable=False,
        help_text=_("What others see while it is being prepared; empty: the topic itself."),
    )
    agreed_at = models.DateTimeField(
        null=True, editable=False, help_text=_("When it was first to begin, to tell moved from held.")
    )
    sequence = models.PositiveIntegerField(default=0, editable=False, help_text=_("RFC 5545 SEQUENCE."))
    changed_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = StudySessionQuerySet.as_manager()

    class Meta:
        verbose_name = _("DEAL hour")
        verbose_name_plural = _("DEAL hours")
        ordering: ClassVar = ["starts_at", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=models.F("starts_at")), name="hours_end_after_start"
            ),
            models.CheckConstraint(
                condition=Q(team=None) | Q(site=None), name="hours_session_for_a_team_or_a_site"
            ),
            models.UniqueConstraint(fields=["series", "recurs_on"], name="hours_one_occurrence_a_day"),
        ]

    def __str__(self) -> str:
        return self.title

    def save(self, *args, **kwargs) -> None:
        self.set_moments()
        super().save(*args, **kwargs)

    def is_for(self, user: User) -> bool:
        """The rule of `visible_to` for one hour that was read already."""
        invited = (
            self.team_id in access.team_ids_of(user)
            if self.team_id
            else self.site_id in {None, access.site_id_of(user)}
        )
        return invited or user.pk in {self.facilitator_id, self.deputy_id}

    def could_be_attended_by(self, user: User) -> bool:
        """Hours from before somebody joined the company, or a team's from before they joined it, were not theirs."""
        if not self.is_for(user) or self.starts_at < user.joined_at:
            return False
        is_for_all = self.team_id is None and self.site_id is None
        day = timezone.localtime(self.starts_at).date()
        return is_for_all or user.team_since is None or day >= user.team_since

    def title_for(self, user: User) -> str:
        """What this person may read of its topic; empty where they may not see the hour."""
        if not self.is_for(user):
            return ""
        return self.title if self.can_be_run_by(user) else self.shown_title

    def set_moments(self) -> None:
        """A time that the clocks skip moves forward by the gap, of one that comes twice the first counts (RFC 5545)."""
        wall = datetime.combine(self.local_date, self.local_time)
        self.starts_at = wall.replace(tzinfo=ZoneInfo(self.time_zone)).astimezone(UTC)
        # Minutes of real time, so that an hour over a clock change still lasts an hour.
        self.ends_at = self.starts_at + timedelta(minutes=self.minutes)
        self.agreed_at = self.agreed_at or self.starts_at

    @property
    def is_cancelled(self) -> bool:
        return self.status == self.Status.CANCELLED

    @property
    def is_moved(self) -> bool:
        return self.agreed_at is not None and self.agreed_at != self.starts_at

    @property
    def is_published(self) -> bool:
        """Prepared and shown to those invited. Of a series' hour only its time stands before that."""
        return self.published_at is not None or self.series_id is None

    @property
    def shows_topic(self) -> bool:
        """What is only being prepared is for those who run it, until it is published or the hour begins."""
        return not self.public_title or self.starts_at <= timezone.now()

    @property
    def shown_title(self) -> str:
        return self.title if self.shows_topic else self.public_title

    @property
    def shown_description(self) -> str:
        return self.description if self.shows_topic else ""

    def phase(self, now: datetime | None = None) -> str:
        """before | during | after | cancelled."""
        now = now or timezone.now()
        if self.is_cancelled:
            return "cancelled"
        if now < self.starts_at:
            return "before"
        return "during" if now < self.ends_at else "after"

    def is_open(self, now: datetime) -> bool:
        """Whether one can check in: from ten minutes before the start until fifteen after the end."""
        return not self.is_cancelled and self.starts_at - DOORS_OPEN <= now < self.ends_at + DOORS_CLOSE

    def is_under_way(self, now: datetime) -> bool:
        """The doors are open, or somebody is in: from then on it stays when it is, and for whom."""
        return self.is_open(now) or self.attendances.exists()

    def is_run_by(self, user: User) -> bool:
        return user.pk in {self.facilitator_id, self.deputy_id}

    def can_be_run_by(self, user: User) -> bool:
        return self.is_run_by(user) or access.is_administrator(user)
