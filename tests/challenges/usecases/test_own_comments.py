"""One's own comment is there to be deleted, whatever became of the proposal."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.utils import timezone

from challenges.usecases.models import Comment, UseCase
from tests.factories import make_use_case

GONE = [{"withdrawn_at": timezone.now()}, {"hidden_at": timezone.now(), "hidden_reason": "Ein Name"}]


def comment_on_gone(cast: SimpleNamespace, gone: dict[str, Any], text: str = "Bei uns auch.") -> Comment:
    use_case = make_use_case(cast.emma, title="Quastenflosser")
    comment = Comment.objects.create(use_case=use_case, author=cast.otto, text=text)
    UseCase.objects.filter(pk=use_case.pk).update(**gone)
    return comment


@pytest.mark.parametrize("gone", GONE)
def test_it_is_listed_with_mine_and_deleted_on_the_page(
    gone: dict[str, Any], cast: SimpleNamespace, sign_in: Any
) -> None:
    comment, otto = comment_on_gone(cast, gone), sign_in(cast.otto)
    assert otto.get(f"/use-cases/{comment.use_case_id}/").status_code == 404
    assert "/use-cases/comments/" in otto.get("/use-cases/?state=mine").content.decode()
    page = otto.get("/use-cases/comments/").content.decode()
    assert "Bei uns auch." in page
    assert "Quastenflosser" not in page, "the title of what was taken away is told no more"
    delete = f"/use-cases/comments/{comment.pk}/delete/"
    assert delete in page
    for stranger in (cast.carl, cast.bertha):
        assert sign_in(stranger).post(delete).status_code == 404
        assert "Bei uns auch." not in sign_in(stranger).get("/use-cases/comments/").content.decode()
    assert Comment.objects.exists()
    assert otto.post(delete)["Location"] == "/use-cases/comments/"
    assert not Comment.objects.exists()


@pytest.mark.parametrize("gone", GONE)
def test_programs_find_and_delete_it_too(gone: dict[str, Any], cast: SimpleNamespace, api: Any) -> None:
    comment, program = comment_on_gone(cast, gone), api(cast.otto)
    rows = program.get("/api/v1/use-case-comments/").json()["results"]
    assert [(row["id"], row["use_case"]) for row in rows] == [(str(comment.pk), str(comment.use_case_id))]
    address = f"/api/v1/use-case-comments/{comment.pk}/"
    assert api(cast.carl).delete(address).status_code == 404
    assert api(cast.carl).get("/api/v1/use-case-comments/").json()["count"] == 0
    assert program.delete(address).status_code == 204
    assert not Comment.objects.exists()


def test_many_are_listed_with_as_few_queries(
    cast: SimpleNamespace, sign_in: Any, django_assert_max_num_queries: Any
) -> None:
    for n in range(12):
        comment_on_gone(cast, GONE[n % 2] if n % 3 else {}, text=f"Nummer {n}")
    otto = sign_in(cast.otto)
    with django_assert_max_num_queries(8):
        page = otto.get("/use-cases/comments/").content.decode()
    assert page.count("Quastenflosser") == 4
