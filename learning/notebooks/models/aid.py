"""Study aids: what was made of a notebook, item by item, each tied to the passages it stands on."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hub.jobs import LeasedQuerySet, LeasedRow
from hub.people import access
from hub.people.models import User
from learning.notebooks.models.notebook import Notebook
from learning.notebooks.models.passage import Passage
from learning.notebooks.models.source import Source, taught_condition


class StudyAidQuerySet(LeasedQuerySet):
    def present(self) -> "StudyAidQuerySet":
        return self.filter(removed_at=None)

    def released(self) -> "StudyAidQuerySet":
        return self.filter(released_at__isnull=False)

    def visible_to(self, user: User) -> "StudyAidQuerySet":
        """Released ones to whoever may read the notebook; others to their maker and to who may release them."""
        seen = Q(released_at__isnull=False) | Q(made_by=user) | Q(notebook__owner=user)
        if access.is_content_owner(user):
            seen |= ~Q(notebook__audience=Notebook.Audience.PRIVATE)
        return self.present().filter(seen, notebook__in=Notebook.objects.visible_to(user))


class StudyAid(LeasedRow):
    """One guide, quiz, deck of cards, … of a notebook, and the work of making it.

    A person releases it: until then only its maker and the notebook's editors see it.
    """

    class State(models.TextChoices):
        QUEUED = "queued", _("waiting")
        MAKING = "making", _("being made")
        READY = "ready", _("ready")
        FAILED = "failed", _("could not be made")

    class Length(models.TextChoices):
        SHORT = "short", _("short")
        MEDIUM = "medium", _("medium")
        LONG = "long", _("long")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    notebook = models.ForeignKey(Notebook, on_delete=models.CASCADE, related_name="aids")
    kind = models.CharField(max_length=16)
    title = models.CharField(_("title"), max_length=200)
    language = models.CharField(max_length=2, choices=[("de", "Deutsch"), ("en", "English")])
    length = models.CharField(_("length"), max_length=8, choices=Length.choices, default=Length.MEDIUM)
    sources = models.JSONField(default=list, help_text=_("Ids of the chosen sources; empty means all."))
    state = models.CharField(max_length=8, choices=State.choices, default=State.QUEUED)
    progress = models.PositiveSmallIntegerField(default=0, help_text=_("Percent."))
    error_code = models.CharField(max_length=40, blank=True)
    mode = models.CharField(max_length=12, blank=True, help_text=_("extractive or generated"))
    model = models.CharField(max_length=100, blank=True)
    discarded = models.PositiveIntegerField(
        default=0, help_text=_("Items of a model that did not hold against the sources.")
    )
    notice = models.CharField(max_length=300, blank=True)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="study_aids")
    created_at = models.DateTimeField(auto_now_add=True)
    made_at = models.DateTimeField(null=True, blank=True)
    released_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.SET_NULL, related_name="released_aids"
    )
    released_at = models.DateTimeField(null=True, blank=True)
    removed_at = models.DateTimeField(null=True, blank=True)

    objects = StudyAidQuerySet.as_manager()

    class Meta:
        verbose_name = _("study aid")
        verbose_name_plural = _("study aids")
        ordering: ClassVar = ["-created_at", "pk"]
        indexes: ClassVar = [models.Index(fields=["notebook", "kind"], name="notebooks_aids_of_a_kind")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(released_at=None) | Q(state="ready"), name="notebooks_released_aid_is_ready"
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
    def is_released(self) -> bool:
        return self.released_at is not None

    def can_be_released_by(self, user: User) -> bool:
        return self.notebook.can_be_edited_by(user)

    def can_be_edited_by(self, user: User) -> bool:
        """Its maker as long as it is not released; whoever may release it, always."""
        is_own_draft = self.made_by_id == user.pk and not self.is_released
        return is_own_draft or self.can_be_released_by(user)


class AidItemQuerySet(models.QuerySet):
    def shown(self) -> "AidItemQuerySet":
        return self.filter(left_out_at=None)

    def holding(self) -> "AidItemQuerySet":
        """Whose passages all answer today: only these are asked, read aloud and exported."""
        answers = Passage.objects.filter(taught_condition("source__"), pk=models.OuterRef("passage_id"))
        quotes = ItemQuote.objects.filter(item=models.OuterRef("pk"))
        stands = models.Exists(quotes) & ~models.Exists(quotes.filter(~models.Exists(answers)))
        return self.shown().filter(Q(is_cited=False) | stands)

    def visible_to(self, user: User) -> "AidItemQuerySet":
        return self.shown().filter(aid__in=StudyAid.objects.visible_to(user))


class AidItem(models.Model):
    """One item; what `heading`, `body`, `depth` and `data` mean depends on `kind` (see `aids/drafts.py`)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    aid = models.ForeignKey(StudyAid, on_delete=models.CASCADE, related_name="items")
    position = models.PositiveIntegerField()
    kind = models.CharField(max_length=16)
    heading = models.TextField(blank=True, max_length=1000)
    body = models.TextField(blank=True, max_length=4000)
    depth = models.PositiveSmallIntegerField(default=0)
    data = models.JSONField(default=dict)
    is_cited = models.BooleanField(default=False, help_text=_("Stands on passages, as long as these stand."))
    revision = models.PositiveIntegerField(default=1)
    edited_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    edited_at = models.DateTimeField(null=True, blank=True)
    left_out_at = models.DateTimeField(null=True, blank=True)

    objects = AidItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("item")
        verbose_name_plural = _("items")
        ordering: ClassVar = ["position", "pk"]
        indexes: ClassVar = [models.Index(fields=["aid", "position"], name="notebooks_items_in_order")]

    def __str__(self) -> str:
        return f"{self.aid_id} {self.position}: {self.kind}"


class ItemQuote(models.Model):
    """What an item stands on: `text` is exactly `source.text[start:end]`, within one passage.

    It goes with its source. When its passage is replaced by a version that says the same it moves along.
    """

    item = models.ForeignKey(AidItem, on_delete=models.CASCADE, related_name="quotes")
    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="item_quotes")
    passage = models.ForeignKey(Passage, null=True, on_delete=models.SET_NULL, related_name="item_quotes")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    text = models.TextField()

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["item", "source", "start", "end"], name="notebooks_quote_once"),
            models.CheckConstraint(condition=Q(end__gt=models.F("start")), name="notebooks_quote_not_empty"),
        ]

    def __str__(self) -> str:
        return f"{self.source_id}[{self.start}:{self.end}]"
