"""Notes that a person takes in a notebook; nobody else sees them."""

import uuid
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from hub.people.models import User
from learning.notebooks.models.notebook import Notebook


class NoteQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> "NoteQuerySet":
        """Only one's own, whoever owns the notebook."""
        return self.filter(author=user, notebook__in=Notebook.objects.visible_to(user))


class Note(models.Model):
    """One's own words, and the answer they were saved with, in the API's shape of an answer."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    notebook = models.ForeignKey(Notebook, on_delete=models.CASCADE, related_name="notes")
    author = models.ForeignKey(User, on_delete=models.CASCADE, related_name="notes")
    title = models.CharField(_("title"), max_length=200)
    body = models.TextField(_("note"), max_length=20_000, blank=True)
    answer = models.JSONField(null=True)
    revision = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = NoteQuerySet.as_manager()

    class Meta:
        verbose_name = _("note")
        verbose_name_plural = _("notes")
        ordering: ClassVar = ["-updated_at", "pk"]
        indexes: ClassVar = [models.Index(fields=["notebook", "author"], name="notebooks_own_notes")]

    def __str__(self) -> str:
        return self.title
