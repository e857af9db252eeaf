"""An audio overview: a talk of two voices, in which A asks and B answers with sentences of the sources."""

from collections.abc import Iterator

from learning.notebooks.aids import faq
from learning.notebooks.aids import script_lines as lines
from learning.notebooks.aids.asking import Asked, Questions
from learning.notebooks.aids.drafts import ItemDraft, Made, Material, Quote, Tick, Wish
from learning.notebooks.aids.generating import better
from learning.notebooks.aids.script_lines import Lines
from learning.notebooks.aids.statements import Statement, by_section
from learning.notebooks.aids.survey import Survey
from learning.rag.generate import Chat
from learning.rag.salience import Said

WORDS_A_MINUTE = 150
MINUTES = {"short": 1.5, "medium": 4.0, "long": 8.0}
A, B = "A", "B"
LONGEST_QUOTE = 32  # words; nobody listens to longer ones
AROUND = 14  # words said around a quote, on average
AN_EXCHANGE = 45  # words of a question, an answer and its source
FRAME = 90  # words of greeting and closing
LONGER = 1.1  # times the minutes that were asked for
MOST_QUESTIONS = 0.3  # of the points


def make(material: Material, wish: Wish, *, chat: Chat | None, tick: Tick) -> Made:
    """A script of about 1.5, 4 or 8 minutes, shorter where the material is; [] where nothing can be quoted."""
    survey = Survey(material, tick)
    words = int(MINUTES[wish.length] * WORDS_A_MINUTE)
    points, own = fitting(survey, words)
    made = better(
        survey,
        own,
        faq.REQUEST,
        chat=chat,
        count=(words - FRAME) // AN_EXCHANGE,
        own_count=len(points),
        arrange=lambda items: list(talk(survey, items)),
    )
    tick(100)
    return made


def fitting(survey: Survey, words: int) -> tuple[list[Statement], list[ItemDraft]]:
    """The points and the talk about them. What is said around the quotes depends on the material: where it
    makes the talk too long, once more with as many words less.
    """
    room = words
    while True:
        points = chosen(survey, room)
        own = list(Script(survey, points).turns()) if points else []
        spoken = sum(len(item.body.split()) for item in own)
        if spoken <= LONGER * words or len(points) < 2:
            return points, own
        room = int(room * words / spoken)


def talk(survey: Survey, entries: list[ItemDraft]) -> Iterator[ItemDraft]:
    """A talk out of questions and answers that a model wrote, each with its source."""
    script = Script(survey, [])
    titles = {passage.id: passage for passage in survey.material.passages}
    yield from script.opening()
    for entry in entries:
        passage = titles[entry.quotes[0].passage]
        yield script.turn(A, entry.heading, entry.quotes, passage.language or script.lines.language)
        said = entry.body
        if passage.language == script.lines.language:
            said = f"{said} {script.lines.say(lines.STANDS, source=passage.title)}"
        yield script.turn(B, said, entry.quotes, passage.language or script.lines.language)
    yield from script.closing()


def chosen(survey: Survey, words: int) -> list[Statement]:
    """The sentences that carry most and fit into so many words, in reading order."""
    said, kept, used = Said(), [], FRAME
    for held in survey.ranked():
        length = len(held.text.split())
        if length > LONGEST_QUOTE or said.repeats(held.stems):
            continue
        if used + length + AROUND > words:
            break
        used += length + AROUND
        said.add(held.stems)
        kept.append(held)
    return sorted(kept, key=lambda held: held.place)


class Script:
    """The turns of a talk about some statements."""

    def __init__(self, survey: Survey, points: list[Statement]) -> None:
        self.survey = survey
        self.points = points
        self.lines = Lines(survey.material.language)
        self.asked: dict[tuple[Quote, ...], Asked] = {}
        for asked in Questions(survey).all:
            self.asked.setdefault(asked.quotes, asked)
        self.questions = 0

    def turns(self) -> Iterator[ItemDraft]:
        yield from self.opening()
        source = None
        for number, (section, held) in enumerate(by_section(self.points).items()):
            for place, point in enumerate(held):
                yield self.frame(
                    A,
                    self._lead_in(point, section[1], is_first=place == 0, opens=number == 0),
                    (point.quote,),
                )
                is_last = place == len(held) - 1
                yield self.answer(point, names_source=is_last or section[0] != source)
                source = section[0]
        yield from self.closing()

    def opening(self) -> Iterator[ItemDraft]:
        """Our own words, and so without a quote, as the closing ones."""
        yield self.frame(A, self.lines.say(lines.GREETING, title=self.survey.material.title), ())
        yield self.frame(B, self.lines.say(lines.ABOUT), ())

    def closing(self) -> Iterator[ItemDraft]:
        yield self.frame(A, self.lines.say(lines.CLOSING), ())
        yield self.frame(B, self.lines.say(lines.NEXT), ())

    def _lead_in(self, point: Statement, path: tuple[str, ...], *, is_first: bool, opens: bool) -> str:
        asked = self.asked.get((point.quote,))
        is_own = point.language == self.lines.language
        if asked and is_own and self.questions < MOST_QUESTIONS * len(self.points):
            self.questions += 1
            if is_first and path:
                return self.lines.say(lines.TURN, heading=path[-1], question=asked.question)
            return self.lines.say(lines.QUESTION, question=asked.question)
        if is_first and path:
            return self.lines.say(lines.SECTION, heading=path[-1])
        if is_first:
            return self.lines.say(lines.SOURCES if opens else lines.PLAIN)
        return self.lines.say(lines.MORE)

    def answer(self, point: Statement, *, names_source: bool) -> ItemDraft:
        """The quote in its own language; what is said around it is in the script's only where that is the same."""
        if point.language != self.lines.language:
            return self.turn(B, point.text, (point.quote,), point.language)
        said = self.lines.say(lines.LEAD, quote=self.lines.quoted(point.text))
        if names_source:
            said = f"{said} {self.lines.say(lines.STANDS, source=point.passage.title)}"
        return self.turn(B, said, (point.quote,), self.lines.language)

    def frame(self, speaker: str, text: str, quotes: tuple[Quote, ...]) -> ItemDraft:
        return self.turn(speaker, text, quotes, self.lines.language)

    def turn(self, speaker: str, text: str, quotes: tuple[Quote, ...], language: str) -> ItemDraft:
        return ItemDraft("turn", speaker, text, quotes, data={"lang": language})
