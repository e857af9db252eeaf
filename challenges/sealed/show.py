"""The reveal as a show on the big screen, driven by the server: bottom-up, a pause before ties and before the winner.

The steps are made once, when the show starts, and stay behind the seal; a browser is sent what was shown and nothing
further. A rehearsal has the contestants' names and numbers drawn by chance.
"""

import random
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from challenges.contests.actions import record_act
from challenges.contests.freed import Freed
from challenges.contests.models import Challenge, Entry
from challenges.processes.models import Process
from challenges.sealed.counting import Place, count, places_of, standing_of
from challenges.sealed.freeing import freed_by_process
from challenges.sealed.models import Show
from challenges.sealed.opening import is_opening, open_seal
from challenges.sealed.revealing import Measured, hold_processes, measured_of
from hub.people.models import User
from hub.refusals import Refusal

OPENING = _("The seal is being opened. With so many claims that takes some minutes.")
MOST_PLACES = 10  # of a bracket, one after the other; those below are shown in one step
MOST_FREED = 6  # processes with a row of their own; what the others free is one row


def plan(
    places: Sequence[Place],
    freed: Sequence[tuple[str, Freed]] = (),
    measured: Mapping[UUID, Measured] | None = None,
) -> list[dict[str, Any]]:
    """The steps of a show: opening, for each bracket its places from the last to the first, what it frees, end.

    Kinds: opening, bracket, rest (how many share the lower places), drum (a pause: a tie, or the winner, comes next),
    place, winner, freed, end.
    """
    steps: list[dict[str, Any]] = [{"kind": "opening"}]
    brackets = _by_bracket(places)
    for bracket, members in brackets.items():
        if len(brackets) > 1:
            steps.append({"kind": "bracket", "bracket": bracket})
        steps += _steps_of(members, measured or {})
    rows = [(process, hours) for process, hours in freed if hours.high]
    return [*steps, *([_freed_step(rows)] if rows else []), {"kind": "end"}]


def entries_named(places: Sequence[Place]) -> list[Entry]:
    """Those whose names the screen shows: of a large field, few."""
    ranks = [_by_rank(members) for members in _by_bracket(places).values()]
    return [place.entry for by_rank in ranks for those in by_rank.values() for place in those[:MOST_PLACES]]


def _by_bracket(places: Sequence[Place]) -> dict[str, list[Place]]:
    brackets: dict[str, list[Place]] = defaultdict(list)
    for place in places:
        brackets[place.bracket].append(place)
    return brackets


def _by_rank(members: Sequence[Place]) -> dict[int, list[Place]]:
    """The places that are shown one after the other."""
    ranks: dict[int, list[Place]] = defaultdict(list)
    for place in members:
        if place.rank <= MOST_PLACES:
            ranks[place.rank].append(place)
    return ranks


def _steps_of(members: Sequence[Place], measured: Mapping[UUID, Measured]) -> list[dict[str, Any]]:
    ranks = _by_rank(members)
    rest = [place for place in members if place.rank > MOST_PLACES]
    steps: list[dict[str, Any]] = []
    if rest:
        steps.append({"kind": "rest", "n": len(rest), "from": min(place.rank for place in rest)})
    for rank in sorted(ranks, reverse=True):
        those = ranks[rank]
        is_first = rank == 1
        if is_first or len(those) > 1:
            steps.append({"kind": "drum", "rank": rank, "n": len(those)})
        steps.append(
            {
                "kind": "winner" if is_first else "place",
                "rank": rank,
                "lines": [_line(place, measured.get(place.entry.pk)) for place in those[:MOST_PLACES]],
                "more": max(0, len(those) - MOST_PLACES),
            }
        )
    return steps


def _line(place: Place, beside: Measured | None) -> dict[str, Any]:
    line = {
        "who": place.entry.who,
        "process": place.entry.process.title,
        "language": place.entry.process.language,
        "net": float(place.net),
        "baseline": place.entry.baseline_steps,
    }
    if beside:
        line |= {"before": beside.before, "after": beside.after, **_hours(beside.freed)}
    return line


def _hours(freed: Freed) -> dict[str, int]:
    return {"low": round(freed.low), "mid": round(freed.mid), "high": round(freed.high)}


def _freed_step(rows: Sequence[tuple[str, Freed]]) -> dict[str, Any]:
    """A row a process, and one for all that would not fit; a single one more has its own."""
    shown = len(rows) if len(rows) <= MOST_FREED + 1 else MOST_FREED
    step: dict[str, Any] = {
        "kind": "freed",
        "rows": [{"process": process, **_hours(freed)} for process, freed in rows[:shown]],
    }
    if others := rows[shown:]:
        step["more"] = {"n": len(others), **_hours(sum((freed for _process, freed in others), Freed()))}
    return step


def show_of(challenge: Challenge) -> Show | None:
    return Show.objects.filter(challenge=challenge, is_rehearsal=False).first()


