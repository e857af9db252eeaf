"""Notebooks, what stands in them, and what people learn from them; one module a noun."""

from learning.notebooks.models.aid import AidItem, ItemQuote, StudyAid
from learning.notebooks.models.attempt import Attempt, AttemptAnswer
from learning.notebooks.models.card import CardReview, CardState, Deck, ReviewRhythm
from learning.notebooks.models.exchange import Exchange
from learning.notebooks.models.gap import GapFigure
from learning.notebooks.models.note import Note
from learning.notebooks.models.notebook import Notebook
from learning.notebooks.models.passage import Passage
from learning.notebooks.models.recording import AidRecording
from learning.notebooks.models.role_play import RolePlay
from learning.notebooks.models.source import Source, taught_condition
from learning.notebooks.models.vectors import FusionWeight, SourceVectors

__all__ = [
    "AidItem",
    "AidRecording",
    "Attempt",
    "AttemptAnswer",
    "CardReview",
    "CardState",
    "Deck",
    "Exchange",
    "FusionWeight",
    "GapFigure",
    "ItemQuote",
    "Note",
    "Notebook",
    "Passage",
    "ReviewRhythm",
    "RolePlay",
    "Source",
    "SourceVectors",
    "StudyAid",
    "taught_condition",
]
