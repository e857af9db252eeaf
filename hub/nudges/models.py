"""Tips, which tip a person was shown and what they said to it, and tips put aside or kept."""

import uuid
from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from django.core.validators import MaxValueValidator, MinValueValidator, URLValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from hub.ai.models import AISystem
from hub.notices.vocabulary import Channel
from hub.nudges.ids import nudge_id
from hub.nudges.selection import Shown
from hub.nudges.vocabulary import Area, Moment, RoleGroup
from hub.people.models import User
from hub.people.zones import zone

LANGUAGES = [("de", "Deutsch"), ("en", "English")]


def local_day(user: User, now: datetime) -> date:
    """The day on the person's own calendar."""
    return now.astimezone(zone(user.time_zone)).date()


class TipQuerySet(models.QuerySet):
    def in_use(self) -> "TipQuerySet":
        """Not retired, and with words in at least one language; whether it is valid is a matter of the day."""
        words = TipText.objects.filter(tip=models.OuterRef("pk"))
        return self.filter(models.Exists(words), is_active=True)

    def valid_on(self, day: date) -> "TipQuerySet":
        return self.filter(
            Q(valid_from=None) | Q(valid_from__lte=day), Q(valid_until=None) | Q(valid_until__gte=day)
        )

    def active(self, day: date | None = None) -> "TipQuerySet":
        """In use and valid on the day; without one, on today's date where the site is."""
        return self.in_use().valid_on(day or timezone.localdate())

    def visible_to(self, user: User, now: datetime | None = None) -> "TipQuerySet":
        """Everybody sees every tip that is in use and valid on their own day."""
        day = local_day(user, now or timezone.now())
        return self.active(day).select_related("system").prefetch_related("texts")

    def to_look_at_again(self, day: date) -> "TipQuerySet":
        """In use, and the date on which somebody wanted to read it again has come."""
        return self.filter(is_active=True, review_on__lte=day)


class Tip(models.Model):
    """Something one can do now, in under two minutes. Its words stand in `TipText`, one row a language."""

    class Tool(models.TextChoices):
        CHAT = "chat", _("AI assistant")
        MEETINGS = "meetings", _("Video meetings")
        MAIL = "mail", _("Mail")
        DOCUMENTS = "documents", _("Documents")
        TABLES = "tables", _("Tables")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    key = models.SlugField(max_length=60, unique=True, help_text=_("Name of a tip that came with the hub."))
    is_active = models.BooleanField(_("in use"), default=True)
    tool = models.CharField(_("tool"), max_length=12, choices=Tool.choices)
    minutes = models.PositiveSmallIntegerField(
        _("minutes"), default=2, validators=[MinValueValidator(1), MaxValueValidator(60)]
    )
    link = models.URLField(
        _("link to do it now"), max_length=300, blank=True, validators=[URLValidator(schemes=["https"])]
    )
    area = models.CharField(_("field of work"), max_length=12, choices=Area.choices, default=Area.WRITING)
    # Values of `RoleGroup` and `Moment`; without a role it helps everybody.
    roles = models.JSONField(_("whom it helps"), default=list, blank=True)
    moments = models.JSONField(_("when it fits"), default=list, blank=True)
    pages = models.JSONField(
        _("pages it fits"),
        default=list,
        blank=True,
        help_text=_("Addresses like https://crm.example.com/offers/*; everybody may read them."),
    )
    saves_minutes = models.PositiveSmallIntegerField(
        _("minutes it typically saves"), null=True, blank=True, validators=[MaxValueValidator(480)]
    )
    system = models.ForeignKey(
        AISystem,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("AI system of the register"),
    )
    author = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("author")
    )
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    review_on = models.DateField(_("to be looked at again on"), null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(
        null=True, blank=True, help_text=_("When somebody here last wrote it; empty as it came with the hub.")
    )

    objects = TipQuerySet.as_manager()

    class Meta:
        verbose_name = _("tip")
        verbose_name_plural = _("tips")
        ordering: ClassVar = ["created_at", "key"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(link="") | Q(link__startswith="https://"), name="nudges_link_is_https"
            ),
            models.CheckConstraint(
                condition=Q(valid_from=None)
                | Q(valid_until=None)
                | Q(valid_from__lte=models.F("valid_until")),
                name="nudges_valid_in_order",
            ),
        ]

    def __str__(self) -> str:
        return self.key

    @property
    def text(self) -> "TipText":
        """In the language active now, else in the other one, which the page then names."""
        language = (get_language() or "de")[:2]
        texts = {text.language: text for text in self.texts.all()}
        return texts.get(language) or next(iter(texts.values()))

    @property
    def do_it_now(self) -> tuple[str, str]:
        """(address, label) of where one tries it: its own, else its tool's if that is open to people; or both empty."""
        if self.link:
            return self.link, gettext("Do it now")
        if self.system and self.system.is_allowed and self.system.link:
            return self.system.link, gettext("Do it now in %(tool)s") % {"tool": self.system.name}
        return "", ""

    @property
    def role_names(self) -> list[str]:
        return [str(label) for value, label in RoleGroup.choices if value in self.roles]

    @property
    def moment_names(self) -> list[str]:
        return [str(label) for value, label in Moment.choices if value in self.moments]

    @property
    def version(self) -> str:
        """Names the state that an author saw, so that nobody's change is lost to another's."""
        return self.changed_at.isoformat() if self.changed_at else ""

    def is_valid_on(self, day: date) -> bool:
        return (self.valid_from or day) <= day <= (self.valid_until or day)


