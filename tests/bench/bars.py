"""What a benchmark may cost at most: every missed bar gets a line, and the run ends with exit code 1."""

import sys
from dataclasses import dataclass, field


@dataclass
class Bars:
    """Collects figures that are too high; a bar itself is still met."""

    missed: list[str] = field(default_factory=list)

    def hold(self, what: str, figure: float, bar: float) -> None:
        if not figure <= bar:
            self.missed.append(f"missed: {what} is {figure:.2f}, the bar is {bar:.2f}")

    def finish(self) -> None:
        """Ends the process if a bar was missed."""
        for line in self.missed:
            print(line, file=sys.stderr)
        if self.missed:
            sys.exit(1)
