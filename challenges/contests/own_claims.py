"""The participants' one way to claims: those of one entry. The caller has checked whose entry it is."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.db.models import Prefetch, QuerySet

from challenges.contests.freed import Freed, freed_by
from challenges.contests.models import Claim, ClaimedStep, Entry, EvidenceFile, PublishedClaim
from challenges.contests.scoring import executed_less, net_of
from challenges.processes.figures import executions
from challenges.processes.models import Step
from hub.people.models import User


def with_what_it_names(claims: "QuerySet[Claim]") -> "QuerySet[Claim]":
    """With steps and files, in two further queries. For claims that the caller may see."""
    named = ClaimedStep._base_manager.select_related("step").order_by("step__position")
    files = EvidenceFile._base_manager.order_by("added_at", "pk")
    return claims.select_related("system").prefetch_related(
        Prefetch("named", queryset=named), Prefetch("files", queryset=files)
    )


def own_claims(entry: Entry) -> "QuerySet[Claim]":
    """The entry's claims, the oldest first."""
    claims = Claim._base_manager.filter(entry=entry).order_by("claimed_at", "pk")
    return with_what_it_names(claims)


def own_drafts(entry: Entry, author: User) -> "QuerySet[Claim]":
    """What an assistant sees: drafts of their own, until somebody hands them in."""
    return own_claims(entry).filter(author=author, state=Claim.State.DRAFT)


def name_steps(claim: Claim, steps: Iterable[Step]) -> None:
    """Write down which steps a draft names, instead of those it named before; it holds none of them yet."""
    named = ClaimedStep._base_manager.filter(claim=claim)
    named.delete()
    named.bulk_create(
        ClaimedStep(claim=claim, entry_id=claim.entry_id, step=step, holds=False) for step in steps
    )


def hold(claims: Iterable[Claim], *, holds: bool) -> None:
    """Whether the steps they name are taken. Raises IntegrityError where another claim of the entry holds one."""
    with transaction.atomic():
        ClaimedStep._base_manager.filter(claim__in=[claim.pk for claim in claims]).update(holds=holds)


def claimed_step_ids(entry: Entry) -> set[object]:
    """Steps that a claim of this entry holds."""
    return set(ClaimedStep._base_manager.filter(entry=entry, holds=True).values_list("step_id", flat=True))


def taken_back(entry: Entry) -> set[UUID]:
    """Which of the entry's claims were taken back after the reveal. One query, or none before it."""
    if not entry.challenge.is_revealed:
        return set()
    rows = entry.published_claims.filter(outcome=PublishedClaim.Outcome.REVERSED)
    return set(rows.values_list("claim_key", flat=True))


@dataclass(frozen=True)
class Tally:
    """One's own count: net steps that a referee verified, of how many; and how many claims wait, failed, are drafts."""

    confirmed: Decimal
    waiting: int
    refused: int
    drafts: int
    baseline: int
    executed_before: float
    executed_after: float
    freed: Freed

    @property
    def percent(self) -> float:
        """Confirmed steps as a share of the process, 0 to 100."""
        return max(0.0, float(100 * self.confirmed / self.baseline)) if self.baseline else 0


def tally_of(entry: Entry, claims: list[Claim] | None = None, steps: list[Step] | None = None) -> Tally:
    """Four queries, or none where own claims and steps are at hand; after the reveal one more."""
    claims = list(own_claims(entry)) if claims is None else claims
    states = [claim.state for claim in claims]
    over = entry.challenge.phase() not in {"enrolling", "running"}
    back = taken_back(entry)
    verified = [claim for claim in claims if claim.state == Claim.State.VERIFIED and claim.pk not in back]
    steps = list(entry.process.steps.all()) if steps is None else steps
    before = sum(map(executions, steps))
    return Tally(
        confirmed=net_of(verified, entry.challenge.automated_weight),
        waiting=states.count(Claim.State.SUBMITTED),
        refused=states.count(Claim.State.REFUSED),
        drafts=0 if over else states.count(Claim.State.DRAFT),
        baseline=entry.baseline_steps,
        executed_before=before,
        executed_after=before - sum(map(executed_less, verified)),
        freed=freed_by(verified, entry.process.cases_per_week),
    )
