"""The people list of a company as a CSV file: decoded, and checked line by line."""

import csv
import io
import re
from dataclasses import dataclass

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
    "job_family",
    "language",
    "time_zone",
    "roles",
    "is_executive",
    "active",
)
TRUE = {"1", "true", "yes", "y", "ja", "j", "wahr", "x"}
LONGEST = {
    "email": 254, "first_name": 80, "last_name": 80, "team": 120, "site": 120, "entity": 120, "job_family": 120,
}  # fmt: skip
SEPARATORS = re.compile(r"[,|;]")
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
    """One person. None stands for a column that the file does not have: what is known stays as it is.

    An empty cell of a given column says "no team", "no job family", "no roles", "no executive"; for language, zone and
    `active` it says nothing either.
    """

    line: int
    email: str
    first_name: str
    last_name: str
    team: str | None
    site: str
    entity: str
    job_family: str | None
    language: str | None
    time_zone: str
    roles: tuple[str, ...] | None
    is_executive: bool | None
    active: bool | None


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
    faults: list[Fault] = []
    try:
        names = [name.strip().lower() for name in reader.fieldnames or []]
        reader.fieldnames = names
        if unknown := [name for name in names if name not in COLUMNS]:
            sentence = _("Unknown columns: %(unknown)s. Known are %(known)s.")
            words = {"unknown": ", ".join(unknown), "known": ", ".join(COLUMNS)}
            raise BadPeopleFile([Fault(1, sentence % words)])
        if missing := [name for name in ("email", "first_name", "last_name") if name not in names]:
            raise BadPeopleFile([Fault(1, _("Missing columns: %s.") % ", ".join(missing))])
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
        # The reader stops here, so that what follows cannot be judged.
        raise BadPeopleFile([*faults, Fault(reader.line_num + 1, _("This line is no valid CSV."))]) from error
    if not rows and not faults:
        faults.append(Fault(1, _("The file has no rows.")))
    if faults:
        raise BadPeopleFile(faults)
    return rows


def _flag(value: str | None, line: int, name: str, faults: list[Fault]) -> bool | None:
    if value is None:
        return None
    if value.lower() not in TRUE | FALSE:
        faults.append(
            Fault(
                line,
                _("“%(value)s” in column %(name)s is neither yes nor no.") % {"value": value, "name": name},
            )
        )
    return value.lower() in TRUE


def _row(line: int, record_: dict, faults: list[Fault]) -> Row:
    def get(name: str, missing: str | None = "") -> str | None:
        return (record_[name] or "").strip() if name in record_ else missing

    if record_.get(""):
        faults.append(Fault(line, _("This line has more columns than the header.")))
    email = get("email").lower()
    try:
        validate_email(email)
    except ValidationError:
        faults.append(Fault(line, _("“%s” is no e-mail address.") % email))
    for name, longest in LONGEST.items():
        if len(get(name)) > longest:
            words = {"name": name, "longest": longest}
            faults.append(Fault(line, _("Column %(name)s is longer than %(longest)s characters.") % words))
    for name in ("first_name", "last_name"):
        if not get(name):
            faults.append(Fault(line, _("Column %s is empty.") % name))
    if get("language") not in {"", "de", "en"}:
        faults.append(Fault(line, _("Language “%s” is neither de nor en.") % get("language")))
    if get("time_zone") and get("time_zone") not in zone_names():
        faults.append(Fault(line, _("“%s” is no IANA time zone such as Europe/Berlin.") % get("time_zone")))
    if get("team") and not (get("site") and get("entity")):
        faults.append(Fault(line, _("A team needs a site and an entity.")))
    roles = None if get("roles", None) is None else tuple(SEPARATORS.sub(" ", get("roles")).lower().split())
    for role in roles or ():
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
        team=get("team", None),
        site=get("site"),
        entity=get("entity"),
        job_family=get("job_family", None),
        language=get("language") or None,
        time_zone=get("time_zone"),
        roles=roles,
        is_executive=_flag(get("is_executive", None), line, "is_executive", faults),
        active=_flag(get("active") or None, line, "active", faults),
    )
