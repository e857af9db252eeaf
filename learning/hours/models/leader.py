"""Walk the talk: what a leader agreed to show of their own hours."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hub.people.models import User


class LeaderConsent(models.Model):
    """Given by the leader alone and taken back at any time; without a row nothing is shown."""

    user = models.OneToOneField(
        User, on_delete=models.CASCADE, related_name="leader_consent", primary_key=True
    )
    shows_attendance = models.BooleanField(_("show my share of hours attended"), default=False)
    compares_tasks = models.BooleanField(_("show who is ahead in lab tasks, my team or I"), default=False)
    given_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("leader's consent")
        verbose_name_plural = _("leaders' consents")

    def __str__(self) -> str:
        return str(self.user_id)
