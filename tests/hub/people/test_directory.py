"""The CSV import: Excel's files too, every bad row with its reason, all or nothing."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from hub.audit.models import AuditEntry
from hub.people.access import roles_of
from hub.people.directory import import_people
from hub.people.models import Team, User
from hub.people.roster import BadPeopleFile

HEADER = "email,first_name,last_name,team,site,entity,language,time_zone,roles,is_executive,active\n"
ROWS = (
    "ines@firma.example,Ines,Müller,Einkauf,Ladenburg,Firma GmbH,de,Europe/Berlin,facilitator hr,no,yes\n"
    "tom@firma.example,Tom,Weiß,Einkauf,Ladenburg,Firma GmbH,en,Europe/London,,ja,ja\n"
)
GOOD = HEADER + ROWS


@pytest.mark.django_db
@pytest.mark.parametrize(
    "content",
    [
        GOOD.encode(),
        GOOD.encode("utf-8-sig"),
        GOOD.replace(",", ";").encode("cp1252"),
        GOOD.replace(",", "\t").replace("\n", "\r\n").encode("utf-16"),
    ],
    ids=["utf-8", "utf-8 with mark", "Excel CSV", "Excel Unicode text"],
)
def test_it_reads_what_people_send(content: bytes) -> None:
    outcome = import_people(content=content)

    assert (outcome.created, outcome.updated) == (2, 0)
    ines, tom = User.objects.get(email="ines@firma.example"), User.objects.get(email="tom@firma.example")
    assert ines.last_name == "Müller"
    assert roles_of(ines) == {"facilitator", "hr"}
    assert ines.role_grants.get(role="hr").legal_entity.name == "Firma GmbH"
    assert (tom.is_executive, tom.language, tom.time_zone) == (True, "en", "Europe/London")
    assert ines.team == tom.team == Team.objects.get(name="Einkauf")
    assert not ines.has_usable_password()


@pytest.mark.django_db
def test_a_job_family_comes_with_its_column_and_stays_without_it() -> None:
    import_people(content=GOOD.encode())
    assert not User.objects.exclude(job_family=None).exists()

    with_family = "email,first_name,last_name,job_family\ntom@firma.example,Tom,Weiß,{}\n"
    outcomes = [import_people(content=with_family.format("Vertrieb").encode()) for _time in range(2)]
    import_people(content=GOOD.encode())

    tom = User.objects.get(email="tom@firma.example")
    assert [(outcome.updated, outcome.unchanged) for outcome in outcomes] == [(1, 0), (0, 1)]
    assert tom.job_family.name == "Vertrieb"

    import_people(content=with_family.format("").encode())
    tom.refresh_from_db()
    assert tom.job_family is None


@pytest.mark.django_db
def test_repeating_it_changes_nothing() -> None:
    import_people(content=GOOD.encode())
    entries = AuditEntry.objects.filter(action="roles.changed").count()

    outcome = import_people(content=GOOD.encode())

    assert (outcome.created, outcome.updated, outcome.unchanged) == (0, 0, 2)
    assert AuditEntry.objects.filter(action="roles.changed").count() == entries


@pytest.mark.django_db
def test_a_dry_run_counts_and_writes_nothing() -> None:
    outcome = import_people(content=GOOD.encode(), dry_run=True)

    assert outcome.created == 2
    assert not User.objects.exists()
    assert not AuditEntry.objects.exists()


@pytest.mark.django_db
def test_every_bad_row_is_named_and_nothing_is_written() -> None:
    bad = GOOD + (
        "no-address,A,B,,,,de,,,,\n"
        "x@firma.example,,B,Einkauf,,,fr,Mars/Olympus,king,perhaps,\n"
        "tom@firma.example,Tom,Weiß,,,,,,,,\n"
    )
    with pytest.raises(BadPeopleFile) as caught:
        import_people(content=bad.encode())

    lines = [fault.line for fault in caught.value.faults]
    assert set(lines) == {4, 5, 6}
    assert lines.count(5) == 6
    assert not User.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "Missing columns"),
        (b"email;first_name\n", "Missing columns: last_name"),
        (HEADER.encode(), "has no rows"),
        (GOOD.encode("utf-16-le"), "cannot be recognised"),
        (b"\x89PNG\x00\x00\x01\x02", "cannot be recognised"),
        (b'email,first_name,last_name\na@b.example,"x', "no valid CSV"),
    ],
)
def test_a_wrong_file_gets_one_sentence(content: bytes, sentence: str) -> None:
    with translation.override("en"), pytest.raises(BadPeopleFile, match=sentence):
        import_people(content=content)
    assert not User.objects.exists()


@pytest.mark.django_db
def test_a_leaver_is_closed_and_keeps_the_row() -> None:
    import_people(content=GOOD.encode())
    leaver = HEADER + "tom@firma.example,Tom,Weiß,Einkauf,Ladenburg,Firma GmbH,en,Europe/London,,ja,no\n"

    assert import_people(content=leaver.encode()).left == 1
    assert not User.objects.get(email="tom@firma.example").is_active


@pytest.mark.django_db
def test_the_command_says_what_it_did(tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    file.write_text(GOOD, encoding="utf-8")
    out = StringIO()
    call_command("import_people", str(file), "--dry-run", "--json", stdout=out)

    assert json.loads(out.getvalue()) == {
        "created": 2,
        "updated": 0,
        "unchanged": 0,
        "left": 0,
        "dry_run": True,
    }


@pytest.mark.django_db
def test_the_command_fails_with_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("import_people", str(tmp_path / "missing.csv"))
    file = tmp_path / "bad.csv"
    file.write_text(HEADER + "nobody,,,,,,,,,,\n")
    with pytest.raises(CommandError, match="Nothing was imported: 3 bad rows"):
        call_command("import_people", str(file), stderr=StringIO())


def test_a_column_that_is_missing_changes_nothing(cast: Any) -> None:
    lines = [f"{person.email},{person.first_name},Neuname" for person in (cast.ada, cast.farid)]
    import_people(content=("email,first_name,last_name\n" + "\n".join(lines)).encode())

    for person in (cast.ada, cast.farid):
        before = (person.team, person.language, roles_of(person), person.time_zone)
        now = User.objects.get(pk=person.pk)
        assert (now.team, now.language, roles_of(now), now.time_zone) == before
        assert now.last_name == "Neuname"


def test_the_last_administrator_stays(cast: Any) -> None:
    file = f"email,first_name,last_name,roles\n{cast.ada.email},Ada,Miller,\n"
    with translation.override("en"), pytest.raises(BadPeopleFile, match="left as administrator"):
        import_people(content=file.encode())
    assert roles_of(User.objects.get(pk=cast.ada.pk)) == {"administrator"}


@pytest.mark.django_db
def test_faults_before_a_broken_line_are_kept() -> None:
    bad = HEADER + "no-address,A,B,,,,,,,,\n" + 'x@firma.example,"open,B,,,,,,,,\n'
    with pytest.raises(BadPeopleFile) as caught:
        import_people(content=bad.encode())
    assert [fault.line for fault in caught.value.faults] == [2, 3]


@pytest.mark.django_db
def test_an_unknown_column_and_a_long_cell_are_named() -> None:
    with translation.override("en"):
        with pytest.raises(BadPeopleFile, match="Unknown columns: role"):
            import_people(content=b"email,first_name,last_name,role\na@b.example,A,B,hr\n")
        with pytest.raises(BadPeopleFile, match="longer than 120"):
            import_people(content=(HEADER + f"a@b.example,A,B,{'x' * 121},S,E,,,,,\n").encode())
