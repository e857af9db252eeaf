"""Making study aids: queued, made once, cancelled, retried, and only from what answers at that moment."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from hub import jobs
from hub.ai.models import AIUsage
from hub.jobs import LEASE
from hub.notices.models import Notice
from hub.refusals import Refusal
from learning.notebooks import actions, aid_actions, making
from learning.notebooks.aids.drafts import ItemDraft, Made
from learning.notebooks.aids.kinds import AidKind
from learning.notebooks.models import Passage, StudyAid
from tests.factories import make_notebook, make_source
from tests.learning.notebooks.study import RULES, make_aid


@pytest.fixture
def notebook(cast: SimpleNamespace) -> Any:
    notebook = make_notebook(cast.farid, audience="company", title="Regeln im Haus")
    make_source(notebook, text=RULES, title="Regeln")
    return notebook


def test_an_aid_is_queued_made_and_every_item_stands_on_its_exact_passage(notebook: Any) -> None:
    aid = make_aid(notebook, "quiz")

    assert (aid.state, aid.mode, aid.error_code) == ("ready", "extractive", "")
    items = list(aid.items.all())
    assert items
    for item in items:
        assert item.is_cited
        for quote in item.quotes.all():
            assert quote.source.text[quote.start : quote.end] == quote.text
            assert quote.passage.start <= quote.start < quote.end <= quote.passage.end


def test_making_it_twice_has_one_effect(notebook: Any) -> None:
    aid = make_aid(notebook)
    before = list(aid.items.values_list("pk", flat=True))

    making.make_aid(aid.pk)

    assert list(aid.items.values_list("pk", flat=True)) == before


def test_a_worker_that_died_loses_nothing(notebook: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    aid = aid_actions.request_aid(notebook=notebook, user=notebook.owner, kind="quiz")
    assert StudyAid.objects.take(aid.pk) is not None
    sent: list[str] = []
    monkeypatch.setattr(making, "send", lambda task, pk: sent.append(str(pk)))

    jobs.sweep(timezone.now())
    assert sent == []
    jobs.sweep(timezone.now() + LEASE + timedelta(seconds=1))
    assert sent == [str(aid.pk)]

    with time_machine.travel(timezone.now() + LEASE + timedelta(seconds=1)):
        making.make_aid(aid.pk)
    aid.refresh_from_db()
    assert aid.is_ready


def test_a_cancelled_one_writes_nothing_and_can_be_made_later(
    notebook: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    aid = aid_actions.request_aid(notebook=notebook, user=notebook.owner, kind="quiz")
    whole = making._make

    def stopped_meanwhile(row: StudyAid, passages: Any, model: Any) -> Made:
        aid_actions.cancel(aid=StudyAid.objects.get(pk=aid.pk))
        return whole(row, passages, model)

    monkeypatch.setattr(making, "_make", stopped_meanwhile)
    making.make_aid(aid.pk)
    aid.refresh_from_db()
    assert (aid.state, aid.error_code, aid.items.count()) == ("failed", "cancelled", 0)

    monkeypatch.setattr(making, "_make", whole)
    aid_actions.retry(aid=aid)
    making.make_aid(aid.pk)
    aid.refresh_from_db()
    assert aid.is_ready


def test_a_source_withdrawn_while_an_aid_is_made_leaves_no_trace(
    notebook: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = make_source(
        notebook, text="Der Parkplatz gehört der Firma und ist ab sieben Uhr offen.", title="Platz"
    )
    aid = aid_actions.request_aid(notebook=notebook, user=notebook.owner, kind="quiz", length="long")
    whole = making._make

    def withdrawn_meanwhile(row: StudyAid, passages: Any, model: Any) -> Made:
        made = whole(row, passages, model)
        actions.remove(source=other, user=notebook.owner)
        passage = next(passage for passage in passages if passage.source_id == other.pk)
        extra = ItemDraft("cloze", "Der Parkplatz …", quotes=(making_quote(passage),))
        return Made((*made.items, extra))

    def making_quote(passage: Any) -> Any:
        from learning.notebooks.aids.drafts import Quote

        return Quote(passage.id, passage.start, passage.end)

    monkeypatch.setattr(making, "_make", withdrawn_meanwhile)
    making.make_aid(aid.pk)

    aid.refresh_from_db()
    assert aid.is_ready
    assert not aid.items.filter(quotes__source=other).exists()
    assert not aid.items.filter(heading__contains="Parkplatz").exists()


def test_one_that_keeps_failing_gives_up_with_a_sentence_and_a_notice(
    notebook: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    aid = aid_actions.request_aid(notebook=notebook, user=notebook.owner, kind="quiz")

    def broken(*_: object) -> Made:
        raise RuntimeError("a bug")

    monkeypatch.setattr(making, "_make", broken)
    for _attempt in range(jobs.MAX_ATTEMPTS):
        with pytest.raises(RuntimeError):
            making.make_aid(aid.pk)
    making.make_aid(aid.pk)

    aid.refresh_from_db()
    assert (aid.state, aid.error_code) == ("failed", "gave_up")
    assert Notice.objects.filter(user=notebook.owner, kind="aid_failed").count() == 1


def test_only_chosen_sources_are_used(notebook: Any) -> None:
    other = make_source(notebook, text=RULES.replace("Firma", "Genossenschaft"), title="Andere Regeln")

    aid = make_aid(notebook, "quiz", sources=[other.pk])

    assert set(aid.items.values_list("quotes__source", flat=True)) == {other.pk}


def test_a_source_that_holds_no_longer_is_never_taught(notebook: Any) -> None:
    source = notebook.sources.get()
    source.valid_until = timezone.localdate() - timedelta(days=1)
    source.save()

    with pytest.raises(Refusal) as refused:
        aid_actions.request_aid(notebook=notebook, user=notebook.owner, kind="quiz")
    assert refused.value.code == "no_passages"


def test_who_may_no_longer_read_the_notebook_gets_nothing(notebook: Any, cast: SimpleNamespace) -> None:
    aid = aid_actions.request_aid(notebook=notebook, user=cast.otto, kind="quiz")
    notebook.audience = "private"
    notebook.save()

    making.make_aid(aid.pk)

    aid.refresh_from_db()
    assert (aid.state, aid.error_code) == ("failed", "no_passages")


def test_what_gives_nothing_says_so(cast: SimpleNamespace) -> None:
    notebook = make_notebook(cast.emma)
    make_source(notebook, text="Ja.", title="Kurz")

    aid = make_aid(notebook, "quiz")

    assert (aid.state, aid.error_code) == ("failed", "nothing_found")


@pytest.mark.parametrize(
    ("wish", "code"),
    [({"kind": "poem"}, "unknown_kind"), ({"length": "endless"}, "unknown_length")],
)
def test_wishes_nobody_can_fulfil_are_refused(notebook: Any, wish: dict[str, str], code: str) -> None:
    with pytest.raises(Refusal) as refused:
        aid_actions.request_aid(notebook=notebook, user=notebook.owner, **{"kind": "quiz", **wish})

    assert refused.value.code == code
    assert not StudyAid.objects.exists()


def test_sources_of_another_notebook_are_refused(notebook: Any, cast: SimpleNamespace) -> None:
    foreign = make_source(make_notebook(cast.otto))

    with pytest.raises(Refusal) as refused:
        aid_actions.request_aid(notebook=notebook, user=notebook.owner, kind="quiz", sources=[foreign.pk])

    assert refused.value.code == "unknown_source"


def test_one_person_cannot_fill_the_queue_nor_the_notebook(notebook: Any, settings: Any) -> None:
    for _n in range(aid_actions.MOST_AT_ONCE):
        aid_actions.request_aid(notebook=notebook, user=notebook.owner, kind="quiz")
    with pytest.raises(Refusal) as refused:
        aid_actions.request_aid(notebook=notebook, user=notebook.owner, kind="quiz")
    assert refused.value.code == "busy"

    StudyAid.objects.update(is_done=True, state="failed")
    settings.NOTEBOOK_MAX_AIDS = aid_actions.MOST_AT_ONCE
    with pytest.raises(Refusal) as refused:
        aid_actions.request_aid(notebook=notebook, user=notebook.owner, kind="quiz")
    assert refused.value.code == "too_many_aids"


def test_each_one_is_counted_in_the_ai_register(notebook: Any) -> None:
    make_aid(notebook, "quiz")

    use = AIUsage.objects.get(system__slug="hatpin-study-aids")
    assert (use.purpose, use.model, use.calls, use.failures) == ("quiz", "extractive", 1, 0)


def test_progress_is_written_while_it_is_made(notebook: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[int] = []

    def watched(self: AidKind) -> Any:
        def make(material: Any, wish: Any, *, chat: Any, tick: Any) -> Made:
            monkeypatch.setattr(making, "PROGRESS_EVERY_SECONDS", 0)
            tick(40)
            seen.append(StudyAid.objects.get().progress)
            passage = material.passages[0]
            from learning.notebooks.aids.drafts import Quote

            return Made(
                (ItemDraft("point", body="x", quotes=(Quote(passage.id, passage.start, passage.end),)),)
            )

        return make

    monkeypatch.setattr(AidKind, "make", property(watched))
    make_aid(notebook, "guide")

    assert seen == [40]
    assert Passage.objects.exists()
