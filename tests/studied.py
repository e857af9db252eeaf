"""A notebook that is being learned from: study aids, quizzes under way, cards and notes, and where they are seen."""

from dataclasses import dataclass
from typing import Any

from hub.people.models import User
from learning.notebooks import aid_actions, asking, making, noting, quizzing, reviewing
from learning.notebooks.aids.kinds import KINDS
from learning.notebooks.grading import is_right
from learning.notebooks.models import AidItem, Attempt, Notebook, RolePlay, StudyAid


@dataclass(frozen=True)
class Studied:
    """`ids` by the name a route gives them; `paths` by a short name: what no route shows by itself."""

    ids: dict[str, Any]
    paths: dict[str, str]


def study(notebook: Notebook, learner: User, *, language: str, question: str) -> Studied:
    """Made by the worker's own functions, released by the owner, and begun by the learner."""
    aids = {kind: _made(notebook, kind, language) for kind in KINDS}
    exchange = asking.ask(notebook=notebook, user=learner, question=question, language=language)
    note = noting.save_answer(exchange=exchange)
    noting.write(notebook=notebook, author=learner, body="Nachfragen: Wer darf das freigeben?")
    reviewing.take_up(aid=aids["cards"], learner=learner)
    attempts = _attempts(aids["quiz"], learner)
    here = f"/notebooks/{notebook.pk}"
    paths = {f"aid-{kind}": f"{here}/aids/{aid.pk}/" for kind, aid in aids.items()}
    paths |= {f"review-{kind}": f"{here}/aids/{aids[kind].pk}/?review" for kind in ("guide", "quiz", "cards")}
    for name, attempt in attempts.items():
        given = attempt.answers.order_by("pk").last()
        shown = f"?item={given.item_id}#answer" if name in {"wrong", "right", "hint", "passage"} else ""
        paths[f"attempt-{name}"] = f"{here}/attempts/{attempt.pk}/{shown}"
    waiting = StudyAid.objects.create(
        notebook=notebook, made_by=notebook.owner, kind="briefing", language=language, title="Überblick", progress=40
    )  # fmt: skip
    StudyAid.objects.filter(pk=waiting.pk).update(state=StudyAid.State.MAKING)
    paths["aid-waiting"] = f"{here}/aids/{waiting.pk}/"
    ids = {
        "aid_id": aids["guide"].pk,
        "item_id": aids["guide"].items.exclude(body="").first().pk,
        "attempt_id": attempts["begun"].pk,
        "note_id": note.pk,
        "exchange_id": exchange.pk,
        "role_play_id": _role_play(notebook, learner, language).pk,
    }
    return Studied(ids, paths)


def _made(notebook: Notebook, kind: str, language: str) -> StudyAid:
    aid = aid_actions.request_aid(notebook=notebook, user=notebook.owner, kind=kind, language=language)
    making.make_aid(aid.pk)
    aid.refresh_from_db()
    assert aid.is_ready, (kind, aid.error_code)
    if kind != "faq":  # one stays a draft
        aid_actions.release(aid=aid, by=notebook.owner)
    return aid


def _role_play(notebook: Notebook, learner: User, language: str) -> RolePlay:
    """A conversation in which both have spoken once."""
    turns = [
        {"speaker": "partner", "text": "Warum soll ich das anders machen als bisher?"},
        {"speaker": "learner", "text": "Weil der Entwurf dann schon steht."},
    ]
    return RolePlay.objects.create(
        notebook=notebook, learner=learner, scene="newcomer", language=language, model="probe", turns=turns
    )


def _attempts(quiz: StudyAid, learner: User) -> dict[str, Attempt]:
    """Each with what its name says as the newest answer; `begun` has none, `finished` all."""
    finished = quizzing.begin(aid=quiz, learner=learner)
    for number, pk in enumerate(finished.items):
        item = AidItem.objects.get(pk=pk)
        quizzing.answer(attempt=finished, item=item, given=_answer(item, is_meant_right=number % 3 > 0))
    made = {"finished": finished}
    for name, tries in (("hint", 1), ("passage", 2)):
        guided = quizzing.begin(aid=quiz, learner=learner, is_guided=True)
        item = quizzing.next_item(guided)
        for _try in range(tries):
            quizzing.answer(attempt=guided, item=item, given=_answer(item, is_meant_right=False))
        Attempt.objects.filter(pk=guided.pk).update(finished_at=guided.started_at)
        made[name] = guided
    for name in ("wrong", "right", "begun"):
        attempt = quizzing.begin(aid=quiz, learner=learner)
        if name == "begun":
            made[name] = attempt
            break
        item = quizzing.next_item(attempt)
        quizzing.answer(attempt=attempt, item=item, given=_answer(item, is_meant_right=name == "right"))
        Attempt.objects.filter(pk=attempt.pk).update(finished_at=attempt.started_at)
        made[name] = attempt
    return made


def _answer(item: AidItem, *, is_meant_right: bool) -> str:
    options = item.data.get("options")
    if options is None:
        return item.data["answer"] if is_meant_right else "etwas anderes"
    return next(
        str(n) for n in range(len(options)) if is_right(item.kind, item.data, str(n)) is is_meant_right
    )
