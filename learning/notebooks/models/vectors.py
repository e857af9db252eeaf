"""What an embedding model made of a notebook, and the work of making it."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hub.jobs import LeasedQuerySet, LeasedRow
from learning.notebooks.models.notebook import Notebook
from learning.notebooks.models.source import Source


class SourceVectors(LeasedRow):
    """The embeddings of one source's passages under one model, and the work of making them.

    `data` holds `count` rows of `dimension` little-endian 32-bit floats of unit length, in the order of the
    passages' primary keys; empty until the work is done. Rows go with the passages they were made of.
    """

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="vectors")
    signature = models.CharField(max_length=64)
    count = models.PositiveIntegerField(default=0)
    dimension = models.PositiveIntegerField(default=0)
    data = models.BinaryField(default=b"")

    objects = LeasedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["source", "signature"], name="notebooks_vectors_once")
        ]

    def __str__(self) -> str:
        return f"{self.source_id} {self.signature}"


class FusionWeight(LeasedRow):
    """How much an embedding model counts in one notebook's search, and the work of measuring it there."""

    notebook = models.ForeignKey(Notebook, on_delete=models.CASCADE, related_name="fusion_weights")
    signature = models.CharField(max_length=64)
    weight = models.FloatField(default=0)
    passages = models.PositiveIntegerField(
        default=0, help_text=_("How many there were when it was measured.")
    )

    objects = LeasedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["notebook", "signature"], name="notebooks_weight_once"),
            models.CheckConstraint(
                condition=Q(weight__gte=0, weight__lte=1), name="notebooks_weight_is_a_share"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.notebook_id} {self.signature}: {self.weight}"
