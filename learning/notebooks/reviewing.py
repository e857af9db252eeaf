"""A learner's flashcards: decks taken up, cards due, reviews and taking the last one back."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _

from hub.notices import silence
from hub.people.models import User
from hub.people.moments import hours_after
from hub.refusals import Refusal
from learning.notebooks.memory import Memory, reviewed, shown_at
from learning.notebooks.models import AidItem, CardReview, CardState, Deck, ReviewRhythm, StudyAid

NEW = "new"  # what a page has seen of a card that was never reviewed


@dataclass(frozen=True)
class Queue:
    """`card` is the one to show now, or None; `due`, `new` how many of each wait today."""

    card: AidItem | None
    state: CardState | None
    due: int
    new: int

    @property
    def left(self) -> int:
        return self.due + self.new

    @property
    def seen(self) -> str:
        """Names the state that the page shows, so that a card is not answered twice."""
        return self.state.reviewed_at.isoformat() if self.state else NEW


def take_up(*, aid: StudyAid, learner: User) -> Deck:
    """Learn the cards of an aid. Raises Refusal for an aid of another kind."""
    if aid.kind != "cards" or not aid.is_ready:
        raise Refusal("no_cards", _("These are no cards that one can learn."), status=409)
    deck, _new = Deck.objects.get_or_create(aid=aid, learner=learner)
    return deck


def put_down(*, aid: StudyAid, learner: User) -> None:
    """Learn them no more. What the memory holds of them stays, should they be taken up again."""
    Deck.objects.filter(aid=aid, learner=learner).delete()


def rhythm_of(learner: User) -> ReviewRhythm:
    return ReviewRhythm.objects.filter(learner=learner).first() or ReviewRhythm(learner=learner)


def change_rhythm(
    *, learner: User, rhythm: str, new_at_once: int, now: datetime | None = None
) -> ReviewRhythm:
    """Also moves what is due already. Raises Refusal for values out of bounds."""
    if rhythm not in ReviewRhythm.Rhythm.values or not 0 <= new_at_once <= 100:
        raise Refusal("bad_rhythm", _("Choose between 0 and 100 new cards."))
    kept, _new = ReviewRhythm.objects.update_or_create(
        learner=learner, defaults={"rhythm": rhythm, "new_at_once": new_at_once}
    )
    hours, zone = _hours(kept, now or timezone.now()), ZoneInfo(learner.time_zone)
    states = list(CardState.objects.filter(learner=learner))
    for state in states:
        state.due_at = shown_at(_memory(state), hours, zone)
    CardState.objects.bulk_update(states, ["due_at"], batch_size=500)
    return kept


def _hours(rhythm: ReviewRhythm, now: datetime) -> Sequence[datetime]:
    if rhythm.rhythm == ReviewRhythm.Rhythm.DAILY:
        return ()
    return [hour.starts_at for hour in hours_after(rhythm.learner, now)]


def cards_of(learner: User) -> QuerySet[AidItem]:
    """The cards that the learner has taken up, may see, and whose passages answer today."""
    aids = StudyAid.objects.visible_to(learner).filter(kind="cards", decks__learner=learner)
    return AidItem.objects.holding().filter(aid__in=aids, kind="card")


def midnight_after(learner: User, now: datetime) -> datetime:
    """The end of the learner's day; what is due before it is shown today."""
    zone = ZoneInfo(learner.time_zone)
    tomorrow = now.astimezone(zone).date() + timedelta(days=1)
    return datetime.combine(tomorrow, time.min, zone)


def queue_of(learner: User, now: datetime | None = None) -> Queue:
    """What is to do today; four queries. Due cards first, then new ones, then those of a minute ago."""
    now = now or timezone.now()
    cards, until = cards_of(learner), midnight_after(learner, now)
    states = CardState.objects.filter(learner=learner, item__in=cards, due_at__lt=until).order_by(
        "due_at", "pk"
    )
    due = list(states)
    fresh = cards.exclude(card_states__learner=learner).order_by("aid__created_at", "aid", "position")
    room = max(0, rhythm_of(learner).new_at_once - _begun_today(learner, until))
    new = list(fresh.values_list("pk", flat=True)[:room])
    ready = (state for state in due if state.due_at <= now or not _memory(state).is_within_sitting)
    state = next(ready, None if new else next(iter(due), None))
    pk = state.item_id if state else next(iter(new), None)
    card = AidItem.objects.select_related("aid__notebook").filter(pk=pk).first()
    return Queue(card, state, due=len(due), new=len(new))


