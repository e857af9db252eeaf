"""Which pools count: chosen by the owner until somebody enters a bet, on the page and by programs."""

import re
from typing import Any

import pytest

from challenges.processes.actions import import_process
from challenges.processes.list_actions import set_lanes, set_numbers
from challenges.processes.models import Process
from challenges.processes.pool_choice import choose_pools, pools_of
from hub.refusals import Refusal
from tests.challenges.processes.drawings import arrow, definitions, two_steps
from tests.factories import make_challenge, make_entry, make_process

INVOICE = definitions(
    '<collaboration id="c"><participant id="x" name="Kundin" processRef="customer"/>'
    '<participant id="y" name="Assistenz" processRef="team"/>'
    '<participant id="z" name="Buchhaltung" processRef="books"/>'
    '<messageFlow id="m" sourceRef="scan" targetRef="check"/></collaboration>'
    '<process id="customer"><task id="complain" name="Nachfragen"/></process>'
    '<process id="team"><task id="scan" name="Scannen"/></process>'
    '<process id="books"><task id="check" name="Prüfen"/><task id="pay" name="Zahlen"/>'
    f"{arrow('check', 'pay')}</process>"
)


def invoice(owner: Any, **fields: Any) -> Process:
    made, _is_new = import_process(
        user=owner, file_name="rechnung.bpmn", content=INVOICE.encode(), language="de", **fields
    )
    return made


def names(process: Process) -> list[str]:
    return [step.name for step in process.steps.all()]


def test_the_owner_says_which_pools_count(sign_in: Any, cast: Any) -> None:
    process, client = invoice(cast.emma), sign_in(cast.emma)
    here, page = f"/processes/{process.pk}/", f"/processes/{process.pk}/pools/"

    shown = client.get(here).content.decode()
    assert "2 Schritte anderer Pools sind gezeichnet und zählen nicht." in shown
    assert page in shown
    form = client.get(page)
    assert form.context["form"]["pools"].initial == ["books"]
    assert re.findall(r"(\w+: \d Schritte?)\b", form.content.decode()) == [
        "Kundin: 1 Schritt",
        "Assistenz: 1 Schritt",
        "Buchhaltung: 2 Schritte",
    ]
    assert client.post(page, {"pools": ["team", "books"]})["Location"] == here

    process.refresh_from_db()
    assert (names(process), process.handoff_count) == (["Scannen", "Prüfen", "Zahlen"], 1)
    assert process.notes == {"foreign": 1, "pools": 2}
    shown = client.get(here).content.decode()
    assert "1 Schritt eines anderen Pools ist gezeichnet und zählt nicht." in shown
    assert "Die Schritte von 2 Pools zählen zusammen." in shown
    assert client.get(page).context["form"]["pools"].initial == ["team", "books"]


def test_steps_that_go_on_counting_stay_the_same_and_keep_what_is_known(cast: Any) -> None:
    process = invoice(cast.emma)
    check = process.steps.get(element_id="check")
    set_numbers(process=process, numbers={check.pk: {"touch_minutes": 5, "value": "value"}}, cases_per_week=3)
    set_lanes(process=process, lanes=[("Buchhaltung", 4, None)])

    choose_pools(process=process, pools=["customer", "team", "books"])
    again = process.steps.get(element_id="check")
    assert (again.pk, again.touch_minutes, again.value, again.position) == (check.pk, 5, "value", 3)
    assert process.lanes.get().performers == 4
    process.refresh_from_db()
    assert (process.cases_per_week, process.notes) == (3, {"pools": 3})

    choose_pools(process=process, pools=["team"])
    assert (names(process), process.lanes.exists()) == (["Scannen"], False)


@pytest.mark.parametrize("chosen", [[], ["nobody"], ["books", "nobody"]])
def test_only_pools_of_the_drawing_can_be_chosen(chosen: list[str], sign_in: Any, cast: Any) -> None:
    process = invoice(cast.emma)
    response = sign_in(cast.emma).post(f"/processes/{process.pk}/pools/", {"pools": chosen})
    assert response.status_code == 422
    with pytest.raises(Refusal):
        choose_pools(process=process, pools=chosen)
    assert names(process) == ["Prüfen", "Zahlen"]


def test_a_process_with_one_pool_has_nothing_to_choose(sign_in: Any, cast: Any) -> None:
    single, _is_new = import_process(user=cast.emma, file_name="a.bpmn", content=two_steps().encode())
    client = sign_in(cast.emma)
    for process in (single, make_process(cast.emma)):
        assert pools_of(process) == ()
        assert "pools/" not in client.get(f"/processes/{process.pk}/").content.decode()
        assert client.get(f"/processes/{process.pk}/pools/")["Location"] == f"/processes/{process.pk}/"
    with pytest.raises(Refusal):
        choose_pools(process=single, pools=["p"])
    assert names(single) == ["Prüfen", "Buchen"]


def test_the_choice_stays_once_somebody_entered_a_bet(sign_in: Any, cast: Any, api: Any) -> None:
    process = invoice(cast.emma, audience=Process.Audience.COMPANY)
    make_entry(make_challenge(cast.farid, referees=(cast.ruth,)), cast.emma, process=process)
    client, page = sign_in(cast.emma), f"/processes/{process.pk}/pools/"

    assert page not in client.get(f"/processes/{process.pk}/").content.decode()
    assert client.get(page).status_code == 302
    assert client.post(page, {"pools": ["team"]}).status_code == 302
    told = api(cast.emma).post(f"/api/v1{page}", {"pools": ["team"]}, format="json")
    assert (told.status_code, names(process)) == (409, ["Prüfen", "Zahlen"])


def test_others_read_and_do_not_choose(sign_in: Any, cast: Any) -> None:
    process = invoice(cast.emma)
    page = f"/processes/{process.pk}/pools/"
    assert sign_in(cast.otto).get(page).status_code == 404
    Process.objects.update(audience=Process.Audience.COMPANY)
    assert page not in sign_in(cast.otto).get(f"/processes/{process.pk}/").content.decode()
    assert sign_in(cast.otto).post(page, {"pools": ["team"]}).status_code == 403


def test_programs_choose_too(api: Any, cast: Any) -> None:
    process, emma = invoice(cast.emma), api(cast.emma)
    path = f"/api/v1/processes/{process.pk}/pools/"

    told = emma.post(path, {"pools": ["team", "books"]}, format="json")
    assert (told.status_code, told.json()["step_count"]) == (200, 3)
    assert told.json()["notes"] == {"foreign": 1, "pools": 2}
    for wrong in ({}, {"pools": []}, {"pools": "team"}, {"pools": ["nobody"]}):
        assert emma.post(path, wrong, format="json").status_code in {400, 422}, wrong
    assert api(cast.otto).post(path, {"pools": ["team"]}, format="json").status_code == 404
