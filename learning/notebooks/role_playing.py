"""Role-plays: begun, said, answered, ended. Only where a chat model is configured, and seen by the learner alone.

What the learner said is kept before the model is asked, so that a model that fails loses nothing. No connection to
the database is held while it thinks; its reply is kept only if the conversation is still where it was.
"""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hub.ai import chat as chat_models
from hub.ai.hanging_up import HangUp
from hub.ai.usage import record_use
from hub.people.models import User
from hub.refusals import Refusal
from learning.notebooks import asking, role_play_prompts
from learning.notebooks.aids.replies import reply_of
from learning.notebooks.asking import ChatAdapter
from learning.notebooks.indexes import index_of
from learning.notebooks.models import Notebook, Passage, RolePlay
from learning.notebooks.role_play_replies import NoFeedback, OutOfRole, feedback_of, resting_on, turn_of
from learning.notebooks.role_play_scenes import SCENES
from learning.rag.budget import within
from learning.rag.errors import ChatUnavailable
from learning.rag.retrieve import Hit

SYSTEM = "hatpin-role-play"
MOST_TURNS = 20  # of both together
MOST_KEPT = 50  # of one learner in one notebook
LONGEST_TURN = LONGEST_SITUATION = 1000  # characters
MOST_HITS = 8
RECENT_TURNS = 3
LEARNER, PARTNER = "learner", "partner"


def is_offered() -> bool:
    return chat_models.get_chat_model() is not None


def is_owed(role_play: RolePlay) -> bool:
    """Whether the partner has the word: at the beginning, and after the learner's turn unless it was the last one."""
    turns = role_play.turns
    return (
        role_play.ended_at is None
        and len(turns) < MOST_TURNS
        and (not turns or turns[-1]["speaker"] == LEARNER)
    )


def is_full(role_play: RolePlay) -> bool:
    return len(role_play.turns) >= MOST_TURNS


def begin(
    *, notebook: Notebook, learner: User, scene: str, situation: str = "", language: str = ""
) -> RolePlay:
    """A new conversation in which nobody has spoken yet. Raises Refusal: unknown scene, nothing to read, too many."""
    if scene not in SCENES:
        raise Refusal("unknown_scene", _("Choose one of the scenes."))
    situation = " ".join(situation.replace("\x00", "").split())
    if len(situation) > LONGEST_SITUATION:
        raise Refusal("long_situation", _("Describe the situation in at most 1,000 characters."))
    if not notebook.sources.taught().exists():
        raise Refusal(
            "no_passages", _("Nothing in this notebook answers yet. Add a source first."), status=409
        )
    if RolePlay.objects.filter(notebook=notebook, learner=learner).count() >= MOST_KEPT:
        sentence = _("You keep %(limit)s role-plays here, the most there can be. Delete one first.")
        raise Refusal("too_many", str(sentence) % {"limit": MOST_KEPT}, status=409)
    language = language if language in {"de", "en"} else notebook.language
    return RolePlay.objects.create(
        notebook=notebook, learner=learner, scene=scene, situation=situation, language=language
    )


def say(*, role_play: RolePlay, text: str, seen: int | None = None) -> RolePlay:
    """Keep the learner's turn, then have the partner answer.

    `seen` is how many turns the learner saw: the same words sent twice are one turn. While the partner owes an
    answer, the learner may say the last turn differently. Raises Refusal, and NoReply once the turn is kept.
    """
    text = " ".join(text.replace("\x00", "").split())
    if len(text) > LONGEST_TURN:
        raise Refusal("long_turn", _("Say it in at most 1,000 characters."))
    _keep(role_play, text, seen)
    return answer(role_play=role_play)


class NoReply(Refusal):
    """The partner said nothing; what the learner said is kept."""

    def __init__(self) -> None:
        sentence = _("The partner did not answer. What you said is kept: try again, or say it differently.")
        super().__init__("no_reply", sentence, status=503)


@transaction.atomic
def _keep(role_play: RolePlay, text: str, seen: int | None) -> None:
    role_play.turns = _locked(role_play).turns
    turns, mine = role_play.turns, {"speaker": LEARNER, "text": text}
    if seen is not None and seen < len(turns) and turns[seen] == mine:
        return
    if role_play.ended_at is not None:
        raise Refusal("ended", _("This conversation has ended. Begin a new one."), status=409)
    if seen is not None and seen != len(turns):
        sentence = _("The conversation has gone on meanwhile. Read it, then answer.")
        raise Refusal("moved_on", sentence, status=409)
    if is_owed(role_play):
        if turns and text:
            turns[-1] = mine
            role_play.save(update_fields=["turns"])
        return
    if is_full(role_play):
        sentence = _("That was the last turn. End the conversation to get feedback.")
        raise Refusal("no_turn_left", sentence, status=409)
    if not text:
        raise Refusal("empty_turn", _("Say something first."))
    turns.append(mine)
    role_play.save(update_fields=["turns"])


def _locked(role_play: RolePlay) -> RolePlay:
    """The row as it stands now, held until the transaction ends. Raises Refusal if it was deleted."""
    row = RolePlay.objects.select_for_update().filter(pk=role_play.pk).first()
    if row is None:
        raise Refusal("gone", _("This role-play was deleted."), status=409)
    role_play.ended_at, role_play.feedback = row.ended_at, row.feedback
    return row


