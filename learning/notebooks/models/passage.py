"""Passages: the smallest things that are found and cited."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from hub.people.models import User
from learning.notebooks.models.notebook import Notebook
from learning.notebooks.models.source import Source, taught_condition


class PassageQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> "PassageQuerySet":
        return self.filter(
            taught_condition("source__"), source__notebook__in=Notebook.objects.visible_to(user)
        )


class Passage(models.Model):
    """`source.text[start:end]`, the smallest thing that is found and cited."""

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="passages")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    page = models.PositiveIntegerField(null=True)
    heading_path = models.CharField(max_length=400, blank=True)
    language = models.CharField(max_length=2, blank=True)
    content_hash = models.CharField(max_length=64)
    text = models.TextField()

    objects = PassageQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["source", "start"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["source", "start", "end"], name="notebooks_passage_once"),
            models.CheckConstraint(
                condition=Q(end__gt=models.F("start")), name="notebooks_passage_not_empty"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source_id}[{self.start}:{self.end}]"
