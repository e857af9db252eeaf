"""Reports of usage: HR brings them, only own people are taken, and either each row is right or nothing is taken."""

import io
import tracemalloc
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from hub.adoption import snapshot
from hub.adoption.imports import SOURCES, taking
from hub.adoption.imports.copilot import V1, V2, read
from hub.adoption.imports.source import BadFile, Head, Use
from hub.adoption.models import ActiveWeek, ImportedUse, UsageImport
from hub.audit.models import AuditEntry
from hub.people.models import LegalEntity, RoleGrant, User
from hub.refusals import Refusal
from tests.hub.adoption.conftest import GMBH, LTD, NOW

TODAY = date(2026, 11, 17)
PAGE = "/adoption/imports/"
API = "/api/v1/adoption/imports/"
OF_V1 = {"Report Refresh Date": "2026-11-15", "Display Name": "Somebody", "Report Period": "30"}


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


def csv_of(*rows: dict[str, str], columns: tuple[str, ...] = V1) -> bytes:
    lines = [",".join(columns)]
    lines += [",".join({**OF_V1, **row}.get(column, "") for column in columns) for row in rows]
    return ("\ufeff" + "\r\n".join(lines) + "\r\n").encode()


def row(account: str, last: str = "", **more: str) -> dict[str, str]:
    return {"User Principal Name": account, "Last Activity Date": last, **more}


def upload(content: bytes, name: str = "CopilotActivityUserDetail.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="text/csv")


def bring(content: bytes, by: User, now: datetime = NOW) -> UsageImport:
    return taking.preview(source=SOURCES["copilot"], file=upload(content), by=by, now=now)


def taken(content: bytes, by: User, now: datetime = NOW) -> UsageImport:
    return taking.confirm(usage_import=bring(content, by, now), by=by, now=now)


def refused(content: bytes) -> BadFile:
    with pytest.raises(BadFile) as error:
        list(read(io.BytesIO(content), TODAY))
    return error.value


def test_the_published_sample_is_read(data_folder: Path) -> None:
    with (data_folder / "copilot-report/userdetail-v1-sample.csv").open("rb") as file:
        head, use = read(file, TODAY)
    assert head == Head("v1", date(2026, 7, 3))
    assert use == Use(2, "E58EEF6A6BBD3D0293CB306D24A42057", "7", None)


def test_the_columns_are_the_published_ones(data_folder: Path) -> None:
    words = (data_folder / "copilot-report/getmicrosoft365copilotusageuserdetail.md").read_text()
    assert [column for column in V2 if f"\n- {column}\n" not in words] == []
    assert len(V1) == 13
    assert len(V2) == 22


def test_version_two_is_read_in_any_order_of_columns_and_unknown_ones_are_left_alone() -> None:
    columns = (*reversed(V2), "Something New")
    content = csv_of(
        row("a@x.example", "2026-11-12", **{"Prompts submitted for all apps": "17", "Something New": "=1+1"}),
        columns=columns,
    )
    head, use = read(io.BytesIO(content), TODAY)
    assert head == Head("v2", date(2026, 11, 15))
    assert use == Use(2, "a@x.example", "30", date(2026, 11, 12))


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"Last Activity Date": "2026-13-01"}, "“Last Activity Date” is no date"),
        ({"Last Activity Date": "12.11.2026"}, "“Last Activity Date” is no date"),
        (
            {"Last Activity Date": "2026-11-16"},
            "“Last Activity Date” is no date (YYYY-MM-DD), or one that had not",
        ),
        ({"Word Copilot Last Activity Date": "yesterday"}, "“Word Copilot Last Activity Date” is no date"),
        ({"Report Refresh Date": ""}, "“Report Refresh Date” is no date"),
        ({"Report Refresh Date": "2026-11-18"}, "“Report Refresh Date” is no date"),
        ({"Report Refresh Date": "2026-11-14"}, "its report is of another day"),
        ({"Report Period": "14"}, "“Report Period” is none of 7, 28, 30, 90, 180"),
        ({"User Principal Name": " "}, "“User Principal Name” is empty or too long"),
        ({"User Principal Name": "x" * 255}, "“User Principal Name” is empty or too long"),
        (
            {"Prompts submitted for all apps": "-3"},
            "“Prompts submitted for all apps” is no whole number from 0 up",
        ),
        ({"Active Usage Days for all apps": "²"}, "“Active Usage Days for all apps” is no whole number"),
    ],
)
def test_a_wrong_row_is_named_by_its_line_and_its_column(more: dict[str, str], said: str) -> None:
    content = csv_of(row("a@x.example"), {**row("<b>secret</b>"), **more}, columns=V2)
    error = refused(content)
    assert error.line == 3
    assert str(error.message).startswith("Line 3: " + said)
    assert "Nothing was taken over." in str(error.message)
    assert "secret" not in str(error.message)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "it lacks “Report Refresh Date”, “User Principal Name”"),
        (b"name,last\nx,y\n", "it lacks"),
        (csv_of(columns=tuple(c for c in V1 if c != "Report Period")), "it lacks “Report Period”."),
        (csv_of(columns=(*V1, V2[13])), "it lacks “Prompts submitted for Copilot Chat (work)”"),
        (csv_of(columns=(*V1, "last activity  DATE")), "“Last Activity Date” is there twice"),
        (csv_of(), "no row below its columns"),
        ((",".join(V1) + "\n2026-11-15,a@x.example\n").encode(), "Line 2: it has too few cells"),
        (csv_of(row("ä@x.example")).decode("utf-8-sig").encode("cp1252"), "not UTF-8"),
        ("\ufeff".encode("utf-16") + csv_of(row("a")).decode().encode("utf-16"), "not UTF-8"),
        (csv_of() + b'2026-11-15,"a"b,\n', "no CSV as the report writes it"),
        (csv_of() + b"x" * 30_000, "longer than any line"),
        (csv_of() + b'"' + b"x\n" * 80_000, "no CSV as the report writes it"),
    ],
)
def test_what_is_not_the_report_is_refused_in_a_sentence(content: bytes, said: str) -> None:
    assert said in str(refused(content).message)


