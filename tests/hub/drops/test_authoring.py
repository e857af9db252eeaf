"""Filling a calendar within an hour, what has to be there before it hangs, and what cannot be undone after."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from hub.audit.models import AuditEntry
from hub.drops import authoring
from hub.drops.contents import STARTERS
from hub.drops.filling import propose, suitable_tips
from hub.drops.models import Drop
from hub.nudges.models import Tip
from hub.nudges.starter import load_starter_tips
from hub.people.models import User
from hub.refusals import Refusal
from hub.trials import actions as trials
from tests.factories import make_drop, make_story, make_tip, make_trial, make_user
from tests.hub.drops.conftest import berlin

NOW = "2027-01-04T10:00:00"
PLAN = {
    "title_de": "Zwölf Tage",
    "title_en": "Twelve days",
    "starts_on": "2027-01-18",
    "size": "12",
    "days_after": "14",
}
WORDS = {"kind": "fact", "title_de": "Titel", "text_de": "Text.", "title_en": "Title", "text_en": "Text."}
# A person writes a door in both languages in four minutes: twelve are an hour with the rest.
MOST_REQUESTS_FOR_TWELVE_DOORS = 16


@pytest.fixture
def author(sign_in: Any, cast: Any, set_clock: Any) -> Any:
    set_clock(berlin(NOW))
    return sign_in(cast.farid)


def only_drop() -> Drop:
    return Drop.objects.get()


def test_twelve_doors_are_written_in_one_go(author: Any) -> None:
    """One form for the plan, one a door that leads to the next, one press: nothing to look for in between."""
    answer = author.post("/drops/new/", PLAN)
    requests = 1
    while "/doors/" in answer.url:
        assert author.get(answer.url).status_code == 200
        answer = author.post(answer.url, {**WORDS, "then": "next"})
        requests += 1
    drop = only_drop()
    assert answer.url == f"/drops/{drop.pk}/edit/"
    page = author.get(answer.url)
    assert (page.context["ready"], page.context["can_publish"]) == (12, True)
    author.post(f"/drops/{drop.pk}/publish/")
    assert only_drop().is_published
    assert requests + 1 <= MOST_REQUESTS_FOR_TWELVE_DOORS


def test_twelve_doors_are_filled_with_tips_in_three_presses(author: Any) -> None:
    load_starter_tips()
    author.post("/drops/new/", PLAN)
    drop = only_drop()
    page = author.get(f"/drops/{drop.pk}/fill/")
    rows = page.context["rows"]
    assert len(rows) == len({tip.pk for _door, _day, tip in rows}) == 12
    neighbours = [tip.area for _door, _day, tip in rows]
    assert len(set(neighbours[:8])) == 8
    author.post(f"/drops/{drop.pk}/fill/", {"door": [f"{door.number}:{tip.pk}" for door, _day, tip in rows]})
    author.post(f"/drops/{drop.pk}/publish/")
    drop = only_drop()
    assert drop.is_published
    first = drop.doors.first()
    assert {first.title_de, first.title_en} == set(first.tip.texts.values_list("title", flat=True))


@pytest.mark.parametrize("key", list(STARTERS))
def test_a_beginning_that_came_with_the_hub_is_copied_and_publishable(
    key: str, author: Any, cast: Any
) -> None:
    starter = STARTERS[key]
    page = author.get(f"/drops/new/?from=starter:{key}")
    data = {name: value for name, value in page.context["form"].initial.items() if value is not False}
    answer = author.post("/drops/new/", {**data, "days_after": 14, "from": f"starter:{key}"})
    drop = only_drop()
    assert answer.url == f"/drops/{drop.pk}/edit/"
    assert [(door.title_en, door.kind) for door in drop.doors.all()] == [
        (door.texts["en"][0], door.kind) for door in starter.doors
    ]
    authoring.publish(drop=drop, by=cast.farid)
    assert 10 <= len(starter.doors) <= 24
    for door in starter.doors:
        assert all(len(title) < 60 and 40 < len(text) < 400 for title, text in door.texts.values())


def test_suitable_tips_are_new_in_both_languages_and_valid_on_their_day(cast: Any) -> None:
    drop = make_drop(cast.farid, starts_on=date(2027, 1, 18), is_published=False)
    drop.doors.update(title_de="", text_de="", title_en="", text_en="")
    good = make_tip(valid_from=date(2027, 1, 19))
    make_tip(languages=("de",)), make_tip(is_active=False)
    used = make_drop(cast.farid, starts_on=date(2026, 6, 1))
    used.doors.update(tip=make_tip())
    old = make_drop(cast.farid, starts_on=date(2025, 6, 1))
    old.doors.update(tip=(rested := make_tip()))
    tips = suitable_tips(drop, timezone.now())
    assert {tip.pk for tip in tips} == {good.pk, rested.pk}
    pairs = propose(drop, list(drop.doors.all()), tips)
    assert {(door.number, tip.pk) for door, tip in pairs} == {(1, rested.pk), (2, good.pk)}


def test_what_is_missing_is_named_door_by_door(author: Any, cast: Any, api: Any) -> None:
    drop = make_drop(cast.farid, starts_on=date(2027, 1, 4), size=5, is_published=False, title_en="")
    make_drop(cast.farid, starts_on=date(2027, 1, 6))
    doors = {door.number: door for door in drop.doors.all()}
    doors[1].title_de = doors[1].text_de = doors[1].title_en = doors[1].text_en = ""
    doors[2].text_de = ""
    doors[3].title_en = ""
    doors[4].kind, doors[4].leader = "story", cast.bertha
    for door in doors.values():
        door.save()
    faults = api(cast.farid).get(f"/api/v1/drops/{drop.pk}/plan/").json()["faults"]
    assert len(faults) == 7
    assert "„Drei Türchen“ hat bis zum 8. Januar 2027" in faults[2]
    assert [fault.split()[1] for fault in faults[3:]] == ["1", "2", "3", "4"]
    assert author.post(f"/drops/{drop.pk}/publish/").status_code == 409
    assert Drop.objects.get(pk=drop.pk).is_draft
    page = author.get(f"/drops/{drop.pk}/edit/").content.decode()
    assert page.count('class="state state-done"') == 1


def test_of_two_calendars_in_the_same_days_one_hangs(cast: Any, author: Any) -> None:
    """For the same people; a team's own may hang beside the company's, and one after the other may."""
    starts_on = date(2027, 2, 1)
    make_drop(cast.farid, starts_on=starts_on)
    paths = {}
    for name, fields in {
        "same": {"starts_on": starts_on + timedelta(days=2)},
        "after": {"starts_on": starts_on + timedelta(days=3)},
        "team": {"starts_on": starts_on, "team": cast.emma.team},
    }.items():
        drop = make_drop(cast.farid, is_published=False, **fields)
        paths[name] = author.post(f"/drops/{drop.pk}/publish/").status_code
    assert paths == {"same": 409, "after": 302, "team": 302}


def test_what_hangs_is_corrected_and_not_emptied(author: Any, api: Any, cast: Any) -> None:
    drop = make_drop(cast.farid, starts_on=date(2027, 1, 3))
    path = f"/drops/{drop.pk}/doors/1/edit/"
    assert author.post(path, {**WORDS, "title_de": "Berichtigt"}).status_code == 302
    assert drop.doors.get(number=1).title_de == "Berichtigt"
    assert author.post(path, {**WORDS, "text_en": ""}).status_code == 422
    assert drop.doors.get(number=1).text_en == "Text."
    program = api(cast.farid)
    assert program.patch(f"/api/v1/drops/{drop.pk}/plan/", {"size": 2}, format="json").status_code == 409
    assert (
        program.patch(f"/api/v1/drops/{drop.pk}/plan/", {"title_en": "New"}, format="json").status_code == 200
    )
    assert author.post(f"/drops/{drop.pk}/discard/", {"title": "Drei Türchen"}).status_code == 409
    assert author.post(f"/drops/{drop.pk}/unpublish/").status_code == 409
    author.post(f"/drops/{drop.pk}/end/")
    assert api(cast.emma).post(f"/api/v1/drops/{drop.pk}/doors/1/open/").status_code == 409
    author.post(f"/drops/{drop.pk}/resume/")
    assert api(cast.emma).post(f"/api/v1/drops/{drop.pk}/doors/1/open/").status_code == 200
    acts = AuditEntry.objects.filter(object_id=str(drop.pk)).values_list("action", flat=True)
    assert set(acts) == {"drop.ended", "drop.resumed"}


def test_a_draft_is_discarded_by_typing_its_title(author: Any, cast: Any) -> None:
    drop = make_drop(cast.farid, is_published=False, title_en="")
    for typed in ("", "Drei"):
        author.post(f"/drops/{drop.pk}/discard/", {"title": typed})
        assert Drop.objects.exists()
    author.post(f"/drops/{drop.pk}/discard/", {"title": "Drei Türchen"})
    assert not Drop.objects.exists()


def test_another_author_takes_it_over_and_that_is_recorded(author: Any, sign_in: Any, cast: Any) -> None:
    cast.hanna.role_grants.create(role="content_owner")
    drop, client = make_drop(cast.farid, is_published=False), sign_in(cast.hanna)
    assert client.get(f"/drops/{drop.pk}/edit/").status_code == 403
    client.post(f"/drops/{drop.pk}/take-over/")
    assert client.get(f"/drops/{drop.pk}/edit/").status_code == 200
    assert author.get(f"/drops/{drop.pk}/edit/").status_code == 403
    [act] = AuditEntry.objects.filter(action="drop.taken_over")
    assert act.actor_key == cast.hanna.subject_key


def test_an_older_calendar_is_copied_by_who_saw_it(cast: Any) -> None:
    """Of a colleague's only once its last door is open everywhere, and a team's only by the team."""
    cast.hanna.role_grants.create(role="content_owner")
    drop = make_drop(cast.farid, starts_on=date(2027, 1, 1))  # its last door opens on the 3rd
    make_drop(cast.farid, starts_on=date(2026, 3, 1), team=cast.farid.team)
    make_drop(cast.farid, starts_on=date(2026, 3, 1), is_published=False)

    def copied(person: User, at: str) -> list[str]:
        keys = [beginning.key for beginning in authoring.beginnings_for(person, berlin(at))]
        return [key for key in keys if key.startswith("drop:")]

    assert copied(cast.hanna, "2027-01-04T23:59:59") == []
    assert copied(cast.hanna, "2027-01-05T00:00:00") == [f"drop:{drop.pk}"]
    assert len(copied(cast.farid, "2027-01-01T00:00:00")) == 3


def test_a_copy_does_not_bring_a_leaders_agreement(author: Any, cast: Any) -> None:
    drop = make_drop(cast.farid, size=2)
    drop.doors.update(kind="story", leader=cast.bertha, leader_agreed=True)
    author.post("/drops/new/", {**PLAN, "size": 4, "from": f"drop:{drop.pk}"})
    copied = Drop.objects.exclude(pk=drop.pk).get()
    assert [(door.title_de, door.leader, door.leader_agreed) for door in copied.doors.all()] == [
        ("Titel 1 deutsch", cast.bertha, False),
        ("Titel 2 deutsch", cast.bertha, False),
        ("", None, False),
        ("", None, False),
    ]


def test_a_leader_who_is_named_learns_it_from_the_hub_and_once(author: Any, cast: Any) -> None:
    drop = make_drop(cast.farid, starts_on=date(2027, 1, 18), is_published=False)
    drop.doors.filter(number__lte=2).update(kind="story", leader=cast.bertha)
    drop.doors.filter(number=1).update(leader_agreed=True)
    with pytest.raises(Refusal, match="not_ready"):
        authoring.publish(drop=drop, by=cast.farid)
    drop.doors.filter(number=2).update(kind="fact")
    authoring.publish(drop=drop, by=cast.farid)
    told = {"kind": "story", "leader": cast.bertha.pk, "leader_agreed": "on"}
    for number in (1, 1, 3):
        author.post(f"/drops/{drop.pk}/doors/{number}/edit/", {**WORDS, **told})
    assert {notice.facts["author"] for notice in cast.bertha.notices.all()} == {cast.farid.get_full_name()}
    assert cast.bertha.notices.count() == 2
    assert "Titel" not in str([notice.facts for notice in cast.bertha.notices.all()])


def test_a_story_lends_its_words(author: Any, cast: Any) -> None:
    drop = make_drop(cast.farid, size=2, is_published=False)
    drop.doors.update(title_de="", text_de="", title_en="", text_en="")
    story = make_story(cast.bertha, language="en", title="Half the minutes", body="I let it sort the notes.")
    author.post(f"/drops/{drop.pk}/doors/1/edit/", {"kind": "story", "story": story.pk, "then": "next"})
    door = drop.doors.first()
    assert (door.title_de, door.title_en, door.text_en) == (
        "",
        "Half the minutes",
        "I let it sort the notes.",
    )


WRONG = [
    ({"size": "1"}, "size"), ({"size": "32"}, "size"), ({"size": "zwölf"}, "size"),
    ({"days_after": "31"}, "days_after"),
    ({"starts_on": "2027-01-04"}, "starts_on"), ({"starts_on": "morgen"}, "starts_on"),
    ({"starts_on": "2027-01-16", "working_days_only": "on"}, "starts_on"),
    ({"title_de": " ", "title_en": ""}, "title_de"), ({"title_de": "x" * 121}, "title_de"),
]  # fmt: skip


def test_bad_input_is_named_at_its_field(author: Any, api: Any, cast: Any) -> None:
    program = api(cast.farid)
    for wrong, field in WRONG:
        answer = author.post("/drops/new/", {**PLAN, **wrong})
        assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
        told = program.post("/api/v1/drops/", {**PLAN, **wrong}, format="json")
        assert (told.status_code, list(told.json()["errors"])) == (400, [field])
    assert not Drop.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_of_two_published_at_the_same_moment_one_hangs() -> None:
    owner, now = make_user("Farid"), berlin(NOW)
    drops = [make_drop(owner, starts_on=date(2027, 2, 1), is_published=False) for _each in range(4)]

    def publish(drop: Drop) -> bool:
        try:
            return authoring.publish(drop=drop, by=owner, now=now).is_published
        except Refusal:
            return False
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(publish, drops)) == 1
    assert Drop.objects.published().count() == 1


def test_a_plan_that_shrinks_throws_no_words_away(author: Any, cast: Any) -> None:
    drop = make_drop(cast.farid, starts_on=date(2027, 1, 18), size=4, is_published=False)
    plan = {**PLAN, "size": "2"}
    assert author.post(f"/drops/{drop.pk}/plan/", plan).status_code == 409
    assert drop.doors.count() == 4
    drop.doors.filter(number__gt=2).update(title_de="", text_de="", title_en="", text_en="")
    assert author.post(f"/drops/{drop.pk}/plan/", plan).status_code == 302
    assert drop.doors.count() == 2


def test_programs_write_what_the_page_writes(api: Any, cast: Any, set_clock: Any) -> None:
    set_clock(berlin(NOW))
    program, tip = api(cast.farid), make_tip("Aus der Bibliothek")
    made = program.post("/api/v1/drops/", {**PLAN, "size": 2, "begin_with": ""}, format="json")
    base = f"/api/v1/drops/{made.json()['id']}/"
    assert len(made.json()["faults"]) == 2
    first = program.patch(f"{base}doors/1/", {"tip": str(tip.pk)}, format="json").json()
    assert (first["title_de"], first["is_ready"]) == ("Aus der Bibliothek", True)
    assert program.patch(f"{base}doors/2/", {"kind": "riddle"}, format="json").status_code == 400
    program.patch(f"{base}doors/2/", WORDS, format="json")
    assert program.post(f"{base}publish/").json()["state"] == "published"
    assert program.delete(f"{base}publish/").json()["state"] == "draft"
    assert program.delete(f"{base}plan/").status_code == 204
    unknown = program.post("/api/v1/drops/", {**PLAN, "begin_with": "drop:x"}, format="json")
    assert unknown.status_code == 422


def test_the_list_of_doors_asks_no_more_however_many(author: Any, cast: Any) -> None:
    counts = []
    for size in (2, 31):
        drop = make_drop(cast.farid, size=size, is_published=False)
        drop.doors.update(tip=Tip.objects.first() or make_tip(), story=make_story(cast.bertha), kind="story")
        with CaptureQueriesContext(connection) as asked:
            author.get(f"/drops/{drop.pk}/edit/")
            author.get(f"/drops/{drop.pk}/preview/?door=1")
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_a_calendar_gives_nobody_what_a_trial_holds_back_and_the_reverse(cast: Any, set_clock: Any) -> None:
    now = set_clock(berlin(NOW))
    for number in range(60):  # chance divides them, and neither half may be small
        make_user(f"Kollegin {number}")
    tip, other = make_tip(), make_tip()
    drop = make_drop(cast.farid, starts_on=date(2027, 1, 18), size=2, is_published=False)
    drop.doors.filter(number=1).update(tip=tip)
    trial = trials.start(trial=make_trial(tip), by=cast.farid, now=now)
    assert tip not in suitable_tips(drop, now)
    with pytest.raises(Refusal, match="not_ready"):
        authoring.publish(drop=drop, by=cast.farid, now=now)
    trials.end(trial=trial, by=cast.farid, now=now)
    drop.doors.filter(number=1).update(tip=other)
    authoring.publish(drop=drop, by=cast.farid, now=now)
    with pytest.raises(Refusal, match="tip_is_promised"):
        trials.start(trial=make_trial(other), by=cast.farid, now=now)
    authoring.end(drop=drop, by=cast.farid, now=now)
    trials.start(trial=make_trial(other), by=cast.farid, now=now)


def test_two_tabs_on_one_door_lose_nobodys_words(author: Any, cast: Any) -> None:
    drop = make_drop(cast.farid, starts_on=date(2027, 1, 18), size=2, state="draft")
    path = reverse("drops:edit-door", args=[drop.pk, 1])
    seen = author.get(path).context["version"]
    assert author.post(path, {**WORDS, "version": seen}).status_code == 302
    page = author.post(path, {**WORDS, "title_de": "Aus dem zweiten Fenster", "version": seen})
    assert page.status_code == 409
    for words in ("Titel", "Aus dem zweiten Fenster"):
        assert words in page.content.decode()
    assert drop.doors.get(number=1).title_de == "Titel"
    again = {**WORDS, "title_de": "Aus dem zweiten Fenster", "version": page.context["version"]}
    assert author.post(path, again).status_code == 302
    assert drop.doors.get(number=1).title_de == "Aus dem zweiten Fenster"


def test_two_programs_on_one_door_lose_nobodys_words(api: Any, cast: Any) -> None:
    drop = make_drop(cast.farid, starts_on=date(2027, 1, 18), size=2, state="draft")
    path, program = f"/api/v1/drops/{drop.pk}/doors/1/", api(cast.farid)
    doors = program.get(f"/api/v1/drops/{drop.pk}/doors/").json()
    seen = next(door["version"] for door in doors if door["number"] == 1)
    first = program.patch(path, {"title_de": "Zuerst", "version": seen}, format="json")
    assert (first.status_code, first.json()["title_de"]) == (200, "Zuerst")
    assert first.json()["version"] != seen
    second = program.patch(path, {"title_de": "Danach", "version": seen}, format="json")
    assert second.status_code == 409
    assert "inzwischen geändert" in second.json()["detail"]
    assert drop.doors.get(number=1).title_de == "Zuerst"
    now = {"title_de": "Danach", "version": first.json()["version"]}
    assert program.patch(path, now, format="json").status_code == 200
    for wrong in ("x" * 17, 7.5, ["a"]):
        assert program.patch(path, {"version": wrong}, format="json").status_code in {400, 409}
    assert drop.doors.get(number=1).title_de == "Danach"
    assert program.patch(path, {"title_en": "Later"}, format="json").status_code == 200, (
        "for whoever is alone"
    )
