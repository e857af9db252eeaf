"""What words mean in the other language: a small German and English glossary of our own.

`glossary.txt` holds base forms; words are looked up by their stem. A German compound that it does not hold is
translated part by part. Words that it does not know have no translation.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from pathlib import Path

from learning.rag.analysers import LANGUAGES
from learning.rag.analysers.terms import stems, words

FILE = Path(__file__).with_name("glossary.txt")
# One way to say a word: its parts, all of them needed, and for each part the words that say it.
# ("Urlaubsantrag" is ("leave", "vacation") and ("request", "application").)
Rendering = tuple[tuple[str, ...], ...]
Entries = dict[tuple[str, ...], tuple[Rendering, ...]]

LONGEST_PHRASE = 4  # words
SHORTEST_PART = 4  # characters
# Endings that the stemmer leaves on: "Autorinnen", "Autorin", "Handys".
ENDINGS = ("innen", "in", "s")
LINKS = ("", "s", "n", "en", "es", "e", "er")
SEPARABLE = (
    *("ab", "an", "auf", "aus", "bei", "dar", "durch", "ein", "fest", "frei", "heraus", "her", "herunter"),
    *(
        "hin",
        "hinzu",
        "hoch",
        "mit",
        "nach",
        "statt",
        "teil",
        "um",
        "vor",
        "voraus",
        "weg",
        "weiter",
        "wieder",
    ),
    *("zu", "zurück", "zusammen"),
)
INSEPARABLE = ("be", "emp", "ent", "er", "ge", "hinter", "miss", "ver", "zer", "über", "unter", "wider")


def translations(token: str, source: str, target: str) -> tuple[Rendering, ...]:
    """The ways to say a word in lower case; () if the glossary does not know it."""
    entries = load(source, target)
    found = entries.get(key([token], source), ())
    if found or source != "de":
        return found
    bare = next((token.removesuffix(ending) for ending in ENDINGS if token.endswith(ending)), token)
    return entries.get(key([bare], source)) or translate_compound(token, target)


def alike(token: str, language: str) -> tuple[str, ...]:
    """Words in lower case that share a meaning with this one, forms of itself among them."""
    return circles(language).get(key([token], language)[0], ())


def is_known(token: str, source: str) -> bool:
    """Whether the word or a form of it stands in the glossary, compounds aside."""
    place = key([token], source)
    return any(place in load(source, target) for target in LANGUAGES if target != source)


def phrases(tokens: Sequence[str], source: str, target: str) -> Iterator[tuple[range, tuple[Rendering, ...]]]:
    """The places of neighbouring words that mean something together ("notice period"), the longest first."""
    entries = load(source, target)
    taken: set[int] = set()
    keys = key(tokens, source)
    for length in range(min(LONGEST_PHRASE, len(tokens)), 1, -1):
        for start in range(len(tokens) - length + 1):
            places = range(start, start + length)
            found = entries.get(keys[start : start + length])
            if found and taken.isdisjoint(places):
                taken.update(places)
                yield places, found


@lru_cache(maxsize=20_000)
def translate_compound(token: str, target: str) -> tuple[Rendering, ...]:
    """A German compound by its two parts, of which the second may be a compound again."""
    entries = load("de", target)
    for cut in range(len(token) - SHORTEST_PART, SHORTEST_PART - 1, -1):
        first, second = token[:cut], token[cut:]
        head = next((found for link in LINKS if (found := without(first, link, entries))), ())
        tail = head and (entries.get(key([second], "de")) or translate_compound(second, target))
        if tail:
            # Only the first rendering of each part: it joins the single words.
            return ((*head[0], *tail[0]),)
    return ()


def without(part: str, link: str, entries: Entries) -> tuple[Rendering, ...]:
    word = part.removesuffix(link) if link else part
    if len(word) < SHORTEST_PART or (link and not part.endswith(link)):
        return ()
    return entries.get(key([word], "de"), ())


def key(tokens: Sequence[str], language: str) -> tuple[str, ...]:
    return tuple(stems(tokens, language))


@cache
def load(source: str, target: str) -> Entries:
    """For the stems of a word or phrase its renderings; single words come first, as one rendering."""
    singles: dict[tuple[str, ...], dict[str, None]] = defaultdict(dict)
    several: dict[tuple[str, ...], dict[Rendering, None]] = defaultdict(dict)
    for entry in read():
        if source not in entry or target not in entry:
            continue
        for meant in entry[source]:
            place = key(words(meant), source)
            for said in entry[target]:
                parts = [word for word in words(said) if word not in LANGUAGES[target].stop_words]
                if len(parts) == 1:
                    singles[place][parts[0]] = None
                elif parts:
                    several[place][tuple((part,) for part in parts)] = None
    return {
        place: (*(((tuple(singles[place]),),) if place in singles else ()), *several.get(place, ()))
        for place in dict.fromkeys([*singles, *several])
    }


@cache
def circles(language: str) -> dict[str, tuple[str, ...]]:
    """By stem the words of its lines and of the lines that share a word with these in another language."""
    stop_words = LANGUAGES[language].query_stops
    by_translation: dict[str, dict[str, None]] = defaultdict(dict)
    lines = []
    for entry in read():
        own = [word.lower() for word in entry[language] if " " not in word]
        said = [word for target in entry.keys() - {language} for word in entry[target]]
        lines.append((own, said))
        for word in said:
            by_translation[word].update(dict.fromkeys(own))
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for own, said in lines:
        for stem in key(own, language):
            for word in said:
                found[stem].update(by_translation[word])
    return {stem: tuple(word for word in words if word not in stop_words) for stem, words in found.items()}


@cache
def read() -> tuple[dict[str, tuple[str, ...]], ...]:
    """The lines of the file with the forms that rules give."""
    found = []
    for line in FILE.read_text(encoding="utf-8").splitlines():
        german, separator, english = line.partition(" = ")
        if separator and not line.startswith("#"):
            written = [word.strip() for word in german.split(",")]
            forms = tuple(dict.fromkeys([*written, *(form for word in written for form in weak_forms(word))]))
            found.append({"de": forms, "en": tuple(word.strip() for word in english.split(","))})
    return tuple(found)


def weak_forms(verb: str) -> Iterator[str]:
    """Past and participle of a German infinitive as if it were weak, which harms no strong one."""
    if not (verb.islower() and verb.endswith(("en", "ern", "eln")) and len(verb) > 4):
        return
    stem = verb.removesuffix("en") if verb.endswith("en") else verb.removesuffix("n")
    ending = "et" if stem.endswith(("t", "d")) else "t"
    yield stem + ending
    yield stem + ending + "e"
    if not stem.startswith(INSEPARABLE):
        prefix = max((found for found in SEPARABLE if stem.startswith(found)), key=len, default="")
        yield f"ge{stem}{ending}"
        if prefix and len(stem) - len(prefix) > 2:
            yield f"{prefix}ge{stem.removeprefix(prefix)}{ending}"
