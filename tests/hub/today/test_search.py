"""One search over hours, notebooks, their passages, tips, bets and processes: what one may open, and only that."""

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from challenges.processes.models import Process
from hub.people.models import User
from hub.refusals import Refusal
from hub.today import finders, passages, search
from learning.hours.models import StudySession
from learning.notebooks import actions, indexes
from learning.notebooks.aid_actions import release
from learning.notebooks.models import Notebook, Source, StudyAid
from learning.notebooks.noting import write
from learning.notebooks.reading import read_source
from learning.notebooks.starter import load_starter_notebooks
from tests.factories import (
    make_challenge,
    make_claim,
    make_entry,
    make_notebook,
    make_process,
    make_session,
    make_source,
    make_tip,
)
from tests.learning.notebooks.study import hand_made

KINDS = ["sessions", "notebooks", "passages", "tips", "bets", "processes"]


@pytest.fixture(autouse=True)
def _no_earlier_searches() -> None:
    cache.clear()


def titles(user: User, words: str, kind: str = "") -> dict[str, list[str]]:
    groups = search.search(user=user, given=words, now=timezone.now(), kind=kind)
    return {group.kind.name: [one.title for one in group.found] for group in groups if group.found}


def only_query_count(call: Callable[[], Any]) -> int:
    with CaptureQueriesContext(connection) as queries:
        call()
    return len(queries)


@pytest.fixture
def one_of_each(cast: SimpleNamespace) -> SimpleNamespace:
    """Everybody's: an hour, a notebook with a source, a tip, a bet and a process, all about offers."""
    notebook = make_notebook(cast.bertha, audience="company", title="Angebotswesen")
    return SimpleNamespace(
        session=make_session(cast.farid, title="Angebote in der halben Zeit"),
        notebook=notebook,
        source=make_source(notebook, text="Ein Angebot gilt 30 Tage.\n\nDanach ist neu zu rechnen."),
        tip=make_tip("Angebote freundlich nachfassen"),
        bet=make_challenge(cast.farid, referees=(cast.ruth,), title="Wer schreibt Angebote am schnellsten"),
        process=make_process(cast.bertha, title="Vom Angebot zum Auftrag"),
    )


def test_everything_that_holds_the_word_is_found_in_its_kind(
    cast: SimpleNamespace, one_of_each: SimpleNamespace
) -> None:
    assert titles(cast.otto, "Angebot") == {
        "sessions": ["Angebote in der halben Zeit"],
        "notebooks": ["Angebotswesen"],
        "passages": ["Reiserichtlinie"],
        "tips": ["Angebote freundlich nachfassen"],
        "bets": ["Wer schreibt Angebote am schnellsten"],
        "processes": ["Vom Angebot zum Auftrag"],
    }


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("Prüfungen der Rechnungen", "Prüfung"),
        ("Prüfungen der Rechnungen", "rechnung"),
        ("Reisekostenabrechnung im Vertrieb", "Reisekosten"),
        ("Urlaub und Krankmeldung", "holiday"),
        ("Writing better minutes", "Protokoll"),
        ("Bäckerei München", "backerei"),
        ("Protokolle schreiben", "Protokol"),
    ],
    ids=["stem", "case", "compound", "English word", "German word", "umlaut left out", "slip of the pen"],
)
def test_titles_are_found_by_other_forms_of_their_words(
    title: str, words: str, cast: SimpleNamespace
) -> None:
    make_session(cast.farid, title=title)
    make_session(cast.farid, title="Etwas ganz anderes")
    assert titles(cast.emma, words, "sessions") == {"sessions": [title]}


def test_a_title_counts_more_than_the_text_below_it(cast: SimpleNamespace) -> None:
    make_session(
        cast.farid, title="Donnerstag", description="Wir lesen ein Protokoll und noch ein Protokoll."
    )
    make_session(cast.farid, title="Protokoll")
    assert titles(cast.emma, "Protokoll")["sessions"] == ["Protokoll", "Donnerstag"]


