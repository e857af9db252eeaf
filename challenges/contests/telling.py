"""How somebody did it, told after the reveal: a story of one's own, begun with what one wrote in the claims."""

from django.utils.translation import gettext as _

from challenges.contests.models import Challenge, Claim, Entry
from challenges.contests.own_claims import own_claims
from hub.people.models import User
from hub.refusals import Refusal
from hub.stories import actions as story_actions
from hub.stories.models import LONGEST_STORY, Story


def place_of(entry: Entry) -> str:
    """Where a story says it comes from."""
    return f"entry:{entry.pk}"


def tell(*, entry: Entry, user: User) -> Story:
    """The person's draft about this entry; once begun, the same one. Raises Refusal before the reveal."""
    if not entry.challenge.is_revealed:
        raise Refusal("sealed", _("How you did it is told after the reveal."), status=409)
    origin = place_of(entry)
    told = Story.objects.filter(author=user, origin=origin).order_by("created_at").first()
    if told:
        return told
    verified = own_claims(entry).filter(state=Claim.State.VERIFIED)
    words = [f"{claim.steps_title}: {claim.method}" for claim in verified]
    story = Story(
        title=entry.process.title[:120],
        body="\n\n".join(words)[:LONGEST_STORY] or entry.process.title,
        language=user.language,
    )
    return story_actions.write(story=story, author=user, origin=origin)


def stories_of(challenge: Challenge, entries: list[Entry]) -> list[Story]:
    """Published stories of these entries of a revealed bet, in the order of the entries. One query."""
    if not challenge.is_revealed or not entries:
        return []
    places = {place_of(entry): number for number, entry in enumerate(entries)}
    found = Story.objects.published().filter(origin__in=places).select_related("author")
    return sorted(found, key=lambda story: places[story.origin])
