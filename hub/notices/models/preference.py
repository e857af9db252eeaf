"""What a person wants to be told, where and when."""

import uuid
from datetime import date, time
from typing import ClassVar

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from hub.notices.models.delivery import Delivery
from hub.notices.models.destination import Destination
from hub.notices.schedule import Rest
from hub.notices.vocabulary import Channel, RoleGroup, Weekday
from hub.people.models import User
from hub.people.zones import zone

LARGEST_CAP = 7
IN_ORDER = tuple(Channel.values)  # worked out once: planning asks it for everybody
EVERY_DAY = frozenset(Weekday.values)
HALVED_AFTER = 3  # messages without an answer
STOPPED_AFTER = 6
WORKING_WEEK = (0, 1, 2, 3, 4)
# Of these nobody else reads along; an entry in the calendar reminds of nothing in half an hour.
PRIVATE = (Channel.MAIL.value, Channel.WEB_PUSH.value, Channel.IN_APP.value)


def working_week() -> list[int]:
    return list(WORKING_WEEK)


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
            days_off=EVERY_DAY - frozenset(self.working_days),
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
