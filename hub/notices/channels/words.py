"""What channels that have no page of their own make of a letter: short plain lines, and links that lead to the hub."""

from django.conf import settings
from django.utils.translation import gettext as _

from hub.notices.letters import Letter

MOST_STEPS = 12


def link_to(letter: Letter) -> str:
    return f"{settings.SITE_URL}{letter.path}" if letter.path else ""


def preferences_link() -> str:
    return f"{settings.SITE_URL}/me/notices/"


def stored_link() -> str:
    """Where the hub says what it keeps about the reader."""
    return f"{settings.SITE_URL}/me/#stored"


def shortened(text: str, most: int) -> str:
    """At most so many characters, with a mark where something was left out."""
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def numbered(letter: Letter) -> list[str]:
    return [f"{number}. {step}" for number, step in enumerate(letter.steps[:MOST_STEPS], 1)]


def plain(letter: Letter) -> str:
    """All of it as text."""
    stored = _("What the hub keeps of it: %(address)s") % {"address": stored_link()}
    action = f"{letter.action_label}: {letter.action}" if letter.action else ""
    lines = [
        letter.note,
        *letter.paragraphs,
        "\n".join(numbered(letter)),
        action,
        link_to(letter),
        letter.why,
        stored,
    ]
    return "\n\n".join(line for line in lines if line)
