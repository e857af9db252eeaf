"""Notebooks, what stands in them, and what people learn from them; one module a noun."""

from learning.notebooks.models.exchange import Exchange
from learning.notebooks.models.notebook import Notebook
from learning.notebooks.models.passage import Passage
from learning.notebooks.models.source import Source, taught_condition
from learning.notebooks.models.vectors import FusionWeight, SourceVectors

__all__ = [
    "Exchange",
    "FusionWeight",
    "Notebook",
    "Passage",
    "Source",
    "SourceVectors",
    "taught_condition",
]
