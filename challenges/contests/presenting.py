"""What the pages of a bet show: who takes part, one's own part, and what was revealed."""

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import QuerySet, Sum

from challenges.contests.brackets import bracket_title
from challenges.contests.models import (
    Baseline,
    Challenge,
    Claim,
    Entry,
    PublishedClaim,
    PublishedElimination,
    PublishedFreed,
    PublishedStanding,
)
from challenges.contests.models.claim import Change
from challenges.contests.own_claims import own_claims, taken_back, tally_of
from challenges.processes.figures import executions
from challenges.processes.models import Step
from hub.points.rules import RULES


def entries_of(challenge: Challenge) -> "QuerySet[Entry]":
    """Who takes part, by name: an order that says nothing about how anybody is doing."""
    entries = challenge.entries.select_related("contestant", "process")
    return entries.order_by("contestant__last_name", "contestant__first_name", "pk")


def own_part(entry: Entry) -> dict[str, object]:
    """One's own steps, each with the claim that holds for it now, drafts, and the own tally."""
    claims = list(own_claims(entry))
    over = entry.challenge.phase() not in {"enrolling", "running"}
    newest: dict[object, Claim] = {}
    back = taken_back(entry)
    for claim in claims:
        claim.is_taken_back = claim.pk in back
    for claim in claims:
        if claim.state not in {Claim.State.WITHDRAWN, Claim.State.DRAFT}:
            newest |= {step.pk: claim for step in claim.steps}
    held = {
        step.pk
        for claim in claims
        if claim.state in {Claim.State.SUBMITTED, Claim.State.VERIFIED}
        for step in claim.steps
    }
    for claim in claims:
        # A step that was claimed anew is decided there.
        claim.can_appeal = not claim.appeal and held.isdisjoint(step.pk for step in claim.steps)
    steps = list(entry.process.steps.all())
    for step in steps:
        own = newest.get(step.pk)
        step.own_claim = None if own and own.is_taken_back else own
    return {
        "entry": entry,
        "process": entry.process,
        "steps": steps,
        "tally": tally_of(entry, claims, steps),
        "marks": _marks(claim for claim in claims if not claim.is_taken_back),
        "can_leave": not claims,
        "drafts": [] if over else [claim for claim in claims if claim.state == Claim.State.DRAFT],
        "claims": [
            claim for claim in claims if claim.state not in {Claim.State.WITHDRAWN, Claim.State.DRAFT}
        ],
    }


def _mark(claim: Claim) -> str | None:
    return {Claim.State.SUBMITTED: "claimed", Claim.State.VERIFIED: drawn(claim.change)}.get(claim.state)


def drawn(change: str | None) -> str:
    """How a change is marked in a drawing: a harmonised step is gone, as an eliminated one."""
    return "eliminated" if change in {None, "", Change.HARMONISED} else change


def _marks(claims: Iterable[Claim]) -> dict[str, str]:
    return {step.element_id: mark for claim in claims if (mark := _mark(claim)) for step in claim.steps}


def word_of(change: str) -> str:
    """What became of a step, in a word: the part of its label before the colon."""
    return str(Change(change).label).partition(":")[0]


def marks_of(entry: Entry, *, is_own: bool) -> dict[str, str]:
    """Element id -> what became of it (published, or one's own and verified) or "claimed" (one's own)."""
    if is_own and not entry.challenge.is_revealed:
        return _marks(own_claims(entry))
    published = PublishedElimination.objects.filter(entry=entry).exclude(
        claim__outcome=PublishedClaim.Outcome.REVERSED
    )
    rows = published.values_list("step__element_id", "claim__change")
    return {element: drawn(change) for element, change in rows}


def standings_of(challenge: Challenge) -> "QuerySet[PublishedStanding]":
    """The published standings in their order; none before the reveal."""
    standings = PublishedStanding.objects.filter(challenge=challenge).select_related(
        "entry__contestant", "entry__process"
    )
    if challenge.status == Challenge.Status.FINAL:
        standings = standings.order_by(
            "bracket", "final_rank", "entry__contestant__last_name", "entry__contestant__first_name", "pk"
        )
    return standings if challenge.is_revealed else standings.none()


def with_steps(standings: Iterable[PublishedStanding]) -> list[PublishedStanding]:
    """The standings given, each with the steps that counted for it, and its points. Two queries."""
    standings = list(standings)
    steps = defaultdict(list)
    published = PublishedElimination.objects.filter(
        entry__in=[standing.entry_id for standing in standings]
    ).select_related("step", "claim")
    for elimination in published.order_by("step__position"):
        elimination.is_taken_back = bool(
            elimination.claim and elimination.claim.outcome == PublishedClaim.Outcome.REVERSED
        )
        change = elimination.claim.change if elimination.claim else Change.ELIMINATED
        elimination.is_gone = not elimination.is_taken_back and change not in {Change.MERGED, Change.MOVED}
        elimination.word = "" if drawn(change) == "eliminated" else word_of(change)
        steps[elimination.entry_id].append(elimination)
    points = dict(
        PublishedClaim.objects.filter(entry__in=[standing.entry_id for standing in standings])
        .exclude(outcome=PublishedClaim.Outcome.REVERSED)
        .values_list("entry")
        .annotate(n=Sum("points_awarded"))
    )
    bracket = None
    for standing in standings:
        standing.points = points.get(standing.entry_id, 0) * RULES["eliminated_step"].points
        standing.steps = steps[standing.entry_id]
        standing.shown_rank = standing.final_rank or standing.rank
        standing.shown_net = standing.net if standing.final_net is None else standing.final_net
        standing.opens_bracket = bracket_title(standing.bracket) if standing.bracket != bracket else ""
        bracket = standing.bracket
    return standings


def freed_of(challenge: Challenge) -> dict[str, object]:
    """Freed hours a year: by process, the most first, each with the sources of its factors, and in all.

    Empty where none were claimed. Three queries.
    """
    if not challenge.is_revealed:
        return {}
    rows = list(
        challenge.freed.select_related("process")
        .defer("process__bpmn")
        .order_by("-mid", "process__title", "pk")
    )
    if not rows:
        return {}
    _tell_sources(challenge, rows)
    return {
        "rows": rows,
        "total": [sum(getattr(row, name) for row in rows) for name in ("low", "mid", "high")],
    }


def _tell_sources(challenge: Challenge, rows: list[PublishedFreed]) -> None:
    """Who approved the baselines that stand on each process, from what data; and in which share of cases its steps are
    executed.
    """
    processes = {row.process_id: row for row in rows}
    for row in rows:
        row.baselines, row.shares = [], []
    baselines = Baseline.objects.filter(entry__challenge=challenge, entry__process__in=processes)
    related = baselines.select_related("entry", "owner_approved_by", "referee")
    for baseline in related.order_by("owner_approved_at", "pk"):
        processes[baseline.entry.process_id].baselines.append(baseline)
    steps = Step.objects.filter(process__in=processes, eliminations__entry__challenge=challenge)
    for step in steps.exclude(eliminations__claim__outcome=PublishedClaim.Outcome.REVERSED).distinct():
        processes[step.process_id].shares.append(executions(step))
    for row in rows:
        row.least, row.most = min(row.shares, default=None), max(row.shares, default=None)
