"""What a trial could show with the people there are, told before it starts."""

from dataclasses import dataclass
from math import isinf

from hub.disclosure.gate import MINIMUM_GROUP, MINIMUM_PAGE
from hub.people.models import User
from hub.trials.effect import detectable
from hub.trials.models import Trial, held_share

BASES = (0.02, 0.1, 0.3)  # how many would try it anyway
USUAL = 0.1


@dataclass(frozen=True)
class Power:
    """`points`: by how many of a hundred more people would have to try it, for a few shares who do so anyway."""

    design: str
    people: int
    held: int
    points: dict[int, float | None]

    @property
    def label(self) -> str:
        return str(Trial.Design(self.design).label)

    @property
    def usual(self) -> float | None:
        return self.points[round(100 * USUAL)]

    @property
    def is_enough(self) -> bool:
        """Whether the gate would show both groups at the end, if chance makes them as large as expected."""
        return min(self.held, self.people - self.held) >= MINIMUM_GROUP and self.people >= MINIMUM_PAGE


def power_of(design: str, people: int) -> Power:
    held = round(people * held_share(design))
    uplifts = {round(100 * base): detectable(base, people - held, held) for base in BASES}
    points = {base: None if isinf(uplift) else round(100 * uplift, 1) for base, uplift in uplifts.items()}
    return Power(design, people, held, points)


def powers() -> list[Power]:
    """Of both designs, with everybody who is active."""
    people = User.objects.active().count()
    return [power_of(design, people) for design in Trial.Design]
