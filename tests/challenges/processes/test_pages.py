"""The pages: list, import, drawing and list, the file, change and delete; for owner, colleague and stranger."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from challenges.processes.actions import create_from_template, import_process
from challenges.processes.models import Process, Step
from tests.challenges.processes.drawings import definitions, diagram, process, shape, two_steps
from tests.factories import make_challenge, make_entry, make_process

MARKUP = '"><script>alert(1)</script><img src=x onerror=alert(2)>'


def upload(text: str | bytes, name: str = "bestellung.bpmn") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, text.encode() if isinstance(text, str) else text)


def bring(client: Any, file: SimpleUploadedFile, **fields: str) -> Any:
    return client.post(
        "/processes/new/", {"file": file, "title": "", "audience": "private", "language": "de", **fields}
    )


def template_of(owner: Any, key: str = "order-to-cash", **fields: str) -> Process:
    return create_from_template(user=owner, key=key, language="de", **fields)[0]


def test_a_drawing_is_brought_in_and_shown_step_by_step(sign_in: Any, cast: Any) -> None:
    client = sign_in(cast.emma)
    response = bring(client, upload(two_steps("Prüfen", "Buchen")))

    found = Process.objects.get()
    assert response["Location"] == f"/processes/{found.pk}/"
    assert (found.owner, found.title, found.origin, found.audience) == (
        cast.emma,
        "Bestellung",
        "bpmn",
        "private",
    )
    page = client.get(response["Location"])
    assert page.status_code == 200
    shown = page.content.decode()
    assert shown.index("Prüfen") < shown.index("Buchen")
    assert "data-drawing" not in shown
    assert b"bpmn-navigated-viewer" not in page.content


def test_a_table_is_brought_in_and_drawn(sign_in: Any, cast: Any) -> None:
    table = "lane;step;kind\nVertrieb;Auftrag prüfen;user\nLager;Packen;manual\n"
    response = bring(sign_in(cast.emma), upload(table.encode("cp1252"), "Mein_Ablauf.csv"))

    found = Process.objects.get()
    assert (found.title, found.origin, found.has_drawing, found.handoff_count) == (
        "Mein Ablauf",
        "csv",
        True,
        1,
    )
    page = sign_in(cast.emma).get(response["Location"]).content.decode()
    assert f'data-drawing="/processes/{found.pk}/file.bpmn"' in page
    assert page.count("data-show") == 2


def test_the_title_given_wins(sign_in: Any, cast: Any) -> None:
    bring(sign_in(cast.emma), upload(two_steps()), title="Mein eigener", audience="company")
    found = Process.objects.get()
    assert (found.title, found.audience) == ("Mein eigener", "company")


def test_the_language_of_the_steps_is_the_owners_unless_said(sign_in: Any, cast: Any) -> None:
    client = sign_in(cast.emma)
    assert client.get("/processes/new/").context["form"]["language"].value() == cast.emma.language
    page = client.get(bring(client, upload(two_steps()), language="en")["Location"])
    assert '<h1 lang="en">Bestellung</h1>' in page.content.decode()


def test_the_same_bytes_twice_are_one_process_a_person(sign_in: Any, cast: Any) -> None:
    client = sign_in(cast.emma)
    first = bring(client, upload(two_steps()))
    second = bring(client, upload(two_steps(), "anders.bpmn"), title="Anders")
    assert first["Location"] == second["Location"]
    bring(sign_in(cast.otto), upload(two_steps()))
    assert Process.objects.count() == 2


@pytest.mark.parametrize(
    ("file", "status"),
    [
        (upload("kein XML"), 422),
        (upload(""), 422),
        (upload("<a/>"), 422),
        (upload(process("")), 422),
        (upload("%PDF", "ablauf.pdf"), 422),
        (upload(two_steps(), "ohne-endung"), 422),
        (upload("lane,step\n", "leer.csv"), 422),
        (upload(b" " * (20 * 1024 * 1024 + 1)), 413),
    ],
)
def test_a_bad_file_is_explained_beside_its_field(file: Any, status: int, sign_in: Any, cast: Any) -> None:
    for language in ("de", "en"):
        cast.emma.language = language
        cast.emma.save()
        file.seek(0)
        response = bring(sign_in(cast.emma), file)
        assert response.status_code == status
        (sentence,) = response.context["form"].errors["file"]
        assert sentence.endswith(".")
    assert not Process.objects.exists()


def test_without_a_file_nothing_happens(sign_in: Any, cast: Any) -> None:
    response = sign_in(cast.emma).post("/processes/new/", {"audience": "private"})
    assert response.status_code == 422
    assert response.context["form"].errors["file"]


def test_a_template_is_taken_once(sign_in: Any, cast: Any) -> None:
    client = sign_in(cast.emma)
    body = {"template": "travel-expenses", "language": "de"}
    first = client.post("/processes/from-template/", body)
    second = client.post("/processes/from-template/", body)

    assert first["Location"] == second["Location"]
    found = Process.objects.get()
    assert (found.title, found.steps.count(), found.origin) == ("Reisekosten abrechnen", 8, "template")
    assert client.post("/processes/from-template/", {"template": "x", "language": "de"}).status_code == 422
    assert client.post("/processes/from-template/", {}).status_code == 422


def test_both_languages_offer_their_own_templates_first(sign_in: Any, cast: Any) -> None:
    for language, first in (("de", "Vom Auftrag zum Geldeingang"), ("en", "From order to cash")):
        cast.emma.language = language
        cast.emma.save()
        assert sign_in(cast.emma).get("/processes/new/").context["templates"][0].title == first


def test_the_page_says_how_large_and_how_scattered_a_process_is(sign_in: Any, cast: Any) -> None:
    found = template_of(cast.emma)
    cast.emma.language = "en"
    cast.emma.save()
    text = re.sub(r"<[^>]+>", "", sign_in(cast.emma).get(f"/processes/{found.pk}/").content.decode())
    for fact in ("14 steps", "5 lanes", "6 handoffs", "0 decisions"):
        assert fact in text


def test_what_the_reader_noticed_is_said(sign_in: Any, cast: Any) -> None:
    text = process('<task id="a"/><task id="b" name="Tun"/><task id="c" isForCompensation="true"/>')
    found, _is_new = import_process(user=cast.emma, file_name="a.bpmn", content=text.encode())
    page = sign_in(cast.emma).get(f"/processes/{found.pk}/")
    assert len(page.context["notes"]) == 2
    assert "Schritt 1" in page.content.decode()


def test_one_sees_ones_own_and_what_is_shared(sign_in: Any, cast: Any) -> None:
    mine = make_process(cast.emma, audience="private", title="Meiner")
    make_process(cast.otto, audience="private", title="Ottos geheimer")
    shared = make_process(cast.otto, title="Ottos geteilter")
    page = sign_in(cast.emma).get("/processes/")

    assert list(page.context["mine"]) == [mine]
    assert list(page.context["shared"]) == [shared]
    assert "geheimer" not in page.content.decode()


def test_the_list_is_in_order_of_titles(sign_in: Any, cast: Any) -> None:
    for title in ("Mitte", "Zuletzt", "Anfang"):
        make_process(cast.emma, title=title)
    page = sign_in(cast.emma).get("/processes/")
    assert [process.title for process in page.context["mine"]] == ["Anfang", "Mitte", "Zuletzt"]


def test_a_stranger_finds_nothing_of_a_private_process(sign_in: Any, cast: Any) -> None:
    found = template_of(cast.emma)
    client = sign_in(cast.otto)
    for path in ("", "file.bpmn", "edit/"):
        assert client.get(f"/processes/{found.pk}/{path}").status_code == 404
    assert client.post(f"/processes/{found.pk}/delete/", {"title": found.title}).status_code == 404
    etag = {"HTTP_IF_NONE_MATCH": f'"{found.content_sha256}"'}
    assert client.get(f"/processes/{found.pk}/file.bpmn", **etag).status_code == 404


def test_a_colleague_reads_a_shared_one_and_changes_nothing(sign_in: Any, cast: Any) -> None:
    found = template_of(cast.emma, audience="company")
    client = sign_in(cast.otto)
    assert client.get(f"/processes/{found.pk}/").status_code == 200
    assert client.get(f"/processes/{found.pk}/file.bpmn").status_code == 200
    for path in ("edit/", "delete/"):
        assert client.post(f"/processes/{found.pk}/{path}", {"title": found.title}).status_code == 403
    assert Process.objects.filter(pk=found.pk, title=found.title).exists()


def test_the_owner_changes_title_and_readers(sign_in: Any, cast: Any) -> None:
    found = template_of(cast.emma)
    client = sign_in(cast.emma)
    body = {"title": "Neu", "language": "en", "audience": "company"}
    assert client.post(f"/processes/{found.pk}/edit/", body).status_code == 302
    found.refresh_from_db()
    assert (found.title, found.language, found.audience, found.steps.count()) == ("Neu", "en", "company", 14)
    response = client.post(f"/processes/{found.pk}/edit/", {**body, "title": ""})
    assert response.status_code == 422
    assert "Neu" in response.content.decode()


def test_deleting_is_typed(sign_in: Any, cast: Any) -> None:
    found = template_of(cast.emma)
    client = sign_in(cast.emma)
    client.post(f"/processes/{found.pk}/delete/", {"title": "falsch"})
    assert Process.objects.exists()
    response = client.post(f"/processes/{found.pk}/delete/", {"title": found.title})
    assert response["Location"] == "/processes/"
    assert not Process.objects.exists()
    assert not Step.objects.exists()


def test_a_process_in_a_bet_cannot_be_deleted(sign_in: Any, api: Any, cast: Any) -> None:
    found = template_of(cast.carl)
    make_entry(make_challenge(cast.farid), cast.carl, found)

    response = sign_in(cast.carl).post(f"/processes/{found.pk}/delete/", {"title": found.title})
    assert response.status_code == 409
    assert api(cast.carl).delete(f"/api/v1/processes/{found.pk}/").status_code == 409
    assert found.steps.count() == 14


def test_the_mark_of_a_file_does_not_tell_the_minutes_of_an_imported_table(sign_in: Any, cast: Any) -> None:
    """Whoever knows the rest of the table would try minutes until its hash is the mark."""
    marks = []
    for minutes in (10, 77):
        table = f"lane;step;touch_minutes\nKasse;Geld zählen;{minutes}\n".encode()
        found, _new = import_process(user=cast.emma, file_name="kasse.csv", content=table, audience="company")
        marks.append(sign_in(cast.otto).get(f"/processes/{found.pk}/file.bpmn")["ETag"])
    assert marks[0] == marks[1]


def test_the_file_is_the_drawing_and_inert(sign_in: Any, cast: Any) -> None:
    found = template_of(cast.emma)
    client = sign_in(cast.emma)
    response = client.get(f"/processes/{found.pk}/file.bpmn")

    assert response.content.decode() == found.bpmn
    assert response["Content-Type"] == "application/xml; charset=utf-8"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert response["Content-Disposition"] == 'attachment; filename="vom-auftrag-zum-geldeingang.bpmn"'
    again = client.get(f"/processes/{found.pk}/file.bpmn", HTTP_IF_NONE_MATCH=response["ETag"])
    assert (again.status_code, again.content) == (304, b"")
    assert "private" in again["Cache-Control"]


def test_names_full_of_markup_stay_text(sign_in: Any, cast: Any) -> None:
    escaped = MARKUP.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
    lane = f'<laneSet id="ls"><lane id="l" name="{escaped}"><flowNodeRef>{"x"}</flowNodeRef></lane></laneSet>'
    text = definitions(
        f'<process id="p">{lane}<task id="x" name="{escaped}"/></process>{diagram(shape("x"))}'
    )
    client = sign_in(cast.emma)
    response = bring(client, upload(text, f"{MARKUP}.bpmn"), title=MARKUP, audience="company")
    found = Process.objects.get()

    assert (found.title, found.steps.get().name, found.steps.get().lane) == (MARKUP, MARKUP, MARKUP)
    for path in (response["Location"], f"/processes/{found.pk}/edit/", "/processes/"):
        page = client.get(path).content
        assert b"alert(1)" in page
        assert b"<script>alert" not in page
        assert b"<img src=x" not in page
    name = client.get(f"/processes/{found.pk}/file.bpmn")["Content-Disposition"]
    assert re.fullmatch(r'attachment; filename="[a-z0-9-]+\.bpmn"', name)


def test_an_id_full_of_markup_stays_an_attribute(sign_in: Any, cast: Any) -> None:
    text = definitions(
        f"""<process id="p"><task id='"&gt;&lt;script&gt;alert(1)' name="Tun"/></process>{diagram(shape("x"))}"""
    )
    found, _is_new = import_process(user=cast.emma, file_name="a.bpmn", content=text.encode())
    assert b"<script>alert" not in sign_in(cast.emma).get(f"/processes/{found.pk}/").content


def test_marks_stand_in_the_drawing_the_list_and_the_legend(cast: Any) -> None:
    found = template_of(cast.emma)
    steps = list(found.steps.all())
    marks = {"step-1": "eliminated", "step-2": "claimed", '</script><script>alert(1)"': "claimed"}
    context = {"process": found, "steps": steps, "marks": marks}
    drawing = render_to_string("processes/_drawing.html", context)
    listed = render_to_string("processes/_steps.html", context)

    (data,) = re.findall(r'<script type="application/json">(.*?)</script>', drawing)
    assert json.loads(data) == marks
    assert "drawing-legend" in drawing
    assert listed.count("is-eliminated") == 1
    assert listed.count("is-claimed") == 1
    plain = render_to_string("processes/_drawing.html", {"process": found})
    assert "drawing-legend" not in plain
    assert "is-eliminated" not in render_to_string(
        "processes/_steps.html", {"process": found, "steps": steps}
    )


@pytest.mark.parametrize(
    ("mark", "word"),
    [
        ("eliminated", "gestrichen"),
        ("automated", "automatisiert"),
        ("merged", "zusammengelegt"),
        ("moved", "in eine andere Bahn verschoben"),
        ("harmonised", "vereinheitlicht"),
        ("added", "hinzugekommen"),
        ("claimed", "gemeldet"),
    ],
)
def test_the_list_says_every_mark_in_a_word(mark: str, word: str, cast: Any) -> None:
    found = make_process(cast.emma, steps=1)
    step = found.steps.get()
    context = {"process": found, "steps": [step], "marks": {step.element_id: mark}}

    def more() -> str:
        listed = render_to_string("processes/_steps.html", context)
        return " ".join(re.sub("<.*?>", "", re.search(r"step-more.*?>(.*?)\n", listed)[1]).split())

    with translation.override("de"):
        assert more() == word
        step.kind, step.touch_minutes = Step.Kind.MANUAL, 4
        assert more() == f"von Hand · 4 min · {word}"


def test_the_list_stands_by_lanes_and_keeps_the_numbers_of_the_flow(sign_in: Any, cast: Any) -> None:
    page = sign_in(cast.emma).get(f"/processes/{template_of(cast.emma).pk}/").content.decode()
    assert re.findall(r"<h3>(.*?)</h3>", page) == [
        "Vertrieb",
        "Kreditprüfung",
        "Disposition",
        "Lager",
        "Buchhaltung",
    ]
    numbers = [int(number) for number in re.findall(r'<li class="step" value="(\d+)"', page)]
    assert numbers[:4] == [1, 2, 5, 3]
    assert sorted(numbers) == list(range(1, 15))


def test_the_list_asks_the_database_no_more_for_many_than_for_few(sign_in: Any, cast: Any) -> None:
    client = sign_in(cast.emma)
    counts = []
    for _round in range(2):
        make_process(cast.otto)
        make_process(cast.emma)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get("/processes/")
        counts.append(len(queries))
    assert counts[0] == counts[1]
    assert not any('"bpmn"' in query["sql"] for query in queries)


def test_every_real_drawing_has_its_page(data_folder: Path, sign_in: Any, cast: Any) -> None:
    client = sign_in(cast.emma)
    for path in sorted((data_folder / "bpmn" / "camunda7").glob("*.bpmn")):
        response = bring(client, upload(path.read_bytes(), path.name))
        assert client.get(response["Location"]).status_code == 200
    assert Process.objects.count() == 12
