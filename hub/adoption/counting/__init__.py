"""The numbers behind the reports, one module an area of measures. A new one is a module and a line here.

They are about single people: `snapshot` alone asks for them and hands them to the gate. No page may import this.
"""

from collections.abc import Callable
from datetime import datetime

from hub.adoption.counting import bets, hours, ladder, learning, literacy, pilots, tips, use
from hub.adoption.counting.measure import Measure, Numbers

MEASURES: dict[str, Measure] = {
    measure.name: measure
    for module in (hours, use, ladder, learning, tips, bets, pilots, literacy)
    for measure in module.MEASURES
}
NUMBERS: dict[str, Callable[[datetime, datetime], Numbers]] = {
    name: measure.numbers for name, measure in MEASURES.items()
}
