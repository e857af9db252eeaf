"""What a model is asked for a quiz, and what of its elements holds."""

from typing import Any

from learning.notebooks.aids.distractors import arranged
from learning.notebooks.aids.drafts import BLANK, ItemDraft
from learning.notebooks.aids.generating import Element, Request, Unfit
from learning.notebooks.aids.validation import OPTIONS, QUIZ_KINDS, faults

LEVELS = (1, 2, 3)


def build(element: Element) -> ItemDraft:
    """An item by the rules of `validation`; the explanation is the quote itself. Raises Unfit."""
    kind = element.values.get("kind")
    if kind not in QUIZ_KINDS:
        raise Unfit("kind")
    question, answer = element.text("question"), element.text("answer")
    level = element.values.get("level")
    level = level if level in LEVELS and not isinstance(level, bool) else 2
    data: dict[str, Any] = {"level": level}
    if kind == "multiple_choice":
        options = arranged(answer, _wrong(element, answer), question)
        data |= {"options": list(options.options), "right": options.right}
    else:
        data |= {"answer": answer, "accepted": [answer]}
    item = ItemDraft(kind, question, element.quoted, (element.quote,), data=data)
    if faults(item, {element.passage.id: element.passage}):
        raise Unfit("faults")
    element.supported(question.replace(BLANK, answer), answer)
    return item


def _wrong(element: Element, answer: str) -> list[str]:
    """The three other options, of which none is empty or the answer again."""
    options = element.values.get("options")
    if not isinstance(options, list) or not all(isinstance(option, str) for option in options):
        raise Unfit("options")
    folded = [" ".join(option.split()) for option in options]
    wrong = [option for option in folded if option != answer]
    if len(folded) != OPTIONS or len(wrong) != OPTIONS - 1 or not all(folded):
        raise Unfit("options")
    return wrong


REQUEST = Request(
    'Each one is a quiz item: "kind" is "multiple_choice", "cloze" or "short_answer"; "question" is the question, '
    f'or for a cloze the sentence with one gap written {BLANK}; "answer" is one word or a few, exactly as in the '
    'quote; "options" only for multiple_choice: four of one kind, the answer among them, the others surely wrong; '
    '"level" is 1, 2 or 3. Mix the kinds. The question must not hold the answer.',
    ("kind", "question", "answer", "options", "level"),
    build,
)