def next_due(learner: User, now: datetime | None = None) -> datetime | None:
    """When the next card comes after today; None if none does."""
    until = midnight_after(learner, now or timezone.now())
    later = CardState.objects.filter(learner=learner, item__in=cards_of(learner), due_at__gte=until)
    return later.order_by("due_at").values_list("due_at", flat=True).first()


def answered_today(learner: User, now: datetime | None = None) -> int:
    since = midnight_after(learner, now or timezone.now()) - timedelta(days=1)
    return CardReview.objects.filter(learner=learner, reviewed_at__gte=since).count()


def _begun_today(learner: User, until: datetime) -> int:
    since = until - timedelta(days=1)
    return CardReview.objects.filter(learner=learner, before__isnull=True, reviewed_at__gte=since).count()


def has_decks(learner: User) -> bool:
    """Whether the learner learns any cards; one query."""
    return Deck.objects.filter(learner=learner).exists()


def review(
    *, learner: User, item: AidItem, rating: int, seen: str = "", now: datetime | None = None
) -> CardState:
    """Keep one answer. With `seen`, the state that the page showed, a card is not answered twice.

    Raises Refusal for a rating that is none, a card that is not learned, or one that was answered meanwhile.
    """
    now = now or timezone.now()
    if rating not in CardReview.Rating.values:
        raise Refusal("bad_rating", _("Say how well you knew it: again, hard, good or easy."))
    if not cards_of(learner).filter(pk=item.pk).exists():
        raise Refusal("not_learned", _("You are not learning this card, or it holds no longer."), status=409)
    try:
        with transaction.atomic():
            return _review(learner, item, rating, seen, now)
    except IntegrityError as error:
        raise _answered() from error


def _answered() -> Refusal:
    return Refusal("answered", _("This card was answered already. Go on with the next one."), status=409)


def _review(learner: User, item: AidItem, rating: int, seen: str, now: datetime) -> CardState:
    state = CardState.objects.select_for_update().filter(learner=learner, item=item).first()
    is_as_seen = state is None if seen == NEW else state and parse_datetime(seen) == state.reviewed_at
    if seen and not is_as_seen:
        raise _answered()
    before = _memory(state) if state else None
    memory = reviewed(before, rating, now)
    due_at = shown_at(memory, _hours(rhythm_of(learner), now), ZoneInfo(learner.time_zone))
    CardReview.objects.create(
        learner=learner, item=item, rating=rating, reviewed_at=now, before=_as_json(before, state)
    )
    silence.have_followed([learner.pk])
    state = state or CardState(learner=learner, item=item)
    return _write(state, memory, due_at)


def _write(state: CardState, memory: Memory, due_at: datetime) -> CardState:
    for name, value in asdict(memory).items():
        setattr(state, name, value)
    state.due_at = due_at
    state.save()
    return state


def _memory(state: CardState) -> Memory:
    names = ("state", "step", "stability", "difficulty", "forgetting_at", "reviewed_at")
    return Memory(*(getattr(state, name) for name in names))


def _as_json(memory: Memory | None, state: CardState | None) -> dict | None:
    if memory is None or state is None:
        return None
    times = {name: getattr(state, name).isoformat() for name in ("forgetting_at", "reviewed_at", "due_at")}
    return {**asdict(memory), **times}


@transaction.atomic
def undo(*, learner: User) -> UUID:
    """Take the learner's last answer back; returns the card. Raises Refusal if there is none today."""
    since = midnight_after(learner, timezone.now()) - timedelta(days=1)
    rows = CardReview.objects.select_for_update().filter(learner=learner, reviewed_at__gte=since)
    last = rows.first()
    if last is None:
        raise Refusal("nothing_to_undo", _("You have answered no card today."), status=409)
    state = CardState.objects.filter(learner=learner, item=last.item_id).first()
    if last.before is None:
        CardState.objects.filter(learner=learner, item=last.item_id).delete()
    elif state is not None:
        before = dict(last.before)
        for name in ("forgetting_at", "reviewed_at", "due_at"):
            before[name] = parse_datetime(before[name])
        due_at = before.pop("due_at")
        _write(state, Memory(**before), due_at)
    last.delete()
    return last.item_id


def previews(learner: User, state: CardState | None, now: datetime | None = None) -> dict[int, datetime]:
    """By rating when the card would come back."""
    now = now or timezone.now()
    hours, zone = _hours(rhythm_of(learner), now), ZoneInfo(learner.time_zone)
    before = _memory(state) if state else None
    return {
        rating: shown_at(reviewed(before, rating, now), hours, zone) for rating in CardReview.Rating.values
    }
