"""Calendars that come with the hub: the built-in Advent, and beginnings to copy. In no library and no search."""

from hub.drops.contents.advent import ADVENT
from hub.drops.contents.meetings import MEETINGS
from hub.drops.contents.shape import Starter
from hub.drops.contents.tidying import TIDYING

# One module each; a further one is that module and one line.
STARTERS: dict[str, Starter] = {starter.key: starter for starter in (ADVENT, MEETINGS, TIDYING)}
