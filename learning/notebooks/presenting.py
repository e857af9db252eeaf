"""A kept answer as a page shows it now: citations of passages that are gone or hold no more say so.

Neither shows a quote. A source is withdrawn when it was removed, outdated when it is still there and a
newer version took its place or today lies outside its validity.
"""

from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from hub.people.models import User
from learning.notebooks.models import Exchange, Note, Passage, Source
from learning.notebooks.versions import held_now

Outdated = dict[str, str]  # by source's id the address of the version that holds now, or ""


def present(exchanges: Iterable[Exchange], user: User) -> list[dict[str, Any]]:
    """One query for all of them, and three more if some of what they cite holds no longer."""
    exchanges = list(exchanges)
    return [
        {"id": exchange.pk, "question": exchange.question, "asked_at": exchange.asked_at, "view": view}
        for exchange, view in zip(exchanges, _views(exchanges, user), strict=True)
    ]


def present_notes(notes: Iterable[Note], user: User) -> list[dict[str, Any]]:
    """Notes with `view` as an exchange has it, or None for one's own words alone."""
    notes = list(notes)
    saved = [note for note in notes if note.answer is not None]
    views = {note.pk: view for note, view in zip(saved, _views(saved, user), strict=True)}
    return [{"note": note, "view": views.get(note.pk)} for note in notes]


def _views(kept: Sequence[Exchange | Note], user: User) -> list[dict[str, Any]]:
    cited = {citation["passage"] for row in kept for citation in row.answer["citations"]}
    languages = dict(Passage.objects.visible_to(user).filter(pk__in=cited).values_list("pk", "language"))
    outdated = _outdated(kept, languages, user)
    return [_view(row, languages, outdated) for row in kept]


def _outdated(kept: Sequence[Exchange | Note], languages: dict[int, str], user: User) -> Outdated:
    missing = {
        citation["source"]
        for row in kept
        for citation in row.answer["citations"]
        if citation["passage"] not in languages
    }
    if not missing:
        return {}
    sources = Source.objects.visible_to(user).filter(pk__in=missing).only("pk", "notebook")
    by_id = {source.pk: source for source in sources}
    return {
        str(pk): reverse("notebooks:source", args=[by_id[pk].notebook_id, current]) if current else ""
        for pk, current in (held_now(by_id.values()) if by_id else {}).items()
    }


def _citation(
    exchange: Exchange | Note,
    citation: dict[str, Any],
    languages: dict[int, str],
    outdated: Outdated,
    sentence: str = "",
) -> dict[str, Any]:
    """As it stands below the answer, or behind a `sentence` of it."""
    if citation["passage"] not in languages:
        return {
            "n": citation["n"],
            "is_withdrawn": citation["source"] not in outdated,
            "is_outdated": citation["source"] in outdated,
            "current_url": outdated.get(citation["source"], ""),
            "title": "",
            "quote": "",
            "url": "",
            "page": None,
            "lang": "",
        }
    return {
        "n": citation["n"],
        "is_withdrawn": False,
        "is_outdated": False,
        "current_url": "",
        "title": citation["title"],
        "quote": citation["quote"],
        "page": citation["page"],
        "lang": languages[citation["passage"]],
        "url": _url(exchange, citation, sentence),
    }


def _url(exchange: Exchange | Note, citation: dict[str, Any], sentence: str) -> str:
    """Where the source shows what is cited; if the sentence stands in it, with that one singled out."""
    places = {"start": citation["start"], "end": citation["end"]}
    at = citation["quote"].find(sentence) if sentence else -1
    if at >= 0:
        places["from"] = citation["start"] + at
        places["to"] = places["from"] + len(sentence)
    source = reverse("notebooks:source", args=[exchange.notebook_id, citation["source"]])
    return f"{source}?{urlencode(places)}#quote"


def _view(exchange: Exchange | Note, languages: dict[int, str], outdated: Outdated) -> dict[str, Any]:
    answer = exchange.answer
    kept = {citation["n"]: citation for citation in answer["citations"]}
    sentences = []
    for sentence in answer["sentences"]:
        own = [
            _citation(exchange, kept[n], languages, outdated, sentence["text"])
            for n in sentence["citations"]
            if n in kept
        ]
        is_gone = bool(own) and all(citation["is_withdrawn"] or citation["is_outdated"] for citation in own)
        is_outdated = is_gone and any(citation["is_outdated"] for citation in own)
        sentences.append(
            {
                "text": "" if is_gone else sentence["text"],
                "lang": own[0]["lang"] if own and answer["mode"] == "extractive" else "",
                "supported": sentence["supported"],
                "is_withdrawn": is_gone and not is_outdated,
                "is_outdated": is_outdated,
                "citations": own,
            }
        )
    return {
        "sentences": sentences,
        "citations": [_citation(exchange, citation, languages, outdated) for citation in kept.values()],
        "mode": answer["mode"],
        "model": answer["model"],
        "refused": answer["refused"],
        "refusal_text": _("The sources in this notebook do not answer that.") if answer["refused"] else "",
        "notice": answer["notice"],
        "follows": answer.get("follows", ""),
        "asks_back": answer.get("asks_back", False),
    }
