"""A timeline: sentences that say when something happened or will, in the order of their dates."""

import re

from learning.notebooks.aids.drafts import ItemDraft, Made, Material, Tick, Wish
from learning.notebooks.aids.generating import Element, Request, Unfit, better
from learning.notebooks.aids.statements import Statement
from learning.notebooks.aids.survey import Survey
from learning.rag.calendar_dates import CalendarDate, dates_in, is_recurring
from learning.rag.generate import Chat

ITEMS = {"short": 10, "medium": 25, "long": 60}
LEAST_WORDS = 4
YEAR_ALONE = re.compile(r"1\d{3}|20\d\d")


def make(material: Material, wish: Wish, *, chat: Chat | None, tick: Tick) -> Made:
    """At most 10, 25 or 60 events; none is a legal result. A sentence with several dates is told at its first."""
    survey = Survey(material, tick)
    found = events(survey)
    if not found:
        # A material without dates has no timeline, whatever a model would say.
        tick(100)
        return Made(())
    chosen = sorted(found, key=lambda one: -survey.worth(one[0]))[: ITEMS[wish.length]]
    own = [event(*one) for one in sorted(chosen, key=lambda one: (one[1].sort, one[0].place))]
    made = better(survey, own, REQUEST, chat=chat, count=ITEMS[wish.length], arrange=in_order)
    tick(100)
    return made


def in_order(items: list[ItemDraft]) -> list[ItemDraft]:
    return sorted(items, key=lambda item: item.data["sort"])


def build(element: Element) -> ItemDraft:
    """An event whose date stands in the quote; how it sorts is told by us."""
    date, event = element.text("date"), element.text("event")
    dates = dates_in(date) or [CalendarDate(0, len(date), date)] * bool(YEAR_ALONE.fullmatch(date))
    if len(dates) != 1 or date.casefold() not in element.quoted.casefold() or is_recurring(element.quoted):
        raise Unfit("date")
    element.supported(event)
    return ItemDraft("event", date, event, (element.quote,), data={"sort": dates[0].sort})


REQUEST = Request(
    'Each one is something that happened or will happen: "date" as it is written in the quote, with its year; '
    '"event" in one sentence. Leave out what comes again every year or month.',
    ("date", "event"),
    build,
)


def events(survey: Survey) -> list[tuple[Statement, CalendarDate]]:
    """Whole sentences and points that hold a date, each date and text once."""
    found: dict[tuple[str, str], tuple[Statement, CalendarDate]] = {}
    for held in survey.statements:
        if not any(character.isdigit() for character in held.text) or not _tells(held):
            continue
        dates = dates_in(held.text)
        if dates and not is_recurring(held.text):
            found.setdefault((dates[0].sort, held.text), (held, dates[0]))
    return list(found.values())


def _tells(held: Statement) -> bool:
    """In a language that is not known, a sentence with an end must do."""
    if held.language:
        return held.is_whole
    return len(held.text.split()) >= LEAST_WORDS and held.text.endswith((".", "!"))


def event(held: Statement, date: CalendarDate) -> ItemDraft:
    heading = held.text[date.start : date.end]
    return ItemDraft("event", heading, held.text, (held.quote,), data={"sort": date.sort})
