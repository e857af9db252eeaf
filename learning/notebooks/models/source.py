"""The documents of a notebook, version by version, and which of them answer today."""

import uuid
from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hub.jobs import LeasedQuerySet, LeasedRow
from hub.people.models import User
from learning.notebooks.failures import failure_sentence
from learning.notebooks.models.notebook import Notebook
from learning.notebooks.paths import source_file_path


class SourceQuerySet(LeasedQuerySet):
    def present(self) -> "SourceQuerySet":
        return self.filter(removed_at=None)

    def current(self) -> "SourceQuerySet":
        """Present and not superseded by a newer version."""
        return self.present().filter(superseded_at=None)

    def taught(self, today: date | None = None) -> "SourceQuerySet":
        """What may answer today: current, read, and within its validity."""
        return self.filter(taught_condition(today=today))

    def visible_to(self, user: User) -> "SourceQuerySet":
        return self.present().filter(notebook__in=Notebook.objects.visible_to(user))


def taught_condition(prefix: str = "", today: date | None = None) -> Q:
    """The one place that says which sources answer; `prefix` leads from another model to the source.

    Validity is a matter of calendar days where the site is. What replaces a source answers from its first
    day on, also before the sweep has marked the older one as superseded.
    """
    today = today or timezone.localdate()
    has_begun = Source.objects.current().filter(state=Source.State.READY, valid_from__lte=today)
    return (
        Q(**{f"{prefix}removed_at": None, f"{prefix}superseded_at": None, f"{prefix}state": "ready"})
        & (Q(**{f"{prefix}valid_from": None}) | Q(**{f"{prefix}valid_from__lte": today}))
        & (Q(**{f"{prefix}valid_until": None}) | Q(**{f"{prefix}valid_until__gte": today}))
        & ~models.Exists(has_begun.filter(replaces=models.OuterRef(f"{prefix}pk")))
    )


class Source(LeasedRow):
    """One version of one document of a notebook. `text` is what was read; passages are ranges of it."""

    class State(models.TextChoices):
        QUEUED = "queued", _("waiting")
        READING = "reading", _("being read")
        INDEXING = "indexing", _("being indexed")
        READY = "ready", _("ready")
        FAILED = "failed", _("could not be read")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    notebook = models.ForeignKey(Notebook, on_delete=models.CASCADE, related_name="sources")
    title = models.CharField(_("title"), max_length=200)
    file = models.FileField(upload_to=source_file_path, max_length=200, blank=True)
    file_name = models.CharField(max_length=200, blank=True)
    byte_count = models.PositiveBigIntegerField(default=0)
    content_sha256 = models.CharField(max_length=64)
    state = models.CharField(max_length=8, choices=State.choices, default=State.QUEUED)
    error_code = models.CharField(max_length=40, blank=True)
    error_details = models.JSONField(default=dict)
    progress = models.PositiveSmallIntegerField(default=0, help_text=_("Percent of the current stage."))
    format = models.CharField(max_length=12, blank=True)
    language = models.CharField(max_length=2, blank=True)
    text = models.TextField(blank=True)
    pages = models.JSONField(default=list, help_text=_("[number, start, end] of each page or slide."))
    headings = models.JSONField(default=list, help_text=_("[level, title, start] of each heading."))
    word_count = models.PositiveIntegerField(default=0)
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="sources")
    owner = models.ForeignKey(
        User,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="owned_sources",
        verbose_name=_("responsible"),
        help_text=_("Who answers for what it says. Whoever added it, unless somebody else is named."),
    )
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    replaces = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="replacements"
    )
    superseded_at = models.DateTimeField(
        null=True, blank=True, help_text=_("A newer version was read: answers nothing from this moment on.")
    )
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_until = models.DateField(
        _("valid until"), null=True, blank=True, help_text=_("The last day on which it answers.")
    )
    created_at = models.DateTimeField(auto_now_add=True)
    read_at = models.DateTimeField(null=True, blank=True)
    removed_at = models.DateTimeField(
        null=True,
        blank=True,
        help_text=_("Removed: answers nothing from this moment on; can be put back for a while."),
    )

    objects = SourceQuerySet.as_manager()

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        ordering: ClassVar = ["created_at", "title"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["notebook", "content_sha256"],
                condition=Q(removed_at=None, superseded_at=None),
                name="notebooks_source_once",
            ),
            models.CheckConstraint(
                condition=Q(valid_from=None)
                | Q(valid_until=None)
                | Q(valid_until__gte=models.F("valid_from")),
                name="notebooks_source_valid_in_order",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["ready", "failed"]) | Q(is_done=True),
                name="notebooks_settled_is_done",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_ready(self) -> bool:
        return self.state == self.State.READY

    @property
    def is_failed(self) -> bool:
        return self.state == self.State.FAILED

    @property
    def error(self) -> str:
        """Why it could not be read, as a sentence in the language active now; empty if it could."""
        return failure_sentence(self.error_code, self.error_details) if self.error_code else ""

    @property
    def answered_until(self) -> date | None:
        """The last day on which a superseded version answered; None if it never did."""
        if not self.is_ready:
            return None
        last = timezone.localdate(self.superseded_at)
        if self.valid_until is not None:
            last = min(last, self.valid_until)
        first = timezone.localdate(self.read_at)
        if self.valid_from is not None:
            first = max(first, self.valid_from)
        return last if first <= last else None

    def can_be_removed_by(self, user: User) -> bool:
        return self.added_by_id == user.pk or self.notebook.can_be_edited_by(user)
