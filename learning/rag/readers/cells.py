"""A spreadsheet's cell as a person sees it: its number format applied to its value.

Rare formats, such as fractions and conditions, are written as plain numbers.
"""

import re
from datetime import date, time, timedelta
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import lru_cache

from learning.rag.readers import dates

PART = re.compile(
    r'"(?P<quoted>[^"]*)"?|\\(?P<escaped>.)|(?P<blank>_).|\*.'
    r"|\[(?P<condition>[<>=][^\]]*)\]|\[\$(?P<currency>[^\]\-]*)[^\]]*\]|\[[^\]]*\]"
    r"|(?P<digits>(?:[#0?][#0?,]*(?:\.[#0?]*)?|\.[#0?]+),*)(?P<power>E[+-][#0?]+)?"
    r"|(?P<general>General|@)|(?P<end>;)|(?P<other>.)",
    re.IGNORECASE | re.DOTALL,
)
ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")  # how Excel stores a line end or tab in a text
# German offices write the euro after the amount, and Excel notes the country in brackets.
GERMAN_CODE = re.compile(r"\[\$[^\]]*-(?:0*[4-9a-f]?[04c8]?07)\]|[0#][^;]*€", re.IGNORECASE)
MARKS = {"en": (",", "."), "de": (".", ",")}  # between thousands, before decimals
TRUTHS = {"en": ("FALSE", "TRUE"), "de": ("FALSCH", "WAHR")}
THOUSANDS = re.compile(r"(?<=\d)(?=(?:\d{3})+$)")
ROUNDING = Context(prec=400, rounding=ROUND_HALF_UP)
LARGEST_PLAIN = 10**15
MAX_CODE = 255  # characters of a format, as in Excel

Value = str | bool | int | float | date | time | timedelta | None
Section = tuple[tuple[str, str], ...]


def shown(value: Value, code: str, language: str) -> str:
    """The cell's text on one line; numbers and dates in the way of "de" or "en"."""
    if value is None:
        return ""
    code = code[:MAX_CODE]
    if isinstance(value, str):
        return " ".join(ESCAPED.sub(lambda match: chr(int(match.group(1), 16)), value).split())
    if isinstance(value, bool):
        return TRUTHS[language][value]
    if isinstance(value, (int, float)):
        return " ".join(number(value, code, language).split())
    return dates.shown(value, code, language)


def number(value: int | float, code: str, language: str) -> str:
    amount = Decimal(repr(value))
    if not amount.is_finite():
        return "#NUM!"
    sections = sections_of(code)
    if any(kind == "condition" for section in sections for kind, _text in section):
        return general(amount, language)
    if amount < 0 and len(sections) > 1:
        return formatted(-amount, sections[1], language)
    if amount == 0 and len(sections) > 2:
        return formatted(amount, sections[2], language)
    text = formatted(abs(amount), sections[0], language)
    return f"-{text}" if amount < 0 and any(character in "123456789" for character in text) else text


@lru_cache(maxsize=500)
def sections_of(code: str) -> tuple[Section, ...]:
    """The parts for positive, negative and zero numbers; at least one section."""
    sections: list[list[tuple[str, str]]] = [[]]
    for match in PART.finditer(code or "General"):
        if match["end"]:
            sections.append([])
        elif match["digits"]:
            sections[-1].append(("digits", match["digits"]))
            if match["power"]:
                sections[-1].append(("power", match["power"]))
        elif match["blank"]:
            sections[-1].append(("literal", " "))
        elif match.lastgroup in ("general", "condition"):
            sections[-1].append((match.lastgroup, ""))
        elif match["other"]:
            sections[-1].append(("other", match["other"]))
        elif match.lastgroup:
            sections[-1].append(("literal", match.group(match.lastgroup)))
    return tuple(tuple(section) for section in sections)


def formatted(amount: Decimal, section: Section, language: str) -> str:
    kinds = [kind for kind, _text in section]
    is_fraction = ("other", "/") in section and "digits" in kinds
    if kinds.count("digits") > 1 or is_fraction:
        return general(amount, language)
    amount = amount.scaleb(2 * section.count(("other", "%")), ROUNDING)
    written = []
    for kind, text in section:
        if kind == "general":
            written.append(general(amount, language))
        elif kind == "digits":
            written.append(digits(amount, text, language, has_power="power" in kinds))
        elif kind != "power":
            # A person writes "19 %" in German; the format says 19%.
            written.append(" %" if text == "%" and language == "de" else text)
    return "".join(written)


def digits(amount: Decimal, pattern: str, language: str, *, has_power: bool) -> str:
    """The number by its placeholders: 0 is always written, # and ? only where there is a digit."""
    group, point = MARKS[language]
    whole_pattern, _, decimals = pattern.rstrip(",").partition(".")
    needed = len(decimals.rstrip("#?"))
    if has_power:
        return f"{amount:.{len(decimals)}E}".replace(".", point)
    commas = len(pattern) - len(pattern.rstrip(",")) + len(whole_pattern) - len(whole_pattern.rstrip(","))
    amount = amount.scaleb(-3 * commas, ROUNDING)
    rounded = amount.quantize(Decimal(1).scaleb(-len(decimals)), context=ROUNDING)
    whole, _, rest = f"{rounded:f}".partition(".")
    whole = whole.lstrip("0").rjust(whole_pattern.count("0"), "0")
    if "," in whole_pattern.rstrip(","):
        whole = THOUSANDS.sub(group, whole)
    rest = rest[:needed] + rest[needed:].rstrip("0")
    return whole + point + rest if rest else whole


def general(amount: Decimal, language: str) -> str:
    """As much of the number as Excel shows without a format; whole numbers in full."""
    if amount == amount.to_integral_value() and abs(amount) < LARGEST_PLAIN:
        return f"{amount:.0f}"
    return f"{float(amount):.11g}".replace(".", MARKS[language][1])
