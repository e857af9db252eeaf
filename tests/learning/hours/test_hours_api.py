"""The hours through the interface for programs: what the pages do, with the same refusals."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from hub.points.streaks import monday_of
from learning.hours.models import (
    Attendance,
    AwayWeek,
    LabDone,
    LeaderConsent,
    QuizAnswer,
    RoomQuestion,
    TeamGoal,
)
from tests.factories import make_session, make_tool, make_user
from tests.lived import Lived, lived_hour

API = "/api/v1/"


@pytest.fixture
def lived(cast: Any) -> Lived:
    return lived_hour(cast.farid).fill()


def test_a_series_is_founded_changed_ended_and_resumed(api: Any, cast: Any) -> None:
    farid, url = api(cast.farid), f"{API}series/"
    made = farid.post(url, {"title": "Freitags", "starts_on": "2027-01-08", "local_time": "09:00"})
    assert made.status_code == 201, made.content
    series = made.json()
    assert (series["rule"], series["in_words"]) == ("FREQ=WEEKLY;BYDAY=FR", "jeden Freitag")
    one = f"{url}{series['id']}/"
    changed = farid.patch(one, {"rule": "FREQ=WEEKLY;BYDAY=TU,TH", "minutes": 45}).json()
    assert (changed["rule"], changed["minutes"]) == ("FREQ=WEEKLY;BYDAY=TU,TH", 45)
    assert farid.patch(one, {"place": "Kantine"}).json()["rule"] == "FREQ=WEEKLY;BYDAY=TU,TH"
    assert farid.patch(one, {"rule": "FREQ=NEVER"}).status_code == 400
    assert farid.post(f"{one}end/").json()["ended_at"]
    assert farid.post(f"{one}resume/").json()["ended_at"] is None
    assert [row["id"] for row in farid.get(url).json()["results"]] == [series["id"]]
    assert api(cast.emma).get(url).status_code == 403


def test_an_hour_is_prepared_and_published(api: Any, cast: Any) -> None:
    farid = api(cast.farid)
    session = make_session(cast.farid, starts_at=timezone.now() + timedelta(days=2))
    url = f"{API}sessions/{session.pk}/preparation/"
    slugs = [row["slug"] for row in farid.get(f"{API}session-templates/").json()]
    assert len(slugs) == 12
    filled = farid.patch(url, {"template": "first-agent"}, format="json").json()
    assert filled["agenda"]
    assert filled["lab"]
    assert filled["published_at"] is None

    tool = make_tool(data_class="internal")
    lab = [{"title": "Ein Protokoll", "tool": tool.slug, "data_class": "internal"}]
    agenda = [{"kind": "lab", "title": "Ausprobieren", "minutes": 60}]
    wish = {"agenda": agenda, "lab": lab, "publish": True}
    kept = farid.patch(url, wish, format="json").json()
    assert kept["agenda"] == agenda
    assert (kept["lab"][0]["title"], kept["lab"][0]["tool"]) == ("Ein Protokoll", tool.slug)
    assert kept["published_at"]
    assert farid.patch(url, {"publish": False}, format="json").json()["published_at"] is None

    too_much = {"template": "first-agent", "lab": [{**lab[0], "data_class": "confidential"}]}
    assert farid.patch(url, too_much, format="json").status_code == 400
    assert farid.patch(url, {"template": "nonsense"}, format="json").status_code == 404
    assert (
        farid.patch(url, {"deputy": cast.emma.pk, "template": "first-agent"}, format="json").status_code
        == 400
    )
    assert farid.get(url).json()["lab"][0]["title"] == "Ein Protokoll", "nothing half done"


def test_a_room_is_lived_in_through_the_interface(api: Any, cast: Any, lived: Lived) -> None:
    emma, farid = api(cast.emma), api(cast.farid)
    Attendance.objects.create(session=lived.session, user=cast.emma)
    url = f"{API}sessions/{lived.session.pk}/room/"
    assert emma.post(f"{url}tasks/{lived.task.pk}/done/").status_code == 204
    assert LabDone.objects.filter(task=lived.task, user=cast.emma).exists()
    assert emma.post(f"{url}rounds/{lived.round.pk}/answer/", {"option": 1}).status_code == 204
    assert emma.post(f"{url}rounds/{lived.round.pk}/answer/", {"option": 9}).status_code == 422
    asked = emma.post(f"{url}questions/", {"text": "Darf <b>ich</b> das?"}).json()["id"]
    assert api(cast.hanna).post(f"{url}questions/{asked}/vote/").status_code == 204
    pin = emma.post(
        f"{url}hatpins/", {"kind": "stuck", "text": "Wo ist der Knopf?", "is_named": True}
    ).json()["id"]
    assert api(cast.hanna).post(f"{url}hatpins/{pin}/act/", {"do": "help"}).status_code == 204
    assert api(cast.hanna).post(f"{url}hatpins/{pin}/replies/", {"text": "Oben rechts."}).status_code == 204

    room = emma.get(url).json()
    assert room["phase"] == "during"
    assert [(row["title"], row["done"]) for row in room["tasks"]] == [(lived.task.title, 1)]
    assert set(room["mine"]["tasks"]) == {str(lived.task.pk)}
    assert room["mine"]["answers"] == {str(lived.round.pk): 1}
    assert room["round"]["counts"] is None, "below five answers"
    question = next(row for row in room["questions"] if row["id"] == asked)
    assert (question["votes"], question["author"]) == (2, None)
    stuck = next(row for row in room["hatpins"] if row["id"] == pin)
    assert (stuck["who"], stuck["helper"], stuck["replies"][0]["text"]) == (
        cast.emma.get_full_name(), cast.hanna.get_full_name(), "Oben rechts.",
    )  # fmt: skip

    assert farid.post(f"{url}step/", {"step": 2}).status_code == 204
    assert farid.post(f"{url}questions/{asked}/moderate/", {"do": "hide"}).status_code == 204
    assert RoomQuestion.objects.get(pk=asked).hidden_at
    assert emma.delete(f"{url}tasks/{lived.task.pk}/done/").status_code == 204
    assert farid.post(f"{url}rounds/close/").status_code == 204
    assert farid.post(f"{url}rounds/").status_code == 201
    again = emma.get(url).json()
    assert (again["step"], again["tasks"][0]["done"]) == (2, 0)
    assert asked not in {row["id"] for row in again["questions"]}
    assert QuizAnswer.objects.count() == 1


def test_outside_the_hour_the_room_is_closed(api: Any, cast: Any) -> None:
    session = make_session(cast.farid, starts_at=timezone.now() + timedelta(days=1))
    for answer in (
        api(cast.emma).get(f"{API}sessions/{session.pk}/room/"),
        api(cast.emma).post(f"{API}sessions/{session.pk}/room/questions/", {"text": "Schon offen?"}),
    ):
        assert (answer.status_code, answer.json()["type"]) == (409, "urn:hatpin:problem:room_closed")


def test_weeks_away_are_ones_own_and_put_as_a_whole(api: Any, cast: Any) -> None:
    emma, url = api(cast.emma), f"{API}away-weeks/"
    monday = monday_of(timezone.localdate())
    weeks = [(monday + timedelta(weeks=n)).isoformat() for n in (0, 1)]
    assert emma.put(url, {"weeks": weeks}, format="json").json() == {"weeks": weeks}
    assert emma.put(url, {"weeks": weeks[1:]}, format="json").json() == {"weeks": weeks[1:]}
    for wrong in ((monday + timedelta(days=1)).isoformat(), (monday + timedelta(weeks=60)).isoformat()):
        assert emma.put(url, {"weeks": [wrong]}, format="json").status_code == 422
    assert AwayWeek.objects.count() == 1
    assert api(cast.otto).get(url).json() == {"weeks": []}


def test_a_team_sets_its_goal_and_leaders_what_they_show(api: Any, cast: Any) -> None:
    emma, url = api(cast.emma), f"{API}team/goal/"
    assert emma.get(url).json()["percent"] is None
    assert emma.put(url, {"percent": 70}).json()["percent"] == 70
    assert emma.put(url, {"percent": 5}).status_code == 400
    assert emma.delete(url).status_code == 204
    assert not TeamGoal.objects.exists()
    assert api(make_user(team=None)).get(url).status_code == 409

    assert api(cast.bertha).put(f"{API}leaders/me/", {"shows_attendance": True}).status_code == 200
    assert [row["name"] for row in emma.get(f"{API}leaders/").json()] == ["Bertha Ringer"]
    assert api(cast.bertha).put(f"{API}leaders/me/", {}).status_code == 200
    assert not LeaderConsent.objects.exists()
