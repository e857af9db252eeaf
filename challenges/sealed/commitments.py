"""The commitments: when a bet closes, a hash over every claim is published; when it is counted, one over the standing.
The reveal opens both.

Each claim is a leaf, SHA-256 over a salt of its own and a canonical line; the published root is SHA-256 over the leaves
in their order by value (a salted commit-reveal; the salts keep a guess from being tried while the bet is sealed). One
leaf more is blank: without it whoever knows all leaves, such as the only one who claimed anything, would know the root.
At the reveal the leaves are published, with salt and line where a claim was verified. What somebody wrote is in the
line by a further salted hash, so that opening a claim does not publish its words.
"""

import hashlib
import json
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone

from challenges.contests.all_claims import all_claims
from challenges.contests.models import Challenge, Claim, Entry, PublishedElimination, PublishedStanding
from challenges.contests.own_claims import own_claims
from challenges.contests.personal import mark_personal
from challenges.sealed.models import Commitment, CommittedClaim, StandingCommitment

SALT_BYTES = 32
BLANK = ""  # the line of the leaf that is no claim


def root_of(leaves: Iterable[str]) -> str:
    return _sha256("\n".join(sorted(leaves)))


def leaf_of(line: str, salt: str) -> str:
    return _sha256(f"{salt}\n{line}")


def words_text(claim: Claim) -> str:
    """What somebody wrote, the hash of each file, and before and after where it is attached."""
    words = [claim.method, claim.evidence, claim.link, claim.freed_for, claim.jobs]
    words += sorted(file.sha256 for file in claim.files.all())
    if claim.compared:
        words.append(json.dumps(claim.compared, sort_keys=True, ensure_ascii=False, separators=(",", ":")))
    return json.dumps(words, ensure_ascii=False, separators=(",", ":"))


def words_of(claim: Claim, words_salt: str) -> str:
    return _sha256(f"{words_salt}\n{words_text(claim)}")


def line_of(claim: Claim, words_salt: str) -> str:
    """JSON with sorted names and without blanks: who claimed what of which steps when, and the hash of the words."""
    facts = {
        "claim": str(claim.pk),
        "entry": str(claim.entry_id),
        "steps": [step.position for step in claim.steps],
        "change": claim.change,
        "added": claim.added_steps,
        "minutes": [claim.before_minutes, claim.after_minutes],
        "system": claim.system.slug if claim.system else None,
        "claimed_at": claim.claimed_at.astimezone(UTC).isoformat(),
        "words": words_of(claim, words_salt),
    }
    return json.dumps(facts, sort_keys=True, separators=(",", ":"))


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


@transaction.atomic
def commit(challenge: Challenge, now: datetime | None = None) -> Commitment:
    """Once a bet, after its deadline: what was claimed by then and not withdrawn. Repeating it changes nothing."""
    challenge = Challenge.objects.select_for_update().get(pk=challenge.pk)
    if there := Commitment.objects.filter(challenge=challenge).first():
        return there
    leaves = []
    for claim in all_claims(challenge).exclude(state=Claim.State.WITHDRAWN):
        salt, words_salt = secrets.token_hex(SALT_BYTES), secrets.token_hex(SALT_BYTES)
        leaf = leaf_of(line_of(claim, words_salt), salt)
        leaves.append(CommittedClaim(claim_key=claim.pk, digest=leaf, salt=salt, words_salt=words_salt))
    leaves.append(_blank())
    made = Commitment.objects.create(
        challenge=challenge, root=root_of(leaf.digest for leaf in leaves), committed_at=now or timezone.now()
    )
    for leaf in leaves:
        leaf.commitment = made
    CommittedClaim.objects.bulk_create(leaves, batch_size=1000)
    return made


def _blank() -> CommittedClaim:
    salt = secrets.token_hex(SALT_BYTES)
    return CommittedClaim(claim_key=uuid4(), digest=leaf_of(BLANK, salt), salt=salt, words_salt="")


def _is_blank(leaf: CommittedClaim) -> bool:
    return not leaf.words_salt and leaf_of(BLANK, leaf.salt) == leaf.digest


def commit_closed(now: datetime | None = None) -> int:
    """Every bet whose deadline has passed; returns how many had no commitment yet."""
    now = now or timezone.now()
    closed = Challenge.objects.filter(status=Challenge.Status.OPEN, closes_at__lte=now)
    waiting = list(closed.exclude(pk__in=Commitment.objects.values("challenge")))
    for challenge in waiting:
        commit(challenge, now)
    return len(waiting)


@dataclass(frozen=True)
class Opened:
    """A leaf as it is published at the reveal; `line` and `salt` are empty where its claim was not verified.

    Also where its minutes, which stand in the line, are one person's own; `claim` is told.
    """

    digest: str
    line: str = ""
    salt: str = ""
    claim: Claim | None = None


