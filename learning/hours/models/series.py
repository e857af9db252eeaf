"""A series of hours: what recurs, at which wall time of which zone, for whom. Its occurrences are rows."""

import uuid
from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hub.people import access
from hub.people.models import Site, Team, User
from hub.people.zones import validate_time_zone


class SeriesQuerySet(models.QuerySet):
    def running(self) -> "SeriesQuerySet":
        return self.filter(ended_at=None)

    def visible_to(self, user: User) -> "SeriesQuerySet":
        """What recurs for the company, the person's site and teams, and what the person runs."""
        invited = Q(team=None, site=None) | Q(team_id__in=access.team_ids_of(user))
        if site_id := access.site_id_of(user):
            invited |= Q(site_id=site_id)
        return self.filter(invited | Q(facilitator=user) | Q(deputy=user))


class Series(models.Model):
    """The rule gives days; the hour of the day and the zone stand beside it, so 09:00 stays 09:00."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    title = models.CharField(_("name of the series"), max_length=160)
    rule = models.CharField(
        _("rule"), max_length=200, help_text=_("RFC 5545, for example FREQ=WEEKLY;BYDAY=FR.")
    )
    starts_on = models.DateField(_("from"))
    local_time = models.TimeField(_("time"))
    time_zone = models.CharField(_("time zone"), max_length=64, validators=[validate_time_zone])
    minutes = models.PositiveSmallIntegerField(
        _("minutes"), default=60, validators=[MinValueValidator(15), MaxValueValidator(240)]
    )
    place = models.CharField(_("where"), max_length=200, blank=True)
    facilitator = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="series_run", verbose_name=_("facilitator")
    )
    deputy = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("deputy")
    )
    team = models.ForeignKey(
        Team, null=True, blank=True, on_delete=models.PROTECT, verbose_name=_("for which team")
    )
    site = models.ForeignKey(
        Site, null=True, blank=True, on_delete=models.PROTECT, verbose_name=_("for which site")
    )
    created_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = SeriesQuerySet.as_manager()

    class Meta:
        verbose_name = _("series")
        verbose_name_plural = _("series")
        ordering: ClassVar = ["title", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(team=None) | Q(site=None), name="hours_series_for_a_team_or_a_site"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_ended(self) -> bool:
        return self.ended_at is not None

    @property
    def home_site(self) -> Site | None:
        """Whose holidays are told beside its days: the site's, the team's, or that of whoever runs it."""
        if self.site:
            return self.site
        team = self.team or self.facilitator.team
        return team.site if team else None

    def can_be_run_by(self, user: User) -> bool:
        return user.pk in {self.facilitator_id, self.deputy_id} or access.is_administrator(user)
