"""The lexical index of one notebook: BM25 over stems, character 4-grams and ordered pairs of stems.

The three raw scores are summed (1, 0.2, 0.4). A passage is analysed in its own language; a query's words
are stemmed once for every language that the notebook holds. The index is a disposable snapshot: it never
changes after it was built and can be shared by threads.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import pairwise
from typing import ClassVar

import numpy as np

from learning.rag import across, synonyms
from learning.rag.analysers import ALL_STOP_WORDS, LANGUAGES
from learning.rag.analysers.terms import ANALYSER_VERSION, WORD, grams, stems, words
from learning.rag.fusion import Similarity, fuse
from learning.rag.languages import detect_words
from learning.rag.postings import Postings, idf_of
from learning.rag.vocabulary import Vocabulary

GRAM_WEIGHT = 0.2
PAIR_WEIGHT = 0.4
# A passage that shares no stem with the query is a hit only if it holds about this much of one word.
GRAM_SHARE = 0.2
MOST_GRAMS = 0.7
SPARE = 30  # passages looked at beyond those asked for, should some of them not match
FORMAT = "2"


@dataclass(frozen=True)
class Term:
    """A word of a query: its stem in each language of the index and its rarity among the passages.

    `said` holds what it means in those languages of the index that are not its own, `meant` how far a
    sentence that says so says the word. `alike` are the stems of other words for it in the query's language.
    """

    word: str
    stems: tuple[str, ...]
    idf: float
    said: across.Said = field(default_factory=dict)
    meant: Mapping[str, across.Meant] = field(default_factory=dict)
    alike: tuple[str, ...] = ()


@dataclass(frozen=True)
class Query:
    """A query in terms of one index; `terms` are its words without stop words, in order."""

    terms: tuple[Term, ...]
    language: str


@dataclass(frozen=True, eq=False)
class LexicalIndex:
    """Arrays only, made by `build`; see the module."""

    ids: np.ndarray  # int64, the passages in the order they were given
    languages: tuple[str, ...]
    main_language: str
    stem_terms: Vocabulary
    stems: Postings
    gram_terms: Vocabulary
    grams: Postings
    pair_keys: np.ndarray  # int64, ascending: left stem * number of stems + right stem
    pairs: Postings

    signature: ClassVar[str] = f"lexical-{FORMAT}-{ANALYSER_VERSION}"

    def __len__(self) -> int:
        return len(self.ids)

    @cached_property
    def spoken(self) -> np.ndarray:
        """Of every passage the place of its language in `languages`, by the function words that it holds."""
        held = [
            self.stems.sums(self.stem_terms.known(stems(sorted(LANGUAGES[code].markers), code)), len(self))
            for code in self.languages
        ]
        return np.argmax(held, axis=0)

    @staticmethod
    def build(passages: Iterable[tuple[int, str]]) -> "LexicalIndex":
        """Index (passage id, text) pairs."""
        from learning.rag.building import build

        return build(passages)

    def analyse(self, query: str) -> Query:
        """The query's words without stop words; if nothing else is left, with them."""
        found = WORD.findall(query)
        # In a query that is not all capitals, WHO is not "who" and IT is not "it".
        names = (
            set() if query.isupper() else {word.lower() for word in found if len(word) > 1 and word.isupper()}
        )
        tokens = words(query)
        language = detect_words([token for token in tokens if token not in names])
        stops = LANGUAGES[language].query_stops if language else ALL_STOP_WORDS
        said = across.translate(tokens, language, self.languages)
        asked = language or self.main_language
        places = [n for n, token in enumerate(tokens) if token not in stops or token in names]
        kept = [tokens[place] for place in places or range(len(tokens))]
        meant = [said[place] for place in places or range(len(tokens))]
        by_language = [stems(kept, code) for code in self.languages or (self.main_language,)]
        terms = []
        for word, meanings, *forms in zip(kept, meant, *by_language, strict=True):
            distinct = tuple(dict.fromkeys(forms))
            others = synonyms.stems_alike(word, asked, distinct) if asked in self.languages else ()
            term = Term(word, distinct, self.idf(distinct), meanings, alike=others)
            if meanings and not self.stem_terms.known(distinct):
                term = replace(term, idf=across.rarity(self, term))
            says = across.meant(self, term, language) if meanings else {}
            if others:
                says = {**says, asked: synonyms.meant(self, term)}
            terms.append(replace(term, meant=says))
        return Query(tuple(terms), asked)

    def idf(self, forms: Sequence[str]) -> float:
        """Rarity of a word by its most frequent form; an unknown word is the rarest."""
        known = [self.stems.frequency(stem) for stem in self.stem_terms.known(forms)]
        return float(idf_of(np.array(max(known, default=0)), len(self)))

    def search(
        self,
        query: str,
        top_k: int,
        *,
        only: np.ndarray | None = None,
        similarity: Similarity | None = None,
    ) -> list[tuple[int, float]]:
        """Passage ids and scores, best first, equal scores by id; only passages that match.

        `only` are the ids to search in; word statistics stay those of the whole index. With a `similarity`
        words and meaning decide together.
        """
        if not len(self) or top_k < 1:
            return []
        analysed = self.analyse(query)
        scores, by_stem = self.scores(analysed)
        is_near = np.zeros(len(self), dtype=bool)
        if similarity is not None and similarity.weight > 0:
            scores, is_near = fuse(scores, similarity)
        if only is not None:
            scores = np.where(np.isin(self.ids, only), scores, 0)
        asked = top_k + SPARE
        while True:
            best = self.best(scores, asked)
            is_match = (by_stem[best] > 0) | is_near[best] | self.holds_words(analysed, best, by_stem)
            matched = best[is_match][:top_k]
            if len(matched) == top_k or len(best) < asked:
                return [(int(self.ids[place]), float(scores[place])) for place in matched]
            asked *= 4

    def best(self, scores: np.ndarray, count: int) -> np.ndarray:
        """The places of the `count` highest scores above zero, highest first, equal ones by id."""
        hits = np.flatnonzero(scores > 0)
        if len(hits) > count:
            weakest = np.partition(scores[hits], len(hits) - count)[len(hits) - count]
            hits = hits[scores[hits] >= weakest]
        return hits[np.lexsort((self.ids[hits], -scores[hits]))][:count]

    def scores(self, query: Query) -> tuple[np.ndarray, np.ndarray]:
        """Of every passage the score and the part of it that stems and translations give."""
        count = len(self)
        by_stem = self.stems.sums(
            self.stem_terms.known([stem for term in query.terms for stem in term.stems]), count
        )
        found = [gram for term in query.terms for gram in dict.fromkeys(grams(term.word))]
        scores = by_stem + GRAM_WEIGHT * self.grams.sums(self.gram_terms.known(found), count)
        for pair in self.query_pairs(query):
            self.pairs.add(pair, scores, PAIR_WEIGHT)
        if any(term.said for term in query.terms):
            gains = across.gains(self, query)
            scores, by_stem = scores + gains, by_stem + gains
        if any(term.alike for term in query.terms):
            gains = synonyms.gains(self, query)
            scores, by_stem = scores + gains, by_stem + gains
        return scores, by_stem

    def holds_words(self, query: Query, places: np.ndarray, by_stem: np.ndarray) -> np.ndarray:
        """Whether the passages hold enough 4-grams of one word; asked only for those that share no stem.

        For the few best passages alone: to decide it for all of them would double the time of a search.
        """
        result = np.zeros(len(places), dtype=bool)
        open_places = np.flatnonzero(by_stem[places] <= 0)
        if not len(open_places):
            return result
        asked = places[open_places]
        for term in query.terms:
            wanted = list(dict.fromkeys(grams(term.word)))
            numbers = self.gram_terms.find(wanted)
            by_gram, held = self.grams.sums_at([number for number in numbers if number >= 0], asked)
            frequencies = np.array([self.grams.frequency(n) if n >= 0 else 0 for n in numbers])
            mass = float(idf_of(frequencies, len(self)).sum())
            result[open_places] |= by_gram > GRAM_SHARE * mass
            # Where every passage holds the word in a compound its grams are worth next to nothing.
            result[open_places] |= (held >= MOST_GRAMS * len(wanted)) & (by_gram > 0)
        return result

    def query_pairs(self, query: Query) -> list[int]:
        """The pairs of neighbouring query words that occur in the index, in any of its languages."""
        numbers = [self.stem_terms.known(term.stems) for term in query.terms]
        keys = {
            left * len(self.stem_terms) + right
            for lefts, rights in pairwise(numbers)
            for left in lefts
            for right in rights
        }
        wanted = np.array(sorted(keys), dtype=np.int64)
        places = np.searchsorted(self.pair_keys, wanted)
        return [
            int(place)
            for key, place in zip(wanted, places, strict=True)
            if place < len(self.pair_keys) and self.pair_keys[place] == key
        ]
