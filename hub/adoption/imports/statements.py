"""Whether an xAPI 1.0.3 statement is one, and the little that is read of it. Pure.

Follows the rules for data in the specification's second part. Attachments are taken only where they lie elsewhere.
"""

import hashlib
import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

Check = Callable[[Any, str], None]

IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:\S+")
MAILTO = re.compile(r"mailto:[^@\s]+@[^@\s]+")
SHA1 = re.compile(r"[0-9A-Fa-f]{40}")
SHA2 = re.compile(r"[0-9A-Fa-f]{56,128}")
LANGUAGE = re.compile(r"(?:[A-Za-z]{2,8}|[xXiI](?=-))(?:-[A-Za-z0-9]{1,8})*")
DURATION = re.compile(
    r"P(?!$)(?:\d+(?:\.\d+)?W|(?:\d+(?:\.\d+)?Y)?(?:\d+(?:\.\d+)?M)?(?:\d+(?:\.\d+)?D)?"
    r"(?:T(?=\d)(?:\d+(?:\.\d+)?H)?(?:\d+(?:\.\d+)?M)?(?:\d+(?:\.\d+)?S)?)?)"
)
VERSION = re.compile(r"1\.0(?:\.\d+)?")
VOIDED = "http://adlnet.gov/expapi/verbs/voided"
COMPLETED = frozenset(
    f"http://adlnet.gov/expapi/verbs/{verb}" for verb in ("completed", "passed", "mastered")
)
INTERACTIONS: dict[str, tuple[str, ...]] = {
    "true-false": (),
    "choice": ("choices",),
    "fill-in": (),
    "long-fill-in": (),
    "matching": ("source", "target"),
    "performance": ("steps",),
    "sequencing": ("choices",),
    "likert": ("scale",),
    "numeric": (),
    "other": (),
}
COMPONENTS = ("choices", "scale", "source", "target", "steps")
IDENTIFIERS = ("mbox", "mbox_sha1sum", "openid", "account")
DEEPEST = 20
AHEAD = timedelta(minutes=10)  # clocks differ


