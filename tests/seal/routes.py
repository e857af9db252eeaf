"""Every route of the site with addresses to ask it at, found by itself: later pages are covered unasked."""

import re
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

from django.apps import apps
from django.db import models
from django.urls import URLPattern, URLResolver, get_resolver

PARAMETER = re.compile(r"<(?:(\w+):)?(\w+)>")
ROWS_A_MODEL = 2
WORDS = ("teams", "x")
NUMBERS = (1, 4, 24, 99)
# Where no bet is named fewer addresses are enough, rows that belong together before others.
BETS = re.compile("challenge|claim|entr|process|advent|search")
ELSEWHERE = 2
MOST = 6  # addresses of one route of a bet: those of rows that belong together come first
RARE = re.compile("put-back|recording")  # what only one of several rows offers
# What the search is asked for: words of bets, of processes, of claims, and of a source.
SEARCHED = ("?q=Entschieden", "?q=Auftrag", "?q=Assistent", "?q=Rivale", "?q=Fahrt&kind=passages")


@dataclass(frozen=True)
class Route:
    """`path` with its parameters as Django writes them, without the leading slash."""

    name: str
    path: str

    def parameters(self) -> list[tuple[str, str]]:
        """(converter, name) in their order."""
        return [(kind or "str", name) for kind, name in PARAMETER.findall(self.path)]

    @property
    def is_of_a_bet(self) -> bool:
        return BETS.search(self.path) is not None

    def matches(self, address: str) -> bool:
        return re.fullmatch("/" + PARAMETER.sub("[^/]+", self.path), address) is not None


def routes(urlconf: str | None = None) -> list[Route]:
    return list(_routes(get_resolver(urlconf).url_patterns, "", ""))


def _routes(patterns: list, prefix: str, namespace: str) -> Iterator[Route]:
    for entry in patterns:
        path = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from _routes(entry.url_patterns, path, inner)
        elif isinstance(entry, URLPattern):
            yield Route(f"{namespace}{entry.name}", re.sub(r"[\^$]|\\Z", "", path))


def _word(text: str) -> str:
    """ "challenges" and "challenge_id" both become "challenge", "study-aids" "studyaid"."""
    text = re.sub(r"_(id|pk)$", "", text).replace("-", "").replace("_", "")
    return re.sub(r"s$", "", re.sub(r"ies$", "y", re.sub(r"sses$", "ss", text)))


class Samples:
    """Ids of rows that exist, by the model they belong to, and ids that exist in one of the worlds only."""

    def __init__(self, extra: dict[str, list[uuid.UUID]]) -> None:
        self.by_model: dict[str, list[uuid.UUID]] = {}
        self.belongs: dict[uuid.UUID, set[object]] = {}
        for model in apps.get_models():
            public = _public_id(model)
            if public and model._meta.model_name != "claim":
                rows = model._base_manager.order_by(*_newest(model)).values_list(public, flat=True)
                self.by_model[model._meta.model_name] = list(rows[:ROWS_A_MODEL])
                self._remember(model, public, self.by_model[model._meta.model_name])
        for model in apps.get_models():
            if model._meta.model_name in extra:
                public = _public_id(model) or "pk"
                self._remember(model, public, extra[model._meta.model_name])
        for name, ids in extra.items():
            self.by_model[name] = list(dict.fromkeys([*ids, *self.by_model.get(name, [])]))
        self.all = list(dict.fromkeys(pk for ids in self.by_model.values() for pk in ids[:4]))

    def _remember(self, model: type[models.Model], public: str, ids: list[uuid.UUID]) -> None:
        """What each row points to, so that addresses of rows that belong together come first."""
        for row in model._base_manager.filter(**{f"{public}__in": ids}):
            pointed = {
                getattr(row, field.attname) for field in row._meta.concrete_fields if field.is_relation
            }
            self.belongs[getattr(row, public)] = pointed

    def _pairs(self, values: tuple[object, ...]) -> int:
        return sum(
            before in self.belongs.get(value, ()) for n, value in enumerate(values) for before in values[:n]
        )

    def of(self, route: Route, parameter: str) -> list[uuid.UUID]:
        """Ids that the parameter's name or the words before it point to; every id where nothing does."""
        before = route.path.split(f":{parameter}>")[0].split("/")[:-1]
        words = [_word(parameter)] if _word(parameter) != "pk" else []
        words += [_word(part) for part in reversed(before) if part and "<" not in part]
        for word in words:
            found = [ids for name, ids in self.by_model.items() if len(word) > 2 and word in name]
            if found:
                return list(dict.fromkeys(pk for ids in found for pk in ids))
        return self.all

    def addresses(self, route: Route, limit: int = MOST) -> list[str]:
        values: list[list[object]] = []
        for kind, name in route.parameters():
            if kind == "uuid" or _word(name) in self.by_model:
                values.append(self.of(route, name))
            else:
                values.append(list(NUMBERS if kind == "int" else WORDS))
        found = []
        if not route.is_of_a_bet:
            limit = min(limit, 3 * ELSEWHERE if RARE.search(route.path) else ELSEWHERE)
        for combination in sorted(product(*values), key=self._pairs, reverse=True)[:limit]:
            path = route.path
            for value in combination:
                path = PARAMETER.sub(str(value), path, count=1)
            found.append(f"/{path}")
        if route.name.endswith(":search"):
            found += [f"{address}{query}" for address in found for query in SEARCHED]
        return found[:limit]


def _public_id(model: type[models.Model]) -> str | None:
    if isinstance(model._meta.pk, models.UUIDField):
        return model._meta.pk.name
    return "public_id" if any(field.name == "public_id" for field in model._meta.fields) else None


def _newest(model: type[models.Model]) -> list[str]:
    dated = [field.name for field in model._meta.fields if field.name in ("created_at", "entered_at")]
    return [f"-{name}" for name in dated] + ["pk"]


HEX = 64  # characters of a SHA-256


def known_ids() -> set[str]:
    """Every UUID and every fingerprint that the rows of the base hold: what is not among them was made since."""
    found: set[str] = set()
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, models.CharField) and field.max_length == HEX:
                values = model._base_manager.values_list(field.attname, flat=True)
                found |= {value for value in values if value and len(value) == HEX}
        names = [
            field.attname for field in model._meta.concrete_fields if isinstance(field, models.UUIDField)
        ]
        names += [
            field.attname
            for field in model._meta.concrete_fields
            if field.is_relation and isinstance(field.target_field, models.UUIDField)
        ]
        for name in names:
            found |= {str(value) for value in model._base_manager.values_list(name, flat=True) if value}
    return found
