"""Taking over a report of usage: read and previewed, confirmed, and, until its week is closed, withdrawn."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.core.files.base import File
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hub.adoption.imports.source import BadFile, Head, Source, wrong_line
from hub.adoption.models import ImportedUse, UsageImport
from hub.audit.actions import record
from hub.people import access
from hub.people.models import LegalEntity, User
from hub.refusals import Refusal
from hub.uploads import check_clean, check_size, fingerprint

BATCH = 2000
UNCONFIRMED_KEPT = timedelta(days=1)
CONCEALED = re.compile(r"[0-9A-Fa-f]{32,64}")


def may_import(user: User) -> bool:
    return access.is_hr(user) or access.is_administrator(user)


def entities_of(user: User) -> list[LegalEntity]:
    """Whose people may be taken: HR those of the own companies, administrators all."""
    if access.is_administrator(user):
        return list(LegalEntity.objects.all())
    return access.entities_of(user, access.Role.HR)


@dataclass
class _Counted:
    head: Head | None = None
    rows: int = 0
    unknown: int = 0
    concealed: int = 0


@transaction.atomic
def preview(*, source: Source, file: File, by: User, now: datetime | None = None) -> UsageImport:
    """Read the whole file and keep what would be taken of it, not yet counted. The same file again is the same preview.

    Raises Refusal: too large (413), wrong in a row (422), nobody known (422), taken over already (409).
    """
    now = now or timezone.now()
    if not may_import(by):
        raise PermissionDenied
    check_size(file)
    check_clean(file)
    digest = fingerprint(file)
    own = {entity.pk for entity in entities_of(by)}
    UsageImport.objects.filter(
        state=UsageImport.State.PREVIEW, uploaded_at__lt=now - UNCONFIRMED_KEPT
    ).delete()
    if waiting := UsageImport.objects.filter(
        state=UsageImport.State.PREVIEW, sha256=digest, uploaded_by=by
    ).first():
        return waiting
    counted, found = _read(source, file, own, timezone.localdate(now))
    if not found:
        raise _nobody(counted)
    made = UsageImport(
        source=source.name,
        layout=counted.head.layout,
        sha256=digest,
        uploaded_by=by,
        uploaded_at=now,
        reported_on=counted.head.reported_on,
        rows=counted.rows,
        matched=len(found),
        unknown=counted.unknown,
    )
    covered = {entity for entity, _monday in found.values()}
    _refuse_twice(made, covered)
    made.save()
    made.entities.set(covered)
    uses = [
        ImportedUse(usage_import=made, subject_key=key, entity_id=entity, monday=monday)
        for key, (entity, monday) in found.items()
    ]
    ImportedUse.objects.bulk_create(uses, batch_size=BATCH)
    return made


def _read(
    source: Source, file: File, own: set[int], today: date
) -> tuple[_Counted, dict[UUID, tuple[int, date | None]]]:
    """What the file says of people of these companies: subject key -> (company, week of the last activity)."""
    people = User.objects.active().filter(team__legal_entity__in=own)
    known = {
        email.lower(): (key, entity)
        for email, key, entity in people.values_list(
            "email", "subject_key", "team__legal_entity_id"
        ).iterator()
    }
    counted, found, seen = _Counted(), {}, set()
    for row in source.read(file.file, today):
        if isinstance(row, Head):
            counted.head = row
            continue
        counted.rows += 1
        who = known.get(row.account.lower())
        if who is None:
            counted.unknown += 1
            counted.concealed += CONCEALED.fullmatch(row.account) is not None
            continue
        key, entity = who
        if (key, row.period) in seen:
            raise wrong_line(row.line, _("it names somebody a second time for the same period"))
        seen.add((key, row.period))
        monday = row.last_on - timedelta(days=row.last_on.weekday()) if row.last_on else None
        before = found.get(key, (entity, None))[1]
        found[key] = (entity, max(filter(None, (monday, before)), default=None))
    return counted, found


def _nobody(counted: _Counted) -> BadFile:
    if counted.concealed == counted.rows:
        return BadFile(
            _(
                "The names in this report are concealed, so nobody can be found. Whoever administrates Microsoft 365 "
                "can switch that off under “Reports”. Nothing was taken over."
            )
        )
    return BadFile(_("Nobody in this report belongs to your companies here. Nothing was taken over."))


def _refuse_twice(made: UsageImport, entities: set[int]) -> None:
    """The same file, or another report of the same day for one of the same companies."""
    taken = UsageImport.objects.filter(source=made.source, state=UsageImport.State.CONFIRMED).exclude(
        pk=made.pk
    )
    taken = taken.filter(entities__in=entities)
    if taken.filter(sha256=made.sha256).exists():
        raise Refusal("taken_already", _("This very file was taken over already."), status=409)
    if taken.filter(reported_on=made.reported_on).exists():
        sentence = _("A report of this day was taken over already. Withdraw it first, if this one is better.")
        raise Refusal("day_taken_already", sentence, status=409)


@transaction.atomic
def confirm(*, usage_import: UsageImport, by: User, now: datetime | None = None) -> UsageImport:
    """Count it from the close of this week on. A second time it stays as it is. Refuses what was withdrawn (409)."""
    one = _locked(usage_import, by)
    if one.state == UsageImport.State.WITHDRAWN:
        raise Refusal("withdrawn", _("This import was withdrawn. Upload the file once more."), status=409)
    if one.state == UsageImport.State.PREVIEW:
        # Two reports of one day at once: the second waits here, and is refused.
        list(one.entities.order_by("pk").select_for_update())
        _refuse_twice(one, set(one.entities.values_list("pk", flat=True)))
        one.state, one.confirmed_at = UsageImport.State.CONFIRMED, now or timezone.now()
        one.save(update_fields=["state", "confirmed_at"])
        _record(one, by, "usage.imported")
    return one


@transaction.atomic
def withdraw(*, usage_import: UsageImport, by: User) -> UsageImport:
    """Take it back with all that it holds of people. Refuses (409) once a closed week counts it."""
    one = _locked(usage_import, by)
    if one.counted_at:
        sentence = _("A closed week counts this import already. Published figures are never changed.")
        raise Refusal("counted_already", sentence, status=409)
    one.uses.all().delete()
    if one.state == UsageImport.State.PREVIEW:
        one.delete()
    elif one.state == UsageImport.State.CONFIRMED:
        one.state = UsageImport.State.WITHDRAWN
        one.save(update_fields=["state"])
        _record(one, by, "usage.withdrawn")
    return one


def _locked(usage_import: UsageImport, by: User) -> UsageImport:
    """HR needs to stand for every company in it: what an administrator took of several stays theirs."""
    one = UsageImport.objects.select_for_update().get(pk=usage_import.pk)
    own = {entity.pk for entity in entities_of(by)}
    if not may_import(by) or not own.issuperset(one.entities.values_list("pk", flat=True)):
        raise PermissionDenied
    return one


def _record(one: UsageImport, by: User, action: str) -> None:
    facts = {"source": one.source, "rows": one.rows, "matched": one.matched, "unknown": one.unknown}
    record(actor_key=by.subject_key, action=action, object_type="usage_import", object_id=one.pk, facts=facts)
