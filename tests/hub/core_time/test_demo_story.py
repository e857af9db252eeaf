"""The demo company's measured team: what a new user sees, made by the same code as everybody's."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone, translation

from hub.core_time.models import Counter, Mark, Voice
from hub.core_time.presenting import said_expected, standing_of
from hub.demo.company import load_company
from hub.demo.core_time import load_core_time
from hub.demo.tools import load_tools
from hub.notices.models import Notice


@pytest.mark.django_db
def test_a_new_user_sees_before_expected_and_measured_again() -> None:
    cast, today = load_company(), datetime.now(ZoneInfo("Europe/Berlin")).date()
    load_tools()
    for _time in range(2):
        load_core_time(cast["emma.lindner"], today)
    with translation.override("de"):
        standing = standing_of(cast["emma.lindner"].team)
        assert [(row.name, row.said) for row in standing.rows] == [
            ("Vorher", "25\xa0%"), ("Wieder gemessen", "30\xa0%"),
        ]  # fmt: skip
        assert said_expected(standing.expectation.share) == "28\xa0% bis 29\xa0%"
    assert {row.measurement.published_at < timezone.now() for row in standing.rows} == {True}
    assert not any(model.objects.exists() for model in (Counter, Mark, Voice))
    assert not Notice.objects.filter(kind__startswith="core_time").exists()