def test_what_shares_only_the_common_word_is_left_out(cast: SimpleNamespace) -> None:
    for title in ("Angebote schreiben", "Briefe schreiben", "Gute Prompts schreiben"):
        make_notebook(cast.emma, title=title)
    assert titles(cast.emma, "Angebote schreiben")["notebooks"] == ["Angebote schreiben"]
    assert titles(cast.emma, "Gedichte schreiben") == {}


def test_the_next_hour_of_a_series_comes_before_those_that_were(cast: SimpleNamespace) -> None:
    now = timezone.now()
    for weeks in (-2, -1, 1, 2):
        make_session(cast.farid, title="Bessere Fragen", starts_at=now + timedelta(weeks=weeks))
    make_session(cast.farid, title="Bessere Fragen", starts_at=now, status=StudySession.Status.CANCELLED)
    [group] = search.search(user=cast.emma, given="Fragen", now=now, kind="sessions")
    weeks = [round((one.when - now) / timedelta(weeks=1)) for one in group.found]
    assert weeks == [1, 2, -1, -2]


# --- What is not one's own ---------------------------------------------------------------------------
def test_a_stranger_finds_nothing_that_is_not_shared(cast: SimpleNamespace) -> None:
    private = make_notebook(cast.emma, title="Zebrafinken privat")
    make_source(private, text="Zebrafinken brauchen eine Voliere.")
    team = make_notebook(cast.emma, audience="team", title="Zebrafinken im Team")
    make_source(team, text="Die Zebrafinken des Teams sind acht.")
    make_session(cast.farid, team=cast.emma.team, title="Stunde der Zebrafinken")
    make_process(cast.emma, audience="private", title="Zebrafinken füttern")
    make_tip("Zebrafinken zählen", is_active=False)

    assert titles(cast.otto, "Zebrafinken") == {}
    for role in (cast.hanna, cast.ada, cast.ruth, cast.walter):
        assert private.title not in titles(role, "Zebrafinken").get("notebooks", [])
    assert len(titles(cast.emma, "Zebrafinken")["passages"]) == 2


def test_nobodys_order_depends_on_what_is_hidden_from_them(cast: SimpleNamespace) -> None:
    """Hidden rows would make a word common; the rarity of a word is told by what one may read."""
    for title in ("Kranich Angebot", "Angebot Reiher", "Kranich Reiher"):
        make_notebook(cast.bertha, audience="company", title=title)
    before = titles(cast.otto, "Kranich Reiher")
    for number in range(30):
        make_notebook(cast.emma, title=f"Kranich {number}")
    assert titles(cast.otto, "Kranich Reiher") == before


def gone(source: Source, how: str) -> None:
    today = timezone.localdate()
    if how == "removed":
        actions.remove(source=source, user=source.added_by)
    elif how == "expired":
        Source.objects.filter(pk=source.pk).update(valid_until=today - timedelta(days=1))
    elif how == "not yet valid":
        Source.objects.filter(pk=source.pk).update(valid_from=today + timedelta(days=1))
    else:
        newer = actions.add_version(
            source=source, user=source.added_by, file=None, text="Nun ohne Vögel.", title="", valid_from=None
        )
        read_source(newer.pk)


@pytest.mark.parametrize("how", ["removed", "expired", "not yet valid", "superseded"])
@pytest.mark.parametrize("is_warm", [True, False], ids=["index in memory", "index built anew"])
def test_a_source_that_does_not_hold_is_never_found(is_warm: bool, how: str, cast: SimpleNamespace) -> None:
    notebook = make_notebook(cast.emma, audience="company", title="Voliere")
    source = make_source(notebook, text="Zebrafinken brauchen eine Voliere.")
    make_source(notebook, text="Wellensittiche brauchen eine größere.", title="Sittiche")
    assert "passages" in titles(cast.otto, "Zebrafinken")
    gone(source, how)
    if not is_warm:
        indexes.forget_all()
    assert titles(cast.otto, "Zebrafinken") == {}


