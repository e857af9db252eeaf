"""Pages of published standings, kept for a minute: the same for everybody, they change with what is published alone.

Nothing sealed is ever in them: a bet that is not revealed has none.
"""

from collections.abc import Callable, Collection
from typing import TypeVar
from uuid import UUID

from django.core.cache import cache
from django.core.paginator import Page, Paginator
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
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


def own_place_html(challenge: Challenge, entries: Collection[UUID]) -> SafeString:
    """The place of whoever took part in these."""
    if not entries:
        return mark_safe("")
    own = with_steps(standings_of(challenge).filter(entry__in=entries))
    return render_to_string("contests/_own_place.html", {"challenge": challenge, "standings": own})


def kept(challenge: Challenge, what: str, make: Callable[[], Made]) -> Made:
    """What `make` gives, once for each state of what is published."""
    if not challenge.is_revealed or challenge.published_at is None:
        return make()
    return cache.get_or_set(kept_key(challenge, what), make, SECONDS)


def kept_key(challenge: Challenge, what: str) -> str:
    """Another one for each state of what is published."""
    published = challenge.published_at.timestamp() if challenge.published_at else 0
    return f"standings:{challenge.pk}:{published}:{what}"


def plain_number(number: str | None) -> str:
    """A page's number as it stands in the address, "1" for anything else."""
    return number if number and number.isascii() and number.isdigit() and len(number) < 7 else "1"
