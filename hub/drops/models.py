"""Calendars of doors ("drops"), what is behind each door, and who opened which."""

import json
import uuid
from datetime import date, timedelta
from functools import cached_property
from hashlib import sha256
from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from hub.drops.schedule import door_days
from hub.drops.vocabulary import Kind
from hub.nudges.models import LANGUAGES, Tip
from hub.people import access
from hub.people.models import Site, Team, User
from hub.stories.models import Story

FEWEST_DOORS, MOST_DOORS = 2, 31
# 31 working days and these end before the first opening is twelve weeks old and forgotten.
MOST_DAYS_AFTER = 30
LONGEST_TITLE = 120
LONGEST_TEXT = 900


class InTwoLanguages:
    """Reads `<name>_de` or `<name>_en`: the language active now, else the other one."""

    def words(self, name: str) -> str:
        language = "en" if (get_language() or "de").startswith("en") else "de"
        other = "de" if language == "en" else "en"
        return getattr(self, f"{name}_{language}") or getattr(self, f"{name}_{other}")


class DropQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> "DropQuerySet":
        """What was published for the company, the person's site or teams; a draft is its author's alone."""
        invited = Q(team=None, site=None) | Q(team_id__in=access.team_ids_of(user))
        if site_id := access.site_id_of(user):
            invited |= Q(site_id=site_id)
        return self.filter(invited).exclude(state=Drop.State.DRAFT)

    def published(self) -> "DropQuerySet":
        return self.filter(state=Drop.State.PUBLISHED)

    def for_the_same(self, drop: "Drop") -> "DropQuerySet":
        """Those with the same audience."""
        return self.filter(team_id=drop.team_id, site_id=drop.site_id)


