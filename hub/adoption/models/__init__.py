from hub.adoption.models.activity import ActiveWeek, Cohort
from hub.adoption.models.course import CourseWeek, ReceivedStatement, StatementKey
from hub.adoption.models.pulse import PulseCount, PulseFigure, PulseMark, PulseQuarter
from hub.adoption.models.saved import Annotation, SavedView
from hub.adoption.models.usage import ImportedUse, UsageImport

__all__ = [
    "ActiveWeek",
    "Annotation",
    "Cohort",
    "CourseWeek",
    "ImportedUse",
    "PulseCount",
    "PulseFigure",
    "PulseMark",
    "PulseQuarter",
    "ReceivedStatement",
    "SavedView",
    "StatementKey",
    "UsageImport",
]
