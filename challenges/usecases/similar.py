"""Proposals that say nearly the same: compared by groups of three letters, the same on every database."""

from django.db.models import Q

from challenges.usecases.models import UseCase
from hub.people.models import User
from hub.words import trigrams, words

SHORTEST_WORD = 4
STEM = 5  # letters by which a database finds other forms of a word
MOST_WORDS = 6
MOST_COMPARED = 100
MOST_SHOWN = 5
ALIKE = 0.5
# What a description holds anyway.
EMPTY_WORDS = frozenset(
    words(
        """
        aber alle alles auch beim damit dass diese dieser dieses durch eine einem einen einer eines immer jede jeden
        jeder jedes kann mein meine mich muss nach nicht noch oder ohne schon sehr sich sind über und viel vom von wenn
        werden wird zum zur about always and does each every for from have into more must need our that the their them
        then there they this with would your
        """
    )
)


def similar_to(title: str, *, user: User) -> list[UseCase]:
    """The most similar first, of what the person may see; of many candidates the newest are compared."""
    said = telling(title)
    stems = [word[:STEM] for word in said if len(word) >= SHORTEST_WORD][:MOST_WORDS]
    if not stems:
        return []
    holds = Q()
    for stem in stems:
        holds |= Q(folded__contains=stem)
    candidates = UseCase.objects.visible_to(user).standing().filter(holds)
    near = [(likeness(said, one), one) for one in candidates.with_counts(user)[:MOST_COMPARED]]
    near.sort(key=lambda pair: (-pair[0], -pair[1].vote_count))
    return [one for score, one in near if score >= ALIKE][:MOST_SHOWN]


def telling(text: str) -> list[str]:
    return [word for word in words(text) if word not in EMPTY_WORDS]


def likeness(said: list[str], other: UseCase) -> float:
    """0 to 1: of the two titles, or how much of this title the other one's words hold, whichever is more."""
    mine, theirs = triples(said), triples(telling(other.title))
    if not mine or not theirs:
        return 0.0
    titles = 2 * len(mine & theirs) / (len(mine) + len(theirs))
    held = len(mine & triples(telling(other.folded))) / len(mine) if len(said) > 1 else 0.0
    return max(titles, 0.8 * held - 0.15)


def triples(said: list[str]) -> set[str]:
    """The beginning of a word counts more than its end: it has two blanks before it and one behind."""
    return {group for word in said for group in trigrams(f"  {word} ")}
