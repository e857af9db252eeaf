"""How a tip looks in Teams, Slack, a messenger, the browser and the calendar: made of what is really sent."""

import json
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import pgettext
from icalendar import Calendar

from hub.notices import channels
from hub.notices.vocabulary import Channel
from hub.nudges.cards import REASONS
from hub.nudges.letters import tip_letter
from hub.nudges.models import Tip
from hub.nudges.preview import Preview
from hub.people.models import User
from hub.people.zones import zone


def teams(tip: Tip, reader: User) -> Preview:
    card = _sent(Channel.TEAMS, tip, reader)["card"]
    title, *lines = ["".join(run["text"] for run in block["inlines"]) for block in card["body"]]
    return _message(title, lines, [action["title"] for action in card["actions"]], card)


def slack(tip: Tip, reader: User) -> Preview:
    sent = _sent(Channel.SLACK, tip, reader)
    lines, actions = [], []
    for block in sent["blocks"]:
        if block["type"] == "actions":
            actions = [button["text"]["text"] for button in block["elements"]]
        else:
            texts = block.get("elements") or [block["text"]]
            lines += [one["text"] for one in texts]
    return _message(lines[0], lines[1:], actions, sent)


def messenger(tip: Tip, reader: User) -> Preview:
    title, *lines = str(_sent(Channel.APPRISE, tip, reader)["text"]).split("\n\n")
    return _message(title, lines)


def web_push(tip: Tip, reader: User) -> Preview:
    sent = _sent(Channel.WEB_PUSH, tip, reader)
    return _message(sent["title"], [sent["body"]], [one["title"] for one in sent["actions"]], sent)


def calendar(tip: Tip, reader: User) -> Preview:
    """The mail looks as any mail; what it brings along is the entry."""
    text = str(_sent(Channel.CALENDAR, tip, reader)["calendar"])
    entry = Calendar.from_ical(text).walk("VEVENT")[0]
    begins, ends = (
        timezone.localtime(entry.decoded(name), zone(reader.time_zone)) for name in ("dtstart", "dtend")
    )
    day = date_format(begins, pgettext("date format", "l, j F Y"))
    clock = pgettext("time format", "H:i")
    when = f"{day}, {date_format(begins, clock)}–{date_format(ends, clock)}"
    lines = [when, *str(entry["description"]).split("\n\n")]
    return replace(_message(str(entry["summary"]), lines), text=text)


def _sent(channel: Channel, tip: Tip, reader: User) -> dict[str, Any]:
    return channels.preview(channel, tip_letter(tip, why=str(REASONS[channel])), reader)


def _message(
    title: str, lines: Iterable[str], actions: Iterable[str] = (), payload: dict[str, Any] | None = None
) -> Preview:
    context = {"title": title, "lines": lines, "actions": actions}
    text = json.dumps(payload, ensure_ascii=False, indent=2) if payload else ""
    return Preview(fragment=render_to_string("nudges/_message_preview.html", context), text=text)
