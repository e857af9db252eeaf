"""The public rule file: every tip in use that fits some page, in one language. It says nothing about anybody."""

from datetime import date

from django.db.models import QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hub.nudges.models import Tip, TipText

VERSION = 1
MOST_PATTERNS = 20


def embedded_tips(today: date) -> QuerySet[Tip]:
    """In use, valid on this day, and with pages that they fit."""
    return Tip.objects.active(today).exclude(pages=[])


def rule_file(language: str, today: date) -> dict[str, object]:
    tips = embedded_tips(today).prefetch_related("texts").order_by("key")
    return {"version": VERSION, "language": language, "tips": [_rule(tip, language) for tip in tips]}


def _rule(tip: Tip, language: str) -> dict[str, object]:
    text = _text(tip, language)
    return {
        "id": str(tip.pk),
        "title": text.title,
        "body": text.body,
        "steps": text.steps,
        "language": text.language,
        "minutes": tip.minutes,
        "link": tip.link,
        "patterns": tip.pages[:MOST_PATTERNS],
    }


def _text(tip: Tip, language: str) -> TipText:
    """In this language, else in the other one; `language` of the rule says which."""
    texts = {text.language: text for text in tip.texts.all()}
    return texts.get(language) or next(iter(texts.values()))


def example_tip() -> dict[str, object]:
    """To look at where no tip of the company's names a page yet."""
    return {
        "id": "example",
        "title": _("Have the offer read by somebody who does not know you"),
        "body": _("An AI assistant finds what a customer would ask, before the customer does."),
        "steps": [
            _("Copy the offer without names and prices."),
            _("Ask: “What is unclear to a buyer who has five minutes?”"),
            _("Answer the best question in the offer itself."),
        ],
        "language": get_language()[:2],
        "minutes": 2,
        "link": "",
        "patterns": [],
    }
