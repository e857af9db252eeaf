"""A role-play as a page or a program shows it now: what rests on passages that hold no more says so, and no more."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from hub.people.models import User
from learning.notebooks import role_playing
from learning.notebooks.models import Passage, RolePlay
from learning.notebooks.role_play_replies import CRITERIA, UNCHECKED, VERDICTS
from learning.notebooks.role_play_scenes import SCENES


@dataclass(frozen=True)
class ShownTurn:
    """`text` is empty where it rested on a passage that holds no more."""

    speaker: str
    text: str
    is_withdrawn: bool


@dataclass(frozen=True)
class ShownFeedback:
    """One criterion; `text` is empty if it could not be checked, or its passages are gone."""

    criterion: str
    label: str
    verdict: str
    verdict_label: str
    text: str
    is_withdrawn: bool
    citations: list[dict[str, Any]]


def present(role_play: RolePlay, user: User) -> dict[str, Any]:
    """The conversation with its feedback; one query."""
    there = _standing(role_play, user)
    scene = SCENES[role_play.scene]
    return {
        "scene": scene.slug,
        "label": str(scene.label),
        "about": str(scene.about),
        "who": str(scene.who),
        "turns": [_turn(turn, there) for turn in role_play.turns],
        "feedback": None
        if role_play.feedback is None
        else [_entry(e, there, role_play) for e in role_play.feedback],
        "is_owed": role_playing.is_owed(role_play),
        "is_full": role_playing.is_full(role_play),
        "turns_left": max(0, role_playing.MOST_TURNS - len(role_play.turns)),
    }


def _standing(role_play: RolePlay, user: User) -> Mapping[int, str]:
    """By id the language of every passage in it that answers today."""
    cited = {pk for turn in role_play.turns for pk in turn.get("passages", [])}
    cited |= {c["passage"] for entry in role_play.feedback or [] for c in entry["citations"]}
    return dict(Passage.objects.visible_to(user).filter(pk__in=cited).values_list("pk", "language"))


def _turn(turn: Mapping[str, Any], there: Mapping[int, str]) -> ShownTurn:
    is_withdrawn = not there.keys() >= set(turn.get("passages", []))
    return ShownTurn(turn["speaker"], "" if is_withdrawn else turn["text"], is_withdrawn)


def _entry(entry: Mapping[str, Any], there: Mapping[int, str], role_play: RolePlay) -> ShownFeedback:
    citations = [_citation(c, there, role_play) for c in entry["citations"]]
    is_withdrawn = bool(citations) and any(citation["is_withdrawn"] for citation in citations)
    verdict = "" if is_withdrawn else entry["verdict"]
    return ShownFeedback(
        criterion=entry["criterion"],
        label=str(CRITERIA[entry["criterion"]]),
        verdict=verdict,
        verdict_label=_("Could not be checked") if verdict == UNCHECKED else str(VERDICTS.get(verdict, "")),
        text="" if is_withdrawn else entry["text"],
        is_withdrawn=is_withdrawn,
        citations=citations,
    )


def _citation(citation: Mapping[str, Any], there: Mapping[int, str], role_play: RolePlay) -> dict[str, Any]:
    """As templates show a citation below an answer: without its quote once the passage is gone."""
    is_withdrawn = citation["passage"] not in there
    source = reverse("notebooks:source", args=[role_play.notebook_id, citation["source"]])
    place = urlencode({"start": citation["start"], "end": citation["end"]})
    return {
        **citation,
        "title": "" if is_withdrawn else citation["title"],
        "quote": "" if is_withdrawn else citation["quote"],
        "lang": there.get(citation["passage"], ""),
        "url": "" if is_withdrawn else f"{source}?{place}#quote",
        "is_withdrawn": is_withdrawn,
        "is_outdated": False,
    }
