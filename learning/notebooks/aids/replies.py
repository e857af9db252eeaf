"""A model's reply as JSON objects, as far as it holds any: thoughts, fences and broken ends are survived."""

import json
from collections.abc import Iterator
from contextlib import closing
from typing import Any

from learning.rag.drafts import Spoken

MAX_REPLY = 20_000  # characters
MAX_ELEMENTS = 60


def reply_of(stream: Iterator[str]) -> str:
    """The whole reply without thoughts, cut at MAX_REPLY. Raises what the stream raises."""
    spoken, said, length = Spoken(), "", 0
    with closing(stream) as parts:
        for part in parts:
            text, was_thought = spoken.feed(part)
            said = text if was_thought else said + text
            length += len(part)
            if length > MAX_REPLY:
                break
    return (said + spoken.finish())[:MAX_REPLY]


def elements(reply: str) -> list[dict[str, Any]]:
    """The objects of a JSON array, or of several in a row; what is no JSON is passed over."""
    found: list[dict[str, Any]] = []
    for value in _values(reply):
        found += [value] if isinstance(value, dict) else []
        if len(found) == MAX_ELEMENTS:
            break
    return [inner for value in found for inner in _unwrapped(value)][:MAX_ELEMENTS]


def _values(reply: str) -> Iterator[Any]:
    """Every object that is complete by itself, also in an array that never ends."""
    decoder, at = json.JSONDecoder(), 0
    while (at := reply.find("{", at)) >= 0:
        try:
            value, end = decoder.raw_decode(reply, at)
        except (ValueError, RecursionError):
            at += 1
            continue
        yield value
        at = end


def _unwrapped(value: dict[str, Any]) -> list[dict[str, Any]]:
    """The elements of {"items": [...]}, which models like to write around an array."""
    lists = [inner for inner in value.values() if isinstance(inner, list)]
    if len(value) == 1 and lists and all(isinstance(element, dict) for element in lists[0]):
        return lists[0]
    return [value]
