"""The rows of a bet that a person may see, else 404: whether somebody else's exist makes no difference."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from challenges.contests.models import Challenge, Claim, Entry, EvidenceFile, Partaking
from challenges.contests.own_claims import own_claims, own_drafts
from hub.people.models import User


def get_challenge_for(request: HttpRequest, challenge_id: object, *, to_change: bool = False) -> Challenge:
    """The bet if this person may see it (else 404), and may change it where asked (else 403)."""
    visible = Challenge.objects.visible_to(request.user).select_related("organiser", "deputy")
    challenge = get_object_or_404(visible, pk=challenge_id)
    if to_change and not challenge.can_be_changed_by(request.user):
        raise PermissionDenied
    return challenge


def get_own_entry_for(request: HttpRequest, challenge: Challenge) -> Entry:
    """The entry one takes part in, alone or in its team."""
    entries = Entry.objects.of(request.user).select_related(
        "challenge", "process", "baseline", "contestant__team"
    )
    return get_object_or_404(entries, challenge=challenge)


def assisted_entry_of(user: User, challenge: Challenge) -> Entry | None:
    """The entry for which one may draft, and see nothing else of it."""
    part = (
        Partaking.objects.filter(challenge=challenge, user=user, part=Partaking.Part.ASSISTANT)
        .select_related("entry__challenge", "entry__process", "entry__baseline", "entry__contestant")
        .first()
    )
    return part.entry if part else None


def get_writing_entry_for(request: HttpRequest, challenge: Challenge) -> tuple[Entry, bool]:
    """(The entry for which one may write claims, whether one only drafts)."""
    if entry := assisted_entry_of(request.user, challenge):
        return entry, True
    return get_own_entry_for(request, challenge), False


def get_own_claim_for(request: HttpRequest, claim_id: object) -> tuple[Entry, Claim]:
    """A claim of an entry one takes part in."""
    for entry in Entry.objects.of(request.user).select_related("challenge", "process", "baseline"):
        if claim := own_claims(entry).filter(pk=claim_id).first():
            return entry, claim
    raise Http404


def get_written_claim_for(request: HttpRequest, claim_id: object) -> tuple[Entry, Claim, bool]:
    """(entry, claim, whether one only drafts): one's own claim, or a draft one wrote as an assistant."""
    helping = Partaking.objects.filter(user=request.user, part=Partaking.Part.ASSISTANT)
    for part in helping.select_related("entry__challenge", "entry__process", "entry__baseline"):
        if claim := own_drafts(part.entry, request.user).filter(pk=claim_id).first():
            return part.entry, claim, True
    return *get_own_claim_for(request, claim_id), False


def get_own_file_for(request: HttpRequest, claim_id: object, file_id: object) -> tuple[Entry, EvidenceFile]:
    entry, claim, _drafts = get_written_claim_for(request, claim_id)
    file = next((one for one in claim.files.all() if str(one.pk) == str(file_id)), None)
    if file is None:
        raise Http404
    return entry, file
