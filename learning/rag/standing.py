"""Whether a sentence can be read by itself: whole, of a readable length, without markup, leaning on nothing."""

import re

from learning.rag.analysers.grammars import GRAMMARS

LEAST_WORDS, MOST_WORDS = 6, 40
ENDS = re.compile(r"[.!][\"'”“»)]*$")
BEGINS = re.compile(r"(?:[A-ZÄÖÜ]|[12]\d{3}\s)")
MARKUP = re.compile(
    r"[<>{}|\\=^~#∈∀∃∑∫→↦⊆∪∩∞≤≥≠·×±√∂∅ℝℤℕ∘\ufffd]|[\u0370-\u03ff\U0001d400-\U0001d7ff\ue000-\uf8ff]"
    r"|https?:|www\.|@\w|\w_\w|\]\(|\.{3}|…|(?:^|\s)[-–*•]\s*$|\b\w\(\w\)|\w\[|\(\s*\)|\s[,;]\s"
)
LETTER_ALONE = re.compile(r"(?<![\w.&-])[b-zB-HJ-Z](?![\w.&'’-])|(?:\b\w\.\s?){3}|\b[A-Z]\.$")
GERMAN_LETTER = re.compile(r"(?<![\w.-])[AI](?![\w.-])")
LABEL = re.compile(r"\w+:\s")
# Names of variables: no vowel, or a capital within; abbreviations are all capitals.
ABBREVIATED = "Mr|Mrs|Dr|Nr|St|vs|bzw|vgl|usw|ggf|zzgl|Hr|Fr|Ltd|Inc|Corp"
SYMBOL = re.compile(
    rf"\b(?![A-ZÄÖÜ]{{2,}}s?\b|(?:{ABBREVIATED})\b)[B-DF-HJ-NP-TV-XZ]?[bcdfghjklmnpqrstvwxz]{{2,5}}\b"
    r"|\b[A-Z]?[a-z]{1,2}[A-Z]{1,2}\b|\b\d+[A-Z]{2}"
)
LETTERS = 0.75  # share of letters and blanks
# What is left of a table, a scan or a line end: capitals within words, letters and figures in rows, hyphens.
BROKEN = re.compile(
    r"\b\w*[a-zäöüß]{5}[A-ZÄÖÜ][a-z]|\b[a-zäöüß]+[A-ZÄÖÜ]{2,}|(?:\b\w\b\s){4}|\d{5,}\s\d|(?:\b\d[\d.,]*\s+){3}"
    r"|\w-\s+(?!und|oder|bzw|and|or)[a-z]|\w[—–]\w|\w\.[:,—–]|\b(?:Beh|Bew|Def|Prop)\b"
    # Entries of a bibliography, and numbers of notes that stick to a full stop.
    r"|\(\d{4}[a-z]?\)\s?[,.:]|\bVol\.|[a-zäöüß][.”’]\d{1,3}\s[A-ZÄÖÜ]|\w[?!]\s[a-zäöüß]|\s[!?]"
)


def is_whole(text: str, language: str) -> bool:
    """Whether it is a whole sentence of 6 to 40 words in a known language, without markup or formulas."""
    if language not in GRAMMARS:
        return False
    count = len(text.split())
    if not LEAST_WORDS <= count <= MOST_WORDS or not ENDS.search(text) or not BEGINS.match(text):
        return False
    if MARKUP.search(text) or LETTER_ALONE.search(text) or SYMBOL.search(text) or BROKEN.search(text):
        return False
    if LABEL.match(text) or (language == "de" and GERMAN_LETTER.search(text)):
        return False
    if sum(character.isalpha() or character == " " for character in text) < LETTERS * len(text):
        return False
    return is_balanced(text)


def is_balanced(text: str) -> bool:
    """Whether every bracket and quotation mark is closed."""
    if text.count('"') % 2:
        return False
    opened = {"(": ")", "[": "]"}
    if any(text.count(left) != text.count(right) for left, right in opened.items()):
        return False
    german = text.count("„")
    return german == text.count("“") if german else text.count("“") == text.count("”")


def stands_alone(text: str, language: str) -> bool:
    """Whether a whole sentence also needs nothing that stands elsewhere to be understood."""
    if not is_whole(text, language):
        return False
    grammar = GRAMMARS[language]
    return not grammar.points_back.search(text) and not grammar.points_away.search(text)
