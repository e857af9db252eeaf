"""The registry: every aid can be made, is named, and says what it is in both languages."""

import pytest
from django.utils import translation

from learning.notebooks.aids.drafts import Material, Wish
from learning.notebooks.aids.kinds import KINDS
from tests.learning.notebooks.aids.material import ALL


def test_every_kind_is_there_in_its_order() -> None:
    assert tuple(KINDS) == ALL


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS.keys())
def test_a_kind_can_be_made_in_every_length(kind: object) -> None:
    for length in ("short", "medium", "long"):
        assert (
            kind.make(Material("Leer", "de", ()), Wish(length), chat=None, tick=lambda done: None).items == ()
        )


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS.keys())
def test_a_kind_is_named_in_german_and_english(kind: object) -> None:
    with translation.override("en"):
        english = (str(kind.label), str(kind.what))
    with translation.override("de"):
        german = (str(kind.label), str(kind.what))
    assert all(english)
    assert all(german)
    assert english[1] != german[1]
    assert english[1].endswith(".")
    assert german[1].endswith(".")