class Endless(io.RawIOBase):
    """So many rows of the report, made while they are read."""

    def __init__(self, rows: int) -> None:
        self.chunks = self._chunks(rows)
        self.left = b""

    def _chunks(self, rows: int) -> Iterator[bytes]:
        yield csv_of()
        for number in range(rows):
            yield f"2026-11-15,person{number}@x.example,Somebody,2026-11-12,,,,,,,,,30\r\n".encode()

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while not self.left and (chunk := next(self.chunks, None)):
            self.left = chunk
        part, self.left = self.left[: len(buffer)], self.left[len(buffer) :]
        buffer[: len(part)] = part
        return len(part)


def test_a_large_file_takes_no_more_room_than_a_small_one() -> None:
    def peak(rows: int) -> int:
        tracemalloc.start()
        assert sum(1 for _one in read(io.BufferedReader(Endless(rows)), TODAY)) == rows + 1
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return most

    peak(100)
    assert peak(20_000) < peak(1_000) * 1.5


@pytest.mark.django_db
def test_of_each_person_the_seat_and_the_week_are_taken_and_nothing_else(company: Any) -> None:
    anna, ben, cem = company.people["Vertrieb"][:3]
    foreign = company.people["Sales UK"][0]
    content = csv_of(
        row(anna.email.upper(), "2026-11-12"),
        row(anna.email, "2026-11-04", **{"Report Period": "7"}),
        row(ben.email, "2026-11-15"),
        row(cem.email),
        row(foreign.email, "2026-11-12"),
        row("nobody@x.example", "2026-11-12"),
    )
    made = bring(content, company.hanna)
    assert (made.rows, made.matched, made.unknown) == (6, 3, 2)
    assert [entity.name for entity in made.entities.all()] == [GMBH]
    uses = dict(ImportedUse.objects.values_list("subject_key", "monday"))
    assert uses == {
        anna.subject_key: date(2026, 11, 9), ben.subject_key: date(2026, 11, 9), cem.subject_key: None,
    }  # fmt: skip
    assert made.state == "preview"
    assert not UsageImport.objects.counted_in(NOW + timedelta(days=30)).exists()
    assert taking.confirm(usage_import=made, by=company.hanna, now=NOW).state == "confirmed"
    entry = AuditEntry.objects.get(action="usage.imported")
    assert entry.facts == {"source": "copilot", "rows": 6, "matched": 3, "unknown": 2}


