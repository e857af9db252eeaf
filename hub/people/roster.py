"""The people list of a company as a CSV file: decoded, and checked line by line."""

import csv
import io
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from hub.people.models import RoleGrant
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
