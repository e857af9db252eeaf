"""What aids say of their own, in the language of the material: headings of a guide and lines of a script.

These words become part of an item and stay in its language, whoever reads it; hence no gettext.
"""

from collections.abc import Mapping

HEADINGS: Mapping[str, Mapping[str, str]] = {
    "de": {
        "terms": "Begriffe",
        "questions": "Fragen zur Selbstkontrolle",
        "points": "Das Wichtigste",
        "missing": "Was fehlt hier?",
        "untitled": "Ohne Überschrift",
    },
    "en": {
        "terms": "Key terms",
        "questions": "Check yourself",
        "points": "What matters most",
        "missing": "What is missing here?",
        "untitled": "Without a heading",
    },
}


def say(language: str, name: str) -> str:
    """English where the language is not known."""
    return HEADINGS.get(language, HEADINGS["en"])[name]
