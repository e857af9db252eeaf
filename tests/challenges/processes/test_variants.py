"""One process at several sites: who sees which variant, what may be called one, and comparing them."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from challenges.processes.models import Comparison, Process
from challenges.processes.variants import is_variant_elsewhere, variants_of
from hub.people.models import Site
from tests.factories import make_process


@pytest.fixture
def sites(db: Any) -> SimpleNamespace:
    munich, leeds = (Site.objects.create(name=name) for name in ("München", "Leeds"))
    return SimpleNamespace(munich=munich, leeds=leeds)


@pytest.fixture
def munich(cast: Any, sites: SimpleNamespace) -> Process:
    return make_process(cast.bertha, title="Auftrag", site=sites.munich)


@pytest.fixture
def leeds(cast: Any, sites: SimpleNamespace, munich: Process) -> Process:
    return make_process(cast.carl, title="Order", site=sites.leeds, variant_of=munich)


def test_each_variant_shows_the_others_and_compares_with_one_click(
    cast: Any, sign_in: Any, munich: Process, leeds: Process
) -> None:
    emma = sign_in(cast.emma)
    for process, other in ((munich, leeds), (leeds, munich)):
        page = emma.get(f"/processes/{process.pk}/").content.decode()
        assert "Dasselbe an anderen Standorten" in page
        assert f'name="other" value="{other.pk}"' in page
    answer = emma.post(f"/processes/{munich.pk}/compare/", {"other": str(leeds.pk)})
    assert answer.status_code == 302
    assert Comparison.objects.get().after == leeds
    page = emma.get(f"/processes/{munich.pk}/compare/").content.decode()
    assert '<optgroup label="Dasselbe an anderen Standorten">' in page
    assert "Order (Leeds)" in page


def test_a_private_variant_is_nobody_elses_business(
    cast: Any, sign_in: Any, munich: Process, leeds: Process
) -> None:
    Process.objects.filter(pk=leeds.pk).update(audience="private")
    assert "Order" not in sign_in(cast.emma).get(f"/processes/{munich.pk}/").content.decode()
    assert list(variants_of(munich, cast.carl)) == [leeds]


def test_the_owner_says_where_it_runs_and_whose_variant_it_is(
    cast: Any, sign_in: Any, sites: SimpleNamespace, munich: Process
) -> None:
    mine = make_process(cast.carl, title="Order", audience="private")
    carl, url = sign_in(cast.carl), f"/processes/{mine.pk}/edit/"
    data = {"title": "Order", "language": "en", "audience": "company"}
    hidden = make_process(cast.bertha, audience="private")
    for wrong in (mine.pk, hidden.pk, "x"):
        assert carl.post(url, {**data, "variant_of": str(wrong)}).status_code == 422
    assert carl.post(url, {**data, "site": "999"}).status_code == 422
    assert carl.post(url, {**data, "site": sites.leeds.pk, "variant_of": munich.pk}).status_code == 302
    mine.refresh_from_db()
    assert (mine.site, mine.variant_of) == (sites.leeds, munich)
    assert is_variant_elsewhere(mine, munich)
    third = make_process(cast.bertha, title="Dritter")
    bertha = sign_in(cast.bertha)
    answer = bertha.post(f"/processes/{third.pk}/edit/", {**data, "variant_of": mine.pk})
    assert answer.status_code == 422, "a variant has no variants"
    answer = bertha.post(f"/processes/{munich.pk}/edit/", {**data, "variant_of": third.pk})
    assert answer.status_code == 302, "whether others name it is not told"
    munich.refresh_from_db()
    mine.refresh_from_db()
    assert munich.variant_of == mine.variant_of == third, "they go with it"


def test_programs_say_it_too_and_see_no_private_process(
    cast: Any, api: Any, sites: SimpleNamespace, munich: Process
) -> None:
    mine = make_process(cast.carl)
    hidden = make_process(cast.bertha, audience="private")
    program, url = api(cast.carl), f"/api/v1/processes/{mine.pk}/"
    refused = program.patch(url, {"variant_of": str(hidden.pk)}, format="json")
    unknown = program.patch(url, {"variant_of": "0" * 32}, format="json")
    assert refused.status_code == unknown.status_code == 400
    told = {"site": sites.leeds.pk, "variant_of": str(munich.pk)}
    body = program.patch(url, told, format="json").json()
    assert (body["site"], body["variant_of"]) == (sites.leeds.pk, str(munich.pk))
    Process.objects.filter(pk=munich.pk).update(audience="private")
    assert program.patch(url, {"title": "Anders"}, format="json").status_code == 200
    mine.refresh_from_db()
    assert (mine.title, mine.variant_of_id) == ("Anders", munich.pk)


@pytest.mark.parametrize(("other", "is_one"), [("leeds", True), ("munich", False), (None, False)])
def test_only_the_same_process_at_another_site_is_a_variant_elsewhere(
    other: str | None, is_one: bool, cast: Any, sites: SimpleNamespace, munich: Process
) -> None:
    site = getattr(sites, other) if other else None
    found = make_process(cast.carl, site=site, variant_of=munich)
    assert is_variant_elsewhere(munich, found) is is_one
    assert not is_variant_elsewhere(munich, make_process(cast.carl, site=site))


def test_the_page_of_a_process_costs_the_same_however_many_variants_it_has(
    cast: Any, sign_in: Any, munich: Process
) -> None:
    emma = sign_in(cast.emma)
    counts = []
    for more in (1, 5):
        for _n in range(more):
            make_process(cast.carl, variant_of=munich)
        with CaptureQueriesContext(connection) as queries:
            emma.get(f"/processes/{munich.pk}/")
        counts.append(len(queries))
    assert counts[0] == counts[1]
