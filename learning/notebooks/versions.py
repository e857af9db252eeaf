"""A document and its versions: rows that lead to one another by `replaces`, one of which answers.

Whoever changes them holds `lock` on their notebook, so that two uploads at once get one order.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from learning.notebooks.models import Notebook, Source


def lock(notebook_id: object) -> None:
    """Until the transaction ends nobody else arranges this notebook's versions."""
    Notebook.objects.select_for_update().only("pk").get(pk=notebook_id)


def roots(links: Iterable[tuple[UUID, UUID | None]]) -> dict[UUID, UUID]:
    """By version the oldest one of its document; `links` are (version, what it replaces)."""
    replaces = dict(links)
    found: dict[UUID, UUID] = {}
    for version in replaces:
        way = [version]
        while way[-1] not in found and (older := replaces[way[-1]]) in replaces:
            way.append(older)
        root = found.get(way[-1], way[-1])
        found.update(dict.fromkeys(way, root))
    return found


def versions_of(source: Source) -> QuerySet[Source]:
    """All versions of the source's document, removed ones too, without their texts."""
    links = Source.objects.filter(notebook=source.notebook_id).values_list("pk", "replaces_id")
    root = roots(links)
    ids = [pk for pk, first in root.items() if first == root[source.pk]]
    return Source.objects.filter(pk__in=ids).defer("text", "pages", "headings").order_by("version")


def has_versions(source: Source) -> bool:
    return source.replaces_id is not None or source.replacements.exists()


def is_upcoming(source: Source, today: date | None = None) -> bool:
    return source.valid_from is not None and source.valid_from > (today or timezone.localdate())


def is_expired(source: Source, today: date | None = None) -> bool:
    return source.valid_until is not None and source.valid_until < (today or timezone.localdate())


def arrange(source: Source, now: datetime | None = None) -> None:
    """Let the newest version that was read and has begun take over from all before it.

    One that begins later is linked to the version that answers until then, past any that cannot be read;
    on its first day `taught_condition` leaves the older one out.
    """
    if not has_versions(source):
        return
    now = now or timezone.now()
    today = timezone.localdate(now)
    present = [version for version in versions_of(source) if version.removed_at is None]
    ready = [version for version in present if version.is_ready]
    begun = [row.version for row in ready if row.superseded_at is None and not is_upcoming(row, today)]
    serving = max(begun, default=0)
    earlier = [version.pk for version in present if version.version < serving]
    Source.objects.filter(pk__in=earlier, superseded_at=None).update(superseded_at=now)
    standing = [row for row in ready if row.version == serving]
    for version in (row for row in ready if row.version > serving and row.superseded_at is None):
        overtaken = [
            row for row in standing if row.version > serving and row.valid_from >= version.valid_from
        ]
        Source.objects.filter(pk__in=[row.pk for row in overtaken]).update(superseded_at=now)
        standing = [row for row in standing if row not in overtaken]
        if standing and version.replaces_id != standing[-1].pk:
            Source.objects.filter(pk=version.pk).update(replaces=standing[-1])
        standing.append(version)


def close_gap(source: Source) -> None:
    """Before one version goes by itself: what replaced it replaces what it replaced, or the first of them leads."""
    older = Source.objects.values_list("replaces", flat=True).get(pk=source.pk)
    if older is None:
        older = source.replacements.order_by("version").values_list("pk", flat=True).first()
        source.replacements.filter(pk=older).update(replaces=None)
    source.replacements.update(replaces=older)


def leaving_with(source: Source) -> list[UUID]:
    """What is removed with it: an earlier or a coming version goes alone, the current one takes all along."""
    if not has_versions(source):
        return [source.pk]
    present = [version for version in versions_of(source) if version.removed_at is None]
    leaving = next((version for version in present if version.pk == source.pk), None)
    if leaving is None or leaving.superseded_at is not None:
        return [source.pk]
    before = [row for row in present if row.version < leaving.version and row.superseded_at is None]
    if before and (not leaving.is_ready or is_upcoming(leaving)):
        return [source.pk]
    return [version.pk for version in present]


def begun(now: datetime) -> QuerySet[Source]:
    """Versions whose first day has come while the one before them still counts as current."""
    return Source.objects.current().filter(
        state=Source.State.READY,
        valid_from__lte=timezone.localdate(now),
        replaces__removed_at=None,
        replaces__superseded_at=None,
        replaces__isnull=False,
    )


def documents_of(notebook: Notebook) -> list[Source]:
    """The current version of every document, and after it those that are to replace it; one query.

    Each has `standing` ("", "upcoming" or "expired"), the first of a document its `earlier` versions, a
    later one the version that answers in the meantime as `serving`.
    """
    rows = notebook.sources.defer("text", "pages", "headings").select_related("added_by", "owner")
    rows, today = list(rows), timezone.localdate()
    root = roots((row.pk, row.replaces_id) for row in rows)
    documents: dict[UUID, list[Source]] = defaultdict(list)
    for row in rows:
        if row.removed_at is None:
            row.notebook = notebook
            row.standing = standing(row, today)
            documents[root[row.pk]].append(row)
    shown: list[Source] = []
    for versions in documents.values():
        versions.sort(key=lambda row: row.version)
        current = [row for row in versions if row.superseded_at is None]
        for row in current:
            row.earlier, row.serving = (
                [],
                current[0]
                if row is not current[0] and current[0].is_ready and not current[0].standing
                else None,
            )
        if current:
            current[0].earlier = [row for row in reversed(versions) if row.superseded_at is not None]
        shown += current
    return shown


def standing(source: Source, today: date | None = None) -> str:
    """ "superseded", "upcoming" or "expired" for a version that was read and does not answer today; else ""."""
    if source.superseded_at is not None:
        return "superseded"
    if is_expired(source, today):
        return "expired"
    return "upcoming" if is_upcoming(source, today) else ""


def current_version(source: Source) -> Source | None:
    """What answers in the place of a version that does not; None if nothing does."""
    taught = versions_of(source).filter(pk__in=Source.objects.taught()).exclude(pk=source.pk)
    return taught.order_by("-version").first()


def is_answered(source: Source) -> bool:
    """Whether some version of its document answers today."""
    return versions_of(source).filter(pk__in=Source.objects.taught()).exists()


def held_now(sources: Iterable[Source]) -> dict[UUID, UUID | None]:
    """By source the version that answers in its place, or None; two queries for all of them."""
    sources = list(sources)
    notebooks = {source.notebook_id for source in sources}
    root = roots(Source.objects.filter(notebook__in=notebooks).values_list("pk", "replaces_id"))
    taught = Source.objects.taught().filter(notebook__in=notebooks).order_by("version")
    holding = {root[pk]: pk for pk in taught.values_list("pk", flat=True)}
    return {source.pk: holding.get(root[source.pk]) for source in sources}


def document_count(notebook: Notebook) -> int:
    """How many documents it holds; a version that is yet to replace another is none of its own."""
    waiting = notebook.sources.filter(
        replaces__removed_at=None, replaces__superseded_at=None, replaces__isnull=False
    )
    return notebook.sources.current().exclude(pk__in=waiting).count()
