"""Looking after tips: told once when one is to be looked at again, and two authors at once lose nothing."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from hub.notices.models import Notice
from hub.nudges import reviews
from hub.nudges.models import Tip
from hub.people.models import RoleGrant
from tests.factories import make_tip, make_user
from tests.hub.nudges.test_authoring import WORDS


def test_the_author_is_told_once_and_again_for_another_day(cast: Any) -> None:
    now = timezone.now()
    today = timezone.localdate(now)
    tip = make_tip(author=cast.farid, review_on=today)
    make_tip(author=cast.farid, review_on=today + timedelta(days=1))
    make_tip(author=cast.farid, review_on=today, is_active=False)
    for _day in range(3):
        assert reviews.tell(now) == 1
    notice = Notice.objects.get(kind="tip_review_due")
    assert (notice.user, notice.path) == (cast.farid, f"/tips/{tip.pk}/edit/")
    assert tip.text.title in notice.text
    assert Tip.objects.filter(pk=tip.pk).update(review_on=today - timedelta(days=1))
    reviews.tell(now)
    assert Notice.objects.filter(kind="tip_review_due").count() == 2


@pytest.mark.parametrize("author", ["none", "no_longer", "left"])
def test_without_an_author_who_may_every_content_owner_is_told(author: str, cast: Any) -> None:
    writer = None if author == "none" else make_user("Nora", roles=("content_owner",))
    if author == "no_longer":
        RoleGrant.objects.filter(user=writer).delete()
    elif author == "left":
        type(writer).objects.filter(pk=writer.pk).update(status="left")
    make_tip(author=writer, review_on=timezone.localdate())
    reviews.tell(timezone.now())
    told = set(Notice.objects.filter(kind="tip_review_due").values_list("user", flat=True))
    owners = RoleGrant.objects.filter(role="content_owner", user__status="active")
    assert told == set(owners.values_list("user", flat=True))
    assert told


def test_the_second_of_two_authors_is_told_and_both_texts_are_there(sign_in: Any, cast: Any) -> None:
    tip = make_tip(author=cast.farid)
    one, other = sign_in(cast.farid), sign_in(cast.farid)
    path = f"/tips/{tip.pk}/edit/"
    versions = [client.get(path).context["version"] for client in (one, other)]
    assert one.post(path, {**WORDS, "title_de": "Der erste", "version": versions[0]}).status_code == 302

    refused = other.post(path, {**WORDS, "title_de": "Der zweite", "version": versions[1]})
    page = refused.content.decode()
    assert refused.status_code == 409
    assert "Der erste" in page
    assert 'value="Der zweite"' in page
    assert Tip.objects.get().texts.get(language="de").title == "Der erste"

    again = {**WORDS, "title_de": "Beide", "version": refused.context["version"]}
    assert other.post(path, again).status_code == 302
    assert Tip.objects.get().texts.get(language="de").title == "Beide"


def test_the_api_knows_versions_too(api: Any, cast: Any) -> None:
    tip = make_tip(author=cast.farid)
    program, path = api(cast.farid), f"/api/v1/tips/{tip.pk}/"
    answer = program.patch(path, {"title_de": "Eins", "version": ""}, format="json")
    assert answer.status_code == 200
    assert program.patch(path, {"title_de": "Zwei", "version": ""}, format="json").status_code == 409
    version = answer.json()["version"]
    assert program.patch(path, {"title_de": "Zwei", "version": version}, format="json").status_code == 200
    assert program.patch(path, {"title_de": "Drei"}, format="json").status_code == 200
