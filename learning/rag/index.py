"""The lexical index of one notebook: BM25 over stems, character 4-grams and ordered pairs of stems.

The three raw scores are summed (1, 0.2, 0.4). A passage is analysed in its own language; a query's words
are stemmed once for every language that the notebook holds. The index is a disposable snapshot: it never
changes after it was built and can be shared by threads.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from learning.rag.analysers import ALL_STOP_WORDS, LANGUAGES
from learning.rag.analysers.terms import ANALYSER_VERSION, WORD, grams, stems, words
from learning.rag.languages import CODES, decide, detect_words, weigh
from learning.rag.postings import Postings, count_keys, idf_of, sum_keys

GRAM_WEIGHT = 0.2
PAIR_WEIGHT = 0.4
# A passage that shares no stem with the query is a hit only if it holds about this much of one word.
GRAM_SHARE = 0.2
MOST_GRAMS = 0.7
FORMAT = "1"


@dataclass(frozen=True)
class Term:
    """A word of a query: its stem in each language of the index and its rarity among the passages."""

    word: str
    stems: tuple[str, ...]
    idf: float


@dataclass(frozen=True)
class Query:
    """A query in terms of one index; `terms` are its words without stop words, in order."""

    terms: tuple[Term, ...]
    language: str


class LexicalIndex:
    """Made by `build`; see the module."""

    signature: str = f"lexical-{FORMAT}-{ANALYSER_VERSION}"

    def __init__(self, ids: list[int], languages: tuple[str, ...], main_language: str) -> None:
        self.ids = np.array(ids, dtype=np.int64)
        self.languages = languages
        self.main_language = main_language
        self.stem_ids: dict[str, int] = {}
        self.gram_ids: dict[str, int] = {}
        self.pair_keys = np.empty(0, dtype=np.int64)
        self.stems = self.grams = self.pairs = Postings.build(
            np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64), terms=0, passages=0
        )

    def __len__(self) -> int:
        return len(self.ids)

    @classmethod
    def build(cls, passages: Iterable[tuple[int, str]]) -> "LexicalIndex":
        """Index (passage id, text) pairs; about 0.4 ms a passage of 100 words."""
        ids: list[int] = []
        vocabulary: dict[str, int] = {}
        tokens: list[np.ndarray] = []
        for passage_id, text in passages:
            ids.append(passage_id)
            found = [vocabulary.setdefault(word, len(vocabulary)) for word in words(text)]
            tokens.append(np.array(found, dtype=np.int64))
        lengths = np.array([len(found) for found in tokens], dtype=np.int64)
        flat = np.concatenate(tokens) if tokens else np.empty(0, dtype=np.int64)
        owner = np.repeat(np.arange(len(ids)), lengths)
        vocabulary_words = list(vocabulary)
        codes, main = passage_languages(vocabulary_words, flat, owner, len(ids))
        index = cls(ids, tuple(CODES[i] for i in np.unique(codes)), CODES[main])
        if len(flat):
            index.fill(vocabulary_words, flat, owner, codes)
        return index

    def fill(self, vocabulary: list[str], flat: np.ndarray, owner: np.ndarray, codes: np.ndarray) -> None:
        """Build the three channels from interned words: `flat[i]` is a word of passage `owner[i]`."""
        count = len(self.ids)
        token_codes = codes[owner]
        stem_of = np.zeros(len(flat), dtype=np.int64)
        is_stop = np.zeros(len(flat), dtype=bool)
        for code, language in enumerate(CODES):
            mine = token_codes == code
            used, inverse = np.unique(flat[mine], return_inverse=True)
            used_words = [vocabulary[i] for i in used]
            found = [
                self.stem_ids.setdefault(stem, len(self.stem_ids)) for stem in stems(used_words, language)
            ]
            stops = LANGUAGES[language].query_stops
            stem_of[mine] = np.array(found, dtype=np.int64)[inverse]
            is_stop[mine] = np.array([word in stops for word in used_words], dtype=bool)[inverse]
        self.stems = Postings.build(
            *count_keys(stem_of * count + owner), terms=len(self.stem_ids), passages=count
        )
        self.grams = self.gram_postings(vocabulary, *count_keys(flat * count + owner))
        self.pairs = self.pair_postings(stem_of[~is_stop], owner[~is_stop])

    def gram_postings(self, vocabulary: list[str], keys: np.ndarray, counts: np.ndarray) -> Postings:
        """4-grams are cut once for each distinct word and spread over the passages that hold it."""
        count = len(self.ids)
        word_grams = [
            [self.gram_ids.setdefault(gram, len(self.gram_ids)) for gram in grams(word)]
            for word in vocabulary
        ]
        sizes = np.array([len(found) for found in word_grams], dtype=np.int64)
        starts = np.concatenate(([0], np.cumsum(sizes)[:-1]))
        flat = np.fromiter(
            (gram for found in word_grams for gram in found), dtype=np.int64, count=int(sizes.sum())
        )
        word_of, passage_of = np.divmod(keys, count)
        spread = sizes[word_of]
        before = np.repeat(np.cumsum(spread) - spread, spread)
        positions = np.arange(int(spread.sum())) - before + np.repeat(starts[word_of], spread)
        gram_keys = flat[positions] * count + np.repeat(passage_of, spread)
        summed = sum_keys(gram_keys, np.repeat(counts, spread))
        return Postings.build(*summed, terms=len(self.gram_ids), passages=count)

    def pair_postings(self, stem_of: np.ndarray, owner: np.ndarray) -> Postings:
        """Neighbouring stems of one passage, stop words left out before."""
        count = len(self.ids)
        is_same = owner[1:] == owner[:-1]
        raw = (stem_of[:-1] * len(self.stem_ids) + stem_of[1:])[is_same]
        self.pair_keys, pair_of = np.unique(raw, return_inverse=True)
        keys, counts = count_keys(pair_of * count + owner[1:][is_same])
        return Postings.build(keys, counts, terms=len(self.pair_keys), passages=count)

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
        kept = [token for token in tokens if token not in stops or token in names] or tokens
        by_language = [stems(kept, code) for code in self.languages or (self.main_language,)]
        terms = []
        for word, *forms in zip(kept, *by_language, strict=True):
            distinct = tuple(dict.fromkeys(forms))
            terms.append(Term(word, distinct, self.idf(distinct)))
        return Query(tuple(terms), language or self.main_language)

    def idf(self, forms: Iterable[str]) -> float:
        """Rarity of a word by its most frequent form; an unknown word is the rarest."""
        known = [self.stems.frequency(self.stem_ids[form]) for form in forms if form in self.stem_ids]
        return float(idf_of(np.array(max(known, default=0)), len(self)))

    def search(self, query: str, top_k: int) -> list[tuple[int, float]]:
        """Passage ids and scores, best first, equal scores by id; only passages that match."""
        if not len(self) or top_k < 1:
            return []
        scores = self.scores(self.analyse(query))
        hits = np.flatnonzero(scores > 0)
        if len(hits) > top_k:
            weakest = np.partition(scores[hits], len(hits) - top_k)[len(hits) - top_k]
            hits = hits[scores[hits] >= weakest]
        order = np.lexsort((self.ids[hits], -scores[hits]))[:top_k]
        return [(int(self.ids[i]), float(scores[i])) for i in hits[order]]

    def scores(self, query: Query) -> np.ndarray:
        """The score of every passage; 0 for those that do not match."""
        count = len(self)
        stems = (stem for term in query.terms for stem in term.stems)
        scores, _ = self.stems.sums((self.stem_ids[stem] for stem in stems if stem in self.stem_ids), count)
        is_match = scores > 0
        for term in query.terms:
            wanted = set(grams(term.word))
            known = (self.gram_ids[gram] for gram in sorted(wanted) if gram in self.gram_ids)
            by_gram, held = self.grams.sums(known, count)
            is_match |= by_gram > GRAM_SHARE * self.gram_mass(term.word)
            # Where every passage holds the word in a compound its grams are worth next to nothing.
            is_match |= (held >= MOST_GRAMS * len(wanted)) & (by_gram > 0)
            scores += GRAM_WEIGHT * by_gram
        for pair in self.query_pairs(query):
            self.pairs.add(pair, scores, PAIR_WEIGHT)
        return np.where(is_match, scores, 0)

    def gram_mass(self, word: str) -> float:
        """The sum of the idf of the word's 4-grams; unknown ones are the rarest."""
        frequencies = [
            self.grams.frequency(self.gram_ids[gram]) if gram in self.gram_ids else 0 for gram in grams(word)
        ]
        return float(idf_of(np.array(frequencies), len(self)).sum())

    def query_pairs(self, query: Query) -> list[int]:
        """The pairs of neighbouring query words that occur in the index, in any of its languages."""
        keys = set()
        for first, second in zip(query.terms, query.terms[1:], strict=False):
            for left in first.stems:
                for right in second.stems:
                    if left in self.stem_ids and right in self.stem_ids:
                        keys.add(self.stem_ids[left] * len(self.stem_ids) + self.stem_ids[right])
        wanted = np.array(sorted(keys), dtype=np.int64)
        places = np.searchsorted(self.pair_keys, wanted)
        return [
            int(place)
            for key, place in zip(wanted, places, strict=True)
            if place < len(self.pair_keys) and self.pair_keys[place] == key
        ]


def passage_languages(
    vocabulary: list[str], flat: np.ndarray, owner: np.ndarray, count: int
) -> tuple[np.ndarray, int]:
    """Each passage's language as a place in CODES, and the main one, which unclear passages take."""
    votes = np.array([weigh(word) for word in vocabulary]).reshape(-1, len(CODES))
    sums = np.stack(
        [np.bincount(owner, weights=votes[flat, i], minlength=count) for i in range(len(CODES))], axis=1
    )
    decided = [decide(row) for row in sums.tolist()]
    known = np.array([CODES.index(code) for code in decided if code], dtype=np.int64)
    main = int(np.bincount(known, minlength=len(CODES)).argmax())
    return np.array([CODES.index(code) if code else main for code in decided], dtype=np.int64), main
