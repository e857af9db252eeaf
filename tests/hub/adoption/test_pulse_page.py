"""The published pulse as a page: of one's own legal entities, hidden groups with the reason, the same for everybody."""

from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any

import pytest

from hub.adoption.models import PulseFigure, PulseQuarter
from hub.people.models import LegalEntity, Site
from tests.factories import make_user
from tests.hub.adoption.conftest import GMBH, LTD, publish


@pytest.fixture
def pulse(company: SimpleNamespace) -> SimpleNamespace:
    site = Site.objects.get(name="Ingolstadt")
    quarters = {
        day: PulseQuarter.objects.create(quarter=day, published_at=datetime(2026, 11, 20, tzinfo=UTC))
        for day in (date(2026, 7, 1), date(2026, 10, 1))
    }
    rows = []
    for quarter, confident, worried in ((date(2026, 7, 1), 40, 35), (date(2026, 10, 1), 62, 21)):
        for entity in LegalEntity.objects.filter(name__in=[GMBH, LTD]):
            for question, share in (("confidence", confident), ("worry", worried)):
                common = {
                    "pulse": quarters[quarter],
                    "question": question,
                    "entity_id": entity.pk,
                    "entity_name": entity.name,
                }
                rows += [
                    PulseFigure(**common, answers=60, low=share, high=share),
                    PulseFigure(**common, site_id=site.pk, site_name=site.name, reason="small"),
                ]
    PulseFigure.objects.bulk_create(rows)
    return company


def test_the_newest_quarter_is_the_finding_and_the_plot_has_them_all(
    sign_in: Any, pulse: SimpleNamespace
) -> None:
    page = sign_in(pulse.hanna).get("/adoption/pulse/")
    said = f"At {GMBH}, 62% of those who answered feel confident with AI at work and 21% are worried "
    said += "(quarter 4 of 2026)."
    assert page.context["findings"] == [said]
    assert [trace["y"] for trace in page.context["chart"]["data"]] == [[40, 62], [35, 21]]
    assert page.context["chart"]["data"][0]["x"] == ["quarter 3 of 2026", "quarter 4 of 2026"]
    text = page.content.decode()
    assert "Hidden because too few people belong to it" in text
    assert LTD not in text
    publish()
    assert said in sign_in(pulse.hanna).get("/adoption/").content.decode()


def test_everybody_sees_that_of_their_own_company(sign_in: Any, pulse: SimpleNamespace) -> None:
    page = sign_in(pulse.people["Vertrieb"][5]).get("/adoption/for-everybody/pulse/")
    hr = sign_in(pulse.hanna).get("/adoption/pulse/")
    assert (page.context["rows"], page.context["chart"]) == (hr.context["rows"], hr.context["chart"])
    assert LTD not in page.content.decode()
    assert sign_in(make_user("Nobody")).get("/adoption/for-everybody/pulse/").context["rows"] == []
    for stranger in (pulse.emma, make_user("Otto")):
        assert sign_in(stranger).get("/adoption/pulse/").status_code == 403


def test_before_the_first_pulse_it_says_what_will_come(sign_in: Any, company: SimpleNamespace) -> None:
    page = sign_in(company.hanna).get("/adoption/pulse/")
    assert page.context["chart"] is None
    assert "Two voluntary questions a quarter" in page.content.decode()
