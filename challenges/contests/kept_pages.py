"""Pages of published standings, kept for a minute: the same for everybody, they change with what is published alone.

Nothing sealed is ever in them: a bet that is not revealed has none.
"""

from collections.abc import Callable
from typing import TypeVar

from django.core.cache import cache
from django.core.paginator import Page, Paginator
from django.template.loader import render_to_string
from django.utils.translation import get_language

from challenges.contests.models import Challenge, PublishedStanding
from challenges.contests.presenting import standings_of, with_steps

ROWS_A_PAGE = 100
SECONDS = 60  # within which a changed name may still be the old one
Made = TypeVar("Made")


def page_of(challenge: Challenge, number: str | None) -> "Page[PublishedStanding]":
    return Paginator(standings_of(challenge), ROWS_A_PAGE).get_page(number)


def standings_html(challenge: Challenge, number: str | None) -> str:
    """The list and its pages, in the language active now."""

    def make() -> str:
        page = page_of(challenge, plain_number(number))
        context = {"challenge": challenge, "page": page, "standings": with_steps(page)}
        return render_to_string("contests/_standings_page.html", context)

    return kept(challenge, f"html:{get_language()}:{plain_number(number)}", make)


def kept(challenge: Challenge, what: str, make: Callable[[], Made]) -> Made:
    """What `make` gives, once for each state of what is published."""
    if not challenge.is_revealed or challenge.published_at is None:
        return make()
    return cache.get_or_set(
        f"standings:{challenge.pk}:{challenge.published_at.timestamp()}:{what}", make, SECONDS
    )


def plain_number(number: str | None) -> str:
    """A page's number as it stands in the address, "1" for anything else."""
    return number if number and number.isascii() and number.isdigit() and len(number) < 7 else "1"
