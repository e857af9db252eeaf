"""The starter notebooks' study aids: released, in both languages, each from the text in its own language."""

from types import SimpleNamespace

from learning.notebooks.models import AidItem, StudyAid
from learning.notebooks.starter import load_starter_notebooks
from learning.notebooks.starter_aids import KINDS, make_starter_aids
from learning.notebooks.starter_review import LEFT_OUT


def test_one_starter_notebook_has_released_aids_in_both_languages(cast: SimpleNamespace) -> None:
    notebook = load_starter_notebooks(owner=cast.farid)[0]
    for _again in range(2):
        made = make_starter_aids(notebook)

    assert len(made) == StudyAid.objects.count() == 2 * len(KINDS)
    assert {(aid.kind, aid.language) for aid in made} == {
        (kind, lang) for kind in KINDS for lang in ("de", "en")
    }
    assert StudyAid.objects.visible_to(cast.otto).count() == len(made)
    for aid in made:
        languages = set(aid.items.values_list("quotes__passage__language", flat=True)) - {None, ""}
        assert languages == {aid.language}
        assert aid.released_by == cast.farid
        assert AidItem.objects.holding().filter(aid=aid).count() == aid.items.shown().count()


def test_what_was_read_and_found_poor_is_left_out(cast: SimpleNamespace) -> None:
    for notebook in load_starter_notebooks(owner=cast.farid):
        make_starter_aids(notebook)

    made = set(AidItem.objects.exclude(left_out_at=None).values_list("heading", flat=True))
    assert made == LEFT_OUT
    assert not AidItem.objects.shown().filter(heading__in=LEFT_OUT).exists()
    assert StudyAid.objects.released().count() == 8 * 2 * len(KINDS)
