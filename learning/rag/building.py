"""From passages to the arrays of a `LexicalIndex`."""

from collections.abc import Iterable

import numpy as np

from learning.rag.analysers import LANGUAGES
from learning.rag.analysers.terms import grams, stems, words
from learning.rag.index import LexicalIndex
from learning.rag.languages import CODES, decide, weigh
from learning.rag.postings import Postings, count_keys, sum_keys
from learning.rag.vocabulary import Vocabulary


def build(passages: Iterable[tuple[int, str]]) -> LexicalIndex:
    """Index (passage id, text) pairs."""
    ids: list[int] = []
    interned: dict[str, int] = {}
    tokens: list[np.ndarray] = []
    for passage_id, text in passages:
        ids.append(passage_id)
        found = [interned.setdefault(word, len(interned)) for word in words(text)]
        tokens.append(np.array(found, dtype=np.int64))
    lengths = np.array([len(found) for found in tokens], dtype=np.int64)
    flat = np.concatenate(tokens) if tokens else np.empty(0, dtype=np.int64)
    owner = np.repeat(np.arange(len(ids)), lengths)
    distinct = list(interned)
    codes, main = passage_languages(distinct, flat, owner, len(ids))
    languages = tuple(CODES[i] for i in np.unique(codes))
    stem_terms, stem_of, is_stop = stem(distinct, flat, codes[owner])
    count = len(ids)
    gram_terms, gram_postings = grams_of(distinct, *count_keys(flat * max(count, 1) + owner), count)
    pair_keys, pair_postings = pairs_of(stem_of[~is_stop], owner[~is_stop], len(stem_terms), count)
    return LexicalIndex(
        ids=np.array(ids, dtype=np.int64),
        languages=languages,
        main_language=CODES[main],
        stem_terms=Vocabulary.build(stem_terms),
        stems=Postings.build(
            *count_keys(stem_of * max(count, 1) + owner), terms=len(stem_terms), passages=count
        ),
        gram_terms=Vocabulary.build(gram_terms),
        grams=gram_postings,
        pair_keys=pair_keys,
        pairs=pair_postings,
    )


def stem(
    distinct: list[str], flat: np.ndarray, token_codes: np.ndarray
) -> tuple[dict[str, int], np.ndarray, np.ndarray]:
    """The stems with their numbers; for every token its stem and whether it is a stop word of its language."""
    numbers: dict[str, int] = {}
    stem_of = np.zeros(len(flat), dtype=np.int64)
    is_stop = np.zeros(len(flat), dtype=bool)
    for code, language in enumerate(CODES):
        mine = token_codes == code
        used, inverse = np.unique(flat[mine], return_inverse=True)
        used_words = [distinct[i] for i in used]
        found = [numbers.setdefault(stemmed, len(numbers)) for stemmed in stems(used_words, language)]
        stops = LANGUAGES[language].query_stops
        stem_of[mine] = np.array(found, dtype=np.int64)[inverse]
        is_stop[mine] = np.array([word in stops for word in used_words], dtype=bool)[inverse]
    return numbers, stem_of, is_stop


def grams_of(
    distinct: list[str], keys: np.ndarray, counts: np.ndarray, count: int
) -> tuple[dict[str, int], Postings]:
    """4-grams are cut once for each distinct word and spread over the passages that hold it.

    `keys` are word * passages + passage with their `counts`.
    """
    numbers: dict[str, int] = {}
    word_grams = [[numbers.setdefault(gram, len(numbers)) for gram in grams(word)] for word in distinct]
    sizes = np.array([len(found) for found in word_grams], dtype=np.int64)
    starts = np.concatenate(([0], np.cumsum(sizes)[:-1])) if len(sizes) else sizes
    flat = np.fromiter(
        (gram for found in word_grams for gram in found), dtype=np.int64, count=int(sizes.sum())
    )
    word_of, passage_of = np.divmod(keys, max(count, 1))
    spread = sizes[word_of]
    before = np.repeat(np.cumsum(spread) - spread, spread)
    positions = np.arange(int(spread.sum())) - before + np.repeat(starts[word_of], spread)
    gram_keys = flat[positions] * count + np.repeat(passage_of, spread)
    summed = sum_keys(gram_keys, np.repeat(counts, spread))
    return numbers, Postings.build(*summed, terms=len(numbers), passages=count)


def pairs_of(
    stem_of: np.ndarray, owner: np.ndarray, stem_count: int, count: int
) -> tuple[np.ndarray, Postings]:
    """Neighbouring stems of one passage, stop words left out before: left * stems + right, ascending."""
    is_same = owner[1:] == owner[:-1]
    raw = (stem_of[:-1] * stem_count + stem_of[1:])[is_same]
    pair_keys, pair_of = np.unique(raw, return_inverse=True)
    keys, counts = count_keys(pair_of * max(count, 1) + owner[1:][is_same])
    return pair_keys, Postings.build(keys, counts, terms=len(pair_keys), passages=count)


def passage_languages(
    distinct: list[str], flat: np.ndarray, owner: np.ndarray, count: int
) -> tuple[np.ndarray, int]:
    """Each passage's language as a place in CODES, and the main one, which unclear passages take."""
    votes = np.array([weigh(word) for word in distinct]).reshape(-1, len(CODES))
    sums = np.stack(
        [np.bincount(owner, weights=votes[flat, i], minlength=count) for i in range(len(CODES))], axis=1
    )
    decided = [decide(row) for row in sums.tolist()]
    known = np.array([CODES.index(code) for code in decided if code], dtype=np.int64)
    main = int(np.bincount(known, minlength=len(CODES)).argmax())
    return np.array([CODES.index(code) if code else main for code in decided], dtype=np.int64), main