def answer(*, role_play: RolePlay) -> RolePlay:
    """Have the partner speak if it has the word. Raises NoReply."""
    model = chat_models.get_chat_model()
    if model is None or not is_owed(role_play):
        return role_play
    before, chat = list(role_play.turns), ChatAdapter(model, HangUp())
    passages, conversation = role_play_prompts.rooms(chat, role_play.situation)
    hits = within(_find(role_play), passages)
    messages = role_play_prompts.next_turn(
        SCENES[role_play.scene].partner[role_play.language],
        passages=[hit.passage for hit in hits],
        characters=conversation,
        **_told(role_play),
    )
    try:
        text = turn_of(reply_of(chat.stream(messages)), role_play.language)
    except (ChatUnavailable, OutOfRole) as error:
        record_use(system=SYSTEM, purpose="turn", model=model.model, failed=True)
        raise NoReply from error
    record_use(system=SYSTEM, purpose="turn", model=model.model)
    rests = resting_on(index_of(role_play.notebook), text, hits)
    _append(role_play, before, {"speaker": PARTNER, "text": text, "passages": rests}, model.model)
    return role_play


@transaction.atomic
def _append(role_play: RolePlay, before: list[Any], turn: dict[str, Any], model: str) -> None:
    """Only if nothing was said meanwhile: of two answers to one turn the first stays."""
    role_play.turns = _locked(role_play).turns
    if role_play.turns == before and role_play.ended_at is None:
        role_play.turns.append(turn)
        role_play.model = model[:100]
        role_play.save(update_fields=["turns", "model"])


def end(*, role_play: RolePlay) -> RolePlay:
    """End the conversation and have feedback written; once there is some, it stays.

    Raises Refusal if nothing was said, or if the feedback is of no use: the conversation is kept, and ending it
    again asks again.
    """
    with transaction.atomic():
        role_play.turns = _locked(role_play).turns
        if not any(turn["speaker"] == LEARNER for turn in role_play.turns):
            raise Refusal("nothing_said", _("Say something first: there is nothing to give feedback on."))
        if role_play.ended_at is None:
            role_play.ended_at = timezone.now()
            role_play.save(update_fields=["ended_at"])
    model = chat_models.get_chat_model()
    if role_play.feedback is not None or model is None:
        return role_play
    feedback = _feedback(role_play, ChatAdapter(model, HangUp()))
    changed = RolePlay.objects.filter(pk=role_play.pk, feedback__isnull=True)
    changed.update(feedback=feedback, model=model.model[:100])
    role_play.refresh_from_db(fields=["feedback", "model"])
    return role_play


def _feedback(role_play: RolePlay, chat: ChatAdapter) -> list[dict[str, Any]]:
    passages, conversation = role_play_prompts.rooms(chat, role_play.situation)
    hits = within(_find(role_play, whole=True), passages)
    messages = role_play_prompts.feedback(
        SCENES[role_play.scene].partner[role_play.language],
        passages=[hit.passage for hit in hits],
        characters=conversation,
        **_told(role_play),
    )
    try:
        reply = reply_of(chat.stream(messages))
        index = index_of(role_play.notebook)
        feedback = feedback_of(reply, index=index, hits=hits, language=role_play.language)
    except ChatUnavailable as error:
        record_use(system=SYSTEM, purpose="feedback", model=chat.model, failed=True)
        sentence = _(
            "The model did not answer, so there is no feedback yet. Your conversation is kept: try again."
        )
        raise Refusal("no_feedback", sentence, status=503) from error
    except NoFeedback as error:
        record_use(system=SYSTEM, purpose="feedback", model=chat.model, failed=True)
        sentence = _("The model's feedback could not be read. Your conversation is kept: try again.")
        raise Refusal("no_feedback", sentence, status=503) from error
    record_use(system=SYSTEM, purpose="feedback", model=chat.model)
    return feedback


def _told(role_play: RolePlay) -> Mapping[str, Any]:
    return {
        "situation": role_play.situation,
        "language": role_play.language,
        "turns": standing_turns(role_play, role_play.learner),
    }


def standing_turns(role_play: RolePlay, user: User) -> list[dict[str, Any]]:
    """The turns without those of the partner that rest on passages which hold no more."""
    cited = {pk for turn in role_play.turns for pk in turn.get("passages", [])}
    there = set(Passage.objects.visible_to(user).filter(pk__in=cited).values_list("pk", flat=True))
    return [turn for turn in role_play.turns if there.issuperset(turn.get("passages", []))]


def _find(role_play: RolePlay, *, whole: bool = False) -> list[Hit]:
    """The best passages for the situation and what was said last, or for all that the learner said."""
    turns = role_play.turns if whole else role_play.turns[-RECENT_TURNS:]
    said = [turn["text"] for turn in turns if not whole or turn["speaker"] == LEARNER]
    topic = " ".join([role_play.situation, *reversed(said)]).strip()
    query = (topic or f"{role_play.notebook.title} {role_play.notebook.description}")[
        : asking.LONGEST_QUESTION
    ]
    hits, _notice = asking.find(
        notebook=role_play.notebook, user=role_play.learner, query=query, top_k=MOST_HITS
    )
    return hits


def remove(*, role_play: RolePlay) -> None:
    """For good: nobody else has it."""
    role_play.delete()
