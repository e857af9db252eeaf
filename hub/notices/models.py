"""What the hub told a person, what is still to be sent, and what the person wants to be told.

A notice keeps its kind and facts, words are made when it is read or sent.
"""

import uuid
from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, time
from typing import ClassVar

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from hub.encryption import decrypt
from hub.jobs import LeasedQuerySet, LeasedRow, LeaseLost
from hub.notices.kinds import sentence
from hub.notices.reasons import reason_in_words
from hub.notices.schedule import Rest
from hub.notices.vocabulary import Channel, RoleGroup, Weekday
from hub.people.models import User
from hub.people.zones import zone

LARGEST_CAP = 7
IN_ORDER = tuple(Channel.values)  # worked out once: planning asks it for everybody
HALVED_AFTER = 3  # messages without an answer
STOPPED_AFTER = 6
PURPOSE = "hub.notices.destination"
WORKING_WEEK = (0, 1, 2, 3, 4)
# Of these nobody else reads along; an entry in the calendar reminds of nothing in half an hour.
PRIVATE = (Channel.MAIL.value, Channel.WEB_PUSH.value, Channel.IN_APP.value)


def working_week() -> list[int]:
    return list(WORKING_WEEK)


class NoticeQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> "NoticeQuerySet":
        return self.filter(user=user)

    def unread(self) -> "NoticeQuerySet":
        return self.filter(read_at=None)


class Notice(models.Model):
    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=40)
    facts = models.JSONField(default=dict)
    path = models.CharField(
        max_length=300, blank=True, help_text=_("Page of the hub it leads to, without host.")
    )
    dedupe_key = models.CharField(max_length=160, unique=True)
    created_at = models.DateTimeField(auto_now_add=True)
    read_at = models.DateTimeField(null=True, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        ordering: ClassVar = ["-created_at", "-pk"]
        indexes: ClassVar = [
            models.Index(fields=["user", "-created_at"], name="notices_of_user"),
            models.Index(fields=["user"], condition=Q(read_at=None), name="notices_unread"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} for {self.user_id}"

    @property
    def text(self) -> str:
        """The sentence in the language active now."""
        return sentence(self.kind, self.facts)


class PreferenceQuerySet(models.QuerySet):
    def wanting_tips(self) -> "PreferenceQuerySet":
        """Of people who work here and asked to be sent some, whatever the way."""
        reached = Destination.objects.working().filter(user=models.OuterRef("user"))
        return self.filter(
            user__status=User.Status.ACTIVE, weekly_cap__gt=0, unanswered__lt=STOPPED_AFTER
        ).filter(
            Q(tips_by_mail=True) | Q(tips_in_inbox=True) | Q(tips_in_calendar=True) | models.Exists(reached)
        )

    def wanting_reminders(self) -> "PreferenceQuerySet":
        """Of people who work here and asked to be reminded of something."""
        return self.filter(
            user__status=User.Status.ACTIVE, weekly_cap__gt=0, unanswered_reminders__lt=STOPPED_AFTER
        ).filter(Q(remind_of_hours=True) | Q(remind_of_cards=True))


class Preference(models.Model):
    """What a person wants to be told, where and when. Without a row the defaults count: see `of`."""

    class MailRhythm(models.TextChoices):
        SINGLE = "single", _("One at a time")
        WEEKLY = "weekly", _("All of a week in one mail")

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="notice_preference")
    tips_on_today = models.BooleanField(_("Show me a tip a day on Today"), default=True)
    tips_in_inbox = models.BooleanField(_("Put a tip into my inbox now and then"), default=False)
    tips_by_mail = models.BooleanField(_("Mail me a tip now and then"), default=False)
    tips_in_calendar = models.BooleanField(
        _("Put a tip into my calendar now and then, as ten free minutes"), default=False
    )
    mail_rhythm = models.CharField(
        _("Tips by mail"), max_length=6, choices=MailRhythm.choices, default=MailRhythm.SINGLE
    )
    digest_weekday = models.PositiveSmallIntegerField(
        _("That mail comes on"), choices=Weekday.choices, default=Weekday.MONDAY
    )
    first_channel = models.CharField(
        _("Where I would rather have it"), max_length=8, choices=Channel.choices, blank=True
    )
    # Values of `Area`; without one, tips of every field.
    topics = models.JSONField(_("Fields of work"), default=list, blank=True)
    role = models.CharField(_("What I do"), max_length=12, choices=RoleGroup.choices, blank=True)
    remind_of_hours = models.BooleanField(
        _("Remind me of my DEAL hour, 30 minutes before it begins"), default=False
    )
    remind_of_cards = models.BooleanField(_("Remind me when cards of mine are due"), default=False)
    cards_at = models.TimeField(_("Cards at"), default=time(9))
    own_by_mail = models.BooleanField(_("Mail me what concerns me"), default=True)
    quiet_from = models.TimeField(_("Quiet from"), default=time(18))
    quiet_to = models.TimeField(_("Quiet until"), default=time(8))
    working_days = models.JSONField(_("Days on which something may come"), default=working_week)
    weekly_cap = models.PositiveSmallIntegerField(
        _("At most this many tips and reminders a week"),
        default=2,
        validators=[MaxValueValidator(LARGEST_CAP)],
    )
    paused_until = models.DateField(_("Pause up to and including"), null=True, blank=True)
    # Messages with tips since the last answer: see `silence.py`.
    unanswered = models.PositiveSmallIntegerField(default=0, editable=False)
    # Reminders since the last hour attended or card answered.
    unanswered_reminders = models.PositiveSmallIntegerField(default=0, editable=False)
    # Where mail to this person came back from; once they have another address it is mailed to again.
    refused_address = models.EmailField(blank=True, editable=False)
    mail_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)

    objects = PreferenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("preference")
        verbose_name_plural = _("preferences")
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(weekly_cap__lte=LARGEST_CAP), name="notices_cap_in_a_week"),
            models.CheckConstraint(condition=Q(digest_weekday__lte=6), name="notices_digest_on_a_weekday"),
        ]

    def __str__(self) -> str:
        return f"preferences of {self.user_id}"

    @classmethod
    def of(cls, user: User) -> "Preference":
        """The person's row, or the defaults, unsaved: looking writes nothing."""
        preference = cls.objects.filter(user=user).first() or cls()
        preference.user = user
        return preference

    @property
    def rest(self) -> Rest:
        """When nothing is sent to this person, in the person's own zone."""
        return Rest(
            quiet_from=self.quiet_from,
            quiet_to=self.quiet_to,
            days_off=frozenset(Weekday.values) - frozenset(self.working_days),
            paused_until=self.paused_until,
            zone=zone(self.user.time_zone),
        )

    @cached_property
    def reached(self) -> set[str]:
        """Channels with a destination that works. A query, unless whoever asks for many has set it."""
        return Destination.objects.channels_of([self.user_id])[self.user_id]

    @property
    def is_silenced(self) -> bool:
        return self.unanswered >= STOPPED_AFTER

    @property
    def cap_weeks(self) -> int:
        """Over how many weeks the cap counts."""
        return 2 if self.unanswered >= HALVED_AFTER else 1

    @property
    def reminder_weeks(self) -> int:
        """The same for reminders, which have a counter of their own."""
        return 2 if self.unanswered_reminders >= HALVED_AFTER else 1

    @property
    def push_channels(self) -> list[str]:
        """Ways in which tips may be sent, the one that is tried first before the others.

        Beyond Today, on which one looks oneself.
        """
        return [] if not self.weekly_cap or self.is_silenced else self._chosen

    def reminder_channels(self, *, in_private: bool) -> list[str]:
        """Ways in which a reminder may come: those chosen for tips, and by mail where none of them will do.

        `in_private`: only where nobody else can read along.
        """
        if not self.weekly_cap or self.unanswered_reminders >= STOPPED_AFTER:
            return []
        fitting = [
            channel
            for channel in self._chosen
            if channel != Channel.CALENDAR and (channel in PRIVATE or not in_private)
        ]
        return fitting or [Channel.MAIL.value if self.takes_mail else Channel.IN_APP.value]

    @property
    def takes_mail(self) -> bool:
        return not self.refused_address or self.refused_address != self.user.email

    @property
    def _chosen(self) -> list[str]:
        wanted = set(self.reached)
        for channel, is_wanted in (
            (Channel.MAIL, self.tips_by_mail and self.takes_mail),
            (Channel.CALENDAR, self.tips_in_calendar and self.takes_mail),
            (Channel.IN_APP, self.tips_in_inbox),
        ):
            if is_wanted:
                wanted.add(channel.value)
        order = [channel for channel in IN_ORDER if channel in wanted]
        return sorted(order, key=lambda channel: channel != self.first_channel)

    @property
    def has_digest(self) -> bool:
        """Whether the week's tips come in one mail."""
        return self.mail_rhythm == self.MailRhythm.WEEKLY and self.push_channels[:1] == [Channel.MAIL]

    @property
    def ways(self) -> list[str]:
        """Those of `push_channels` in words."""
        return [str(Channel(channel).label) for channel in self.push_channels]

    @property
    def quiet_days(self) -> list[str]:
        """By name, for pages."""
        return [str(day.label) for day in Weekday if day.value not in self.working_days]

    def wants(self, topic: str, channel: str) -> bool:
        if topic == Delivery.Topic.OWN:
            # Others may read along in a channel of a messenger.
            is_mailed = self.own_by_mail and self.takes_mail
            return channel == Channel.IN_APP or (channel == Channel.MAIL and is_mailed)
        if topic == Delivery.Topic.REMINDER:
            return any(channel in self.reminder_channels(in_private=private) for private in (False, True))
        return channel in self.push_channels

    def is_paused(self, today: date) -> bool:
        return self.paused_until is not None and today <= self.paused_until


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


