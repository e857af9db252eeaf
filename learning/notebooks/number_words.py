"""Numbers written as words, from zero to ninety-nine and the round ones, in German and in English."""

from collections.abc import Iterator, Mapping

DE_LOW = """null eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn
siebzehn achtzehn neunzehn"""
DE_TENS = "zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig"
EN_LOW = """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
seventeen eighteen nineteen"""
EN_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
FOLDS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


def _german() -> Iterator[tuple[str, int]]:
    low = DE_LOW.split()
    yield from zip(low, range(20), strict=True)
    for ten, word in enumerate(DE_TENS.split(), start=2):
        yield word, 10 * ten
        for one in range(1, 10):
            yield f"{'ein' if one == 1 else low[one]}und{word}", 10 * ten + one
    yield from (("hundert", 100), ("einhundert", 100), ("tausend", 1000), ("eintausend", 1000))


def _english() -> Iterator[tuple[str, int]]:
    yield from zip(EN_LOW.split(), range(20), strict=True)
    yield from ((word, 10 * ten) for ten, word in enumerate(EN_TENS.split(), start=2))
    yield from (("hundred", 100), ("thousand", 1000))


# By language and word, umlauts folded, the number in digits.
NUMBER_WORDS: Mapping[str, Mapping[str, str]] = {
    "de": {word.translate(FOLDS): str(number) for word, number in _german()},
    "en": {word: str(number) for word, number in _english()},
}
