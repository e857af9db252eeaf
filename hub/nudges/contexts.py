"""Which tips fit where somebody is: a tool, a moment of the working day, or a page of the hub. Pure; nothing is kept.

Pages outside the hub are not asked about here: they are compared in the browser, so that no address is sent.
"""

from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings

from hub.nudges.models import Tip
from hub.nudges.patterns import matches
from hub.nudges.vocabulary import Area, Moment

LONGEST = 300

# What one does on these pages of the hub, by the first part of their address.
PLACES: dict[str, tuple[Moment | Area, ...]] = {
    "hours": (Moment.BEFORE_MEETING, Moment.IN_MEETING, Moment.AFTER_MEETING),
    "notebooks": (Moment.READING, Moment.COMPARING),
    "review": (Moment.READING,),
    "processes": (Area.PROJECTS, Moment.COMPARING),
    "challenges": (Area.PROJECTS, Moment.PLANNING),
    "stories": (Moment.WRITING,),
    "adoption": (Moment.REPORTING,),
    "inbox": (Moment.LONG_MAIL,),
    "may-i": (Area.IT,),
}


def place_of(path: str) -> str:
    """The first part of a path of the hub as an address, "/notebooks/"; empty where no tip belongs to it."""
    first = path.strip("/").split("/")[0]
    return f"/{first}/" if first in PLACES else ""


def fits(context: str) -> Callable[[Tip], bool] | None:
    """What decides whether a tip fits this context; None for a context that says nothing."""
    if context in Tip.Tool.values:
        return lambda tip: tip.tool == context
    if context in Moment.values:
        return lambda tip: context in tip.moments
    if context.startswith("/") and len(context) <= LONGEST:
        return _fits_page(context)
    return None


def _fits_page(path: str) -> Callable[[Tip], bool]:
    """What an author named for this page of the hub, and what one usually does there."""
    address = f"https://{urlsplit(settings.SITE_URL).netloc}{path.split('?')[0].split('#')[0]}"
    done_here = PLACES.get(place_of(path).strip("/"), ())

    def decide(tip: Tip) -> bool:
        is_named = any(matches(pattern, address) for pattern in tip.pages)
        return is_named or tip.area in done_here or any(moment in done_here for moment in tip.moments)

    return decide