class BadStatement(Exception):
    """`path` says where, as "actor.mbox"; `reason` what is wrong there, in the reader's language."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(f"{path}: {reason}")
        self.path, self.reason = path, reason


@dataclass(frozen=True)
class Statement:
    """What is read of a statement. `account` is an e-mail address in lower case, or empty where none is told."""

    id: UUID | None
    account: str
    is_completed: bool
    is_voiding: bool
    at: datetime | None
    digest: str


def read_statement(body: Any, now: datetime) -> Statement:
    """Raises BadStatement for the first thing that is wrong."""
    _check_depth(body)
    _statement(body, "")
    at = parse_datetime(body["timestamp"]) if "timestamp" in body else None
    if at and at > now + AHEAD:
        raise BadStatement("timestamp", _("it had not come yet"))
    verb = body["verb"]["id"]
    counted = {
        name: value for name, value in body.items() if name not in ("id", "stored", "authority", "version")
    }
    return Statement(
        id=UUID(body["id"]) if "id" in body else None,
        account=_account_of(body["actor"]),
        is_completed=verb in COMPLETED,
        is_voiding=verb == VOIDED,
        at=at,
        digest=hashlib.sha256(json.dumps(counted, sort_keys=True).encode()).hexdigest(),
    )


def _account_of(actor: dict[str, Any]) -> str:
    """Groups and hashed addresses tell no person."""
    if actor.get("objectType", "Agent") != "Agent":
        return ""
    if "mbox" in actor:
        return actor["mbox"].removeprefix("mailto:").lower()
    return actor.get("account", {}).get("name", "").strip().lower()


def _check_depth(value: Any, depth: int = 0) -> None:
    if depth > DEEPEST:
        raise BadStatement("statement", _("it is nested too deeply"))
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        _check_depth(inner, depth + 1)


# --- shapes --------------------------------------------------------------------------------------
def _object(value: Any, path: str, known: dict[str, Check], required: tuple[str, ...] = ()) -> None:
    if not isinstance(value, dict):
        raise BadStatement(path or "statement", _("it has to be an object"))
    for name in required:
        if name not in value:
            raise BadStatement(_at(path, name), _("it is missing"))
    for name, inner in value.items():
        if name not in known:
            raise BadStatement(_at(path, name), _("a statement has nothing of this name here"))
        if inner is None:
            raise BadStatement(_at(path, name), _("it must not be null"))
        known[name](inner, _at(path, name))


def _at(path: str, name: str) -> str:
    return f"{path}.{name[:60]}" if path else name[:60]


def _text(value: Any, path: str) -> None:
    if not isinstance(value, str):
        raise BadStatement(path, _("it has to be a text"))


def _one_of(*words: str) -> Check:
    def check(value: Any, path: str) -> None:
        if value not in words or not isinstance(value, str):
            raise BadStatement(path, _("it has to be one of %(words)s") % {"words": ", ".join(words)})

    return check


def _bool(value: Any, path: str) -> None:
    if not isinstance(value, bool):
        raise BadStatement(path, _("it has to be true or false"))


def _number(value: Any, path: str) -> None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise BadStatement(path, _("it has to be a number"))


def _list(inner: Check) -> Check:
    def check(value: Any, path: str) -> None:
        if not isinstance(value, list):
            raise BadStatement(path, _("it has to be a list"))
        for number, one in enumerate(value):
            inner(one, f"{path}[{number}]")

    return check


def _id(value: Any, path: str) -> None:
    try:
        is_uuid = isinstance(value, str) and str(UUID(value)) == value.lower()
    except ValueError:
        is_uuid = False
    if not is_uuid:
        raise BadStatement(path, _("it has to be a UUID"))


def _time(value: Any, path: str) -> None:
    try:
        found = parse_datetime(value) if isinstance(value, str) else None
    except ValueError:
        found = None
    if found is None or found.tzinfo is None or value.endswith(("-00:00", "-0000", "-00")):
        raise BadStatement(path, _("it has to be a moment with a time zone, as ISO 8601 writes it"))


def _language_map(value: Any, path: str) -> None:
    if not isinstance(value, dict):
        raise BadStatement(path, _("it has to be texts by language"))
    for tag, text in value.items():
        if not LANGUAGE.fullmatch(tag):
            raise BadStatement(_at(path, tag), _("this is no language tag"))
        _text(text, _at(path, tag))


def _extensions(value: Any, path: str) -> None:
    if not isinstance(value, dict):
        raise BadStatement(path, _("it has to be an object"))
    for name in value:
        _iri(name, _at(path, name))


def _iri(value: Any, path: str) -> None:
    if not isinstance(value, str) or not IRI.fullmatch(value):
        raise BadStatement(path, _("it has to be an IRI"))


def _pattern(pattern: re.Pattern[str]) -> Check:
    def check(value: Any, path: str) -> None:
        if not isinstance(value, str) or not pattern.fullmatch(value):
            raise BadStatement(path, _("it is not of the form that belongs here"))

    return check


# --- parts of a statement ------------------------------------------------------------------------
def _account(value: Any, path: str) -> None:
    _object(value, path, {"homePage": _iri, "name": _text}, ("homePage", "name"))


_ACTOR: dict[str, Check] = {
    "name": _text,
    "mbox": _pattern(MAILTO),
    "mbox_sha1sum": _pattern(SHA1),
    "openid": _iri,
    "account": _account,
}


def _agent(value: Any, path: str) -> None:
    _object(value, path, {**_ACTOR, "objectType": _one_of("Agent")})
    if sum(name in value for name in IDENTIFIERS) != 1:
        raise BadStatement(path, _("it needs exactly one of %(names)s") % {"names": ", ".join(IDENTIFIERS)})


def _group(value: Any, path: str) -> None:
    known = {**_ACTOR, "objectType": _one_of("Group"), "member": _list(_agent)}
    _object(value, path, known, ("objectType",))
    identifiers = sum(name in value for name in IDENTIFIERS)
    if identifiers > 1 or (not identifiers and not value.get("member")):
        raise BadStatement(
            path, _("it needs one of %(names)s, or members") % {"names": ", ".join(IDENTIFIERS)}
        )


def _actor(value: Any, path: str) -> None:
    is_group = isinstance(value, dict) and value.get("objectType") == "Group"
    (_group if is_group else _agent)(value, path)


def _authority(value: Any, path: str) -> None:
    """An agent, or a consumer and a person together."""
    _actor(value, path)
    if value.get("objectType") == "Group" and len(value.get("member", [])) != 2:
        raise BadStatement(path, _("as a group it has two members"))


def _verb(value: Any, path: str) -> None:
    _object(value, path, {"id": _iri, "display": _language_map}, ("id",))


def _component(value: Any, path: str) -> None:
    _object(value, path, {"id": _text, "description": _language_map}, ("id",))


def _definition(value: Any, path: str) -> None:
    known: dict[str, Check] = {
        "name": _language_map,
        "description": _language_map,
        "type": _iri,
        "moreInfo": _iri,
        "extensions": _extensions,
        "interactionType": _one_of(*INTERACTIONS),
        "correctResponsesPattern": _list(_text),
        **dict.fromkeys(COMPONENTS, _list(_component)),
    }
    _object(value, path, known)
    allowed = INTERACTIONS.get(value.get("interactionType", ""), ())
    for name in COMPONENTS:
        if name in value and name not in allowed:
            raise BadStatement(_at(path, name), _("it does not belong to this interaction type"))
        ids = [one["id"] for one in value.get(name, ())]
        if len(set(ids)) < len(ids):
            raise BadStatement(_at(path, name), _("an id is there twice"))
    if "correctResponsesPattern" in value and "interactionType" not in value:
        raise BadStatement(_at(path, "interactionType"), _("it is missing"))


def _activity(value: Any, path: str) -> None:
    _object(value, path, {"objectType": _one_of("Activity"), "id": _iri, "definition": _definition}, ("id",))


def _reference(value: Any, path: str) -> None:
    _object(value, path, {"objectType": _one_of("StatementRef"), "id": _id}, ("objectType", "id"))


def _score(value: Any, path: str) -> None:
    _object(value, path, dict.fromkeys(("scaled", "raw", "min", "max"), _number))
    lowest, highest = value.get("min", float("-inf")), value.get("max", float("inf"))
    if not -1 <= value.get("scaled", 0) <= 1:
        raise BadStatement(_at(path, "scaled"), _("it lies between -1 and 1"))
    if lowest > highest or ("raw" in value and not lowest <= value["raw"] <= highest):
        raise BadStatement(path, _("its numbers do not lie in their order"))


def _result(value: Any, path: str) -> None:
    known = {
        "score": _score,
        "success": _bool,
        "completion": _bool,
        "response": _text,
        "duration": _pattern(DURATION),
        "extensions": _extensions,
    }
    _object(value, path, known)


def _one_or_more(value: Any, path: str) -> None:
    (_list(_activity) if isinstance(value, list) else _activity)(value, path)


def _activities(value: Any, path: str) -> None:
    _object(value, path, dict.fromkeys(("parent", "grouping", "category", "other"), _one_or_more))


def _context(value: Any, path: str) -> None:
    known = {
        "registration": _id,
        "instructor": _actor,
        "team": _group,
        "contextActivities": _activities,
        "revision": _text,
        "platform": _text,
        "language": _pattern(LANGUAGE),
        "statement": _reference,
        "extensions": _extensions,
    }
    _object(value, path, known)


def _attachment(value: Any, path: str) -> None:
    known = {
        "usageType": _iri,
        "display": _language_map,
        "description": _language_map,
        "contentType": _text,
        "length": _number,
        "sha2": _pattern(SHA2),
        "fileUrl": _iri,
    }
    _object(value, path, known, ("usageType", "display", "contentType", "length", "sha2", "fileUrl"))


_COMMON: dict[str, Check] = {
    "actor": _actor,
    "verb": _verb,
    "result": _result,
    "context": _context,
    "timestamp": _time,
    "attachments": _list(_attachment),
}
_NEEDED = ("actor", "verb", "object")


def _simple_target(value: Any, path: str) -> None:
    kind = value.get("objectType", "Activity") if isinstance(value, dict) else "Activity"
    checks = {"Activity": _activity, "Agent": _agent, "Group": _group, "StatementRef": _reference}
    if not isinstance(kind, str) or kind not in checks:
        raise BadStatement(_at(path, "objectType"), _("it is none of the kinds that belong here"))
    checks[kind](value, path)


def _sub_statement(value: Any, path: str) -> None:
    known = {**_COMMON, "object": _simple_target, "objectType": _one_of("SubStatement")}
    _object(value, path, known, _NEEDED)
    _fit(value, path)


def _target(value: Any, path: str) -> None:
    is_sub = isinstance(value, dict) and value.get("objectType") == "SubStatement"
    (_sub_statement if is_sub else _simple_target)(value, path)


def _fit(value: dict[str, Any], path: str) -> None:
    """What holds between parts."""
    kind = value["object"].get("objectType", "Activity")
    for name in ("revision", "platform"):
        if name in value.get("context", {}) and kind != "Activity":
            raise BadStatement(_at(_at(path, "context"), name), _("it belongs to activities alone"))
    if value["verb"]["id"] == VOIDED and kind != "StatementRef":
        raise BadStatement(_at(path, "object"), _("what is voided is named by a StatementRef"))


def _statement(value: Any, path: str) -> None:
    own: dict[str, Check] = {
        "id": _id, "object": _target, "stored": _time, "authority": _authority, "version": _pattern(VERSION),
    }  # fmt: skip
    _object(value, path, {**_COMMON, **own}, _NEEDED)
    _fit(value, path)
