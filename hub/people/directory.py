"""Writing a people list: all or nothing, and repeating it changes nothing."""

from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from hub.audit.actions import record
from hub.people.leaving import tell_back, tell_left
from hub.people.models import JobFamily, LegalEntity, RoleGrant, Site, Team, User
from hub.people.roster import BadPeopleFile, Fault, Row, parse


@dataclass
class Outcome:
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    left: int = 0


def _administrators() -> QuerySet[User]:
    return User.objects.active().filter(role_grants__role=RoleGrant.Role.ADMINISTRATOR)


class _DryRun(Exception):
    pass


def import_people(*, content: bytes, dry_run: bool = False) -> Outcome:
    """Create and update the people of the file in one transaction; people not named in it stay as they are.

    Repeating it changes nothing. Raises BadPeopleFile, and then nothing is written.
    """
    rows = parse(content)
    outcome = Outcome()
    try:
        with transaction.atomic():
            had_administrator = _administrators().exists()
            leavers = [user for row in rows if (user := _write(row, outcome))]
            if had_administrator and not _administrators().exists():
                sentence = _(
                    "Nobody would be left as administrator. Keep the role with somebody who is active."
                )
                raise BadPeopleFile([Fault(1, sentence)])
            outcome.left = len(leavers)
            if leavers:
                tell_left(leavers)
            record(
                actor_key=None,
                action="people.imported",
                facts={"created": outcome.created, "updated": outcome.updated, "left": outcome.left},
            )
            if dry_run:
                raise _DryRun
    except _DryRun:
        pass
    return outcome


def _team(row: Row) -> Team | None:
    if not row.team:
        return None
    entity, _created = LegalEntity.objects.get_or_create(name=row.entity)
    site, _created = Site.objects.get_or_create(
        name=row.site, defaults={"time_zone": row.time_zone or settings.TIME_ZONE}
    )
    team, _created = Team.objects.get_or_create(name=row.team, legal_entity=entity, defaults={"site": site})
    return team


def _family(row: Row) -> JobFamily | None:
    return JobFamily.objects.get_or_create(name=row.job_family)[0] if row.job_family else None


def _write(row: Row, outcome: Outcome) -> User | None:
    """Returns the person if they leave with this row."""
    team = _team(row)
    wanted: dict[str, object] = {"first_name": row.first_name, "last_name": row.last_name}
    if row.language:
        wanted["language"] = row.language
    if row.team is not None:
        wanted["team"] = team
    if row.job_family is not None:
        wanted["job_family"] = _family(row)
    if row.is_executive is not None:
        wanted["is_executive"] = row.is_executive
    if row.active is not None:
        wanted["status"] = User.Status.ACTIVE if row.active else User.Status.LEFT
    if row.time_zone or team:
        wanted["time_zone"] = row.time_zone or team.site.time_zone
    user = User.objects.filter(email__iexact=row.email).first()
    if user is None:
        user = User.objects.create_user(email=row.email, **wanted)
        outcome.created += 1
        _grant(user, row)
        return None
    was_active = user.is_active
    changed = [name for name, value in wanted.items() if getattr(user, name) != value]
    if "team" in changed and user.team_id is not None:
        wanted["team_since"] = timezone.localdate()
        changed.append("team_since")
    for name in changed:
        setattr(user, name, wanted[name])
    if changed:
        user.save(update_fields=changed)
    if _grant(user, row) or changed:
        outcome.updated += 1
    else:
        outcome.unchanged += 1
    if was_active and not user.is_active:
        return user
    if user.is_active and not was_active:
        tell_back(user)
    return None


def _grant(user: User, row: Row) -> bool:
    """Make the person's roles those of the row, if it names any; returns whether anything changed."""
    if row.roles is None:
        return False
    entity = LegalEntity.objects.filter(name=row.entity).first()
    if entity is None and row.entity:
        entity = LegalEntity.objects.create(name=row.entity)
    wanted = {
        (role, entity.pk if role in RoleGrant.BOUND_TO_ENTITY and entity else None) for role in row.roles
    }
    held = set(user.role_grants.values_list("role", "legal_entity_id"))
    for role, entity_id in held - wanted:
        user.role_grants.filter(role=role, legal_entity_id=entity_id).delete()
    RoleGrant.objects.bulk_create(
        [RoleGrant(user=user, role=role, legal_entity_id=entity_id) for role, entity_id in wanted - held]
    )
    if held != wanted:
        record(
            actor_key=None,
            action="roles.changed",
            object_type="person",
            object_id=user.subject_key,
            facts={"roles": sorted(role for role, _entity in wanted)},
        )
    return held != wanted
