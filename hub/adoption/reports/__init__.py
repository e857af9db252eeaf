"""The closed menu of reports. A new one is a module here, a line below, and its numbers in `snapshot`."""

from hub.adoption.report import Report
from hub.adoption.reports import attendance, lab_tasks, steps_eliminated, tips_tried

REPORTS: dict[str, Report] = {
    module.REPORT.name: module.REPORT for module in (attendance, lab_tasks, tips_tried, steps_eliminated)
}