@transaction.atomic
def start(*, challenge: Challenge, referee: User, now: datetime | None = None) -> Show:
    """Begin the reveal, or go on with one that was interrupted. Counts first where that was not done.

    Raises Refusal before the count is possible and after the reveal.
    """
    now = now or timezone.now()
    challenge = Challenge.objects.select_for_update().get(pk=challenge.pk)
    if challenge.is_revealed:
        raise Refusal("revealed", _("This bet is revealed."), status=409)
    if is_opening(challenge):
        raise Refusal("opening", OPENING, status=409)
    challenge = count(challenge=challenge, referee=referee, now=now)
    made = show_of(challenge)
    if made is None:
        hold_processes(challenge.entries.all())
        made = Show.objects.create(challenge=challenge, steps=_planned(challenge), started_at=now)
        record_act(challenge, referee, "challenge.reveal_started", now)
    elif made.is_interrupted:
        made.is_interrupted = False
        made.save(update_fields=["is_interrupted"])
        record_act(challenge, referee, "challenge.reveal_resumed", now)
    Challenge.objects.filter(pk=challenge.pk).update(status=Challenge.Status.REVEALING)
    return made


def _planned(challenge: Challenge) -> list[dict[str, Any]]:
    places = standing_of(challenge)
    return plan(places, freed_by_process(places), measured_of(entries_named(places)))


def plan_process_anew(process: Process) -> None:
    """Somebody said anew whose times may be told: what screens have not shown yet follows, what was shown stays."""
    going = Show.objects.filter(is_rehearsal=False, ended_at=None, challenge__entries__process=process)
    for pk in sorted(set(going.values_list("pk", flat=True))):
        show = Show.objects.select_for_update(of=("self",)).select_related("challenge").get(pk=pk)
        shown, anew = show.steps[: show.position + 1], _planned(show.challenge)[show.position + 1 :]
        # What is freed comes last: where it was shown, only the end is left, whether or not anything is freed now.
        was_freed = any(step["kind"] == "freed" for step in shown)
        show.steps = [*shown, *(anew[-1:] if anew and was_freed else anew or show.steps[-1:])]
        show.save(update_fields=["steps"])


@transaction.atomic
def go_to(*, show: Show, position: int, by: User, now: datetime | None = None) -> Show:
    """Show the step at this position, which is the next one or one that was shown; the last one reveals the bet.

    Two presses at once are one step: a position that is not reachable changes nothing.
    """
    challenge = Challenge.objects.select_for_update().get(pk=show.challenge_id)
    show = Show.objects.select_for_update().get(pk=show.pk)
    if show.is_interrupted or show.ended_at or not 0 <= position <= show.position + 1:
        return show
    show.position = min(position, len(show.steps) - 1)
    is_last = show.position == len(show.steps) - 1
    if is_last:
        show.ended_at = now or timezone.now()
    show.save(update_fields=["position", "ended_at"])
    if is_last and not show.is_rehearsal:
        open_seal(challenge=challenge, referee=by, now=now)
    return show


@transaction.atomic
def interrupt(*, show: Show, by: User, now: datetime | None = None) -> Show:
    """Stop where it is; screens say so, and it can go on from there. A rehearsal is over."""
    challenge = Challenge.objects.select_for_update().get(pk=show.challenge_id)
    show = Show.objects.select_for_update().get(pk=show.pk)
    if show.ended_at:
        return show
    if show.is_rehearsal:
        show.ended_at = now or timezone.now()
    show.is_interrupted = True
    show.save(update_fields=["is_interrupted", "ended_at"])
    if not show.is_rehearsal:
        Challenge.objects.filter(pk=challenge.pk).update(status=Challenge.Status.COUNTED)
        record_act(challenge, by, "challenge.reveal_interrupted", now or timezone.now())
    return show


@transaction.atomic
def rehearse(*, challenge: Challenge, by: User, now: datetime | None = None) -> Show:
    """A show with the real names and numbers drawn by chance: nothing in it depends on a claim."""
    now = now or timezone.now()
    challenge = Challenge.objects.select_for_update().get(pk=challenge.pk)
    if challenge.is_revealed or challenge.is_cancelled:
        raise Refusal("not_open", _("This bet is over, so there is nothing to rehearse."), status=409)
    Show.objects.filter(challenge=challenge, is_rehearsal=True).delete()
    entries = list(challenge.entries.select_related("contestant__team__legal_entity", "process"))
    if not entries:
        raise Refusal("nobody", _("Nobody takes part yet."), status=409)
    # The same bet is rehearsed with the same numbers: two looks at it do not differ.
    draw = random.Random(challenge.pk.int)
    nets = {entry.pk: Decimal(draw.randint(0, max(1, entry.baseline_steps // 2))) for entry in entries}
    measured = {entry.pk: _made_up(draw, entry, nets[entry.pk]) for entry in entries}
    steps = plan(places_of(challenge, entries, nets), _made_up_freed(entries, measured), measured)
    return Show.objects.create(challenge=challenge, steps=steps, is_rehearsal=True, started_at=now)


def _made_up(draw: random.Random, entry: Entry, net: Decimal) -> Measured:
    """Numbers by chance that go with a net by chance."""
    before = round(entry.baseline_steps * draw.uniform(0.9, 1.4), 1)
    hours = float(draw.randint(20, 400)) if net else 0.0
    return Measured(before, max(0.0, before - float(net)), Freed(hours * 0.8, hours, hours * 1.3))


def _made_up_freed(entries: Sequence[Entry], measured: Mapping[UUID, Measured]) -> list[tuple[str, Freed]]:
    freed: dict[str, Freed] = defaultdict(Freed)
    for entry in entries:
        freed[entry.process.title] += measured[entry.pk].freed
    return sorted(freed.items(), key=lambda row: (-row[1].mid, row[0]))
