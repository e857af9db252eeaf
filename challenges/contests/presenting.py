"""What the pages of a bet show: who takes part, one's own part, and what was revealed."""

from collections import defaultdict

from challenges.contests.models import Challenge, Claim, Entry, PublishedElimination, PublishedStanding
from challenges.contests.own_claims import own_claims, tally_of

MARKS = {Claim.State.SUBMITTED: "claimed", Claim.State.CONFIRMED: "eliminated"}


def entries_of(challenge: Challenge) -> list[Entry]:
    """Who takes part, by name: an order that says nothing about how anybody is doing."""
    entries = challenge.entries.select_related("contestant", "process")
    return list(entries.order_by("contestant__last_name", "contestant__first_name", "pk"))


def own_part(entry: Entry) -> dict[str, object]:
    """One's own steps, each with the claim that holds for it now, and the own tally."""
    claims = list(own_claims(entry))
    newest: dict[object, Claim] = {}
    for claim in sorted(claims, key=lambda claim: claim.claimed_at):
        if claim.state != Claim.State.WITHDRAWN:
            newest[claim.step_id] = claim
    steps = list(entry.process.steps.all())
    for step in steps:
        step.own_claim = newest.get(step.pk)
    return {
        "entry": entry,
        "process": entry.process,
        "steps": steps,
        "tally": tally_of(entry, claims),
        "marks": _marks(claims),
    }


def _marks(claims: list[Claim]) -> dict[str, str]:
    return {claim.step.element_id: MARKS[claim.state] for claim in claims if claim.state in MARKS}


def marks_of(entry: Entry, *, is_own: bool) -> dict[str, str]:
    """Element id -> "eliminated" (published, or one's own and confirmed) or "claimed" (one's own)."""
    if is_own and not entry.challenge.is_revealed:
        return _marks(list(own_claims(entry)))
    published = PublishedElimination.objects.filter(entry=entry).values_list("step__element_id", flat=True)
    return dict.fromkeys(published, "eliminated")


def standings_of(challenge: Challenge) -> list[PublishedStanding]:
    """The published standings with each one's eliminated steps; none before the reveal."""
    if not challenge.is_revealed:
        return []
    standings = list(challenge.standings.select_related("entry__contestant", "entry__process"))
    steps = defaultdict(list)
    published = PublishedElimination.objects.filter(entry__challenge=challenge).select_related("step")
    for elimination in published.order_by("step__position"):
        steps[elimination.entry_id].append(elimination.step)
    for standing in standings:
        standing.steps = steps[standing.entry_id]
    return standings
