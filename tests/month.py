"""A month of one person: what the hub would send and show, when, which way and why; read it as that person would.

`python -m tests.month --language de --way mail --cap 2 --reminders --cards hour --answers 2` prints it, with the site's
own planner, selection, caps, silence and channels, on a simulated clock. Nothing leaves the machine: what a channel
would send is written down where it would be handed over.
"""

import argparse
import itertools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from textwrap import indent
from unittest import mock

import time_machine

if __name__ == "__main__":
    import os

    import tests.environment  # noqa: F401  (before Django reads its settings)

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hub.settings")
    os.environ["LOG_LEVEL"] = "ERROR"
    import django

    django.setup()

from django.utils import timezone, translation

from hub.notices import channels, delivering, reminding
from hub.notices.letters import Message
from hub.notices.models import Delivery, Notice, Preference
from hub.notices.vocabulary import Channel
from hub.nudges import actions, cards, planner
from hub.people.models import User

# Monday, 7:00 in Berlin; the hour of the company is on Thursdays at 15:00.
START = datetime(2027, 1, 11, 6, tzinfo=UTC)
HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class Got:
    """One thing that reached the person. `tip` is the id of a single tip, as a text."""

    at: datetime
    way: str
    what: str
    title: str
    why: str
    text: str
    tip: str = ""


Answer = Callable[[Got, datetime], None]


def live(
    user: User,
    *,
    until: datetime,
    answer: Answer = lambda got, now: None,
    looks_on: tuple[int, ...] = (),
    step: timedelta = HOUR,
) -> Iterator[Got]:
    """Time passes until then; on the weekdays `looks_on` the person opens Today at nine UTC or the step after it."""
    now = timezone.now()
    notices = set(Notice.objects.filter(user=user).values_list("pk", flat=True))
    with time_machine.travel(now, tick=False) as clock, _written_down() as sent:
        while now < until:
            clock.move_to(now)
            reminding.plan(now)
            planner.plan(now)
            for moment in (now, *_due_before(now + step, now)):
                clock.move_to(moment)
                rows = Delivery.objects.due(moment).filter(user=user, is_done=False)
                for pk in list(rows.values_list("pk", flat=True)):
                    delivering.deliver(pk, moment)
                fresh = [_got(*one, moment) for one in sent]
                sent.clear()
                for notice in Notice.objects.filter(user=user).exclude(pk__in=notices).order_by("pk"):
                    notices.add(notice.pk)
                    if not notice.dedupe_key.startswith(("tip:", "hour:", "cards:")):
                        fresh.append(_notice(notice, user, moment))
                for got in fresh:
                    yield got
                    answer(got, moment)
            is_at_nine = 0 <= now.hour - 9 < step / HOUR
            if now.weekday() in looks_on and is_at_nine and (seen := _looked_at(user, now)):
                yield seen
                answer(seen, now)
            now += step


@contextmanager
def _written_down() -> Iterator[list[tuple[str, Message]]]:
    """In place of handing over to the world outside; the inbox is our own."""
    sent: list[tuple[str, Message]] = []
    deliver = channels.deliver

    def write_down(channel: str, message: Message) -> None:
        sent.append((channel, message))
        if channel == Channel.IN_APP:
            deliver(channel, message)

    with mock.patch.object(channels, "deliver", write_down):
        yield sent


def _due_before(end: datetime, now: datetime) -> list[datetime]:
    waiting = Delivery.objects.filter(is_done=False, not_before__gt=now, not_before__lt=end)
    return sorted(set(waiting.values_list("not_before", flat=True)))


def _got(channel: str, message: Message, at: datetime) -> Got:
    user, letter = message.user, message.letter
    with translation.override(user.language), timezone.override(user.time_zone):
        rendered = channels.preview(channel, letter, user)
    shown = rendered.get("blocks") or rendered.get("card") or rendered
    text = rendered.get("calendar") or "\n".join(_words(shown))
    tip = letter.path.removeprefix("/tips/").strip("/") if letter.path.startswith("/tips/") else ""
    return Got(at, channel, message.topic, letter.title, letter.why, str(text), tip)


def _words(rendered: object) -> Iterator[str]:
    """What of a payload is read, in its order; of a mail the plain part."""
    if isinstance(rendered, list):
        for one in rendered:
            yield from _words(one)
    elif isinstance(rendered, dict):
        for name, value in rendered.items():
            if isinstance(value, str) and name in {"text", "title", "body", "url", "path"}:
                yield value if name != "url" else f"-> {value}"
            elif not isinstance(value, str):
                yield from _words(value)


def _notice(notice: Notice, user: User, at: datetime) -> Got:
    with translation.override(user.language):
        return Got(at, "notice", "own", notice.text, "", "")