@pytest.mark.django_db
def test_somebody_twice_for_one_period_is_refused_whole(company: Any) -> None:
    anna = company.people["Vertrieb"][0]
    with pytest.raises(BadFile) as error:
        bring(csv_of(row(anna.email), row(anna.email)), company.hanna)
    assert error.value.line == 3
    assert not UsageImport.objects.exists()
    assert not ImportedUse.objects.exists()


@pytest.mark.django_db
def test_concealed_names_are_recognised(company: Any, data_folder: Path) -> None:
    content = (data_folder / "copilot-report/userdetail-v1-sample.csv").read_bytes()
    with pytest.raises(BadFile) as error:
        bring(content, company.hanna)
    assert "concealed" in str(error.value.message)
    with pytest.raises(BadFile, match="bad_file") as error:
        bring(csv_of(row("nobody@x.example")), company.hanna)
    assert "Nobody in this report" in str(error.value.message)


@pytest.mark.django_db
def test_the_same_file_and_the_same_day_are_taken_once(company: Any) -> None:
    anna, ben = company.people["Vertrieb"][:2]
    content = csv_of(row(anna.email))
    first = bring(content, company.hanna)
    assert bring(content, company.hanna) == first
    taking.confirm(usage_import=first, by=company.hanna, now=NOW)
    assert (
        taking.confirm(usage_import=first, by=company.hanna, now=NOW + timedelta(days=1)).confirmed_at == NOW
    )
    for again, code in ((content, "taken_already"), (csv_of(row(ben.email)), "day_taken_already")):
        with pytest.raises(Refusal, match=code):
            bring(again, company.hanna)
    olivias = csv_of(row(company.people["Sales UK"][1].email))
    assert taken(olivias, company.olivia).matched == 1  # another company's report of the day is another one
    taking.withdraw(usage_import=first, by=company.hanna)
    assert not first.uses.exists()
    assert taken(content, company.hanna, NOW + timedelta(minutes=1)).pk != first.pk


@pytest.mark.django_db
def test_it_is_withdrawn_until_a_closed_week_counts_it(company: Any) -> None:
    anna = company.people["Vertrieb"][0]
    one = taken(csv_of(row(anna.email, "2026-11-12")), company.hanna)
    snapshot.close_weeks(now=NOW + timedelta(weeks=1))
    assert ActiveWeek.objects.filter(subject_key=anna.subject_key, monday=date(2026, 11, 9)).exists()
    with pytest.raises(Refusal, match="counted_already"):
        taking.withdraw(usage_import=one, by=company.hanna)
    assert one.uses.exists()


@pytest.mark.django_db
def test_what_is_not_taken_over_goes_after_a_day(company: Any) -> None:
    anna, ben = company.people["Vertrieb"][:2]
    old = bring(csv_of(row(anna.email)), company.hanna)
    bring(csv_of(row(ben.email)), company.hanna, NOW + timedelta(days=1, minutes=1))
    assert not UsageImport.objects.filter(pk=old.pk).exists()


@pytest.mark.django_db
def test_an_administrator_takes_people_of_all_companies_and_hr_cannot_touch_that(company: Any) -> None:
    RoleGrant.objects.create(user=company.emma, role="administrator")
    one = taken(
        csv_of(row(company.people["Vertrieb"][1].email), row(company.people["Sales UK"][1].email)),
        company.emma,
    )
    assert {entity.name for entity in one.entities.all()} == {GMBH, LTD}
    from django.core.exceptions import PermissionDenied

    with pytest.raises(PermissionDenied):
        taking.withdraw(usage_import=one, by=company.hanna)


# --- page and API --------------------------------------------------------------------------------
def test_the_page_from_upload_to_withdrawal(sign_in: Any, company: Any) -> None:
    browser = sign_in(company.hanna)
    anna = company.people["Vertrieb"][0]
    content = csv_of({**row(anna.email, "2026-11-12"), "Report Refresh Date": "2026-11-14"})
    response = browser.post(PAGE, {"source": "copilot", "file": upload(content)})
    assert response.status_code == 302
    page = browser.get(PAGE).content.decode()
    assert "Read, not yet taken over: the report of 14 November 2026" in page
    one = UsageImport.objects.get()
    browser.post(f"{PAGE}{one.pk}/confirm/")
    assert "1 person was taken over" in browser.get(PAGE).content.decode()
    page = browser.get(PAGE).content.decode()
    assert "Report of 14 November 2026" in page
    assert anna.email not in page
    browser.post(f"{PAGE}{one.pk}/withdraw/")
    one.refresh_from_db()
    assert one.state == "withdrawn"


