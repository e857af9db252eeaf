"""A model's Markdown as plain text: its words stay, the marks around them go."""

import re

# A line that is nothing but a title: "## Answer", "**Answer:**". With a citation or a full stop it says something.
HEADING = re.compile(r"\s*(?:#{1,6}\s(?P<title>.*)|(?:\*\*|__)(?P<bold>[^*_]+)(?:\*\*|__):?\s*)")
SAYS_SOMETHING = re.compile(r"\[\d|[.!?…][\"'“”»«)*_\s]*$")
FENCE_OR_RULE = re.compile(r"\s*(?:```\w*|~~~\w*|-{3,}|\*{3,}|_{3,})\s*")
# "1. " alone may be a date: it is a list's number only before what is bold.
LINE_START = re.compile(r"^\s*(?:(?:>|#{1,6}|[-*+•–]|\(?\d{1,2}\)|\d{1,2}\.(?=\s+\*\*))\s+)+")
CODE = re.compile(r"`++([^`\n]++)`++")
# Bold may run over several sentences, of which one half is here; between digits it is a power.
BOLD = re.compile(r"(?<!\d)\*\*+|\*\*+(?!\d)")
ITALIC = re.compile(
    r"(?<![\w*])(\*)(?=[^\s*])([^*\n]+?)(?<=\S)\*(?![\w*])|(?<!\w)(__?)(?=[^\s_])([^_\n]+)(?<=\S)\3(?!\w)"
)


def plain(text: str) -> str:
    """The text without marks, line by line; "" if it is only a heading or a rule."""
    kept = [line for line in text.split("\n") if not FENCE_OR_RULE.fullmatch(line) and not is_heading(line)]
    return "\n".join(_without_marks(LINE_START.sub("", line)) for line in kept)


def is_heading(line: str) -> bool:
    found = HEADING.fullmatch(line)
    return bool(found) and not SAYS_SOMETHING.search(found["title"] or found["bold"] or "")


def _without_marks(line: str) -> str:
    """What stands in code is left as it is."""
    parts = CODE.split(line)
    parts[::2] = [ITALIC.sub(lambda found: found[2] or found[4], BOLD.sub("", part)) for part in parts[::2]]
    return "".join(parts)
