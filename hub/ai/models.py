"""The AI register, what was used, and the tools that people ask for. Usage is counted a day, without a person."""

import uuid
from datetime import datetime, timedelta
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from hub.people.models import User

ANSWER_WITHIN = timedelta(days=10)  # what the page promises to whoever asks for a tool
LONGEST_PURPOSE = 1000
LONGEST_ANSWER = 1000


class DataClass(models.TextChoices):
    """What may be put into a tool, the least delicate first."""

    PUBLIC = "public", _("public data")
    INTERNAL = "internal", _("internal data")
    CONFIDENTIAL = "confidential", _("confidential data")


class AISystemQuerySet(models.QuerySet):
    def tools(self) -> "AISystemQuerySet":
        """What people may open and use themselves, beside Hatpin's own uses."""
        return self.filter(is_allowed=True, is_own=False)


class AISystem(models.Model):
    """One AI system in use in the company; Hatpin's own uses are rows here too."""

    slug = models.SlugField(unique=True)
    name_de = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120)
    purpose_de = models.TextField()
    purpose_en = models.TextField()
    provider = models.CharField(_("provider"), max_length=120, blank=True)
    is_own = models.BooleanField(_("part of Hatpin"), default=False)
    is_allowed = models.BooleanField(_("people may use it"), default=False)
    link = models.URLField(_("where it is opened"), max_length=300, blank=True)
    data_class = models.CharField(
        _("what may go in"), max_length=12, choices=DataClass.choices, default=DataClass.PUBLIC
    )
    owner = models.ForeignKey(
        User,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("who to ask"),
        help_text=_("Whoever knows the tool here. Without a name, people ask the administrators."),
    )

    objects = AISystemQuerySet.as_manager()

    class Meta:
        verbose_name = _("AI system")
        verbose_name_plural = _("AI systems")
        ordering: ClassVar = ["slug"]

    def __str__(self) -> str:
        return self.slug

    @property
    def name(self) -> str:
        """In the language active now."""
        return self.name_de if get_language() == "de" else self.name_en

    @property
    def purpose(self) -> str:
        """In the language active now."""
        return self.purpose_de if get_language() == "de" else self.purpose_en

    def takes(self, data_class: str) -> bool:
        """Whether data of this class may go in: its own, and what is less delicate."""
        return DataClass.values.index(data_class) <= DataClass.values.index(self.data_class)


class AIUsage(models.Model):
    system = models.ForeignKey(AISystem, on_delete=models.PROTECT, related_name="usage")
    day = models.DateField()
    purpose = models.CharField(max_length=40)
    model = models.CharField(
        max_length=120, help_text=_("The model's name, or “extractive” where none was asked.")
    )
    calls = models.PositiveIntegerField(default=0)
    failures = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("AI usage")
        verbose_name_plural = _("AI usage")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["system", "day", "purpose", "model"], name="ai_usage_one_row_a_day"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.system_id} {self.purpose}: {self.calls}"


class ToolRequestQuerySet(models.QuerySet):
    def open(self) -> "ToolRequestQuerySet":
        return self.filter(state=ToolRequest.State.OPEN)

    def with_askers(self, user: User) -> "ToolRequestQuerySet":
        """How many want each besides its asker, and whether this person does; no further queries."""
        joined = ToolRequestJoin.objects.filter(request=models.OuterRef("pk"))
        counted = joined.order_by().values("request").annotate(n=models.Count("pk")).values("n")
        number = models.Subquery(counted, output_field=models.IntegerField())
        return self.select_related("asker", "answered_by", "system").annotate(
            joined_count=models.functions.Coalesce(number, 0),
            is_joined_by_me=models.Exists(joined.filter(user=user)),
        )


class ToolRequest(models.Model):
    """A tool that somebody asks for. Everybody reads what is asked for and the answer; who asks, administrators do."""

    class State(models.TextChoices):
        OPEN = "open", _("waiting for an answer")
        GRANTED = "granted", _("granted")
        REFUSED = "refused", _("refused")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    asker = models.ForeignKey(
        User, verbose_name=_("who asks"), null=True, on_delete=models.SET_NULL, related_name="tool_requests"
    )
    tool = models.CharField(_("tool"), max_length=80)
    folded = models.CharField(max_length=160, editable=False)
    purpose = models.TextField(_("what for"), max_length=LONGEST_PURPOSE)
    data_class = models.CharField(
        _("what is to go in"), max_length=12, choices=DataClass.choices, default=DataClass.INTERNAL
    )
    link = models.URLField(_("link"), max_length=300, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    state = models.CharField(max_length=8, choices=State.choices, default=State.OPEN, editable=False)
    answer = models.TextField(_("answer"), max_length=LONGEST_ANSWER, blank=True, editable=False)
    answered_by = models.ForeignKey(
        User, null=True, editable=False, on_delete=models.SET_NULL, related_name="+", verbose_name=_("by")
    )
    answered_at = models.DateTimeField(null=True, editable=False)
    system = models.ForeignKey(
        AISystem, null=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )

    objects = ToolRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("request for a tool")
        verbose_name_plural = _("requests for tools")
        ordering: ClassVar = ["created_at", "pk"]
        indexes: ClassVar = [models.Index(fields=["state", "created_at"], name="ai_requests_by_state")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["asker", "folded"], condition=Q(state="open"), name="ai_one_open_request_a_tool"
            ),
            models.CheckConstraint(
                condition=Q(state="open", answered_at=None) | (~Q(state="open") & ~Q(answered_at=None)),
                name="ai_request_answer_has_a_time",
            ),
        ]

    def __str__(self) -> str:
        return self.tool

    def save(self, *args, **kwargs) -> None:
        self.folded = self.tool.casefold()
        super().save(*args, **kwargs)

    @property
    def is_open(self) -> bool:
        return self.state == self.State.OPEN

    @property
    def due_at(self) -> datetime:
        return self.created_at + ANSWER_WITHIN

    @property
    def is_overdue(self) -> bool:
        """It waits longer than was promised."""
        return self.is_open and self.due_at < timezone.now()


class ToolRequestJoin(models.Model):
    """ "Me too": a colleague who wants the same tool."""

    request = models.ForeignKey(ToolRequest, on_delete=models.CASCADE, related_name="joined")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    joined_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("joined request for a tool")
        verbose_name_plural = _("joined requests for tools")
        ordering: ClassVar = ["joined_at", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["request", "user"], name="ai_request_joined_once"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} for {self.request_id}"
