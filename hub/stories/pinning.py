"""What happens to a hatpin: stuck somewhere, picked up, handed back, replied to, solved, taken away, made a story."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hub.people.models import User
from hub.refusals import Refusal
from hub.stories import actions
from hub.stories.models import LONGEST_PIN, Hatpin, HatpinReply, Story
from hub.uploads import one_line

Kind = Hatpin.Kind
MOST_PINS = 20  # of one person in one place
MOST_REPLIES = 20  # of one person to one hatpin


def stick(*, place: str, author: User, kind: str, text: str, is_named: bool = True) -> Hatpin:
    """Raises Refusal for no text, too much text, another kind, and more than MOST_PINS."""
    if kind not in Kind.values:
        raise Refusal("unknown_kind", _("Say whether you are stuck or have a workaround."))
    text = _checked(text)
    if Hatpin.objects.at(place).filter(author=author).count() >= MOST_PINS:
        raise Refusal("too_many_pins", _("You have many hatpins here. Take one away first."), status=409)
    words = {"text": text, "language": author.language, "is_named": is_named}
    return Hatpin.objects.create(place=place, author=author, kind=kind, **words)


def _checked(text: str) -> str:
    text = one_line(text)
    if not text:
        raise Refusal("empty", _("Write something first."))
    if len(text) > LONGEST_PIN:
        raise Refusal("too_long", _("This is too long. 400 characters are enough to begin a talk."))
    return text


def pick_up(*, hatpin: Hatpin, helper: User, now: datetime | None = None) -> Hatpin:
    """ "I help": of several at once one is first. Repeating it has no second effect. Raises Refusal."""
    if hatpin.author_id == helper.pk:
        raise Refusal("own_pin", _("This is your own hatpin. Wait for somebody, or solve it."), status=409)
    free = Hatpin.objects.unsolved().filter(pk=hatpin.pk, kind=Kind.STUCK, picked_up_by=None)
    taken = free.update(picked_up_by=helper, picked_up_at=now or timezone.now())
    hatpin.refresh_from_db()
    if not taken and hatpin.picked_up_by_id != helper.pk:
        raise _why_not(hatpin)
    return hatpin


def _why_not(hatpin: Hatpin) -> Refusal:
    if hatpin.is_solved:
        return Refusal("solved", _("This is solved already."), status=409)
    if hatpin.kind != Kind.STUCK:
        return Refusal("no_help_needed", _("This is a workaround; nobody has to help here."), status=409)
    if hatpin.picked_up_by is None:
        return Refusal("handed_back", _("Somebody has just handed it back. Try again."), status=409)
    sentence = _("%(name)s was faster and helps already. You can still reply.")
    return Refusal("picked_up", sentence % {"name": hatpin.picked_up_by.get_full_name()}, status=409)


def hand_back(*, hatpin: Hatpin, helper: User) -> Hatpin:
    """So that somebody else can help. Raises Refusal for whoever does not help here."""
    mine = Hatpin.objects.unsolved().filter(pk=hatpin.pk, picked_up_by=helper)
    if not mine.update(picked_up_by=None, picked_up_at=None):
        raise Refusal("not_yours", _("You do not help here, or it is solved already."), status=409)
    hatpin.refresh_from_db()
    return hatpin


def reply(*, hatpin: Hatpin, author: User, text: str) -> HatpinReply:
    """Raises Refusal for no text, too much text, and more than MOST_REPLIES."""
    text = _checked(text)
    if hatpin.replies.filter(author=author).count() >= MOST_REPLIES:
        raise Refusal(
            "too_many_replies", _("You have replied here very often. Talk to each other."), status=409
        )
    return hatpin.replies.create(author=author, text=text)


def solve(*, hatpin: Hatpin, by: User, now: datetime | None = None) -> Hatpin:
    """By whoever stuck it or helps. Repeating it has no second effect. Raises Refusal for others."""
    if by.pk not in (hatpin.author_id, hatpin.picked_up_by_id):
        raise Refusal("not_yours", _("Whoever is stuck or helps says when it is solved."), status=403)
    Hatpin.objects.unsolved().filter(pk=hatpin.pk).update(solved_at=now or timezone.now())
    hatpin.refresh_from_db()
    return hatpin


def reopen(*, hatpin: Hatpin, by: User) -> Hatpin:
    """It was not solved after all. Repeating it has no second effect. Raises Refusal as `solve` does."""
    if by.pk not in (hatpin.author_id, hatpin.picked_up_by_id):
        raise Refusal("not_yours", _("Whoever is stuck or helps says when it is solved."), status=403)
    Hatpin.objects.filter(pk=hatpin.pk).update(solved_at=None)
    hatpin.refresh_from_db()
    return hatpin


def withdraw(*, hatpin: Hatpin, by: User, runs_place: bool = False) -> None:
    """Take it away with its replies. Raises Refusal for anybody but its author and whoever runs the place."""
    if by.pk != hatpin.author_id and not runs_place:
        raise Refusal("not_yours", _("Only whoever stuck it can take it away."), status=403)
    hatpin.delete()


def story_from_hatpin(*, hatpin: Hatpin, by: User, language: str = "") -> Story:
    """A draft of its author's own with the hatpin's words; asking again gives the same one. Raises Refusal."""
    if by.pk != hatpin.author_id:
        raise Refusal("not_yours", _("Only whoever stuck it can make a story of it."), status=403)
    if hatpin.kind == Kind.STUCK and not hatpin.is_solved:
        raise Refusal("not_solved", _("It becomes a story once it is solved."), status=409)
    story = Story(
        title=heading_of(hatpin.text),
        body=hatpin.text,
        language=language or by.language,
        is_named=hatpin.is_named,
        hatpin=hatpin,
    )
    try:
        with transaction.atomic():
            return actions.write(story=story, author=by, origin=hatpin.place)
    except IntegrityError:
        return Story.objects.get(hatpin=hatpin)


def heading_of(text: str) -> str:
    """The first words, as many as make a title."""
    return text if len(text) <= 80 else f"{text[:80].rpartition(' ')[0] or text[:79]}…"