def test_a_source_that_expired_does_not_hide_those_that_hold(cast: SimpleNamespace) -> None:
    notebook = make_notebook(cast.emma, audience="company", title="Voliere")
    old = make_source(
        notebook, text="\n\n".join(f"# Teil {n}\n\n{'Zebrafinken ' * 80}" for n in range(20)), title="Alt"
    )
    make_source(notebook, text="Ein Satz über Zebrafinken und die Größe ihrer Voliere.", title="Neu")
    gone(old, "expired")
    assert titles(cast.otto, "Zebrafinken")["passages"] == ["Neu"]


def test_what_rivals_claim_is_never_searched(cast: SimpleNamespace) -> None:
    challenge = make_challenge(cast.farid, referees=(cast.ruth,), title="Wette der Vögel")
    entry = make_entry(challenge, cast.carl, make_process(cast.carl, title="Volieren bauen"))
    make_claim(entry, method="Zebrafinken erledigen das.", evidence="Zebrafinken, siehe Protokoll.")
    for user in (cast.bertha, cast.emma, cast.hanna, cast.ada, cast.ruth, cast.carl):
        assert titles(user, "Zebrafinken") == {}


def test_people_are_not_searched(cast: SimpleNamespace) -> None:
    make_session(cast.farid, title="Bessere Fragen")
    assert titles(cast.otto, f"{cast.farid.first_name} {cast.farid.last_name}") == {}


# --- The page ----------------------------------------------------------------------------------------
def test_a_passage_opens_the_source_at_the_passage(
    cast: SimpleNamespace, one_of_each: SimpleNamespace, sign_in: Any
) -> None:
    client = sign_in(cast.otto)
    [group] = search.search(user=cast.otto, given="Angebot", now=timezone.now(), kind="passages")
    [found] = group.found
    assert found.note == "Angebotswesen"
    page = client.get(found.url.split("#")[0]).content.decode()
    assert found.url.endswith("#quote")
    marked = page.split("<mark")[1].split("</mark>")[0]
    assert "Ein Angebot gilt 30 Tage." in marked


def test_the_words_are_marked_and_nothing_else_is_markup(cast: SimpleNamespace, sign_in: Any) -> None:
    make_notebook(cast.emma, title="<b>Angebote</b> & mehr", description="Ein <script>Angebot</script>.")
    page = sign_in(cast.emma).get("/search/", {"q": "<i>Angebot"}).content.decode()
    assert "&lt;b&gt;<mark>Angebote</mark>&lt;/b&gt; &amp; mehr" in page
    assert "&lt;script&gt;<mark>Angebot</mark>&lt;/script&gt;" in page
    assert 'value="&lt;i&gt;Angebot"' in page
    assert "<i>Angebot" not in page


def test_of_each_kind_the_first_few_are_shown_and_all_of_one_in_pages(
    cast: SimpleNamespace, sign_in: Any
) -> None:
    for number in range(45):
        make_notebook(cast.emma, title=f"Angebote {number}")
    client = sign_in(cast.emma)
    page = client.get("/search/", {"q": "Angebote"})
    [group] = page.context["groups"]
    assert page.content.decode().count('class="item found"') == search.FIRST
    assert group.count == 45
    assert "?q=Angebote&amp;kind=notebooks" in page.content.decode()
    sizes = [
        client.get("/search/", {"q": "Angebote", "kind": "notebooks", "page": number})
        .content.decode()
        .count('class="item found"')
        for number in (1, 2, 3)
    ]
    assert sizes == [20, 20, 5]
    assert client.get("/search/", {"q": "Angebote", "kind": "people"}).status_code == 404


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_empty_page_teaches_and_no_hit_says_where_to_look(
    language: str, cast: SimpleNamespace, sign_in: Any
) -> None:
    User.objects.filter(pk=cast.emma.pk).update(language=language)
    cast.emma.refresh_from_db()
    client = sign_in(cast.emma)
    taught = client.get("/search/", {"q": " \t "}).content.decode()
    assert {"de": "Ein Wort oder zwei", "en": "A word or two"}[language] in taught
    missed = client.get("/search/", {"q": "Quastenflosser"}).content.decode()
    assert {"de": "„Quastenflosser“", "en": "“Quastenflosser”"}[language] in missed
    for path in ("/notebooks/", "/tips/", "/hours/", "/processes/"):
        assert missed.split("<main")[1].count(f'href="{path}"') == 1


