"""Claims whose minutes are one person's own: a step of theirs is in a lane of one person who did not agree.

Such minutes are told to whoever claimed them and to the controller who confirms them, and to nobody else: they are in
no published hours, where a sum of several would tell them to whoever knows the rest.
"""

from collections.abc import Sequence
from typing import TypeVar

from challenges.contests.models import Claim
from challenges.processes.shown_times import shown_lanes

Claims = TypeVar("Claims", bound=Sequence[Claim])


def mark_personal(claims: Claims) -> Claims:
    """Says so of each of these claims, whose steps were read: `is_personal`. One query."""
    told = shown_lanes({step.process_id for claim in claims for step in claim.steps})
    for claim in claims:
        claim.is_personal = any((step.process_id, step.lane) not in told for step in claim.steps)
    return claims
