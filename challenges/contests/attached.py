"""Before and after, attached to a claim: a copy of the comparison as it was on handing in, with the drawing of after.

The copy stays as it is whatever its owner does to the comparison later; its drawing is one of the claim's files, so
that the commitment covers both.
"""

from collections import defaultdict
from typing import Any
from uuid import UUID

from django.core.files.base import ContentFile
from django.db.models import QuerySet

from challenges.contests.models import Claim, Entry, EvidenceFile, Partaking
from challenges.contests.own_claims import own_claims
from challenges.processes.comparisons import Compared, compared
from challenges.processes.models import Comparison, Process
from challenges.processes.variants import is_variant_elsewhere
from hub.people.models import User
from hub.uploads import fingerprint, plain_name


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


def copy_of(comparison: Comparison) -> dict[str, Any]:
    """What a referee is shown of it, as JSON."""
    found = compared(comparison)
    return {
        "title": comparison.after.called,
        "language": comparison.after.language,
        "is_confirmed": comparison.confirmed_at is not None,
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
    claims = [
        {"change": change, "steps": steps, "into": ""}
        for change in ("eliminated", "automated", "moved")
        if (steps := [row.step.pk for row in found.rows if row.change == change])
    ]
    for into, steps in _merged(found).items():
        claims.append({"change": "merged", "steps": steps, "into": into})
    for number, claim in enumerate(claims):
        claim["added"] = len(found.added) if number == 0 else 0
    gone = [row.step.pk for row in found.rows if row.change == "eliminated"]
    if gone and is_harmonising(entry, comparison):
        claims.append({"change": "harmonised", "steps": gone, "into": "", "added": len(found.added)})
    return claims


def _merged(found: Compared) -> dict[str, list[UUID]]:
    groups: dict[UUID, list[UUID]] = defaultdict(list)
    for row in found.rows:
        if row.change == "merged" and row.target:
            groups[row.target.pk].append(row.step.pk)
    names = {step.pk: step.name for step in found.after}
    return {names[target]: steps for target, steps in groups.items()}


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
