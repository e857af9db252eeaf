"""What share of a team means to be in the hour; set by the team itself."""

from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hub.people.models import Team, User


class TeamGoal(models.Model):
    team = models.OneToOneField(Team, on_delete=models.CASCADE, related_name="hour_goal", primary_key=True)
    percent = models.PositiveSmallIntegerField(
        _("share of the team, in percent"), validators=[MinValueValidator(10), MaxValueValidator(100)]
    )
    set_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    set_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("team's goal")
        verbose_name_plural = _("teams' goals")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(percent__gte=10) & Q(percent__lte=100), name="hours_goal_is_a_share"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.team_id}: {self.percent} %"
