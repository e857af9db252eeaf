"""What a notebook's readers asked for in vain, as counts that point at nobody."""

from typing import ClassVar

from django.db import models

from learning.notebooks.models.notebook import Notebook


class GapFigure(models.Model):
    """The published figure of one notebook and one closed window of weeks; written once, then only read.

    `people` is how many asked in vain, rounded down, or None if they are too few to say; `words` are those
    that enough of them used.
    """

    notebook = models.ForeignKey(Notebook, on_delete=models.CASCADE, related_name="gap_figures")
    monday = models.DateField()
    weeks = models.PositiveSmallIntegerField()
    people = models.PositiveIntegerField(null=True)
    words = models.JSONField(default=list)

    class Meta:
        ordering: ClassVar = ["-monday"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["notebook", "monday"], name="notebooks_gaps_once")
        ]

    def __str__(self) -> str:
        return f"{self.notebook_id} {self.monday}: {self.people}"
