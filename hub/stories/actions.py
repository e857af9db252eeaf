"""What happens to a story: published, withdrawn and put back, deleted, found helpful."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hub.notices.actions import notify
from hub.people.models import User
from hub.people.zones import zone
from hub.points.actions import award
from hub.refusals import Refusal
from hub.stories.models import Hatpin, HatpinKudos, Kudos, Story

State = Story.State
WORDS = ("title", "body", "went_wrong", "next_time", "tool", "minutes_saved", "language", "is_named")
MOST_STORIES = 200  # of one person
LONGEST_FACT = 80  # of a hatpin, in a notice


def write(*, story: Story, author: User, origin: str = "") -> Story:
    """Keep a new story as a draft. Raises Refusal for more than MOST_STORIES."""
    if Story.objects.filter(author=author).count() >= MOST_STORIES:
        raise Refusal(
            "too_many_stories",
            _("You have as many stories here as there can be. Delete one you no longer need."),
            status=409,
        )
    story.author, story.state, story.origin = author, State.DRAFT, origin
    story.save()
    return story


def change(*, story: Story) -> Story:
    """Keep its words, and nothing else that may have happened to it meanwhile."""
    story.save(update_fields=[*WORDS, "folded"])
    return story


@transaction.atomic
def publish(*, story: Story, now: datetime | None = None) -> Story:
    """From now on everybody reads it; also takes a withdrawal back. Repeating it has no second effect.

    Points come with the first time only, and of several stories in a week one counts.
    """
    now = now or timezone.now()
    first = Story.objects.filter(pk=story.pk, published_at=None).update(published_at=now)
    Story.objects.filter(pk=story.pk).update(state=State.PUBLISHED)
    story.refresh_from_db()
    if first and story.author:
        year, week, _day = now.astimezone(zone(story.author.time_zone)).isocalendar()
        key = f"story:{story.author.subject_key}:{year}-{week:02}"
        award(user=story.author, rule="shared_story", source_key=key, at=now)
    return story


def withdraw(*, story: Story) -> Story:
    """From now on only its author sees it. Raises Refusal for one that nobody else could read."""
    changed = Story.objects.filter(pk=story.pk, state=State.PUBLISHED).update(state=State.WITHDRAWN)
    story.refresh_from_db()
    if not changed and story.state == State.DRAFT:
        raise Refusal("not_published", _("It is a draft; nobody but you can read it."), status=409)
    return story


def delete(*, story: Story) -> None:
    """For good. Raises Refusal while others can read it: that step can be undone, this one cannot."""
    gone, _rows = Story.objects.filter(pk=story.pk).exclude(state=State.PUBLISHED).delete()
    if not gone:
        raise Refusal("still_published", _("Withdraw the story first, then delete it."), status=409)


def give_kudos(*, story: Story, giver: User, now: datetime | None = None) -> bool:
    """Returns whether it is new. Its author is told at most once a story and day."""
    now = now or timezone.now()
    if story.author_id == giver.pk:
        raise Refusal("own_story", _("This is your own story. Others say whether it helps."), status=409)
    if not story.is_published:
        raise Refusal("not_published", _("This story is not published."), status=409)
    try:
        with transaction.atomic():
            Kudos.objects.create(story=story, giver=giver, given_at=now)
    except IntegrityError:
        return False
    if story.author:
        day = now.astimezone(zone(story.author.time_zone)).date()
        notify(
            user=story.author,
            kind="story_kudos",
            dedupe_key=f"kudos:{story.pk}:{day}",
            facts={"name": giver.get_full_name(), "title": story.title},
            path=f"/stories/{story.pk}/",
        )
    return True


def give_pin_kudos(*, hatpin: Hatpin, giver: User, now: datetime | None = None) -> bool:
    """Of one that the giver finds in the library. Returns whether it is new. Its author is told at most once a hatpin
    and day.
    """
    now = now or timezone.now()
    if hatpin.author_id == giver.pk:
        raise Refusal("own_pin", _("This is your own hatpin. Others say whether it helps."), status=409)
    try:
        with transaction.atomic():
            HatpinKudos.objects.create(hatpin=hatpin, giver=giver, given_at=now)
    except IntegrityError:
        return False
    if hatpin.author:
        day = now.astimezone(zone(hatpin.author.time_zone)).date()
        notify(
            user=hatpin.author,
            kind="hatpin_kudos",
            dedupe_key=f"pin-kudos:{hatpin.pk}:{day}",
            facts={"name": giver.get_full_name(), "text": hatpin.text[:LONGEST_FACT]},
            path=f"/stories/?kind=hatpin#pin-{hatpin.pk}",
        )
    return True


def take_pin_kudos_back(*, hatpin: Hatpin, giver: User) -> None:
    HatpinKudos.objects.filter(hatpin=hatpin, giver=giver).delete()


def take_kudos_back(*, story: Story, giver: User) -> None:
    Kudos.objects.filter(story=story, giver=giver).delete()