class TipText(models.Model):
    tip = models.ForeignKey(Tip, on_delete=models.CASCADE, related_name="texts")
    language = models.CharField(_("language"), max_length=2, choices=LANGUAGES)
    title = models.CharField(_("title"), max_length=120)
    body = models.TextField(_("what it is good for"), max_length=900)
    steps = models.JSONField(_("steps"), default=list)
    saves_source = models.CharField(_("where the saving is from"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("text of a tip")
        verbose_name_plural = _("texts of tips")
        ordering: ClassVar = ["language"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["tip", "language"], name="nudges_text_once_per_language"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def marked(self) -> str:
        """In words which language it is in, where that is not the one active now."""
        if self.language == (get_language() or "de")[:2]:
            return ""
        return gettext("in German") if self.language == "de" else gettext("in English")


class NudgeQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> "NudgeQuerySet":
        return self.filter(user=user)

    def came_by_itself(self) -> "NudgeQuerySet":
        """Sent, or shown without being looked up."""
        return self.exclude(source=Nudge.Source.LIBRARY)

    def tried_between(self, start: datetime, end: datetime) -> "NudgeQuerySet":
        return self.filter(
            response=Nudge.Response.TRIED,
            responded_at__gte=start,
            responded_at__lt=end,
            user__status="active",
        )


class Nudge(models.Model):
    """One tip for one person on one day, and the answer. Its id follows from these three: see `ids.py`."""

    class Response(models.TextChoices):
        TRIED = "tried", _("Tried it")
        LATER = "later", _("Later")
        NOT_FOR_ME = "not_for_me", _("Not for me")

    class Kept(models.TextChoices):
        YES = "yes", _("Yes, I still use it")
        NO = "no", _("No longer")
        SKIPPED = "skip", _("I would rather not say")

    class Source(models.TextChoices):
        TODAY = "today", _("on Today")
        LIBRARY = "library", _("in the library")
        MAIL = "mail", _("by mail")
        TEAMS = Channel.TEAMS.value, Channel.TEAMS.label
        SLACK = Channel.SLACK.value, Channel.SLACK.label
        MESSENGER = Channel.APPRISE.value, Channel.APPRISE.label
        WEB_PUSH = Channel.WEB_PUSH.value, Channel.WEB_PUSH.label
        CALENDAR = Channel.CALENDAR.value, Channel.CALENDAR.label
        INBOX = "in_app", _("in the inbox")
        EMBED = "embed", _("on a page of one's work")

    id = models.UUIDField(primary_key=True, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="nudges")
    tip = models.ForeignKey(Tip, on_delete=models.CASCADE, related_name="nudges")
    shown_on = models.DateField()
    shown_at = models.DateTimeField(default=timezone.now)
    source = models.CharField(max_length=8, choices=Source.choices)
    reason = models.CharField(max_length=12, blank=True)
    propensity = models.FloatField(
        null=True, help_text=_("How likely this tip was to be drawn; empty where nothing was drawn.")
    )
    response = models.CharField(max_length=12, choices=Response.choices, blank=True)
    responded_at = models.DateTimeField(null=True, blank=True)
    kept = models.CharField(
        max_length=4,
        choices=Kept.choices,
        blank=True,
        help_text=_("Asked once, two weeks after it was tried."),
    )
    kept_at = models.DateTimeField(null=True, blank=True)
    is_recalled = models.BooleanField(
        default=False,
        help_text=_("The person asked for the tip again: this showing holds it back no longer."),
    )

    objects = NudgeQuerySet.as_manager()

    class Meta:
        verbose_name = _("tip shown")
        verbose_name_plural = _("tips shown")
        ordering: ClassVar = ["-shown_on", "-shown_at"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "tip", "shown_on"], name="nudges_once_a_day"),
            models.CheckConstraint(
                condition=Q(response="", responded_at=None) | (~Q(response="") & ~Q(responded_at=None)),
                name="nudges_response_has_its_time",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["response", "responded_at"], name="nudges_tried")]

    def __str__(self) -> str:
        return f"{self.tip_id} on {self.shown_on}"

    @classmethod
    def of(cls, user: User, tip_id: UUID, day: date, **facts: object) -> "Nudge":
        """Unsaved, with the id that follows from the three."""
        new_id = nudge_id(user.subject_key, tip_id, day)
        return cls(id=new_id, user=user, tip_id=tip_id, shown_on=day, **facts)

    @property
    def came_by_itself(self) -> bool:
        return self.source != self.Source.LIBRARY

    def as_shown(self, user: User) -> Shown:
        return Shown(
            tip_id=self.tip_id,
            shown_on=self.shown_on,
            response=self.response,
            responded_on=local_day(user, self.responded_at) if self.responded_at else None,
            is_of_the_day=self.came_by_itself,
        )


class DismissalQuerySet(models.QuerySet):
    def tip_ids_of(self, user: User) -> set[UUID]:
        return set(self.filter(user=user).values_list("tip_id", flat=True))


class Dismissal(models.Model):
    """A tip that a person put aside: never again, until they take it back."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="dismissals")
    tip = models.ForeignKey(Tip, on_delete=models.CASCADE, related_name="dismissals")
    dismissed_at = models.DateTimeField(default=timezone.now)

    objects = DismissalQuerySet.as_manager()

    class Meta:
        verbose_name = _("tip put aside")
        verbose_name_plural = _("tips put aside")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "tip"], name="nudges_dismissed_once"),
        ]

    def __str__(self) -> str:
        return f"{self.tip_id} by {self.user_id}"


class FavouriteQuerySet(models.QuerySet):
    def tip_ids_of(self, user: User) -> set[UUID]:
        return set(self.filter(user=user).values_list("tip_id", flat=True))


class Favourite(models.Model):
    """A tip that a person wants to find again."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="favourite_tips")
    tip = models.ForeignKey(Tip, on_delete=models.CASCADE, related_name="favourites")
    added_at = models.DateTimeField(default=timezone.now)

    objects = FavouriteQuerySet.as_manager()

    class Meta:
        verbose_name = _("favourite tip")
        verbose_name_plural = _("favourite tips")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "tip"], name="nudges_favourite_once"),
        ]

    def __str__(self) -> str:
        return f"{self.tip_id} of {self.user_id}"


class TipOutcome(models.Model):
    """How a group of roles took a tip in one channel: counts of the last twelve weeks, made anew every night.

    `role_group` is empty for everybody together. It is of no person, and no page shows it.
    """

    tip = models.ForeignKey(Tip, on_delete=models.CASCADE, related_name="outcomes")
    role_group = models.CharField(max_length=12, choices=RoleGroup.choices, blank=True)
    channel = models.CharField(max_length=8)
    shown = models.PositiveIntegerField()
    tried = models.PositiveIntegerField()
    put_aside = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("outcome of a tip")
        verbose_name_plural = _("outcomes of tips")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["role_group", "channel", "tip"], name="nudges_outcome_once"),
        ]

    def __str__(self) -> str:
        return f"{self.tip_id} {self.role_group} {self.channel}: {self.tried}/{self.shown}"
