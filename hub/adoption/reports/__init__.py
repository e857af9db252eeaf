"""The closed menu of reports. A new one is a module here, a line below, and its numbers in `counting`."""

from hub.adoption.report import Report
from hub.adoption.reports import (
    active,
    attendance,
    bets,
    habit,
    lab_tasks,
    ladder,
    leaders,
    learning,
    literacy,
    pilots,
    reach,
    retention,
    tips,
)

# In the order in which HR asks: is the hour held, is AI used, does it stay, what does it bring, who takes part.
REPORTS: dict[str, Report] = {
    module.REPORT.name: module.REPORT
    for module in (
        attendance,
        active,
        habit,
        bets,
        pilots,
        ladder,
        retention,
        reach,
        learning,
        lab_tasks,
        tips,
        leaders,
        literacy,
    )
}
# Measure -> the entries of the menu that show it. What no entry shows is not published.
SHOWN_IN: dict[str, tuple[str, ...]] = {
    measure.name: tuple(other.name for other in REPORTS.values() if measure.name in other.names)
    for report in REPORTS.values()
    for measure in report.measures
}
