"""A calendar that hangs in the demo company since four days ago, and one in the making."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from hub.demo.company import key
from hub.demo.history import ZONE
from hub.drops.authoring import create
from hub.drops.contents.meetings import MEETINGS
from hub.drops.contents.shape import Starter
from hub.drops.contents.tidying import TIDYING
from hub.drops.models import Drop, DropDoor, DropOpening
from hub.drops.vocabulary import Kind
from hub.people.models import User

BEGUN_DAYS_AGO = 4
# What a leader tells stands behind the door of the first day of the demo, so that a newcomer finds it.
TOLD_BY = "bertha.ringer"
TOLD = {
    "title_de": "Meine kürzeste Vorstandssitzung",
    "text_de": "Ich lasse mir jede Vorlage vorher in fünf Fragen zerlegen und schicke sie herum. Letzten Montag waren "
    "vier davon schon beantwortet, als wir uns setzten. Nach zwanzig Minuten standen wir wieder auf.",
    "title_en": "My shortest board meeting",
    "text_en": "I have every paper taken apart into five questions beforehand and send them round. Last Monday, four "
    "of them were answered by the time we sat down. Twenty minutes later we got up again.",
}
OPENED_BY = {"emma.lindner": (1, 2, 3), "farid.nassar": (1, 2, 3, 4)}


def load_drops(cast: dict[str, User], today: date) -> None:
    """Running it again changes nothing."""
    if Drop.objects.exists():
        return
    author = cast["farid.nassar"]
    hung = _begin(author, MEETINGS, today - timedelta(days=BEGUN_DAYS_AGO))
    told = hung.doors.filter(number=BEGUN_DAYS_AGO + 1)
    told.update(kind=Kind.STORY, leader=cast[TOLD_BY], leader_agreed=True, **TOLD)
    published_at = datetime.combine(hung.starts_on - timedelta(days=6), time(15, 20), tzinfo=ZONE)
    hung.state, hung.published_at = Drop.State.PUBLISHED, published_at
    hung.save()
    doors = {door.number: door for door in hung.doors.all()}
    DropOpening.objects.bulk_create(
        _opening(cast[name], doors[number], hung) for name, numbers in OPENED_BY.items() for number in numbers
    )
    begun = _begin(author, TIDYING, today + timedelta(days=112 - today.weekday()))
    begun.doors.filter(number__gt=7).update(title_de="", text_de="", title_en="", text_en="")


def _begin(author: User, starter: Starter, starts_on: date) -> Drop:
    words = {f"title_{language}": title for language, title in starter.titles.items()}
    words |= {f"intro_{language}": intro for language, intro in starter.intros.items()}
    drop = Drop(
        pk=key(f"drop:{starter.key}"),
        size=len(starter.doors),
        starts_on=starts_on,
        created_at=timezone.now(),
        **words,
    )
    return create(drop=drop, by=author, source=f"starter:{starter.key}")


def _opening(user: User, door: DropDoor, drop: Drop) -> DropOpening:
    at = datetime.combine(drop.day_of(door.number), time(9, 5), tzinfo=ZONE)
    return DropOpening(user=user, door=door, opened_at=at)
