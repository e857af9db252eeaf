"""What happens to a study aid: asked for, cancelled, edited, released, removed. Making stands in `making.py`."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from hub.audit.actions import record
from hub.people.models import User
from hub.refusals import Refusal
from hub.uploads import one_line
from learning.notebooks import making
from learning.notebooks.aids.kinds import KINDS
from learning.notebooks.models import AidItem, Notebook, Source, StudyAid

UNDO_FOR = timedelta(hours=24)
MOST_AT_ONCE = 5  # unfinished ones of one person


def request_aid(
    *,
    notebook: Notebook,
    user: User,
    kind: str,
    length: str = StudyAid.Length.MEDIUM,
    language: str = "",
    sources: Sequence[UUID] = (),
    title: str = "",
) -> StudyAid:
    """Queue an aid from the chosen sources, or from all. Raises Refusal: unknown, nothing to read, too many."""
    if kind not in KINDS:
        raise Refusal("unknown_kind", _("There is no such study aid."))
    if length not in StudyAid.Length.values:
        raise Refusal("unknown_length", _("Choose short, medium or long."))
    chosen = _chosen(notebook, sources)
    if StudyAid.objects.present().filter(notebook=notebook).count() >= settings.NOTEBOOK_MAX_AIDS:
        sentence = _("This notebook already holds %(limit)s study aids, the most it can. Remove one first.")
        raise Refusal("too_many_aids", str(sentence) % {"limit": settings.NOTEBOOK_MAX_AIDS}, status=409)
    if StudyAid.objects.present().filter(made_by=user, is_done=False).count() >= MOST_AT_ONCE:
        raise Refusal("busy", _("Several of your study aids are still being made. Wait for one."), status=409)
    language = language if language in {"de", "en"} else notebook.language
    with transaction.atomic():
        aid = StudyAid.objects.create(
            notebook=notebook,
            made_by=user,
            kind=kind,
            length=length,
            language=language,
            sources=chosen,
            title=one_line(title)[:200] or title_for(kind, chosen, language),
        )
        making.wake(aid)
    return aid


def title_for(kind: str, sources: Sequence[str], language: str) -> str:
    """What it is, and from which source if it is made from one alone."""
    titles = Source.objects.filter(pk__in=sources[:2]).values_list("title", flat=True)
    with translation.override(language):
        label = str(KINDS[kind].label)
    return f"{label}: {titles[0]}"[:200] if len(titles) == 1 else label


def _chosen(notebook: Notebook, sources: Sequence[UUID]) -> list[str]:
    taught = set(notebook.sources.taught().values_list("pk", flat=True))
    if not taught:
        raise Refusal(
            "no_passages", _("Nothing in this notebook answers yet. Add a source first."), status=409
        )
    wanted = set(sources)
    if not wanted <= taught:
        raise Refusal(
            "unknown_source",
            _("One of the chosen sources is not in this notebook, or not any more. Choose again."),
        )
    return sorted(str(pk) for pk in wanted) if wanted != taught else []


def cancel(*, aid: StudyAid) -> StudyAid:
    """Stop making it, or waiting for it; does nothing once it is made."""
    StudyAid.objects.filter(pk=aid.pk, is_done=False).update(
        state=StudyAid.State.FAILED,
        error_code="cancelled",
        progress=0,
        is_done=True,
        leased_until=None,
        lease_token=None,
    )
    aid.refresh_from_db()
    return aid


@transaction.atomic
def retry(*, aid: StudyAid) -> StudyAid:
    """Make a failed one once more."""
    again = StudyAid.objects.filter(pk=aid.pk, state=StudyAid.State.FAILED).update(
        state=StudyAid.State.QUEUED,
        is_done=False,
        attempts=0,
        progress=0,
        error_code="",
        leased_until=None,
        lease_token=None,
    )
    aid.refresh_from_db()
    if again:
        making.wake(aid)
    return aid


@transaction.atomic
def release(*, aid: StudyAid, by: User, now: datetime | None = None) -> StudyAid:
    """Let everybody who may read the notebook see it, with the name of who has reviewed it."""
    changed = StudyAid.objects.filter(pk=aid.pk, state=StudyAid.State.READY, released_at=None).update(
        released_by=by, released_at=now or timezone.now()
    )
    aid.refresh_from_db()
    if not aid.is_released:
        raise Refusal("not_ready", _("It is not made yet. Release it once you have read it."), status=409)
    if changed:
        _record(aid, by, "study_aid.released")
    return aid


@transaction.atomic
def take_back(*, aid: StudyAid, by: User) -> StudyAid:
    """Undo the release: from now on only its maker and the notebook's editors see it."""
    if (
        StudyAid.objects.filter(pk=aid.pk)
        .exclude(released_at=None)
        .update(released_at=None, released_by=None)
    ):
        _record(aid, by, "study_aid.taken_back")
    aid.refresh_from_db()
    return aid


