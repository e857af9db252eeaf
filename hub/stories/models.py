"""Success stories and who found them helpful; hatpins that people stick somewhere, and the replies to them."""

import uuid
from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hub.people.models import User
from hub.words import folded, words

LANGUAGES = [("de", "Deutsch"), ("en", "English")]
LONGEST_STORY = 2000
LONGEST_PIN = 400
LONGEST_LESSON = 1000
MOST_MINUTES = 2400  # a week of forty hours


class Hatpin(models.Model):
    """ "I am stuck" or "my workaround", stuck to a place. Whoever owns the place decides who may see it."""

    class Kind(models.TextChoices):
        STUCK = "stuck", _("I am stuck")
        WORKAROUND = "workaround", _("My workaround")

    class Pins(models.QuerySet):
        def at(self, place: str) -> "Hatpin.Pins":
            return self.filter(place=place)

        def unsolved(self) -> "Hatpin.Pins":
            return self.filter(solved_at=None)

        def solved(self) -> "Hatpin.Pins":
            return self.exclude(solved_at=None)

        def holding(self, text: str) -> "Hatpin.Pins":
            """Those that hold every word, themselves or in a reply."""
            found = self
            for word in words(text):
                replies = HatpinReply.objects.filter(hatpin=models.OuterRef("pk"), folded__contains=word)
                found = found.filter(Q(folded__contains=word) | Q(models.Exists(replies)))
            return found

        def with_kudos(self, user: User) -> "Hatpin.Pins":
            """How many found each helpful, and whether the person did; no further queries."""
            return _with_kudos(self, HatpinKudos.objects.filter(hatpin=models.OuterRef("pk")), "hatpin", user)

        def with_people(self) -> "Hatpin.Pins":
            """All that is shown of them, in two queries however many there are."""
            replies = HatpinReply.objects.select_related("author")
            return self.select_related("author", "picked_up_by").prefetch_related(
                models.Prefetch("replies", queryset=replies)
            )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    place = models.CharField(_("where"), max_length=80, help_text=_("Such as “hours:” and an id."))
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    text = models.CharField(_("text"), max_length=LONGEST_PIN)
    folded = models.TextField(editable=False, default="")
    language = models.CharField(max_length=2, editable=False, blank=True, default="")
    author = models.ForeignKey(
        User, verbose_name=_("who"), null=True, on_delete=models.SET_NULL, related_name="hatpins"
    )
    is_named = models.BooleanField(_("with my name"), default=True)
    created_at = models.DateTimeField(default=timezone.now)
    picked_up_by = models.ForeignKey(
        User, verbose_name=_("who helps"), null=True, blank=True, on_delete=models.SET_NULL, related_name="helped"
    )  # fmt: skip
    picked_up_at = models.DateTimeField(null=True, blank=True)
    solved_at = models.DateTimeField(null=True, blank=True)

    objects = Pins.as_manager()

    class Meta:
        verbose_name = _("hatpin")
        verbose_name_plural = _("hatpins")
        ordering: ClassVar = ["created_at", "pk"]
        indexes: ClassVar = [models.Index(fields=["place", "created_at"], name="stories_pins_of_a_place")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(picked_up_by=None) | ~Q(picked_up_at=None), name="stories_helper_has_a_time"
            ),
            models.CheckConstraint(
                condition=Q(kind="stuck") | Q(picked_up_at=None), name="stories_workaround_needs_no_help"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} at {self.place}"

    def save(self, *args, **kwargs) -> None:
        self.folded = folded(self.text)
        super().save(*args, **kwargs)

    @property
    def is_solved(self) -> bool:
        return self.solved_at is not None


class HatpinReply(models.Model):
    hatpin = models.ForeignKey(Hatpin, on_delete=models.CASCADE, related_name="replies")
    author = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="hatpin_replies")
    text = models.CharField(_("text"), max_length=LONGEST_PIN)
    folded = models.TextField(editable=False, default="")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("reply to a hatpin")
        verbose_name_plural = _("replies to hatpins")
        ordering: ClassVar = ["created_at", "pk"]

    def __str__(self) -> str:
        return f"reply to {self.hatpin_id}"

    def save(self, *args, **kwargs) -> None:
        self.folded = folded(self.text)
        super().save(*args, **kwargs)


def _with_kudos(rows: models.QuerySet, given: models.QuerySet, of: str, user: User) -> models.QuerySet:
    counted = given.order_by().values(of).annotate(n=models.Count("pk")).values("n")
    number = models.Subquery(counted, output_field=models.IntegerField())
    return rows.select_related("author").annotate(
        kudos_count=models.functions.Coalesce(number, 0),
        is_helpful_to_me=models.Exists(given.filter(giver=user)),
    )