class DeliveryQuerySet(LeasedQuerySet):
    def due(self, now: datetime) -> "DeliveryQuerySet":
        return self.filter(not_before__lte=now)

    def pushed(self) -> "DeliveryQuerySet":
        """What counts against the cap: tips and reminders that were sent, are being sent, or wait."""
        return self.filter(topic__in=[Delivery.Topic.TIPS, Delivery.Topic.REMINDER]).filter(
            Q(state=Delivery.State.SENT) | Q(state=Delivery.State.WAITING) | Q(reason="unsure")
        )

    def promised_since(self, moment: datetime) -> "DeliveryQuerySet":
        return self.pushed().filter(settled_at__gt=moment, facts__is_promised=True)

    def promised(self, now: datetime) -> "DeliveryQuerySet":
        """Reminders of an hour to come: the cap is kept free for them."""
        return self.filter(
            topic=Delivery.Topic.REMINDER,
            state=Delivery.State.WAITING,
            not_before__gt=now,
            facts__is_promised=True,
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
    sending_at = models.DateTimeField(null=True, help_text=_("Handed over, and no answer came back yet."))
    queued_at = models.DateTimeField(default=timezone.now)
    settled_at = models.DateTimeField(null=True)

    gathered: object = None

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
        """Whether others leave it room in the cap: see `promised`."""
        return self.facts.get("is_promised", False)

    @property
    def counts_at(self) -> datetime:
        """When it went, or is to go, out."""
        return self.settled_at or self.not_before

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
