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