def _looked_at(user: User, now: datetime) -> Got | None:
    """Opening Today shows the card, and shows it to be seen."""
    with translation.override(user.language):
        card = cards.card_for(user, now)
        if card is None:
            return None
        actions.see(user=user, card=card, now=now)
        text = card.tip.text
        return Got(now, "today", "tips", text.title, card.why, text.body, str(card.tip.pk))


# --- From the command line ------------------------------------------------------------------------
def answering(user: User, every: int, says: str = "tried") -> Answer:
    """The person says this of every so-many-th tip; 0: never."""
    count = itertools.count(1)

    def answer(got: Got, now: datetime) -> None:
        if got.tip and every and next(count) % every == 0:
            from hub.nudges.models import Tip

            card = cards.library_card(user, Tip.objects.get(pk=got.tip), now)
            actions.respond(user=user, card=card, response=says, now=now)

    return answer


def settle_in(user: User, *, rhythm: str) -> None:
    """An hour every Thursday, cards to learn, and the tips that come with the hub."""
    from hub.nudges.starter import load_starter_tips
    from learning.notebooks import aid_actions, reviewing
    from learning.notebooks.models import CardState
    from tests.factories import make_notebook, make_series, make_source, make_user
    from tests.learning.notebooks.study import RULES, hand_made

    load_starter_tips()
    farid = make_user("Farid", team=user.team, roles=("facilitator",))
    make_series(
        farid,
        first=START + timedelta(days=3, hours=8),
        title="Protokolle, die jemand liest",
        place="Raum 4.12",
    )
    if not rhythm:
        return
    notebook = make_notebook(farid, audience="company")
    make_source(notebook, text=RULES, title="Regeln")
    lines = [line for line in RULES.splitlines() if line.endswith(".")]
    items = [
        {"kind": "card", "heading": f"Frage {n}", "body": line, "says": line} for n, line in enumerate(lines)
    ]
    aid = hand_made(notebook, "cards", items)
    aid_actions.release(aid=aid, by=farid)
    reviewing.take_up(aid=aid, learner=user)
    reviewing.change_rhythm(learner=user, rhythm=rhythm, new_at_once=10)
    for item in aid.items.all():
        reviewing.review(learner=user, item=item, rating=3)
    CardState.objects.filter(learner=user).update(due_at=START + timedelta(days=1))


def _print(got: Got, preference: Preference, *, is_whole: bool) -> None:
    local = got.at.astimezone(preference.rest.zone)
    print(f"{local:%a %d %b %H:%M}  {got.way:<9} {got.title}")
    if got.why:
        print(f"{'':28}{got.why}")
    if is_whole and got.text:
        print(indent(got.text.strip(), " " * 28))
        print()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--language", choices=["de", "en"], default="de")
    parser.add_argument("--way", choices=Channel.values, default="mail")
    parser.add_argument("--cap", type=int, default=2)
    parser.add_argument("--weeks", type=int, default=5)
    parser.add_argument("--digest", action="store_true", help="the week's tips in one mail")
    parser.add_argument("--reminders", action="store_true", help="remind of the hour")
    parser.add_argument(
        "--cards", choices=["daily", "hour"], default="", help="remind of cards, and when they are learned"
    )
    parser.add_argument(
        "--looks-on", type=int, nargs="*", default=[], help="weekdays with a look at Today, Monday is 0"
    )
    parser.add_argument("--answers", type=int, default=0, help="every so-many-th tip is answered; 0: none")
    parser.add_argument("--says", choices=["tried", "later", "not_for_me"], default="tried", help="with this")
    parser.add_argument("--whole", action="store_true", help="with the words of each message")
    asked = parser.parse_args()

    from django.core.management import call_command

    from hub.notices.actions import set_preferences
    from hub.notices.models import Destination
    from tests.factories import make_team, make_user

    call_command("migrate", verbosity=0)
    with time_machine.travel(START, tick=False):
        user = make_user(
            "Emma", team=make_team("Vertrieb"), language=asked.language, time_zone="Europe/Berlin"
        )
        settle_in(user, rhythm=asked.cards)
        field = {"mail": "tips_by_mail", "calendar": "tips_in_calendar", "in_app": "tips_in_inbox"}.get(
            asked.way
        )
        if field is None:
            Destination.objects.create(user=user, channel=asked.way, host="example.com", secret="-")
        wishes = {field: True} if field else {}
        wishes |= {
            "weekly_cap": asked.cap,
            "remind_of_hours": asked.reminders,
            "remind_of_cards": bool(asked.cards),
        }
        wishes |= {"mail_rhythm": "weekly" if asked.digest else "single"}
        set_preferences(user=user, changes=wishes)
        preference = Preference.of(user)
        months = live(
            user,
            until=START + timedelta(weeks=asked.weeks),
            answer=answering(user, asked.answers, asked.says),
            looks_on=tuple(asked.looks_on),
        )
        for got in months:
            _print(got, preference, is_whole=asked.whole)


if __name__ == "__main__":
    main()
