"""What an item must hold before anybody sees it, whoever made it."""

from collections.abc import Mapping

from learning.notebooks.aids.cloze import stands_elsewhere
from learning.notebooks.aids.drafts import BLANK, AidPassage, ItemDraft
from learning.notebooks.aids.statements import cleaned
from learning.rag.analysers.terms import words
from learning.rag.answer_kinds import kind_of

OPTIONS = 4
QUIZ_KINDS = frozenset(("multiple_choice", "cloze", "short_answer"))


def faults(item: ItemDraft, passages: Mapping[int, AidPassage]) -> list[str]:
    """What is wrong with a quiz item: names of rules, [] if nothing is. See the rules below."""
    language = next(
        (passages[quote.passage].language for quote in item.quotes if quote.passage in passages), ""
    )
    quoted = quoted_text(item, passages)
    found = []
    if not quoted:
        return ["no_quote"]
    answer = answer_of(item)
    if not answer or folded(answer) not in folded(quoted):
        found.append("answer_not_in_passage")
    if item.kind == "cloze" and item.heading.count(BLANK) != 1:
        found.append("not_one_gap")
    if answer and stands_elsewhere(answer, item.heading, language):
        found.append("gives_itself_away")
    if item.kind == "multiple_choice":
        found += option_faults(item, quoted, language)
    return found


def option_faults(item: ItemDraft, quoted: str, language: str) -> list[str]:
    options, right = list(item.data["options"]), item.data["right"]
    found = []
    lowered = [option.casefold() for option in options]
    if len(options) != OPTIONS or len(set(lowered)) != OPTIONS or not 0 <= right < OPTIONS:
        return ["not_four_distinct_options"]
    if any(one != other and one in other for one in lowered for other in lowered):
        found.append("one_option_in_another")
    if len({kind_of(option, language) for option in options if language}) > 1:
        found.append("not_of_one_kind")
    if (
        len({option[0].isupper() for option in options}) > 1
        or len({option[0].isdigit() for option in options}) > 1
    ) and not all(kind_of(option, language) for option in options):
        found.append("not_written_alike")
    if any(
        stands_elsewhere(option, quoted, language) for place, option in enumerate(options) if place != right
    ):
        found.append("second_right_option")
    if item.heading.partition(BLANK)[0].endswith((" a ", " an ")) and not _article_fits(
        item.heading, options
    ):
        found.append("article_tells")
    return found


def _article_fits(heading: str, options: list[str]) -> bool:
    is_an = heading.partition(BLANK)[0].endswith(" an ")
    return all((option[0].lower() in "aeiou") == is_an for option in options)


def answer_of(item: ItemDraft) -> str:
    if item.kind == "multiple_choice":
        options, right = item.data.get("options", ()), item.data.get("right", -1)
        return options[right] if 0 <= right < len(options) else ""
    return str(item.data.get("answer", ""))


def quoted_text(item: ItemDraft, passages: Mapping[int, AidPassage]) -> str:
    """What the item's quotes say, cleaned; "" if one of them lies outside its passage."""
    parts = []
    for quote in item.quotes:
        passage = passages.get(quote.passage)
        if passage is None or not passage.start <= quote.start < quote.end <= passage.end:
            return ""
        parts.append(cleaned(passage.text[quote.start - passage.start : quote.end - passage.start]))
    return " ".join(parts)


def folded(text: str) -> str:
    """For comparing words only."""
    return " ".join(words(text))
