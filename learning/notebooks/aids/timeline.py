"""A timeline: sentences that say when something happened or will, in the order of their dates."""

from learning.notebooks.aids.drafts import ItemDraft, Made, Material, Tick, Wish
from learning.notebooks.aids.statements import Statement
from learning.notebooks.aids.survey import Survey
from learning.rag.calendar_dates import CalendarDate, dates_in, is_recurring
from learning.rag.generate import Chat
from learning.rag.standing import is_whole

ITEMS = {"short": 10, "medium": 25, "long": 60}
LEAST_WORDS = 4


def make(material: Material, wish: Wish, *, chat: Chat | None, tick: Tick) -> Made:
    """At most 10, 25 or 60 events; none is a legal result. A sentence with several dates is told at its first."""
    survey = Survey(material, tick)
    found = events(survey)
    chosen = sorted(found, key=lambda one: -survey.worth(one[0]))[: ITEMS[wish.length]]
    tick(100)
    return Made(tuple(event(*one) for one in sorted(chosen, key=lambda one: (one[1].sort, one[0].place))))


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
        return is_whole(held.text, held.language)
    return len(held.text.split()) >= LEAST_WORDS and held.text.endswith((".", "!"))


def event(held: Statement, date: CalendarDate) -> ItemDraft:
    heading = held.text[date.start : date.end]
    return ItemDraft("event", heading, held.text, (held.quote,), data={"sort": date.sort})
