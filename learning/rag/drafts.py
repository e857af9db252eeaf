"""A model's reply as it grows: without its thoughts, and sentence by sentence as soon as one is complete."""

import re

from learning.rag.sentences import pieces

MAX_REPLY = 6_000  # characters
OPEN, CLOSE = "<think>", "</think>"
MARKER_AFTER_STOP = re.compile(r"([.!?])((?:\s*\[\d[\d,; ]*\])+)")
MAY_END = re.compile(r"[.!?…\n]")
# A sentence is over when the next one has begun with a whole word: before it, marks of the last may follow.
NEXT_HAS_BEGUN = re.compile(r"(?:\s*\[[\d,; ]*\])*[^\w\[]*\w+\W")


class Spoken:
    """What a reply says aloud: text between <think> and </think> is left out, also when it comes in pieces."""

    def __init__(self) -> None:
        self.is_thinking = False
        self.held = ""

    def feed(self, part: str) -> tuple[str, bool]:
        """Text that is surely said, and whether all that was said before it turns out to be thoughts.

        Some endpoints send a model's thoughts without the mark that opens them.
        """
        rest, said, was_thought = self.held + part, "", False
        while True:
            if self.is_thinking:
                before, mark, rest = rest.partition(CLOSE)
                if not mark:
                    self.held = before[-len(CLOSE) + 1 :]
                    return said, was_thought
                self.is_thinking = False
                continue
            found = (
                min((rest.find(mark), mark) for mark in (OPEN, CLOSE) if mark in rest)
                if (OPEN in rest or CLOSE in rest)
                else None
            )
            if found is None:
                keep = _beginning(rest)
                self.held = rest[len(rest) - keep :]
                return said + rest[: len(rest) - keep], was_thought
            at, mark = found
            if mark == OPEN:
                said, self.is_thinking = said + rest[:at], True
            else:
                said, was_thought = "", True
            rest = rest[at + len(mark) :]

    def finish(self) -> str:
        held, self.held = self.held, ""
        return "" if self.is_thinking else held


def _beginning(text: str) -> int:
    """How many characters at the end may be the beginning of a mark."""
    for size in range(min(len(text), len(CLOSE) - 1), 0, -1):
        if OPEN.startswith(text[-size:]) or CLOSE.startswith(text[-size:]):
            return size
    return 0


class Draft:
    """`feed` and `finish` give the sentences that are complete by then, marks included.

    `starts_anew` tells that what was given before were thoughts; the caller takes note and sets it back.
    """

    def __init__(self) -> None:
        self.spoken = Spoken()
        self.buffer = ""
        self.length = 0
        self.starts_anew = False

    @property
    def is_full(self) -> bool:
        return self.length >= MAX_REPLY

    def feed(self, part: str) -> list[str]:
        said, was_thought = self.spoken.feed(part)
        if was_thought:
            self.buffer, self.length, self.starts_anew = "", 0, True
        self._take(said)
        if not MAY_END.search(self.buffer):
            return []
        *complete, last = pieces(MARKER_AFTER_STOP.sub(r"\2\1", self.buffer)) or [""]
        if not complete or not NEXT_HAS_BEGUN.match(last):
            # The last but one may still get a mark, the others cannot.
            complete, last = complete[:-1], "".join([*complete[-1:], last])
        if complete:
            self.buffer = last
        return complete

    def finish(self) -> list[str]:
        self._take(self.spoken.finish())
        rest, self.buffer = self.buffer, ""
        return pieces(MARKER_AFTER_STOP.sub(r"\2\1", rest)) if rest.strip() else []

    def _take(self, said: str) -> None:
        said = said[: MAX_REPLY - self.length]
        self.length += len(said)
        self.buffer += said
