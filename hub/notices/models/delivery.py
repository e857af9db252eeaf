"""What is still to be sent, and what was."""

import uuid
from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hub.jobs import LeasedQuerySet, LeasedRow, LeaseLost
from hub.people.models import User


class DeliveryQuerySet(LeasedQuerySet):
    def due(self, now: datetime) -> "DeliveryQuerySet":
        return self.filter(not_before__lte=now)

    def pushed(self) -> "DeliveryQuerySet":
        """What counts against the cap: tips and reminders that were sent, are being sent, or wait."""
        return self.filter(topic__in=[Delivery.Topic.TIPS, Delivery.Topic.REMINDER]).filter(
            Q(state=Delivery.State.SENT) | Q(state=Delivery.State.WAITING) | Q(reason="unsure")
        )


class Delivery(LeasedRow):
    """One message to one person through one channel. The row is the queue."""

    class Topic(models.TextChoices):
        OWN = "own", _("own matters")
        TIPS = "tips", _("tips")
        REMINDER = "reminder", _("reminders")

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        SENT = "sent", _("sent")
        DROPPED = "dropped", _("not sent, as it was no longer wanted")
        FAILED = "failed", _("could not be sent")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="deliveries")
    channel = models.CharField(max_length=20)
    topic = models.CharField(max_length=8, choices=Topic.choices)
    facts = models.JSONField(default=dict)
    dedupe_key = models.CharField(max_length=160)
    not_before = models.DateTimeField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    reason = models.CharField(max_length=40, blank=True, help_text=_("Why it was not sent, as a code."))
    failures = models.PositiveSmallIntegerField(default=0)
    sending_at = models.DateTimeField(
        null=True, help_text=_("Decided to be sent by whoever holds the lease, and not settled yet.")
    )
    handed_at = models.DateTimeField(
        null=True, help_text=_("The other side took it, and it is not settled yet.")
    )
    queued_at = models.DateTimeField(default=timezone.now)
    settled_at = models.DateTimeField(null=True)

    gathered: object = None
    others: list["Delivery"] | None = None  # of the person, for the cap

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        ordering: ClassVar = ["not_before", "queued_at"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["user", "channel", "dedupe_key"], name="notices_delivered_once_per_channel"
            ),
            # Whatever failed may be tried another way.
            models.UniqueConstraint(
                fields=["user", "dedupe_key"],
                condition=Q(topic="tips") & ~Q(state="failed"),
                name="notices_one_way_for_a_tip",
            ),
            models.UniqueConstraint(
                fields=["user", "dedupe_key"],
                condition=Q(topic="reminder") & ~Q(state="failed"),
                name="notices_one_way_for_a_reminder",
            ),
            models.CheckConstraint(
                condition=Q(state="waiting", is_done=False) | (~Q(state="waiting") & Q(is_done=True)),
                name="notices_settled_is_done",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["not_before"], condition=Q(is_done=False), name="notices_waiting"),
            models.Index(fields=["user", "topic", "-queued_at"], name="notices_sent_to_user"),
        ]

    def __str__(self) -> str:
        return f"{self.topic} by {self.channel} for {self.user_id}"

    @property
    def is_tip(self) -> bool:
        return self.topic == self.Topic.TIPS

    @property
    def weight(self) -> int:
        """How many tips of the cap it is: a digest holds several."""
        return len(self.facts.get("tips", ())) or 1

    @property
    def named_at(self) -> datetime | None:
        """The moment a reminder is for: however its row is hurried, it does not come before."""
        at = self.facts.get("at")
        return datetime.fromisoformat(at) if at and self.topic == self.Topic.REMINDER else None

    @property
    def is_promised(self) -> bool:
        """Whether others leave it room in the cap: see `is_promised_after`."""
        return self.facts.get("is_promised", False)

    @property
    def counts_in_cap(self) -> bool:
        """As `pushed` says, of a row that may have been settled since it was read."""
        return self.state in {self.State.SENT, self.State.WAITING} or self.reason == "unsure"

    @property
    def is_under_way(self) -> bool:
        """Sent, or decided to be: nothing that only waits."""
        return self.state != self.State.WAITING or self.sending_at is not None

    def is_promised_after(self, now: datetime) -> bool:
        """A reminder of an hour to come: the cap is kept free for it."""
        return (
            self.is_promised
            and self.topic == self.Topic.REMINDER
            and self.state == self.State.WAITING
            and self.not_before > now
        )

    @property
    def counts_at(self) -> datetime:
        """When it went, or is to go, out."""
        return self.settled_at or self.not_before

    def note_taken(self, now: datetime) -> None:
        """The other side has it: whoever takes the row after this worker died does not send it again.

        Raises LeaseLost if the row is no longer this worker's.
        """
        self.renew(handed_at=now)

    def settle(self, state: str, now: datetime, reason: str = "") -> None:
        """Raises LeaseLost if the row is no longer this worker's."""
        self.finish(state=state, reason=reason, settled_at=now)

    def put_off(self, until: datetime, *, failures: int | None = None) -> None:
        """Hand it back for later: a wait that was asked for is no attempt."""
        changes = {"failures": F("failures") if failures is None else failures}
        if not self._held().update(
            not_before=until, leased_until=None, lease_token=None, attempts=0, sending_at=None, **changes
        ):
            raise LeaseLost
        self.not_before, self.sending_at = until, None