class Drop(InTwoLanguages, models.Model):
    """A calendar: one door a day from `starts_on` on. Its days follow from the row, and none is stored twice."""

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        PUBLISHED = "published", _("published")
        ENDED = "ended", _("ended early")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    title_de = models.CharField(_("title in German"), max_length=LONGEST_TITLE, blank=True)
    title_en = models.CharField(_("title in English"), max_length=LONGEST_TITLE, blank=True)
    intro_de = models.CharField(_("a sentence about it in German"), max_length=200, blank=True)
    intro_en = models.CharField(_("a sentence about it in English"), max_length=200, blank=True)
    starts_on = models.DateField(_("first door opens on"))
    size = models.PositiveSmallIntegerField(
        _("number of doors"),
        default=12,
        validators=[MinValueValidator(FEWEST_DOORS), MaxValueValidator(MOST_DOORS)],
    )
    working_days_only = models.BooleanField(_("Monday to Friday only"), default=False)
    days_after = models.PositiveSmallIntegerField(
        _("days that doors stay openable after the last"),
        default=14,
        validators=[MaxValueValidator(MOST_DAYS_AFTER)],
    )
    ends_on = models.DateField(editable=False)
    team = models.ForeignKey(
        Team, verbose_name=_("team"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    site = models.ForeignKey(
        Site, verbose_name=_("site"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    owner = models.ForeignKey(
        User, verbose_name=_("author"), null=True, on_delete=models.SET_NULL, related_name="drops"
    )
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    published_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = DropQuerySet.as_manager()

    class Meta:
        verbose_name = _("door calendar")
        verbose_name_plural = _("door calendars")
        ordering: ClassVar = ["-starts_on", "-created_at", "pk"]
        indexes: ClassVar = [models.Index(fields=["state", "ends_on"], name="drops_running")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(size__gte=FEWEST_DOORS, size__lte=MOST_DOORS),
                name="drops_two_to_thirty_one_doors",
            ),
            models.CheckConstraint(
                condition=Q(days_after__lte=MOST_DAYS_AFTER), name="drops_openable_for_a_month"
            ),
            models.CheckConstraint(condition=Q(team=None) | Q(site=None), name="drops_one_audience"),
        ]

    def __str__(self) -> str:
        return self.title_de or self.title_en

    def save(self, *args, **kwargs) -> None:
        self.__dict__.pop("days", None)
        self.ends_on = self.last_door_on + timedelta(days=self.days_after)
        super().save(*args, **kwargs)

    @cached_property
    def days(self) -> list[date]:
        return door_days(self.starts_on, self.size, working_days_only=self.working_days_only)

    @property
    def last_door_on(self) -> date:
        return self.days[-1]

    @property
    def title(self) -> str:
        return self.words("title") or str(_("Without a title"))

    @property
    def intro(self) -> str:
        return self.words("intro")

    @property
    def is_draft(self) -> bool:
        return self.state == self.State.DRAFT

    @property
    def is_published(self) -> bool:
        return self.state == self.State.PUBLISHED

    def day_of(self, number: int) -> date:
        return self.days[number - 1]

    def may_open(self, number: int, day: date) -> bool:
        """Whether the door opens on this day; `day` is the date at the site of whoever asks."""
        is_there = self.is_published and 1 <= number <= self.size
        return is_there and self.day_of(number) <= day <= self.ends_on

    def runs_on(self, day: date) -> bool:
        return self.is_published and self.starts_on <= day <= self.ends_on


HELD = (
    "kind", "title_de", "text_de", "title_en", "text_en", "tip_id", "story_id", "leader_id", "leader_agreed",
)  # fmt: skip


class DropDoor(InTwoLanguages, models.Model):
    """What is behind a door. Only its author reads it before the door is open."""

    drop = models.ForeignKey(Drop, on_delete=models.CASCADE, related_name="doors")
    number = models.PositiveSmallIntegerField(editable=False)
    kind = models.CharField(_("kind"), max_length=6, choices=Kind.choices, default=Kind.TIP)
    title_de = models.CharField(_("title in German"), max_length=LONGEST_TITLE, blank=True)
    text_de = models.TextField(_("text in German"), max_length=LONGEST_TEXT, blank=True)
    title_en = models.CharField(_("title in English"), max_length=LONGEST_TITLE, blank=True)
    text_en = models.TextField(_("text in English"), max_length=LONGEST_TEXT, blank=True)
    tip = models.ForeignKey(
        Tip,
        verbose_name=_("tip of the library"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    story = models.ForeignKey(
        Story,
        verbose_name=_("success story"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    leader = models.ForeignKey(
        User,
        verbose_name=_("leader who tells it"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    leader_agreed = models.BooleanField(_("has agreed to these words under this name"), default=False)

    class Meta:
        verbose_name = _("door")
        verbose_name_plural = _("doors")
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["drop", "number"], name="drops_door_once"),
            models.CheckConstraint(
                condition=Q(number__gte=1, number__lte=MOST_DOORS), name="drops_door_has_a_number"
            ),
        ]

    def __str__(self) -> str:
        return f"door {self.number} of {self.drop_id}"

    @property
    def title(self) -> str:
        return self.words("title")

    @property
    def text(self) -> str:
        return self.words("text")

    @property
    def version(self) -> str:
        """Names what an author saw behind it, so that nobody's words are lost to another's."""
        held = [getattr(self, name) for name in HELD]
        return sha256(json.dumps(held, default=str).encode()).hexdigest()[:16]

    @property
    def kind_label(self) -> str:
        return str(self.get_kind_display())

    @property
    def told_by(self) -> str:
        """The leader's name, while there is somebody who agreed to stand under it."""
        is_told = self.kind == Kind.STORY and self.leader_agreed and self.leader
        return self.leader.get_full_name() if is_told else ""

    @property
    def shown_story(self) -> Story | None:
        """Only while its author lets everybody read it."""
        return self.story if self.story and self.story.state == Story.State.PUBLISHED else None

    @property
    def shown_tip(self) -> Tip | None:
        """Only while its own page is there."""
        is_shown = self.tip and self.tip.is_active and self.tip.is_valid_on(timezone.localdate())
        return self.tip if is_shown else None

    @property
    def missing(self) -> list[str]:
        """The languages in which it has no title or no text."""
        return [
            code
            for code, _label in LANGUAGES
            if not getattr(self, f"title_{code}") or not getattr(self, f"text_{code}")
        ]

    @property
    def is_empty(self) -> bool:
        words = (self.title_de, self.text_de, self.title_en, self.text_en)
        return not any(words) and not self.tip_id and not self.story_id

    @property
    def lacks_consent(self) -> bool:
        """A story needs one that its author published, or a leader who agreed."""
        if self.kind != Kind.STORY:
            return False
        return self.shown_story is None and not (self.leader_id and self.leader_agreed)

    @property
    def is_ready(self) -> bool:
        return not self.missing and not self.lacks_consent


class DropOpening(models.Model):
    """A door that a person opened."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="opened_drop_doors")
    door = models.ForeignKey(DropDoor, on_delete=models.CASCADE, related_name="openings")
    opened_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("opened door")
        verbose_name_plural = _("opened doors")
        ordering: ClassVar = ["opened_at"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "door"], name="drops_opened_once"),
        ]

    def __str__(self) -> str:
        return f"{self.door_id} by {self.user_id}"


class AdventOpening(models.Model):
    """A door of the built-in Advent that a person opened. `season` is the year of its December."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="opened_doors")
    season = models.PositiveSmallIntegerField()
    day = models.PositiveSmallIntegerField()
    opened_at = models.DateTimeField(default=timezone.now)

    class Meta:
        # It came into being in nudges, and what people opened stays where it is.
        db_table = "nudges_dooropening"
        verbose_name = _("opened door of Advent")
        verbose_name_plural = _("opened doors of Advent")
        ordering: ClassVar = ["season", "day"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "season", "day"], name="nudges_door_once"),
            models.CheckConstraint(condition=Q(day__gte=1, day__lte=24), name="nudges_door_in_advent"),
        ]

    def __str__(self) -> str:
        return f"door {self.day} of {self.season}"
