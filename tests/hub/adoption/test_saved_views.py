"""Views that readers keep: named, sent in the reader's language and scope, once a week, and nobody else's."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.core import mail

from hub.adoption.menu import Selection
from hub.adoption.models import SavedView
from hub.adoption.reports import REPORTS
from hub.adoption.saved import actions
from hub.adoption.saved.sending import send_due
from hub.adoption.snapshot import freeze_weeks
from hub.audit.models import AuditEntry
from hub.notices.delivering import deliver
from hub.notices.models import Delivery, Notice
from hub.people.models import RoleGrant, Site
from hub.refusals import Refusal
from tests.hub.adoption.conftest import MONDAYS, NOW, publish


@pytest.fixture
def kept(company: SimpleNamespace) -> SavedView:
    publish()
    return actions.save_view(
        company.hanna, REPORTS["attendance"], Selection("site", 4), name="Standorte", rhythm="weekly"
    )


def test_a_view_is_kept_from_the_page_and_stands_on_the_overview(
    sign_in: Any, company: SimpleNamespace
) -> None:
    publish()
    site = Site.objects.get(name="Ingolstadt")
    browser = sign_in(company.hanna)
    answer = browser.post(
        "/adoption/attendance/save/",
        {"by": "week", "window": "4", "of": f"site-{site.pk}", "rhythm": "monthly"},
    )
    assert answer.status_code == 302
    view = SavedView.objects.get()
    assert (view.user, view.by, view.window, view.of, view.rhythm) == (
        company.hanna, "week", 4, f"site-{site.pk}", "monthly",
    )  # fmt: skip
    assert "Ingolstadt" in view.name
    page = browser.get("/adoption/").content.decode()
    assert f"/adoption/attendance/?by=week&amp;window=4&amp;of=site-{site.pk}" in page

    browser.post(
        "/adoption/attendance/save/", {"by": "week", "window": "4", "of": view.of, "name": "<b>Bayern"}
    )
    assert SavedView.objects.get().name == "<b>Bayern"
    assert "<b>Bayern" not in browser.get("/adoption/").content.decode()
    browser.post(f"/adoption/views/{view.pk}/remove/")
    assert not SavedView.objects.exists()


@pytest.mark.parametrize(
    "given",
    [
        {"by": "person", "window": "4"},
        {"by": "week", "window": "3"},
        {"by": "week", "window": "4", "rhythm": "hourly"},
    ],
)
def test_what_is_not_on_the_menu_is_not_kept(given: dict, sign_in: Any, company: SimpleNamespace) -> None:
    publish()
    assert sign_in(company.hanna).post("/adoption/attendance/save/", given).status_code == 422
    assert not SavedView.objects.exists()


def test_there_is_an_end_to_views(company: SimpleNamespace, monkeypatch: Any) -> None:
    monkeypatch.setattr(actions, "MOST", 2)
    for window in (1, 4):
        actions.save_view(company.hanna, REPORTS["attendance"], Selection("week", window))
    actions.save_view(company.hanna, REPORTS["attendance"], Selection("week", 4), name="Again")
    with pytest.raises(Refusal, match="too_many_views"):
        actions.save_view(company.hanna, REPORTS["attendance"], Selection("week", 12))


def test_nobody_sees_or_removes_anothers_view(
    sign_in: Any, company: SimpleNamespace, kept: SavedView
) -> None:
    assert sign_in(company.walter).post(f"/adoption/views/{kept.pk}/remove/").status_code == 404
    assert sign_in(company.emma).post(f"/adoption/views/{kept.pk}/remove/").status_code == 404
    assert (
        sign_in(company.emma).post("/adoption/attendance/save/", {"by": "week", "window": "4"}).status_code
        == 403
    )
    assert "Standorte</a>" not in sign_in(company.walter).get("/adoption/").content.decode()
    assert SavedView.objects.filter(pk=kept.pk).exists()


def test_a_view_comes_by_mail_in_the_readers_language_once_a_week(
    company: SimpleNamespace, kept: SavedView
) -> None:
    company.hanna.language = "de"
    company.hanna.save()
    assert (send_due(), send_due()) == (1, 0)
    notice = Notice.objects.get(user=company.hanna, kind="adoption.view_sent")
    assert notice.path == "/adoption/attendance/?by=site&window=4"
    for row in Delivery.objects.filter(user=company.hanna, topic="own"):
        deliver(row.pk, now=row.not_before)
    [letter] = [one for one in mail.outbox if "Standorte" in one.subject]
    assert letter.to[0].endswith(f"<{company.hanna.email}>")
    for part in ("Ingolstadt", "50\xa0%", "Nach Standort", "15. November 2026"):
        assert part in letter.body
    assert "Sales UK" not in letter.body
    assert AuditEntry.objects.filter(actor_key=company.hanna.subject_key, facts__as="mail").count() == 1

    week = timedelta(weeks=1)
    freeze_weeks(MONDAYS[-1] + week, MONDAYS[-1] + week, now=NOW + week)
    assert send_due() == 1


def test_every_four_weeks_means_four(company: SimpleNamespace, kept: SavedView) -> None:
    SavedView.objects.update(rhythm="monthly")
    sent = [send_due()]
    for number in range(1, 5):
        monday = MONDAYS[-1] + timedelta(weeks=number)
        freeze_weeks(monday, monday, now=NOW + timedelta(weeks=number))
        sent.append(send_due())
    assert sent == [1, 0, 0, 0, 1]


def test_whoever_reads_reports_no_more_gets_none(company: SimpleNamespace, kept: SavedView) -> None:
    RoleGrant.objects.filter(user=company.hanna).delete()
    assert send_due() == 0
    assert not Notice.objects.filter(kind="adoption.view_sent").exists()


def test_programs_keep_list_and_remove_views(api: Any, company: SimpleNamespace) -> None:
    publish()
    hanna, path = api(company.hanna), "/api/v1/adoption/views/"
    made = hanna.post(
        path, {"report": "attendance", "by": "site", "window": 4, "rhythm": "weekly"}, format="json"
    )
    assert made.status_code == 201
    assert {**made.json(), "name": ""}.items() >= {
        "by": "site",
        "window": 4,
        "of": "",
        "rhythm": "weekly",
    }.items()
    again = hanna.post(
        path, {"report": "attendance", "by": "site", "window": 4, "name": "Standorte"}, format="json"
    )
    assert (again.json()["id"], again.json()["name"], again.json()["rhythm"]) == (
        made.json()["id"], "Standorte", "never",
    )  # fmt: skip
    assert [view["name"] for view in hanna.get(path).json()] == ["Standorte"]
    assert api(company.walter).get(path).json() == []
    for wrong in ({"report": "attendance", "by": "person"}, {"report": "attendance", "window": 3}, {}):
        assert hanna.post(path, wrong, format="json").status_code == 400, wrong
    assert hanna.post(path, {"report": "nothing"}, format="json").status_code == 404
    assert (
        hanna.post(path, {"report": "attendance", "of": "site-9999", "by": "site"}, format="json").status_code
        == 400
    )
    assert api(company.walter).delete(f"{path}{made.json()['id']}/").status_code == 404
    assert hanna.delete(f"{path}{made.json()['id']}/").status_code == 204
    assert not SavedView.objects.exists()
