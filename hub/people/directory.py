"""The people list of a company as CSV: read, checked line by line, and written all or nothing."""

import csv
import io
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from hub.audit.actions import record
from hub.people.models import LegalEntity, RoleGrant, Site, Team, User
from hub.people.zones import zone_names

COLUMNS = (
    "email",
    "first_name",
    "last_name",
    "team",
    "site",
    "entity",
    "language",
    "time_zone",
    "roles",
    "is_executive",
    "active",
)
TRUE = {"1", "true", "yes", "y", "ja", "j", "wahr", "x"}
FALSE = {"", "0", "false", "no", "n", "nein", "falsch"}


@dataclass(frozen=True)
class Fault:
    line: int
    reason: str


class BadPeopleFile(Exception):
    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("; ".join(f"{fault.line}: {fault.reason}" for fault in faults))
        self.faults = faults


@dataclass
class Outcome:
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    left: int = 0


@dataclass(frozen=True)
class Row:
    line: int
    email: str
    first_name: str
    last_name: str
    team: str
    site: str
    entity: str
    language: str
    time_zone: str
    roles: tuple[str, ...] = field(default=())
    is_executive: bool = False
    active: bool = True


def decode(content: bytes) -> str:
    """UTF-8 (with or without mark) or what Excel writes. Raises BadPeopleFile for anything else.

    Excel's "CSV" is Windows-1252, its "Unicode text" UTF-16 with a mark. A UTF-16 file without mark, or a
    binary one, holds NULs and is refused: read as Windows-1252 it would become nonsense names.
    """
    has_mark = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    encodings = ("utf-16",) if has_mark else ("utf-8-sig", "cp1252")
    if has_mark or b"\x00" not in content:
        for encoding in encodings:
            try:
                return content.decode(encoding)
            except UnicodeDecodeError:
                continue
    raise BadPeopleFile(
        [Fault(1, _("The characters of this file cannot be recognised. Save it as “CSV UTF-8”."))]
    )


def parse(content: bytes) -> list[Row]:
    """Rows of the file, or BadPeopleFile with every bad line and its reason."""
    text = decode(content)
    header = text.split("\n", 1)[0]
    delimiter = max(";,\t", key=header.count)
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter, restkey="", strict=True)
    try:
        names = [name.strip().lower() for name in reader.fieldnames or []]
        reader.fieldnames = names
        if missing := [name for name in ("email", "first_name", "last_name") if name not in names]:
            raise BadPeopleFile([Fault(1, _("Missing columns: %s.") % ", ".join(missing))])
        faults: list[Fault] = []
        rows: list[Row] = []
        seen: dict[str, int] = {}
        for record_ in reader:
            row = _row(reader.line_num, record_, faults)
            if row.email in seen:
                faults.append(
                    Fault(
                        row.line,
                        _("%(email)s stands in line %(line)s already.")
                        % {"email": row.email, "line": seen[row.email]},
                    )
                )
            seen.setdefault(row.email, row.line)
            rows.append(row)
    except csv.Error as error:
        raise BadPeopleFile([Fault(reader.line_num, _("This line is no valid CSV."))]) from error
    if not rows and not faults:
        faults.append(Fault(1, _("The file has no rows.")))
    if faults:
        raise BadPeopleFile(faults)
    return rows


def _flag(value: str, line: int, name: str, faults: list[Fault]) -> bool:
    if value.lower() not in TRUE | FALSE:
        faults.append(
            Fault(
                line,
                _("“%(value)s” in column %(name)s is neither yes nor no.") % {"value": value, "name": name},
            )
        )
    return value.lower() in TRUE