@pytest.mark.parametrize("signs", ["???", "…", "„“", "🙂"])
def test_signs_without_a_word_find_nothing_and_break_nothing(
    signs: str, cast: SimpleNamespace, one_of_each: SimpleNamespace, sign_in: Any
) -> None:
    assert titles(cast.emma, signs) == {}
    assert sign_in(cast.emma).get("/search/", {"q": signs}).status_code == 200


@pytest.mark.parametrize(
    ("given", "code"),
    [("a" * 201, "long_query"), ("Ange\x00bot", "control_characters"), ("\x1b[31mrot", "control_characters")],
)
def test_what_cannot_be_searched_for_is_said_on_the_page_and_to_programs(
    given: str, code: str, cast: SimpleNamespace, sign_in: Any, api: Any
) -> None:
    page = sign_in(cast.emma).get("/search/", {"q": given})
    assert page.status_code == 422
    assert 'aria-invalid="true"' in page.content.decode()
    problem = api(cast.emma).get("/api/v1/search/", {"q": given})
    assert (problem.status_code, problem.json()["type"]) == (422, f"urn:hatpin:problem:{code}")
    assert problem.json()["detail"] in page.content.decode()


def test_invisible_signs_of_a_copied_word_do_no_harm(cast: SimpleNamespace) -> None:
    make_session(cast.farid, title="Angebote")
    assert titles(cast.emma, "An\u00adge\u00adbo\u00adte\u200b \u202a")["sessions"] == ["Angebote"]


