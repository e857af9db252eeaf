"""The headings that a guide adds to those of its material, in the material's language.

They become part of the guide and stay as they are, whoever reads it; hence no gettext.
"""

from collections.abc import Mapping

HEADINGS: Mapping[str, Mapping[str, str]] = {
    "de": {
        "terms": "Begriffe",
        "questions": "Fragen zur Selbstkontrolle",
    },
    "en": {
        "terms": "Key terms",
        "questions": "Check yourself",
    },
}


def say(language: str, name: str) -> str:
    """English where the language is not known."""
    return HEADINGS.get(language, HEADINGS["en"])[name]
