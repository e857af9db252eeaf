"""A tip as pages outside the hub read it: what the public rule file lists, and what its author's preview shows."""

from hub.nudges.models import Tip, TipText
from hub.nudges.patterns import MOST_PATTERNS


def rule_of(tip: Tip, language: str) -> dict[str, object]:
    """In this language, else in the other one; `language` of the rule says which."""
    text = _text(tip, language)
    return {
        "id": str(tip.pk),
        "title": text.title,
        "body": text.body,
        "steps": text.steps,
        "language": text.language,
        "minutes": tip.minutes,
        "link": tip.do_it_now[0],
        "patterns": tip.pages[:MOST_PATTERNS],
    }


def _text(tip: Tip, language: str) -> TipText:
    texts = {text.language: text for text in tip.texts.all()}
    return texts.get(language) or next(iter(texts.values()))