@dataclass(frozen=True)
class Verdict:
    """`gone`: claims of people who were erased since; their leaves stay."""

    root: str
    leaves: int
    matching: int
    gone: int
    faults: tuple[str, ...]

    @property
    def is_intact(self) -> bool:
        return not self.faults


def opened(challenge: Challenge, leaves: Iterable[CommittedClaim]) -> list[Opened]:
    """Only after the reveal: the leaves given, those of verified claims with what they open to."""
    leaves = list(leaves)
    found = all_claims(challenge).filter(pk__in=[leaf.claim_key for leaf in leaves])
    claims = {claim.pk: claim for claim in mark_personal(list(found))}
    return [_opened(leaf, claims.get(leaf.claim_key)) for leaf in leaves]


def _opened(leaf: CommittedClaim, claim: Claim | None) -> Opened:
    if _is_blank(leaf):
        return Opened(leaf.digest, BLANK, leaf.salt)
    if claim is None or claim.state != Claim.State.VERIFIED:
        return Opened(leaf.digest)
    if claim.is_personal and claim.claimed_minutes is not None:
        return Opened(leaf.digest, claim=claim)
    return Opened(leaf.digest, line_of(claim, leaf.words_salt), leaf.salt, claim)


@dataclass(frozen=True)
class OwnLeaf:
    """Everything that opens one's own claim, also before the reveal."""

    claim: Claim
    digest: str
    salt: str
    line: str
    words_salt: str
    words: str


def own_leaves(commitment: Commitment, entry: Entry) -> list[OwnLeaf]:
    """The oldest claim first: the leaves' own order is drawn by chance."""
    claims = list(own_claims(entry))
    leaves = {leaf.claim_key: leaf for leaf in commitment.leaves.filter(claim_key__in=[c.pk for c in claims])}
    return [_own(claim, leaves[claim.pk]) for claim in claims if claim.pk in leaves]


def _own(claim: Claim, leaf: CommittedClaim) -> OwnLeaf:
    line = line_of(claim, leaf.words_salt)
    return OwnLeaf(claim, leaf.digest, leaf.salt, line, leaf.words_salt, words_text(claim))


def verify(commitment: Commitment) -> Verdict:
    """Recompute everything from the claims as they are now, also those withdrawn since; faults in English."""
    challenge = commitment.challenge
    leaves: Mapping[UUID, CommittedClaim] = {leaf.claim_key: leaf for leaf in commitment.leaves.all()}
    faults = []
    if root_of(leaf.digest for leaf in leaves.values()) != commitment.root:
        faults.append("the leaves do not give the published root")
    claims = {claim.pk: claim for claim in all_claims(challenge)}
    matching = 0
    for pk, claim in claims.items():
        leaf = leaves.get(pk)
        if leaf is None:
            if claim.state != Claim.State.WITHDRAWN:
                faults.append(f"claim {pk} was not there when the bet closed")
        elif leaf_of(line_of(claim, leaf.words_salt), leaf.salt) != leaf.digest:
            faults.append(f"claim {pk} was changed after the bet closed")
        else:
            matching += 1
    verified = {
        (claim.entry_id, step.pk)
        for claim in claims.values()
        if claim.state == Claim.State.VERIFIED
        for step in claim.steps
    }
    published = set(
        PublishedElimination.objects.filter(entry__challenge=challenge).values_list("entry_id", "step_id")
    )
    if challenge.is_revealed and published != verified:
        faults.append("the changed steps are not those of the verified claims")
    faults += _faults_of_standing(challenge)
    told = {pk for pk, leaf in leaves.items() if not _is_blank(leaf)}
    return Verdict(commitment.root, len(told), matching, len(told - claims.keys()), tuple(faults))


def _faults_of_standing(challenge: Challenge) -> list[str]:
    made = StandingCommitment.objects.filter(challenge=challenge).first()
    if made is None:
        return []
    faults = []
    if leaf_of(made.text, made.salt) != made.digest:
        faults.append("the standing does not give the published hash")
    if challenge.is_revealed and published_text(challenge) != made.text:
        faults.append("the published standing is not the one that was counted")
    return faults


def published_text(challenge: Challenge) -> str:
    """The published places in the form that was committed to."""
    places = PublishedStanding.objects.filter(challenge=challenge)
    return standing_text((p.bracket, p.rank, p.entry_id, p.net) for p in places)


def standing_text(places: Iterable[tuple[str, int, object, Decimal]]) -> str:
    """JSON without blanks: bracket, rank, entry and net count of each, in the order of these lines."""
    rows = sorted([bracket, rank, str(entry), f"{net:.2f}"] for bracket, rank, entry, net in places)
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":"))
