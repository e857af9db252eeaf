"""Posting JSON to a webhook, and what its answers mean."""

import json
import re
from collections.abc import Iterable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from urllib.parse import urlsplit

from django.core.cache import cache
from django.utils import timezone
from django.utils.crypto import salted_hmac

from hub.notices.channels.errors import DeliveryError
from hub.outbound import Answer, NotSent, post
from hub.refusals import Refusal

LONGEST_WAIT = timedelta(days=1)
# A hook that let us wait in vain is left alone for so long, and its host once so many did: a thousand hooks that hang
# would each hold a worker. Whoever is not tried meanwhile is put off without a failure, so that one that lives comes
# to its turn.
LEFT_ALONE_SECONDS = 60
MOST_WAITED_FOR = 3
GONE = {HTTPStatus.NOT_FOUND, HTTPStatus.GONE}
PASSING = {HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_EARLY, HTTPStatus.TOO_MANY_REQUESTS}


def post_json(url: str, body: object, *, hosts: Iterable[str]) -> None:
    text = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
    post_bytes(url, text.encode(), {"Content-Type": "application/json; charset=utf-8"}, hosts=hosts)


def post_bytes(url: str, body: bytes, headers: dict[str, str], *, hosts: Iterable[str]) -> None:
    """Raises DeliveryError unless it was taken."""
    headers = {"User-Agent": "Hatpin", "Content-Length": str(len(body)), **headers}
    check_not_left_alone(url, urlsplit(url).netloc)
    try:
        answer = post(url, hosts=hosts, body=body, headers=headers)
    except Refusal as error:
        raise DeliveryError(error.code, permanent=True) from error
    except NotSent as error:
        if error.is_slow:
            leave_alone(url, urlsplit(url).netloc)
        raise DeliveryError(error.code, permanent=error.is_unsure, is_unsure=error.is_unsure) from error
    judge(answer)


def check_not_left_alone(hook: str, host: str) -> None:
    """Raises DeliveryError for a hook, or a host, for which others waited in vain a moment ago."""
    its_key, hosts_key = _keys_of(hook, host)
    if cache.get(its_key) or (cache.get(hosts_key) or 0) >= MOST_WAITED_FOR:
        pause = timedelta(seconds=LEFT_ALONE_SECONDS)
        raise DeliveryError("host_too_slow", permanent=False, is_untried=True, retry_after=pause)


def leave_alone(hook: str, host: str) -> None:
    """It was waited for in vain."""
    its_key, hosts_key = _keys_of(hook, host)
    cache.set(its_key, 1, LEFT_ALONE_SECONDS)
    if not cache.add(hosts_key, 1, LEFT_ALONE_SECONDS):
        with suppress(ValueError):  # over in between: the next one begins to count anew
            cache.incr(hosts_key)


def _keys_of(hook: str, host: str) -> tuple[str, str]:
    """Digests: who sends there, and to which address, is in no cache."""
    its, hosts = (
        salted_hmac("hub.notices.hangs", one, algorithm="sha256").hexdigest() for one in (hook, host.lower())
    )
    return f"hub.notices.hangs:hook:{its}", f"hub.notices.hangs:host:{hosts}"


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
