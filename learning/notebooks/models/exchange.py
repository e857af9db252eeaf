"""The conversations that people have with notebooks."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from hub.people.models import User
from learning.notebooks.models.notebook import Notebook


class ExchangeQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> "ExchangeQuerySet":
        """Only one's own: a conversation is private, whoever owns the notebook."""
        return self.filter(asker=user, notebook__in=Notebook.objects.visible_to(user))


class Exchange(models.Model):
    """A question and its answer as it was shown, in the API's shape."""

    notebook = models.ForeignKey(Notebook, on_delete=models.CASCADE, related_name="exchanges")
    asker = models.ForeignKey(User, on_delete=models.CASCADE, related_name="exchanges")
    question = models.TextField(max_length=2000)
    answer = models.JSONField()
    asked_at = models.DateTimeField(auto_now_add=True)

    objects = ExchangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering: ClassVar = ["asked_at", "pk"]
        indexes: ClassVar = [
            models.Index(fields=["notebook", "asker", "asked_at"], name="notebooks_conversation")
        ]

    def __str__(self) -> str:
        return f"{self.notebook_id} {self.asked_at:%Y-%m-%d %H:%M}"
