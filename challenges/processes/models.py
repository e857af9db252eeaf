"""A process as it was drawn or listed: its steps in order, each in a lane. A process never changes once read."""

import uuid
from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hub.people.models import Site, User

MOST_MINUTES = 100_000
MOST_HOURS = 100_000
MOST_LOOPS = 1_000
MOST_CASES = 10_000_000


class ProcessQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> "ProcessQuerySet":
        """One's own, and those that everybody may see."""
        return self.filter(Q(owner=user) | Q(audience=Process.Audience.COMPANY))

    def with_counts(self) -> "ProcessQuerySet":
        return self.annotate(
            step_count=models.Count("steps"), lane_count=models.Count("steps__lane", distinct=True)
        )

    def without_file(self) -> "ProcessQuerySet":
        """For lists: the drawing may be megabytes."""
        return self.defer("bpmn", "notes")


class Process(models.Model):
    """`bpmn` is the file as it was read, or the one made from the list; empty where nothing can be drawn."""

    class Audience(models.TextChoices):
        PRIVATE = "private", _("only me")
        COMPANY = "company", _("everybody")

    class Origin(models.TextChoices):
        BPMN = "bpmn", _("BPMN file")
        CSV = "csv", _("table")
        TEMPLATE = "template", _("template")
        LIST = "list", _("list")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    title = models.CharField(_("title"), max_length=160)
    language = models.CharField(
        _("language"), max_length=2, choices=[("de", "Deutsch"), ("en", "English")], default="de"
    )
    owner = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="processes", verbose_name=_("process owner")
    )
    deputy = models.ForeignKey(
        User,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("deputy"),
        help_text=_(
            "Approves it in bets in your place: while you are away, and whenever you take part yourself."
        ),
    )
    audience = models.CharField(
        _("who may see it"), max_length=8, choices=Audience.choices, default=Audience.PRIVATE
    )
    site = models.ForeignKey(
        Site,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("where it runs like this"),
    )
    # Never itself a variant: a family is one process and those that name it.
    variant_of = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="variants",
        verbose_name=_("a variant of"),
        help_text=_("The same work, as another site does it. Variants are compared with one click."),
    )
    origin = models.CharField(max_length=8, choices=Origin.choices)
    bpmn = models.TextField(blank=True, editable=False)
    has_drawing = models.BooleanField(default=False, editable=False)
    # Somebody stands on it: from then on it stays everybody's and is not deleted.
    is_baseline = models.BooleanField(default=False, editable=False)
    handoff_count = models.PositiveIntegerField(default=0, editable=False)
    decision_count = models.PositiveIntegerField(default=0, editable=False)
    cases_per_week = models.FloatField(
        _("cases a week"),
        null=True,
        blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(MOST_CASES)],
        help_text=_("How often the whole process runs, in an ordinary week."),
    )
    # What the reader noticed, e.g. {"unnamed": 2}; `notes.py` puts it into sentences.
    notes = models.JSONField(default=dict, blank=True, editable=False)
    content_sha256 = models.CharField(max_length=64, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    # When its steps, or where and whose variant it is, were last said anew; empty as long as it is what it was.
    changed_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = ProcessQuerySet.as_manager()

    class Meta:
        verbose_name = _("process")
        verbose_name_plural = _("processes")
        ordering: ClassVar = ["title", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["owner", "content_sha256"], name="processes_content_once"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def called(self) -> str:
        """The title, and where it runs like this."""
        return f"{self.title} ({self.site})" if self.site else self.title

    def can_be_edited_by(self, user: User) -> bool:
        return self.owner_id == user.pk

    @property
    def is_own_list(self) -> bool:
        """Drawn by the hub from a list, so that the list may be rewritten and drawn anew."""
        return self.origin != self.Origin.BPMN


class Step(models.Model):
    """One thing that somebody or something does. `element_id` is its id in the drawing."""

    class Kind(models.TextChoices):
        TASK = "task", _("task")
        USER = "user", _("in a program")
        MANUAL = "manual", _("by hand")
        SERVICE = "service", _("by a system")
        SCRIPT = "script", _("by a script")
        RULE = "rule", _("by a rule")
        SEND = "send", _("sending")
        RECEIVE = "receive", _("receiving")
        CALL = "call", _("another process")
        SUBPROCESS = "subprocess", _("collapsed sub-process")

    class Value(models.TextChoices):
        """The value classes of lean value-stream mapping."""

        VALUE = "value", _("customers would pay for it")
        NECESSARY = "necessary", _("necessary: law, control, money")
        WASTE = "waste", _("nobody would miss it")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    process = models.ForeignKey(Process, on_delete=models.CASCADE, related_name="steps")
    position = models.PositiveIntegerField()
    element_id = models.CharField(max_length=200)
    name = models.CharField(_("step"), max_length=300)
    lane = models.CharField(_("lane"), max_length=200, blank=True)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, default=Kind.TASK)
    touch_minutes = models.FloatField(
        _("minutes of work"),
        null=True,
        blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(MOST_MINUTES)],
        help_text=_("Hands on it, each time."),
    )
    wait_hours = models.FloatField(
        _("hours of waiting"),
        null=True,
        blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(MOST_HOURS)],
        help_text=_("Until the next step begins."),
    )
    probability = models.FloatField(default=1, help_text=_("Share of cases in which it is done at all."))
    loop_factor = models.FloatField(
        _("times a case"),
        default=1,
        validators=[MinValueValidator(0), MaxValueValidator(MOST_LOOPS)],
        help_text=_("How often it is done in a case that needs it."),
    )
    value = models.CharField(_("value"), max_length=9, choices=Value.choices, blank=True)

    class Meta:
        verbose_name = _("step")
        verbose_name_plural = _("steps")
        ordering: ClassVar = ["process", "position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["process", "position"], name="processes_position_once"),
            models.UniqueConstraint(fields=["process", "element_id"], name="processes_element_once"),
            models.CheckConstraint(
                condition=Q(probability__gte=0, probability__lte=1), name="processes_probability_is_a_share"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class LaneQuerySet(models.QuerySet):
    def asked_of(self, user: User) -> "LaneQuerySet":
        """Those in which this person works alone, whether or not they see the process."""
        return (
            self.filter(person=user).select_related("process__owner").order_by("process__title", "name", "pk")
        )


class Lane(models.Model):
    """Who works in a lane: times of a single person are shown only if that person agreed, see `consent.py`."""

    process = models.ForeignKey(Process, on_delete=models.CASCADE, related_name="lanes")
    name = models.CharField(_("lane"), max_length=200, blank=True)
    performers = models.PositiveIntegerField(
        _("people who do this work"), null=True, blank=True, validators=[MaxValueValidator(MOST_CASES)]
    )
    person = models.ForeignKey(
        User,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("who works in it alone"),
    )
    # The person's own answer; without a person it says nothing.
    has_consent = models.BooleanField(default=False, editable=False)
    answered_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = LaneQuerySet.as_manager()

    class Meta:
        verbose_name = _("lane")
        verbose_name_plural = _("lanes")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["process", "name"], name="processes_lane_once")
        ]

    def __str__(self) -> str:
        return self.name


class ComparisonQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> "ComparisonQuerySet":
        """One's own, as long as one sees both processes: a rival's drawing of the future is nobody's business."""
        seen = Process.objects.visible_to(user).values("pk")
        return self.filter(owner=user, before__in=seen, after__in=seen)


class Comparison(models.Model):
    """Before and after. `went` holds what the owner confirmed: by the id of a step before, the id it is now or null."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    before = models.ForeignKey(Process, on_delete=models.CASCADE, related_name="+")
    after = models.ForeignKey(Process, on_delete=models.CASCADE, related_name="+")
    went = models.JSONField(default=dict, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = ComparisonQuerySet.as_manager()

    class Meta:
        verbose_name = _("comparison")
        verbose_name_plural = _("comparisons")
        ordering: ClassVar = ["-created_at", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["owner", "before", "after"], name="processes_compared_once"),
            models.CheckConstraint(
                condition=~Q(before=models.F("after")), name="processes_compared_with_another"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.before_id} {self.after_id}"
