"""Before and after, attached to a claim: a copy of the comparison as it was on handing in, with the drawing of after.

The copy stays as it is whatever its owner does to the comparison later; its drawing is one of the claim's files, so
that the commitment covers both.
"""

from collections import defaultdict
from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.core.files.base import ContentFile
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from challenges.contests.models import Claim, Entry, EvidenceFile, Partaking
from challenges.contests.models.claim import Change
from challenges.contests.own_claims import own_claims
from challenges.processes.comparing import BY_SYSTEMS
from challenges.processes.comparisons import Compared, Row, compared
from challenges.processes.models import Comparison, Process, Step
from challenges.processes.variants import is_variant_elsewhere
from hub.people.models import User
from hub.refusals import Refusal
from hub.uploads import fingerprint, plain_name

NOT_CONFIRMED = _(
    "Nobody has confirmed this comparison as it is now. Look at each step in it, confirm it, and then hand in."
)
NOT_CONFIRMED_BY_ITS_MAKER = _(
    "Nobody has confirmed this comparison as it is now. Only %(who)s can confirm it: ask for that, or leave the "
    "comparison out, and then hand in."
)
OTHERWISE = _(
    "The comparison says something else of “%(step)s” than your claim. Correct one of the two, or leave the comparison "
    "out."
)
NOT_INTO_ONE = _("In the comparison these steps do not become one. Correct it, or claim them apart.")
# What a comparison may say of the steps of a claim, where that is not the change itself.
SAYS = {
    Change.HARMONISED: {"eliminated"},
    Change.AUTOMATED: {"automated", "eliminated"},
}


def offered(entry: Entry, user: User) -> "QuerySet[Comparison]":
    """The person's comparisons of the process they take part with."""
    rows = Comparison.objects.visible_to(user).filter(before=entry.process_id)
    return rows.select_related("before", "after__site").defer("before__bpmn", "after__bpmn")


def is_harmonising(entry: Entry, comparison: Comparison) -> bool:
    """Whether a contestant may follow what is compared with: the same process at another site, of somebody without a
    part in the entry, seen by everybody, and there before the bet began (where it has no start, before the entry), with
    the steps and at the place that it still has. What one entered with was at its place and in its family before that,
    too: nobody finds a shorter process to follow once the bet runs. The owners, who may go on changing both, are told
    nothing: that would tell that somebody follows it.
    """
    before, after = comparison.before, comparison.after
    if not is_variant_elsewhere(before, after) or after.audience != Process.Audience.COMPANY:
        return False
    begins = entry.challenge.starts_at or entry.entered_at
    if (after.changed_at or after.created_at) >= begins or (
        before.changed_at and before.changed_at >= begins
    ):
        return False
    others = Partaking.with_ended.filter(entry=entry, user=after.owner_id)
    return after.owner_id != entry.contestant_id and not others.exists()


def is_confirmed(comparison: Comparison, found: Compared) -> bool:
    """Whether a person decided every step as both sides are now: what was written anew since, on either side, was only
    proposed, and so is what was left out of a confirmation.
    """
    confirmed, changed = comparison.confirmed_at, comparison.after.changed_at
    return confirmed is not None and not (changed and changed > confirmed) and found.is_decided


def copy_of(comparison: Comparison) -> dict[str, Any]:
    """What a referee is shown of it, as JSON."""
    found = compared(comparison)
    return {
        "title": comparison.after.called,
        "language": comparison.after.language,
        "is_confirmed": is_confirmed(comparison, found),
        "net": found.outcome.net,
        "executed": [round(found.executed_before, 2), round(found.executed_after, 2)],
        "rows": [
            {
                "position": row.step.position,
                "step": row.step.name,
                "change": row.change,
                "target": row.target.name if row.target else "",
            }
            for row in found.rows
        ],
        "added": [step.name for step in found.added],
        "flags": found.flags,
        "marks": {"before": found.marks_before, "after": found.marks_after},
    }