def test_a_bad_file_is_told_on_the_page_and_by_the_api(sign_in: Any, api: Any, company: Any) -> None:
    content = csv_of(row("=HYPERLINK(1)", "<script>"))
    response = sign_in(company.hanna).post(PAGE, {"source": "copilot", "file": upload(content)})
    assert response.status_code == 422
    assert "Line 2: “Last Activity Date” is no date" in response.content.decode()
    assert "HYPERLINK" not in response.content.decode()
    response = api(company.hanna).post(API, {"file": upload(content)}, format="multipart")
    assert response.status_code == 422
    assert response.json()["detail"].startswith("Line 2: “Last Activity Date”")
    assert not UsageImport.objects.exists()


def test_a_file_over_the_limit_is_refused(sign_in: Any, company: Any, settings: Any) -> None:
    settings.UPLOAD_MAX_BYTES = 1000
    response = sign_in(company.hanna).post(PAGE, {"source": "copilot", "file": upload(b"x" * 1001)})
    assert response.status_code == 413
    assert "is the most the hub takes" in response.content.decode()


def test_the_api_does_the_same(api: Any, company: Any) -> None:
    program = api(company.hanna)
    anna = company.people["Vertrieb"][0]
    content = csv_of({**row(anna.email, "2026-11-12"), "Report Refresh Date": "2026-11-14"})
    made = program.post(API, {"source": "copilot", "file": upload(content)}, format="multipart")
    assert made.status_code == 201
    body = made.json()
    assert (body["state"], body["matched"], body["entities"]) == ("preview", 1, [GMBH])
    assert program.post(f"{API}{body['id']}/confirm/").json()["state"] == "confirmed"
    assert program.get(API).json()["count"] == 1
    assert api(company.walter).get(API).json()["count"] == 1
    assert api(company.olivia).get(API).json()["count"] == 0
    assert api(company.olivia).post(f"{API}{body['id']}/withdraw/").status_code == 404
    assert program.post(f"{API}{body['id']}/withdraw/").status_code == 204


def test_who_may(sign_in: Any, api: Any, company: Any) -> None:
    RoleGrant.objects.create(user=company.people["Vertrieb"][5], role="administrator")
    one = taken(csv_of(row(company.people["Vertrieb"][0].email)), company.hanna)
    may = {company.hanna: 200, company.walter: 200, company.people["Vertrieb"][5]: 200, company.emma: 403}
    for user, status in may.items():
        assert sign_in(user).get(PAGE).status_code == status
    for user, status in {company.walter: 403, company.emma: 403, company.olivia: 404}.items():
        assert sign_in(user).post(f"{PAGE}{one.pk}/withdraw/").status_code == status
    content = csv_of(row(company.people["Vertrieb"][1].email))
    assert (
        sign_in(company.walter).post(PAGE, {"source": "copilot", "file": upload(content)}).status_code == 403
    )
    assert "Read the report" not in sign_in(company.walter).get(PAGE).content.decode()


def test_the_page_asks_no_more_for_a_long_history(sign_in: Any, company: Any) -> None:
    browser = sign_in(company.hanna)

    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            assert browser.get(PAGE).status_code == 200
        return len(captured)

    queries()
    entity = LegalEntity.objects.get(name=GMBH)

    def history(size: int) -> None:
        for number in range(size):
            one = UsageImport.objects.create(
                source="copilot", layout="v1", sha256="0" * 64, uploaded_by=company.hanna, confirmed_at=NOW,
                reported_on=date(2026, 1, 1) + timedelta(days=number), rows=1, matched=1, unknown=0,
                state="confirmed", uploaded_at=datetime(2026, 1, 1, tzinfo=UTC) + timedelta(days=number),
            )  # fmt: skip
            one.entities.add(entity)

    history(2)
    few = queries()
    history(17)
    assert queries() == few
