"""The terms of one channel as sorted 64-bit hashes, so that a whole index is arrays and can lie in a file."""

from collections.abc import Iterable, Mapping, Sequence
from hashlib import blake2b

import numpy as np


class Vocabulary:
    """From a term to its number. Two of a million terms share a hash once in about 40 million indexes."""

    def __init__(self, hashes: np.ndarray, numbers: np.ndarray) -> None:
        self.hashes = hashes  # uint64, ascending
        self.numbers = numbers  # int32, the term's number at the place of its hash

    @classmethod
    def build(cls, terms: Mapping[str, int]) -> "Vocabulary":
        hashes = hash_all(terms)
        order = np.argsort(hashes)
        numbers = np.fromiter(terms.values(), dtype=np.int32, count=len(terms))
        return cls(hashes[order], numbers[order])

    def __len__(self) -> int:
        return len(self.hashes)

    def find(self, terms: Sequence[str]) -> list[int]:
        """The number of every term, -1 where there is none."""
        if not len(self):
            return [-1] * len(terms)
        wanted = hash_all(terms)
        places = np.minimum(np.searchsorted(self.hashes, wanted), len(self) - 1)
        return np.where(self.hashes[places] == wanted, self.numbers[places], -1).tolist()

    def known(self, terms: Sequence[str]) -> list[int]:
        """The numbers of those terms that there are."""
        return [number for number in self.find(terms) if number >= 0]


def hash_all(terms: Iterable[str]) -> np.ndarray:
    digests = b"".join(blake2b(term.encode(), digest_size=8).digest() for term in terms)
    return np.frombuffer(digests, dtype="<u8").astype(np.uint64)
