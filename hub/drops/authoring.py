"""Filling a calendar, publishing it and taking that back. Who fills it is the only one to read it in advance."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from hub.audit.actions import record
from hub.drops.checks import faults_of, faults_of_door, others_in_the_way
from hub.drops.contents import STARTERS
from hub.drops.filling import borrow
from hub.drops.models import LONGEST_TITLE, Drop, DropDoor
from hub.drops.schedule import furthest_day
from hub.notices.actions import notify
from hub.nudges.authoring import check_author
from hub.nudges.withheld import tips_on_trial
from hub.people.models import User
from hub.refusals import Refusal
from hub.uploads import one_line

MOST_DRAFTS = 50
LONGEST_EXCERPT = 500
COPIED = ("kind", "title_de", "text_de", "title_en", "text_en", "tip_id", "story_id", "leader_id")
A_DAY = timedelta(days=1)
CHANGED_MEANWHILE = "changed_meanwhile"
PLAN_STAYS = gettext_lazy("It is published: its days, its doors and whom it is for stay as they are.")


def get_drop_for(user: User, drop_id: object) -> Drop:
    """One's own calendar. 403 for whoever writes none, whether there is one or not, and for one of somebody else."""
    check_author(user)
    drop = get_object_or_404(Drop, pk=drop_id)
    if drop.owner_id != user.pk:
        raise PermissionDenied
    return drop


def get_any_drop_for(user: User, drop_id: object) -> Drop:
    """Any calendar, to take it over: for every author."""
    check_author(user)
    return get_object_or_404(Drop, pk=drop_id)


@dataclass(frozen=True)
class Beginning:
    """What a new calendar can be copied from. `key` is "" for an empty one."""

    key: str
    title: str
    words: dict[str, object]


def beginnings_for(user: User, now: datetime) -> list[Beginning]:
    """Those that come with the hub, one's own, and of others those one sees and whose last door is open everywhere."""
    found = [
        Beginning(
            f"starter:{starter.key}",
            starter.title,
            {
                "title_de": starter.titles["de"],
                "title_en": starter.titles["en"],
                "intro_de": starter.intros["de"],
                "intro_en": starter.intros["en"],
                "size": len(starter.doors),
                "working_days_only": starter.working_days_only,
            },
        )
        for starter in STARTERS.values()
    ]
    names = ("title_de", "title_en", "intro_de", "intro_en", "size", "working_days_only", "days_after")
    # The last midnight of a day comes 26 hours after the first one.
    everywhere = furthest_day(now) - 2 * A_DAY
    own = Drop.objects.filter(owner=user)
    for drop in own | Drop.objects.visible_to(user):
        if drop.owner_id == user.pk or drop.last_door_on <= everywhere:
            words = {name: getattr(drop, name) for name in names}
            begun_on = date_format(drop.starts_on, pgettext("date format", "j F Y"))
            found.append(Beginning(f"drop:{drop.pk}", f"{drop.title} ({begun_on})", words))
    return found


def first_day_for(key: str, now: datetime) -> date:
    """Advent begins on the next first of December, everything else on the Monday after next."""
    today = furthest_day(now)
    if key == f"starter:{STARTERS['advent'].key}":
        first = date(today.year, 12, 1)
        return first if first > today else date(today.year + 1, 12, 1)
    return today + timedelta(days=14 - today.weekday())


@transaction.atomic
def create(*, drop: Drop, by: User, source: str = "", now: datetime | None = None) -> Drop:
    """Keep a new draft with its doors, copied from `source` (a key of `beginnings_for`) as far as that goes.

    A leader's agreement is not copied: it was for one time. Raises Refusal for more than MOST_DRAFTS.
    """
    now = now or timezone.now()
    if Drop.objects.filter(state=Drop.State.DRAFT).count() >= MOST_DRAFTS:
        sentence = _("Fifty calendars are begun and not published. Publish or discard one first.")
        raise Refusal("too_many_drafts", sentence, status=409)
    rows = _rows_of(source, by, now)
    drop.owner, drop.state = by, Drop.State.DRAFT
    drop.save()
    doors = [DropDoor(drop=drop, number=number) for number in range(1, drop.size + 1)]
    for door, row in zip(doors, rows, strict=False):
        for name, value in row.items():
            setattr(door, name, value)
    DropDoor.objects.bulk_create(doors)
    return drop


