"""What is learned with: quizzes, cards, questions, and what the material could not answer."""

from django.utils.translation import gettext_lazy as _

from hub.adoption.report import Measure, Report, Shape
from hub.disclosure.figures import Kind

REPORT = Report(
    name="learning",
    title=_("Learning"),
    question=_("What do people learn with?"),
    definition=_(
        "People who in the week finished a quiz, reviewed cards, asked a notebook, or asked one that could not "
        "answer from its sources (a gap in the material), each divided by the people of the group."
    ),
    formula=_("people with at least one in the week ÷ people of the group"),
    measures=(
        Measure("questions-asked", Kind.SHARE, _("Asked")),
        Measure("quiz-done", Kind.SHARE, _("Quiz done")),
        Measure("cards-reviewed", Kind.SHARE, _("Cards reviewed")),
        Measure("questions-refused", Kind.SHARE, _("No answer in the material")),
    ),
    newest=_("At %(entity)s, %(figure)s asked a notebook in the week of %(week)s."),
    shape=Shape.STEPS,
    synonyms=(
        "learn, learning, quiz, quizzes, quizfrage, quizfragen, card, cards, flashcards, question, questions, "
        "notebook, notebooks, gap, gaps, refused, lernen, lernt, gelernt, karten, lernkarten, frage, fragen, "
        "notizbuch, notizbücher, lücke, lücken"
    ),
)