def test_who_searches_without_end_is_asked_to_wait(
    cast: SimpleNamespace, sign_in: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = timezone.now().replace(second=1)
    for _number in range(search.MOST_A_MINUTE):
        search.check_rate(cast.emma, now)
    with pytest.raises(Refusal) as refused:
        search.check_rate(cast.emma, now)
    assert refused.value.status == 429
    search.check_rate(cast.otto, now)
    search.check_rate(cast.emma, now + timedelta(minutes=1))


def test_programs_get_the_same_in_groups_and_pages(
    cast: SimpleNamespace, one_of_each: SimpleNamespace, api: Any
) -> None:
    program = api(cast.otto)
    body = program.get("/api/v1/search/", {"q": " Angebot "}).json()
    assert body["query"] == "Angebot"
    assert [group["kind"] for group in body["groups"]] == KINDS
    passage = body["groups"][2]
    assert passage["results"][0]["extract"].startswith("Ein Angebot gilt")
    assert set(passage["results"][0]) == {"title", "extract", "url", "language", "when", "note"}
    for number in range(25):
        make_notebook(cast.otto, title=f"Angebote {number}")
    second = program.get("/api/v1/search/", {"q": "Angebote", "kind": "notebooks", "page": 2}).json()
    assert [(group["kind"], group["count"]) for group in second["groups"]] == [("notebooks", 26)]
    assert len(second["groups"][0]["results"]) == 6
    for wrong in ({}, {"q": ""}, {"q": "a", "kind": "people"}, {"q": "a", "kind": "tips", "page": 0}):
        assert program.get("/api/v1/search/", wrong).status_code == 400


# --- What it costs -----------------------------------------------------------------------------------
def fill(cast: SimpleNamespace, count: int) -> None:
    now = timezone.now()
    StudySession.objects.bulk_create(
        StudySession(
            title=f"Stunde {n} über Angebote", facilitator=cast.farid, local_date=now.date(),
            local_time=now.time(), time_zone="Europe/Berlin", starts_at=now + timedelta(days=n),
            ends_at=now + timedelta(days=n, hours=1),
        )
        for n in range(count)
    )  # fmt: skip
    Notebook.objects.bulk_create(
        Notebook(title=f"Notizbuch {n}", owner=cast.bertha, audience="company") for n in range(count)
    )
    Process.objects.bulk_create(
        Process(title=f"Prozess {n}", owner=cast.bertha, audience="company", content_sha256=f"{n:064x}")
        for n in range(count)
    )
    for _number in range(min(count, 20)):
        make_tip("Angebote nachfassen")
        make_challenge(cast.farid, referees=(cast.ruth,))


def test_ten_thousand_rows_cost_no_more_queries_than_ten(cast: SimpleNamespace) -> None:
    def queries() -> int:
        return only_query_count(lambda: search.search(user=cast.otto, given="Angebot 77", now=timezone.now()))

    fill(cast, 10)
    queries()  # roles are asked once in the life of a user
    few = queries()
    fill_more = 10_000
    StudySession.objects.all().delete()
    Notebook.objects.all().delete()
    Process.objects.all().delete()
    fill(cast, fill_more)
    assert queries() == few <= 13  # one a kind, and what passages need
    assert titles(cast.otto, "Prozess 9876", "processes")["processes"] == ["Prozess 9876"]


def test_passages_cost_two_queries_however_many_notebooks_there_are(cast: SimpleNamespace) -> None:
    load_starter_notebooks(owner=cast.farid)
    asked = finders.Asked(cast.otto, "Protokoll", timezone.now())
    assert passages.find(asked).found
    warm = only_query_count(lambda: passages.find(asked))
    for number in range(12):
        make_source(make_notebook(cast.bertha, audience="company"), text=f"Das {number}. Protokoll.")
    passages.find(asked)
    assert only_query_count(lambda: passages.find(asked)) == warm
    assert warm <= 3


def test_what_there_was_no_time_for_is_said(
    cast: SimpleNamespace, sign_in: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _number in range(3):
        make_source(make_notebook(cast.bertha, audience="company"), text="Ein Protokoll.")
    monkeypatch.setattr(passages, "MOST_NOTEBOOKS", 2)
    [group] = search.search(user=cast.emma, given="Protokoll", now=timezone.now(), kind="passages")
    assert (group.count, group.notice != "") == (2, True)
    page = sign_in(cast.emma).get("/search/", {"q": "Protokoll"}).content.decode()
    assert group.notice.split(".")[0] in page or "nicht durchsucht" in page
    monkeypatch.setattr(passages, "MOST_SECONDS", -1.0)
    [group] = search.search(user=cast.emma, given="Protokoll", now=timezone.now(), kind="passages")
    assert (group.count, group.notice != "") == (0, True)


def test_a_large_index_is_not_built_while_somebody_waits(
    cast: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    notebook = make_notebook(cast.bertha, audience="company")
    make_source(notebook, text="Ein Protokoll ist ein kurzer Text.")
    monkeypatch.setattr(passages, "MOST_WORDS", 3)
    asked = finders.Asked(cast.otto, "Protokoll", timezone.now())
    assert (len(passages.find(asked).found), passages.find(asked).notice != "") == (0, True)
    indexes.index_of(notebook)
    assert (len(passages.find(asked).found), passages.find(asked).notice) == (1, "")


def test_study_aids_and_notes_are_found_by_those_who_may_see_them(cast: Any, sign_in: Any) -> None:
    notebook = make_notebook(cast.farid, audience="company", title="Hausregeln")
    make_source(notebook)
    aid = hand_made(notebook, "guide", [{"kind": "point", "body": "14 Euro", "says": "14 Euro"}])
    StudyAid.objects.filter(pk=aid.pk).update(title="Leitfaden zum Kaffeekochen")
    write(notebook=notebook, author=cast.farid, title="Kaffeemaschine entkalken", body="Am Freitag.")

    def found(person: Any) -> dict[str, list[str]]:
        page = sign_in(person).get("/search/", {"q": "Kaffee"})
        return {
            group.kind.name: [one.url for one in group.found]
            for group in page.context["groups"]
            if group.found
        }

    own = found(cast.farid)
    assert own["study_aids"] == [f"/notebooks/{notebook.pk}/aids/{aid.pk}/"]
    assert len(own["notes"]) == 1
    assert not {"study_aids", "notes"} & set(found(cast.emma))
    release(aid=aid, by=cast.farid)
    assert "study_aids" in found(cast.emma)
    assert "notes" not in found(cast.emma)
