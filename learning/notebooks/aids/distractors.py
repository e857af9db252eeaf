"""Wrong options that could be right by their looks: of the same kind, from the same material, and surely wrong."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256

from learning.notebooks.aids.cloze import Gap, stands_elsewhere
from learning.notebooks.aids.statements import content_of
from learning.notebooks.aids.survey import Defined, Survey
from learning.rag.analysers.glossary import translations
from learning.rag.analysers.terms import stems, words
from learning.rag.answer_kinds import DATE, DURATION, MONEY, NUMBER, PERCENTAGE, YEAR, Phrase, value_of
from learning.rag.nouns import Noun

WRONG = 3
HOURS = {
    **{"Minute": 1 / 60, "minute": 1 / 60, "Stunde": 1, "hour": 1, "Tag": 24, "day": 24, "Kalendertag": 24},
    **{"Werktag": 24.001, "Arbeitstag": 24.002, "Woche": 168, "week": 168, "Monat": 720, "month": 720},
    **{"Quartal": 2190, "quarter": 2190, "Jahr": 8760, "year": 8760, "Sekunde": 1 / 3600, "second": 1 / 3600},
}
FAR_YEARS = 60  # a year further away is no temptation
FAR = 20.0  # times as much or as little


@dataclass(frozen=True)
class Options:
    """Four different options in their order, and the place of the right one."""

    options: tuple[str, ...]
    right: int


def arranged(right: str, wrong: Sequence[str], seed: str) -> Options:
    """In an order that only the content decides."""
    ordered = sorted([right, *wrong], key=lambda option: sha256(f"{seed}\0{option}".encode()).digest())
    return Options(tuple(ordered), ordered.index(right))


def for_gap(survey: Survey, gap: Gap) -> list[str]:
    """Three wrong options, or [] if there are not three good ones."""
    candidates = _nouns(survey, gap) if gap.noun else _figures(survey, gap)
    return _three(gap.answer, candidates)


def for_term(defined: Defined, others: Sequence[Defined]) -> list[str]:
    """Other defined terms that fit in the place of this one, or [] if there are not three."""
    own = defined.definition
    alike = [
        other
        for other in others
        if other.statement.language == defined.statement.language
        and other.definition.is_plural == own.is_plural
        and other.definition.is_quality == own.is_quality
        and bool(other.definition.article) == bool(own.article)
        and not stands_elsewhere(other.definition.term, defined.body, defined.statement.language)
        and not stands_elsewhere(own.term, other.body, defined.statement.language)
    ]
    alike.sort(
        key=lambda other: (
            other.statement.passage.source_id != defined.statement.passage.source_id,
            abs(other.statement.place - defined.statement.place),
        )
    )
    return _three(term_as_option(defined), (term_as_option(other) for other in alike))


def term_as_option(defined: Defined) -> str:
    own = defined.definition
    return f"{own.article} {own.term}" if own.article and own.opens else own.term


def _three(answer: str, candidates: Iterator[str]) -> list[str]:
    kept: list[str] = []
    for candidate in candidates:
        if all(_differ(candidate, other) for other in (answer, *kept)):
            kept.append(candidate)
        if len(kept) == WRONG:
            return kept
    return []


def _differ(one: str, other: str) -> bool:
    first, second = one.casefold(), other.casefold()
    return first not in second and second not in first


def _nouns(survey: Survey, gap: Gap) -> Iterator[str]:
    held, noun = gap.statement, gap.noun
    assert noun is not None
    source, language = held.passage.source_id, held.language
    own = frozenset(stems(words(noun.word), language))
    before = next(iter(content_of(held.text[: gap.start], language)[-1:]), "")
    after = next(iter(content_of(held.text[gap.end :], language)), "")
    meanings = _meanings(noun.word, language)

    def rank(other: Noun) -> tuple[float, bytes]:
        stem = stems([other.word.lower()], language)[0]
        keyness = survey.salience.weight(source, stem) or 0.2 * min(other.count, 3)
        likeness = abs(len(other.word) - len(noun.word)) / 4 - (
            1.0 if other.word[-3:] == noun.word[-3:] else 0
        )
        seed = sha256(f"{gap.sentence}\0{other.word}".encode()).digest()
        return likeness - min(keyness, 4.0), seed

    for other in sorted(survey.nouns.alternatives(noun, language), key=rank)[:60]:
        if other.word == noun.word or abs(len(other.word) - len(noun.word)) > 10:
            continue
        if stands_elsewhere(other.word, held.text, language) or meanings & _meanings(other.word, language):
            continue
        if survey.is_near(other.word, held) or survey.goes_with(other.word, before, after, language):
            continue
        if not survey.would_fit(other.word, held, own):
            yield other.word


def _meanings(word: str, language: str) -> frozenset[str]:
    """What a noun means in the other language: nouns that mean the same would both be right."""
    target = "en" if language == "de" else "de"
    return frozenset(
        said
        for rendering in translations(word.lower(), language, target)
        for part in rendering[-1:]
        for said in part
    )


def _figures(survey: Survey, gap: Gap) -> Iterator[str]:
    held, phrase = gap.statement, gap.phrase
    assert phrase is not None
    language = held.language
    own = frozenset(stems(words(phrase.text), language))
    seen = {_value(phrase, language)}
    candidates = sorted(
        survey.figures.get((language, phrase.kind), ()),
        key=lambda one: (
            one[0].unit != phrase.unit,
            sha256(f"{gap.sentence}\0{one[0].text}".encode()).digest(),
        ),
    )
    for other, where in candidates:
        value = _value(other, language)
        if where is held or value in seen or not _is_alike(phrase, other, language):
            continue
        if other.figure and other.figure in words(held.text):
            continue
        if len(where.stems & (held.stems - own)) >= 0.5 * len(held.stems - own):
            continue
        seen.add(value)
        yield _within(other)


def _within(phrase: Phrase) -> str:
    """The phrase as it is written in the middle of a sentence."""
    if phrase.kind in (DURATION, NUMBER) and phrase.text[0].isupper():
        return f"{phrase.text[0].lower()}{phrase.text[1:]}"
    return phrase.text


def _value(phrase: Phrase, language: str) -> float | str | None:
    if phrase.kind in (DATE, YEAR):
        return phrase.text
    value = value_of(phrase.figure, language)
    if value is not None and phrase.kind == DURATION:
        return round(value * HOURS.get(phrase.unit, 1), 3)
    return value


def _is_alike(phrase: Phrase, other: Phrase, language: str) -> bool:
    """Whether the other phrase may stand in the place of this one and is not absurd there."""
    if phrase.kind == YEAR:
        return abs(int(phrase.text) - int(other.text)) <= FAR_YEARS
    if phrase.kind == DATE:
        return phrase.unit == other.unit and phrase.text[0].isdigit() == other.text[0].isdigit()
    one, two = value_of(phrase.figure, language), value_of(other.figure, language)
    if one is None or two is None or not one or not two:
        return False
    if phrase.kind in (MONEY, PERCENTAGE):
        same_scale = phrase.text.split()[1:] == other.text.split()[1:]
        return phrase.unit == other.unit and same_scale and max(one, two) <= FAR * min(one, two)
    if phrase.figure[0].isdigit() != other.figure[0].isdigit():
        return phrase.kind == DURATION and _has_form(phrase, other, language)
    if phrase.kind == DURATION:
        return _has_form(phrase, other, language)
    return phrase.kind == NUMBER and float(two).is_integer() and max(one, two) <= FAR * min(one, two)


def _has_form(phrase: Phrase, other: Phrase, language: str) -> bool:
    """Whether both units are plural, and in German both in the form of the same case."""
    if language == "de":
        return phrase.noun.endswith("n") == other.noun.endswith("n") and _is_many(phrase) and _is_many(other)
    return phrase.noun.endswith("s") == other.noun.endswith("s")


def _is_many(phrase: Phrase) -> bool:
    return phrase.noun.endswith(("e", "n"))