def _record(aid: StudyAid, by: User, action: str) -> None:
    if aid.notebook.audience != Notebook.Audience.PRIVATE:
        record(actor_key=by.subject_key, action=action, object_type="study_aid", object_id=aid.pk)


class EditedMeanwhile(Refusal):
    """Somebody else saved the item first: both texts are kept, `item` is what stands now."""

    def __init__(self, item: AidItem) -> None:
        sentence = _(
            "Somebody else changed this meanwhile. Yours is not saved yet: compare, then save again."
        )
        super().__init__("edited_meanwhile", sentence, status=409)
        self.item = item


def edit_item(
    *, item: AidItem, by: User, revision: int, heading: str, body: str, data: dict | None = None
) -> AidItem:
    """Save an item if it still is what the editor saw. Raises EditedMeanwhile, or Refusal for an empty one."""
    heading, body = heading.replace("\x00", "").strip()[:1000], body.replace("\x00", "").strip()[:4000]
    if not heading and not body:
        raise Refusal("empty_item", _("Write something, or leave the item out."))
    changed = AidItem.objects.filter(pk=item.pk, revision=revision).update(
        heading=heading,
        body=body,
        data=item.data if data is None else data,
        revision=F("revision") + 1,
        edited_by=by,
        edited_at=timezone.now(),
    )
    item.refresh_from_db()
    if not changed:
        raise EditedMeanwhile(item)
    # Whoever changes what is released has reviewed it as it stands now.
    StudyAid.objects.filter(pk=item.aid_id, released_at__isnull=False).update(
        released_by=by, released_at=timezone.now()
    )
    return item


def leave_out(*, item: AidItem, by: User, now: datetime | None = None) -> None:
    """The item is shown no more; it can be taken in again."""
    AidItem.objects.filter(pk=item.pk, left_out_at=None).update(
        left_out_at=now or timezone.now(), edited_by=by, revision=F("revision") + 1
    )


def take_in(*, item: AidItem, by: User) -> None:
    """Undo `leave_out`."""
    AidItem.objects.filter(pk=item.pk).exclude(left_out_at=None).update(
        left_out_at=None, edited_by=by, revision=F("revision") + 1
    )


def rename(*, aid: StudyAid, title: str) -> StudyAid:
    title = one_line(title)[:200]
    if not title:
        raise Refusal("no_title", _("Give it a title."))
    StudyAid.objects.filter(pk=aid.pk).update(title=title)
    aid.title = title
    return aid


@transaction.atomic
def remove(*, aid: StudyAid, by: User, now: datetime | None = None) -> None:
    """From this moment on nobody sees it; it can be put back for a day."""
    StudyAid.objects.filter(pk=aid.pk, removed_at=None).update(
        removed_at=now or timezone.now(), lease_token=None
    )
    if aid.made_by_id != by.pk:
        _record(aid, by, "study_aid.removed")


@transaction.atomic
def put_back(*, aid: StudyAid) -> StudyAid:
    """Undo `remove`."""
    StudyAid.objects.filter(pk=aid.pk).update(removed_at=None, leased_until=None)
    aid.refresh_from_db()
    if not aid.is_done:
        making.wake(aid)
    return aid


def purge_removed(now: datetime | None = None) -> int:
    """Erase aids removed longer than a day ago, with what people learned with them; returns how many."""
    old = StudyAid.objects.filter(removed_at__lt=(now or timezone.now()) - UNDO_FOR)
    ids: Collection[UUID] = list(old.values_list("pk", flat=True))
    StudyAid.objects.filter(pk__in=ids).delete()
    return len(ids)


def sources_of(aid: StudyAid) -> list[Source]:
    """The sources it was made from, as far as they are still there; empty for all of them."""
    return list(Source.objects.present().filter(pk__in=aid.sources).only("pk", "title", "notebook"))