def beginnings(entry: Entry, comparison: Comparison) -> list[dict[str, Any]]:
    """The claims that a comparison suggests: change, steps (their ids) and how many are added, one a kind.

    Steps merged into one are a claim of their own; what is added goes with the first one.
    """
    found = compared(comparison)
    merged = _merged(found)
    names = {step.pk: step.name for step in found.after}
    together = {pk for steps in merged.values() for pk in steps}
    claims = [
        {"change": change, "steps": steps, "into": ""}
        for change in ("eliminated", "automated", "moved")
        if (
            steps := [
                row.step.pk for row in found.rows if _said(row) == change and row.step.pk not in together
            ]
        )
    ]
    for into, steps in merged.items():
        claims.append({"change": "merged", "steps": steps, "into": names[into]})
    for number, claim in enumerate(claims):
        claim["added"] = len(found.added) if number == 0 else 0
    gone = [row.step.pk for row in found.rows if row.change == "eliminated"]
    if gone and is_harmonising(entry, comparison):
        claims.append({"change": "harmonised", "steps": gone, "into": "", "added": len(found.added)})
    return claims


def _merged(found: Compared) -> dict[UUID, list[UUID]]:
    """By the step of after that several went into, and which people do, all of these: the likest one is that place, and
    n into one count n - 1.
    """
    groups: dict[UUID, list[UUID]] = defaultdict(list)
    for row in found.rows:
        if row.target and row.target.kind not in BY_SYSTEMS:
            groups[row.target.pk].append(row.step.pk)
    return {target: steps for target, steps in groups.items() if len(steps) > 1}


def _said(row: Row) -> str:
    """What one step into which several went, and which a system does, took over is automated as well."""
    is_taken_over = row.change == "merged" and row.target and row.target.kind in BY_SYSTEMS
    return "automated" if is_taken_over else row.change


def refuse_contradicting(claim: Claim, steps: Collection[Step], *, by: User | None = None) -> None:
    """Raises Refusal where the comparison that goes with the claim was confirmed by nobody as it is now, or says
    something else of one of these steps. What it says is eliminated may be claimed as automated, which counts no more.
    Where somebody else than its maker hands in, which is the only one who sees it, the sentence names the maker.
    """
    comparison = claim.comparison
    if comparison is None:
        return
    found = compared(comparison)
    if not is_confirmed(comparison, found):
        is_makers = by is None or by.pk == comparison.owner_id
        sentence = NOT_CONFIRMED if is_makers else NOT_CONFIRMED_BY_ITS_MAKER % {"who": comparison.owner}
        raise Refusal("not_confirmed", sentence, status=409)
    if claim.change == Change.MERGED:
        own = {step.pk for step in steps}
        if not any(own <= set(together) for together in _merged(found).values()):
            raise Refusal("not_into_one", NOT_INTO_ONE)
        return
    said = {row.step.pk: _said(row) for row in found.rows}
    wanted = SAYS.get(claim.change, {claim.change})
    wrong = next((step for step in steps if said[step.pk] not in wanted), None)
    if wrong is not None:
        raise Refusal("says_otherwise", OTHERWISE % {"step": wrong.name})


def attach(claim: Claim) -> None:
    """Copy the chosen comparison into the claim as it is now, and keep the drawing of after as a file of the claim."""
    if claim.comparison is None:
        return
    claim.compared = copy_of(claim.comparison)
    if drawing := claim.comparison.after.bpmn:
        claim.compared["file"] = str(_keep(claim, claim.comparison.after.title, drawing).pk)
    claim.save(update_fields=["compared"])


def _keep(claim: Claim, title: str, drawing: str) -> EvidenceFile:
    content = ContentFile(drawing.encode(), name=plain_name(f"{title}.bpmn"))
    digest = fingerprint(content)
    kept = own_claims(claim.entry).get(pk=claim.pk).files.all()
    if there := next((file for file in kept if file.sha256 == digest), None):
        return there
    made = EvidenceFile(claim=claim, name=content.name, file=content, size=content.size, sha256=digest)
    made.save(force_insert=True)
    return made
