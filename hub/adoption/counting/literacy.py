"""Who took part in a measure of AI literacy in twelve weeks: an hour, a lab, a quiz, or a completed course."""

from datetime import datetime

from hub.adoption.counting.measure import Numbers, Pace, each, share
from hub.adoption.counting.weeks import TWELVE, first_monday, window
from hub.adoption.models import CourseWeek
from hub.disclosure.weeks import monday_of
from learning.hours.facts import people_who_attended, people_who_tried_something
from learning.notebooks.facts import people_who_finished_quizzes


def took_part(start: datetime, end: datetime) -> Numbers:
    span = window(start, TWELVE)
    courses = CourseWeek.objects.filter(
        kind=CourseWeek.Kind.COMPLETED,
        monday__gte=first_monday(start, TWELVE),
        monday__lte=monday_of(start),
    )
    return {
        **people_who_attended(*span),
        **people_who_tried_something(*span),
        **people_who_finished_quizzes(*span),
        **each(set(courses.values_list("subject_key", flat=True))),
    }


MEASURES = (share("literacy-12w", took_part, Pace.ROLLING),)
