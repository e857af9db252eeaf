"""What learning with notebooks tells the reports: by person, made public through the disclosure gate alone.

Each takes [start, end) and gives user id -> how many.
"""

from datetime import datetime

from django.db.models import Count, QuerySet

from learning.notebooks.models import Attempt, CardReview, Exchange, Note, RolePlay


def people_who_finished_quizzes(start: datetime, end: datetime) -> dict[int, int]:
    return _by_person(Attempt.objects.filter(finished_at__gte=start, finished_at__lt=end), "learner_id")


def people_who_reviewed_cards(start: datetime, end: datetime) -> dict[int, int]:
    return _by_person(CardReview.objects.filter(reviewed_at__gte=start, reviewed_at__lt=end), "learner_id")


def people_who_asked(start: datetime, end: datetime) -> dict[int, int]:
    return _by_person(_asked(start, end), "asker_id")


def people_who_asked_in_vain(start: datetime, end: datetime) -> dict[int, int]:
    """Questions that the notebook's sources did not answer."""
    return _by_person(_asked(start, end).filter(answer__refused=True), "asker_id")


def people_who_wrote_or_rehearsed(start: datetime, end: datetime) -> dict[int, int]:
    """Notes begun or changed, and role-plays begun."""
    notes = _by_person(Note.objects.filter(updated_at__gte=start, updated_at__lt=end), "author_id")
    plays = _by_person(RolePlay.objects.filter(started_at__gte=start, started_at__lt=end), "learner_id")
    return {person: notes.get(person, 0) + plays.get(person, 0) for person in notes.keys() | plays.keys()}


def _asked(start: datetime, end: datetime) -> QuerySet[Exchange]:
    return Exchange.objects.filter(asked_at__gte=start, asked_at__lt=end)


def _by_person(rows: QuerySet, person: str) -> dict[int, int]:
    return dict(rows.order_by().values(person).annotate(n=Count("pk")).values_list(person, "n"))
