"""What a person said before in a notebook, where a new question leans on it."""

from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from hub.people.models import User
from learning.notebooks.models import Exchange, Notebook
from learning.notebooks.presenting import present
from learning.rag.followups import completed, is_followup

RECENT = timedelta(hours=1)  # after a longer pause a short question begins something new
MOST_EARLIER = 3


@dataclass(frozen=True)
class Context:
    """`follows` is the earlier question that the new one leans on, `completed` the new one as it is searched.

    `earlier` are questions and answers for a model's prompt, oldest first. All empty for a question of its own.
    """

    follows: str = ""
    completed: str = ""
    earlier: tuple[tuple[str, str], ...] = ()


def context_of(*, notebook: Notebook, user: User, question: str, with_answers: bool = True) -> Context:
    """Answers are shown without what was withdrawn since; without any where `with_answers` is false."""
    if not is_followup(question):
        return Context()
    own = Exchange.objects.visible_to(user).filter(notebook=notebook)
    recent = list(own.filter(asked_at__gte=timezone.now() - RECENT).order_by("-pk")[:MOST_EARLIER])
    if not recent:
        return Context()
    # A chain of follow-ups leads back to the question that began it.
    last, root = recent[0].question, recent[0].answer.get("follows", "")
    return Context(
        follows=root or last,
        completed=completed(question, [last, root]),
        earlier=tuple(
            (shown["question"], _said(shown["view"]) if with_answers else "…")
            for shown in present(reversed(recent), user)
        ),
    )


def _said(view: dict) -> str:
    return " ".join(sentence["text"] for sentence in view["sentences"]) or view["refusal_text"]
