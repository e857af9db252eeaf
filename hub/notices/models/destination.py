"""Where a channel reaches a person."""

import uuid
from collections import defaultdict
from collections.abc import Iterable
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hub.encryption import decrypt
from hub.notices.reasons import reason_in_words
from hub.notices.vocabulary import Channel
from hub.people.models import User

PURPOSE = "hub.notices.destination"


class DestinationQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> "DestinationQuerySet":
        return self.filter(user=user)

    def working(self) -> "DestinationQuerySet":
        return self.filter(disabled_at=None)

    def channels_of(self, user_ids: Iterable[int]) -> defaultdict[int, set[str]]:
        """Of each person the channels with a destination that works."""
        found = defaultdict(set)
        for user_id, channel in self.working().filter(user__in=user_ids).values_list("user_id", "channel"):
            found[user_id].add(channel)
        return found


class Destination(models.Model):
    """Where a channel reaches a person, beyond what the hub knows anyway: a webhook, or one of their browsers.

    Who knows the address can post to it, so it is kept encrypted and never shown again; the host is.
    """

    CHANNELS = (Channel.TEAMS, Channel.SLACK, Channel.APPRISE, Channel.WEB_PUSH)

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="destinations")
    channel = models.CharField(max_length=8, choices=[(one.value, one.label) for one in CHANNELS])
    secret = models.TextField(editable=False, help_text=_("The address, encrypted."))
    host = models.CharField(max_length=255)
    created_at = models.DateTimeField(default=timezone.now)
    tested_at = models.DateTimeField(null=True)
    failures = models.PositiveSmallIntegerField(default=0)
    disabled_at = models.DateTimeField(null=True)
    disabled_reason = models.CharField(max_length=40, blank=True)

    objects = DestinationQuerySet.as_manager()

    class Meta:
        verbose_name = _("destination")
        verbose_name_plural = _("destinations")
        ordering: ClassVar = ["created_at", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["user", "channel"],
                condition=~Q(channel="web_push"),
                name="notices_one_destination_a_channel",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.channel} at {self.host}"

    @property
    def reason(self) -> str:
        """Why it was disabled, in words."""
        return reason_in_words(self.disabled_reason) if self.disabled_reason else ""

    @property
    def address(self) -> str | None:
        """None if it can no longer be read. For whoever sends something there, and nobody else."""
        return decrypt(self.secret, purpose=PURPOSE)
