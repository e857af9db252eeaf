"""Dates, times and durations of a spreadsheet as its number formats write them."""

import re
from datetime import date, datetime, time, timedelta
from functools import lru_cache

PART = re.compile(
    r'"(?P<quoted>[^"]*)"?|\\(?P<escaped>.)|[_*].|\[(?P<total>h+|m+|s+)\]|\[\$[^\]]*-(?P<country>\w+)\]|\[[^\]]*\]'
    r"|(?P<half>AM/PM|A/P)|(?P<unit>y+|m+|d+|h+|s+)|(?P<fraction>\.0+)|(?P<rest>;.*|@)|(?P<other>.)",
    re.IGNORECASE | re.DOTALL,
)
MONTHS = {
    "en": "January February March April May June July August September October November December",
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
}
SHORT_MONTHS = {
    "en": "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec",
    "de": "Jan Feb Mrz Apr Mai Jun Jul Aug Sep Okt Nov Dez",
}
WEEKDAYS = {
    "en": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
    "de": "Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag",
}
SHORT_WEEKDAY = {"en": 3, "de": 2}  # letters
SHORT_DATE = {"en": "yyyy-mm-dd", "de": "dd.mm.yyyy"}
# What Excel replaces by the short date of the computer it runs on.
OF_THE_COMPUTER = {"mm-dd-yy": "", "m/d/yy": "", "m/d/yy h:mm": " hh:mm"}
GERMAN = 0x07  # the lower bits of a Windows country number
SECONDS = {"h": 3600, "m": 60, "n": 60, "s": 1}
NO_DAY = date(1899, 12, 31)

Moment = datetime | date | time | timedelta


def shown(moment: Moment, code: str, language: str) -> str:
    """The moment in the format, with the names of months and days in "de" or "en"."""
    code = code.partition(";")[0]
    if code in OF_THE_COMPUTER:
        code = SHORT_DATE[language] + OF_THE_COMPUTER[code]
    parts = parts_of(code)
    if not any(kind in ("unit", "total") for kind, _text in parts):
        parts = parts_of(usual_code(moment, language))
    language = next((text for kind, text in parts if kind == "language"), language)
    sign = "-" if isinstance(moment, timedelta) and moment < timedelta() else ""
    return sign + joined(parts, *placed(moment), language)


def usual_code(moment: Moment, language: str) -> str:
    if isinstance(moment, timedelta):
        return "[h]:mm:ss"
    if isinstance(moment, time):
        return "hh:mm"
    has_time = isinstance(moment, datetime) and moment.time() != time()
    return SHORT_DATE[language] + (" hh:mm" if has_time else "")


def placed(moment: Moment) -> tuple[datetime, float]:
    """The moment on a day, and the seconds that a part such as [h] counts."""
    if isinstance(moment, timedelta):
        seconds = abs(moment.total_seconds())
        return datetime.combine(NO_DAY, time()) + timedelta(seconds=seconds % 86_400), seconds
    if isinstance(moment, time):
        moment = datetime.combine(NO_DAY, moment)
    elif not isinstance(moment, datetime):
        moment = datetime.combine(moment, time())
    return moment, (moment - datetime.combine(moment, time())).total_seconds()


@lru_cache(maxsize=500)
def parts_of(code: str) -> tuple[tuple[str, str], ...]:
    """Kind and text of each part; minutes are told from months by the hour before or the second after."""
    found = []
    for match in PART.finditer(code):
        kind, text = match.lastgroup or "", match.group(match.lastgroup or 0)
        if kind == "country":
            if is_german(text):
                found.append(("language", "de"))
        elif kind in ("unit", "total", "half", "fraction"):
            found.append((kind, text.lower()))
        elif kind in ("quoted", "escaped", "other"):
            found.append(("literal", text))
    units = [place for place, (kind, _text) in enumerate(found) if kind in ("unit", "total")]
    for before, place, after in zip([None, *units], units, [*units[1:], None], strict=False):
        is_after_hour = before is not None and found[before][1][0] == "h"
        is_before_second = after is not None and found[after][1][0] == "s"
        if found[place][1] in ("m", "mm") and (is_after_hour or is_before_second):
            found[place] = (found[place][0], "n" * len(found[place][1]))
    return tuple(found)


def is_german(country: str) -> bool:
    try:
        return int(country, 16) & 0x3FF == GERMAN
    except ValueError:
        return country.lower().startswith("de")


def joined(parts: tuple[tuple[str, str], ...], stamp: datetime, seconds: float, language: str) -> str:
    has_half = any(kind == "half" for kind, _text in parts)
    written = []
    for kind, text in parts:
        if kind == "total":
            written.append(str(int(seconds // SECONDS[text[0]])).zfill(len(text)))
        elif kind == "unit":
            written.append(unit(text, stamp, language, has_half=has_half))
        elif kind == "half":
            written.append("AM" if stamp.hour < 12 else "PM")
        elif kind == "fraction":
            written.append(f".{stamp.microsecond:06d}"[: len(text)])
        elif kind == "literal":
            written.append(text)
    return " ".join("".join(written).split())


def unit(text: str, stamp: datetime, language: str, *, has_half: bool) -> str:
    letter, length = text[0], len(text)
    if letter == "y":
        return f"{stamp.year:04d}" if length > 2 else f"{stamp.year % 100:02d}"
    if letter == "m" and length > 2:
        name = (SHORT_MONTHS if length == 3 else MONTHS)[language].split()[stamp.month - 1]
        return name[0] if length == 5 else name
    if letter == "d" and length > 2:
        name = WEEKDAYS[language].split()[stamp.weekday()]
        return name[: SHORT_WEEKDAY[language]] if length == 3 else name
    hour = (stamp.hour + 11) % 12 + 1 if has_half else stamp.hour
    number = {"m": stamp.month, "d": stamp.day, "h": hour, "n": stamp.minute, "s": stamp.second}[letter]
    return str(number).zfill(min(length, 2))
