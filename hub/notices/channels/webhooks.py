"""Posting JSON to a webhook, and what its answers mean."""

import json
import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from hashlib import sha256
from http import HTTPStatus
from urllib.parse import urlsplit

from django.core.cache import cache
from django.utils import timezone

from hub.notices.channels.errors import DeliveryError
from hub.outbound import Answer, NotSent, post
from hub.refusals import Refusal

LONGEST_WAIT = timedelta(days=1)
# A host that let us wait in vain is asked by nobody for so long: a thousand hooks that hang would each hold a worker.
# What waits for it meanwhile is put off as for a server that is down.
LEFT_ALONE_SECONDS = 60
GONE = {HTTPStatus.NOT_FOUND, HTTPStatus.GONE}
PASSING = {HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_EARLY, HTTPStatus.TOO_MANY_REQUESTS}


def post_json(url: str, body: object, *, hosts: Iterable[str]) -> None:
    text = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
    post_bytes(url, text.encode(), {"Content-Type": "application/json; charset=utf-8"}, hosts=hosts)


def post_bytes(url: str, body: bytes, headers: dict[str, str], *, hosts: Iterable[str]) -> None:
    """Raises DeliveryError unless it was taken."""
    headers = {"User-Agent": "Hatpin", "Content-Length": str(len(body)), **headers}
    hangs = _key_of(url)
    if cache.get(hangs):
        raise DeliveryError("host_too_slow", permanent=False)
    try:
        answer = post(url, hosts=hosts, body=body, headers=headers)
    except Refusal as error:
        raise DeliveryError(error.code, permanent=True) from error
    except NotSent as error:
        if error.is_slow:
            cache.set(hangs, True, LEFT_ALONE_SECONDS)
        raise DeliveryError(error.code, permanent=error.is_unsure, is_unsure=error.is_unsure) from error
    judge(answer)


def _key_of(url: str) -> str:
    """Of the host alone: who sends there, and to which address, is in no cache."""
    return f"hub.notices.hangs:{sha256(urlsplit(url).netloc.lower().encode()).hexdigest()}"


def judge(answer: Answer) -> None:
    """Redirects are an answer of "no" too: they are never followed."""
    status = answer.status
    if 200 <= status < 300:
        return
    raise DeliveryError(
        f"answered_{status}",
        permanent=status < 500 and status not in PASSING,
        is_gone=status in GONE,
        retry_after=wait_asked_for(answer.headers.get("retry-after", ""), timezone.now()),
    )


def wait_asked_for(value: str, now: datetime) -> timedelta | None:
    """`Retry-After` in seconds or as a date; None if it says neither. Never longer than a day."""
    if re.fullmatch(r"[0-9]{1,9}", value):
        return min(timedelta(seconds=int(value)), LONGEST_WAIT)
    try:
        moment = parsedate_to_datetime(value)
    except (ValueError, TypeError):
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return min(max(moment - now, timedelta()), LONGEST_WAIT)