def _rows_of(source: str, by: User, now: datetime) -> list[dict[str, object]]:
    if not source:
        return []
    if source not in {beginning.key for beginning in beginnings_for(by, now)}:
        raise Refusal("unknown_beginning", _("There is no such calendar to copy, or not yet."), status=422)
    kind, _colon, key = source.partition(":")
    if kind == "drop":
        return list(DropDoor.objects.filter(drop_id=UUID(key)).order_by("number").values(*COPIED))
    return [
        {
            "kind": door.kind,
            **{f"title_{language}": title for language, (title, _text) in door.texts.items()},
            **{f"text_{language}": text for language, (_title, text) in door.texts.items()},
        }
        for door in STARTERS[key].doors
    ]


@transaction.atomic
def change(*, drop: Drop) -> Drop:
    """Keep a changed plan. Doors are added empty; one with words is never thrown away with it.

    Raises Refusal if it was published meanwhile or would lose words.
    """
    kept = Drop.objects.select_for_update().get(pk=drop.pk)
    plan = ("starts_on", "size", "working_days_only", "days_after", "team_id", "site_id")
    if not kept.is_draft and any(getattr(kept, name) != getattr(drop, name) for name in plan):
        raise Refusal("is_published", PLAN_STAYS, status=409)
    surplus = [door for door in kept.doors.all() if door.number > drop.size]
    if full := next((door for door in surplus if not door.is_empty), None):
        sentence = _("Door %(number)s has words. Empty it first, or keep as many doors.")
        raise Refusal("door_has_words", sentence % {"number": full.number}, status=409)
    DropDoor.objects.filter(pk__in=[door.pk for door in surplus]).delete()
    there = set(kept.doors.values_list("number", flat=True))
    DropDoor.objects.bulk_create(
        DropDoor(drop=drop, number=number) for number in range(1, drop.size + 1) if number not in there
    )
    drop.state, drop.owner_id = kept.state, kept.owner_id
    drop.save()
    return drop


@transaction.atomic
def write_door(*, door: DropDoor, seen: str | None = None, now: datetime | None = None) -> DropDoor:
    """Keep what is behind a door; words that are missing are taken from the tip or story it names.

    Raises Refusal if it was changed since the version that was `seen`.
    In a published calendar a door can be corrected and stays complete: else raises Refusal.
    """
    drop = Drop.objects.select_for_update().get(pk=door.drop_id)
    if seen is not None and DropDoor.objects.get(pk=door.pk).version != seen:
        sentence = _("This door was changed meanwhile. What you wrote was not saved.")
        raise Refusal(CHANGED_MEANWHILE, sentence, status=409)
    if door.tip:
        borrow(door, door.tip)
    if door.story and door.story.language in door.missing:
        _borrow_story(door)
    if not drop.is_draft and (faults := faults_of_door(door, tips_on_trial(now or timezone.now()))):
        raise Refusal("door_not_ready", faults[0].sentence, status=409)
    door.save()
    if not drop.is_draft:
        _tell_leader(door, drop)
    return door


def _tell_leader(door: DropDoor, drop: Drop) -> None:
    """Whoever is named learns it from the hub too, not only from whoever says to have asked."""
    if not door.told_by:
        return
    notify(
        user=door.leader,
        kind="named_behind_a_door",
        dedupe_key=f"named_behind_a_door:{door.pk}:{door.leader_id}",
        facts={
            "title": drop.title_en if door.leader.language == "en" else drop.title_de,
            "author": drop.owner.get_full_name() if drop.owner else "Hatpin",
        },
        path=reverse("drops:drops"),
    )


def _borrow_story(door: DropDoor) -> None:
    language, story = door.story.language, door.story
    title, text = f"title_{language}", f"text_{language}"
    setattr(door, title, getattr(door, title) or one_line(story.title)[:LONGEST_TITLE])
    setattr(door, text, getattr(door, text) or Truncator(story.body).chars(LONGEST_EXCERPT))


