"""The stories of the library: those that are published; searched, filtered and put in order."""

from hub.people.models import User
from hub.stories.models import Story, StoryQuerySet


def library_for(
    user: User, *, q: str = "", kind: str = "", tool: str = "", language: str = "", order: str = ""
) -> StoryQuerySet:
    found = Story.objects.published().holding(q).with_kudos(user)
    if kind:
        found = found.filter(kind=kind)
    if tool:
        # Only known spellings are chosen from: the folded words would also find it within a sentence.
        named = Story.objects.published().exclude(tool="").values_list("tool", flat=True).distinct()
        found = found.filter(tool__in=[each for each in named if each.casefold() == tool.casefold()])
    if language:
        found = found.filter(language=language)
    first = ["-kudos_count"] if order == "kudos" else []
    return found.order_by(*first, "-published_at", "pk")