class StoryQuerySet(models.QuerySet):
    def published(self) -> "StoryQuerySet":
        return self.filter(state=Story.State.PUBLISHED)

    def visible_to(self, user: User) -> "StoryQuerySet":
        """What was published is everybody's; a draft and what was withdrawn is its author's alone."""
        return self.filter(Q(state=Story.State.PUBLISHED) | Q(author=user))

    def of_origin(self, origin: str) -> "StoryQuerySet":
        return self.filter(origin=origin)

    def holding(self, text: str) -> "StoryQuerySet":
        """Those that hold every word."""
        found = self
        for word in words(text):
            found = found.filter(folded__contains=word)
        return found

    def with_kudos(self, user: User) -> "StoryQuerySet":
        """How many found each helpful, and whether the person did; no further queries."""
        return _with_kudos(self, Kudos.objects.filter(story=models.OuterRef("pk")), "story", user)


class Story(models.Model):
    """What somebody did with AI and what it was good for, or what went wrong and what is learnt from it.

    `origin` says where, to the area that wrote it there.
    """

    class Kind(models.TextChoices):
        SUCCESS = "success", _("success story")
        FAILURE = "failure", _("instructive failure")

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        PUBLISHED = "published", _("published")
        WITHDRAWN = "withdrawn", _("withdrawn")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    title = models.CharField(_("title"), max_length=120)
    body = models.TextField(_("what I did"), max_length=LONGEST_STORY)
    kind = models.CharField(_("kind"), max_length=8, choices=Kind.choices, default=Kind.SUCCESS)
    went_wrong = models.TextField(_("what went wrong"), max_length=LONGEST_LESSON, blank=True)
    next_time = models.TextField(_("what I would do next time"), max_length=LONGEST_LESSON, blank=True)
    tool = models.CharField(_("with which tool"), max_length=80, blank=True)
    minutes_saved = models.PositiveSmallIntegerField(
        _("minutes saved in a week"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(MOST_MINUTES)],
    )
    language = models.CharField(_("language"), max_length=2, choices=LANGUAGES, default="de")
    author = models.ForeignKey(
        User, verbose_name=_("who"), null=True, on_delete=models.SET_NULL, related_name="stories"
    )
    is_named = models.BooleanField(_("with my name"), default=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    origin = models.CharField(max_length=80, blank=True, editable=False)
    hatpin = models.OneToOneField(
        Hatpin, null=True, blank=True, editable=False, on_delete=models.SET_NULL, related_name="story"
    )
    folded = models.TextField(editable=False, default="")
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    published_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = StoryQuerySet.as_manager()

    class Meta:
        verbose_name = _("success story")
        verbose_name_plural = _("success stories")
        ordering: ClassVar = ["-published_at", "-created_at", "pk"]
        indexes: ClassVar = [
            models.Index(fields=["state", "-published_at"], name="stories_newest"),
            models.Index(fields=["origin"], name="stories_of_an_origin"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(state="published") | ~Q(published_at=None), name="stories_published_has_a_time"
            ),
            models.CheckConstraint(
                condition=Q(minutes_saved=None) | Q(minutes_saved__gte=1, minutes_saved__lte=MOST_MINUTES),
                name="stories_minutes_fit_a_week",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def save(self, *args, **kwargs) -> None:
        self.folded = folded(self.title, self.tool, self.body, self.went_wrong, self.next_time)
        super().save(*args, **kwargs)

    @property
    def is_failure(self) -> bool:
        return self.kind == self.Kind.FAILURE

    @property
    def is_published(self) -> bool:
        return self.state == self.State.PUBLISHED

    @property
    def shown_author(self) -> str:
        """Whoever did not want to be named, or is here no more, is a colleague."""
        return self.author.get_full_name() if self.is_named and self.author else str(_("A colleague"))


class Kudos(models.Model):
    """ "This helps me", said once by one person, with their name."""

    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="kudos")
    giver = models.ForeignKey(User, on_delete=models.CASCADE, related_name="kudos_given")
    given_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("kudos")
        verbose_name_plural = _("kudos")
        ordering: ClassVar = ["given_at", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["story", "giver"], name="stories_kudos_once"),
        ]

    def __str__(self) -> str:
        return f"{self.giver_id} for {self.story_id}"


class HatpinKudos(models.Model):
    """ "This helps me", said of a hatpin in the library: once by one person, with their name."""

    hatpin = models.ForeignKey(Hatpin, on_delete=models.CASCADE, related_name="kudos")
    giver = models.ForeignKey(User, on_delete=models.CASCADE, related_name="hatpin_kudos_given")
    given_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("kudos for a hatpin")
        verbose_name_plural = _("kudos for hatpins")
        ordering: ClassVar = ["given_at", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["hatpin", "giver"], name="stories_hatpin_kudos_once"),
        ]

    def __str__(self) -> str:
        return f"{self.giver_id} for {self.hatpin_id}"