def _row(line: int, record_: dict, faults: list[Fault]) -> Row:
    def get(name: str, default: str = "") -> str:
        return (record_.get(name) or "").strip() or default

    if record_.get(""):
        faults.append(Fault(line, _("This line has more columns than the header.")))
    email = get("email").lower()
    try:
        validate_email(email)
    except ValidationError:
        faults.append(Fault(line, _("“%s” is no e-mail address.") % email))
    for name in ("first_name", "last_name"):
        if not get(name):
            faults.append(Fault(line, _("Column %s is empty.") % name))
        elif len(get(name)) > 80:
            faults.append(Fault(line, _("Column %s is longer than 80 characters.") % name))
    if get("language", "de") not in {"de", "en"}:
        faults.append(Fault(line, _("Language “%s” is neither de nor en.") % get("language")))
    if get("time_zone") and get("time_zone") not in zone_names():
        faults.append(Fault(line, _("“%s” is no IANA time zone such as Europe/Berlin.") % get("time_zone")))
    if get("team") and not (get("site") and get("entity")):
        faults.append(Fault(line, _("A team needs a site and an entity.")))
    roles = tuple(part.strip().lower() for part in get("roles").replace(",", " ").replace("|", " ").split())
    for role in roles:
        if role not in RoleGrant.Role.values:
            faults.append(
                Fault(
                    line,
                    _("Role “%(role)s” is none of %(roles)s.")
                    % {"role": role, "roles": ", ".join(RoleGrant.Role.values)},
                )
            )
        elif role in RoleGrant.BOUND_TO_ENTITY and not get("entity"):
            faults.append(Fault(line, _("Role %s needs an entity.") % role))
    return Row(
        line=line,
        email=email,
        first_name=get("first_name"),
        last_name=get("last_name"),
        team=get("team"),
        site=get("site"),
        entity=get("entity"),
        language=get("language", "de"),
        time_zone=get("time_zone"),
        roles=roles,
        is_executive=_flag(get("is_executive"), line, "is_executive", faults),
        active=_flag(get("active", "yes"), line, "active", faults),
    )


class _DryRun(Exception):
    pass


def import_people(*, content: bytes, dry_run: bool = False) -> Outcome:
    """Create and update the people of the file in one transaction; people not named in it stay as they are.

    Repeating it changes nothing. Raises BadPeopleFile before anything is written.
    """
    rows = parse(content)
    outcome = Outcome()
    try:
        with transaction.atomic():
            for row in rows:
                _write(row, outcome)
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
    country = "DE"
    entity, _created = LegalEntity.objects.get_or_create(name=row.entity, defaults={"country": country})
    site, _created = Site.objects.get_or_create(
        name=row.site, defaults={"country": country, "time_zone": row.time_zone or "Europe/Berlin"}
    )
    team, _created = Team.objects.get_or_create(name=row.team, legal_entity=entity, defaults={"site": site})
    return team


def _write(row: Row, outcome: Outcome) -> None:
    team = _team(row)
    wanted = {
        "first_name": row.first_name,
        "last_name": row.last_name,
        "language": row.language,
        "team": team,
        "is_executive": row.is_executive,
        "status": User.Status.ACTIVE if row.active else User.Status.LEFT,
    }
    if row.time_zone or team:
        wanted["time_zone"] = row.time_zone or team.site.time_zone
    user = User.objects.filter(email__iexact=row.email).first()
    if user is None:
        user = User.objects.create_user(email=row.email, **wanted)
        outcome.created += 1
        _grant(user, row)
        return
    was_active = user.is_active
    changed = [name for name, value in wanted.items() if getattr(user, name) != value]
    for name in changed:
        setattr(user, name, wanted[name])
    if changed:
        user.save(update_fields=changed)
    if _grant(user, row) or changed:
        outcome.updated += 1
    else:
        outcome.unchanged += 1
    outcome.left += int(was_active and not user.is_active)


def _grant(user: User, row: Row) -> bool:
    """Make the person's roles those of the row; returns whether anything changed."""
    entity = LegalEntity.objects.filter(name=row.entity).first()
    if entity is None and row.entity:
        entity = LegalEntity.objects.create(name=row.entity, country="DE")
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