@transaction.atomic
def publish(*, drop: Drop, by: User, now: datetime | None = None) -> Drop:
    """Hang it up. Repeating it changes nothing. Raises Refusal while anything is missing."""
    now = now or timezone.now()
    drop = _locked(drop)
    if drop.is_published:
        return drop
    if not drop.is_draft:
        raise Refusal("is_over", _("It has ended. Copy it to use it once more."), status=409)
    doors = list(drop.doors.select_related("story", "leader"))
    if faults := faults_of(drop, doors, now):
        raise Refusal("not_ready", faults[0].sentence, status=409)
    drop.state, drop.published_at = Drop.State.PUBLISHED, now
    drop.save()
    for door in doors:
        _tell_leader(door, drop)
    _record("drop.published", drop, by, now)
    return drop


@transaction.atomic
def unpublish(*, drop: Drop, by: User, now: datetime | None = None) -> Drop:
    """Make it a draft again, as long as no door has opened for anybody: the earliest site's midnight counts."""
    now = now or timezone.now()
    drop = Drop.objects.select_for_update().get(pk=drop.pk)
    if drop.is_draft:
        return drop
    if not can_be_taken_down(drop, now):
        sentence = _("Its first door has opened for somebody. You can correct doors, or end it.")
        raise Refusal("has_begun", sentence, status=409)
    drop.state, drop.published_at = Drop.State.DRAFT, None
    drop.save()
    _record("drop.unpublished", drop, by, now)
    return drop


def can_be_taken_down(drop: Drop, now: datetime) -> bool:
    return drop.is_published and furthest_day(now) < drop.starts_on


@transaction.atomic
def end(*, drop: Drop, by: User, now: datetime | None = None) -> Drop:
    """From now on no further door opens; what was opened stays readable. `resume` undoes it."""
    now = now or timezone.now()
    drop = Drop.objects.select_for_update().get(pk=drop.pk)
    if drop.is_draft:
        raise Refusal("not_published", _("It is not published yet."), status=409)
    if drop.is_published:
        drop.state = Drop.State.ENDED
        drop.save()
        _record("drop.ended", drop, by, now)
    return drop


@transaction.atomic
def resume(*, drop: Drop, by: User, now: datetime | None = None) -> Drop:
    """Let one that was ended go on. Raises Refusal if another one took its place."""
    now = now or timezone.now()
    drop = _locked(drop)
    if drop.is_draft:
        raise Refusal("not_published", _("It is not published yet."), status=409)
    if others_in_the_way(drop):
        sentence = _("Another calendar for the same people runs in these days.")
        raise Refusal("another_runs", sentence, status=409)
    if not drop.is_published:
        drop.state = Drop.State.PUBLISHED
        drop.save()
        _record("drop.resumed", drop, by, now)
    return drop


def _locked(drop: Drop) -> Drop:
    """With all of the same audience, so that of two in the same days only one is published."""
    list(Drop.objects.for_the_same(drop).select_for_update().order_by("pk"))
    return Drop.objects.select_for_update().get(pk=drop.pk)


def discard(*, drop: Drop) -> None:
    """Delete a draft with its doors. What is published is not deleted."""
    deleted, _by_model = Drop.objects.filter(pk=drop.pk, state=Drop.State.DRAFT).delete()
    if not deleted and Drop.objects.filter(pk=drop.pk).exists():
        raise Refusal("is_published", _("It is published. Take that back first."), status=409)


@transaction.atomic
def take_over(*, drop: Drop, by: User, now: datetime | None = None) -> Drop:
    """From now on this author fills it, and reads it in advance; that stands in the audit."""
    drop = Drop.objects.select_for_update().get(pk=drop.pk)
    if drop.owner_id != by.pk:
        drop.owner = by
        drop.save()
        _record("drop.taken_over", drop, by, now or timezone.now())
    return drop


def _record(action: str, drop: Drop, by: User, now: datetime) -> None:
    record(actor_key=by.subject_key, action=action, object_type="drop", object_id=drop.pk, at=now)
