"""A kept answer as a page shows it now: citations of passages that are gone say so and show no quote."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from hub.people.models import User
from learning.notebooks.models import Exchange, Passage


def present(exchanges: Iterable[Exchange], user: User) -> list[dict[str, Any]]:
    """One query for all of them."""
    exchanges = list(exchanges)
    cited = {citation["passage"] for exchange in exchanges for citation in exchange.answer["citations"]}
    languages = dict(Passage.objects.visible_to(user).filter(pk__in=cited).values_list("pk", "language"))
    return [
        {
            "id": exchange.pk,
            "question": exchange.question,
            "asked_at": exchange.asked_at,
            "view": _view(exchange, languages),
        }
        for exchange in exchanges
    ]


def _citation(
    exchange: Exchange, citation: dict[str, Any], languages: dict[int, str], sentence: str = ""
) -> dict[str, Any]:
    """As it stands below the answer, or behind a `sentence` of it."""
    if citation["passage"] not in languages:
        return {
            "n": citation["n"],
            "is_withdrawn": True,
            "title": "",
            "quote": "",
            "url": "",
            "page": None,
            "lang": "",
        }
    return {
        "n": citation["n"],
        "is_withdrawn": False,
        "title": citation["title"],
        "quote": citation["quote"],
        "page": citation["page"],
        "lang": languages[citation["passage"]],
        "url": _url(exchange, citation, sentence),
    }


def _url(exchange: Exchange, citation: dict[str, Any], sentence: str) -> str:
    """Where the source shows what is cited; if the sentence stands in it, with that one singled out."""
    places = {"start": citation["start"], "end": citation["end"]}
    at = citation["quote"].find(sentence) if sentence else -1
    if at >= 0:
        places["from"] = citation["start"] + at
        places["to"] = places["from"] + len(sentence)
    source = reverse("notebooks:source", args=[exchange.notebook_id, citation["source"]])
    return f"{source}?{urlencode(places)}#quote"


def _view(exchange: Exchange, languages: dict[int, str]) -> dict[str, Any]:
    answer = exchange.answer
    kept = {citation["n"]: citation for citation in answer["citations"]}
    sentences = []
    for sentence in answer["sentences"]:
        own = [
            _citation(exchange, kept[n], languages, sentence["text"])
            for n in sentence["citations"]
            if n in kept
        ]
        is_withdrawn = bool(own) and all(citation["is_withdrawn"] for citation in own)
        sentences.append(
            {
                "text": "" if is_withdrawn else sentence["text"],
                "lang": own[0]["lang"] if own and answer["mode"] == "extractive" else "",
                "supported": sentence["supported"],
                "is_withdrawn": is_withdrawn,
                "citations": own,
            }
        )
    return {
        "sentences": sentences,
        "citations": [_citation(exchange, citation, languages) for citation in kept.values()],
        "mode": answer["mode"],
        "model": answer["model"],
        "refused": answer["refused"],
        "refusal_text": _("The sources in this notebook do not answer that.") if answer["refused"] else "",
        "notice": answer["notice"],
    }
