"""The bet as participants know it: a challenge, who entered with which process, one's own claims, what was revealed.

Claims have no manager that lists them: see `own_claims.py` and, for the other side of the seal, `all_claims.py`.
"""

from challenges.contests.models.challenge import Challenge, Refereeing
from challenges.contests.models.claim import Claim, ClaimedStep, EvidenceFile
from challenges.contests.models.duties import HoursDeputy
from challenges.contests.models.entry import Baseline, Entry, Partaking
from challenges.contests.models.ledger import LedgerEntry
from challenges.contests.models.published import (
    PublishedClaim,
    PublishedElimination,
    PublishedFreed,
    PublishedStanding,
    SettledReason,
)

__all__ = [
    "Baseline",
    "Challenge",
    "Claim",
    "ClaimedStep",
    "Entry",
    "EvidenceFile",
    "HoursDeputy",
    "LedgerEntry",
    "Partaking",
    "PublishedClaim",
    "PublishedElimination",
    "PublishedFreed",
    "PublishedStanding",
    "Refereeing",
    "SettledReason",
]
