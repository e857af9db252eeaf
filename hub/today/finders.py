"""What can be searched for, one function a kind: rows under the person's permission in the order of preference.

Titles of bets and processes are searched, never claims or what an entry holds; people are not searched at all.
"""

from itertools import chain

from challenges.contests.models import Challenge
from challenges.pilots.models import Pilot
from challenges.processes.models import Process
from challenges.usecases.models import UseCase
from hub.nudges.models import Tip
from hub.stories.models import Story
from hub.today.found import Asked, Results, Row
from learning.hours.models import StudySession
from learning.notebooks.models import Note, Notebook, StudyAid


def sessions(asked: Asked) -> Results:
    """The next one first, then the ones that were, the latest first."""
    held = StudySession.objects.visible_to(asked.user).held()
    columns = ("pk", "title", "description", "starts_at")
    upcoming = held.upcoming(asked.now).order_by("starts_at", "pk").values_list(*columns)
    past = held.past(asked.now).order_by("-starts_at", "pk").values_list(*columns)
    rows = (Row(pk, title, text, when=when) for pk, title, text, when in chain(upcoming, past))
    return asked.among(rows, route="hours:detail")


def notebooks(asked: Asked) -> Results:
    visible = Notebook.objects.visible_to(asked.user).order_by("-updated_at", "pk")
    rows = (Row(*columns) for columns in visible.values_list("pk", "title", "description", "language"))
    return asked.among(rows, route="notebooks:detail")


def study_aids(asked: Asked) -> Results:
    """By their own titles and their notebooks'; what stands in them is found in the sources."""
    visible = StudyAid.objects.visible_to(asked.user).filter(state=StudyAid.State.READY)
    columns = visible.order_by("-created_at", "pk").values_list(
        "notebook_id", "pk", "title", "notebook__title", "language"
    )
    rows = (Row((notebook, pk), title, text, code) for notebook, pk, title, text, code in columns)
    return asked.among(rows, route="notebooks:aid")


def notes(asked: Asked) -> Results:
    """One's own words; a saved answer is found by its question."""
    visible = Note.objects.visible_to(asked.user).order_by("-updated_at", "pk")
    columns = visible.values_list("notebook_id", "pk", "title", "body")
    rows = (Row((notebook, pk), title, text) for notebook, pk, title, text in columns)
    return asked.among(rows, route="notebooks:change-note")


def tips(asked: Asked) -> Results:
    """In the reader's language; where a tip has no words in it, in the other."""
    texts = ((tip.pk, tip.text) for tip in Tip.objects.visible_to(asked.user).order_by("created_at", "key"))
    rows = (Row(pk, text.title, " ".join([text.body, *text.steps]), text.language) for pk, text in texts)
    return asked.among(rows, route="nudges:detail")


def stories(asked: Asked) -> Results:
    """What is published, and of that only the words: not who told it."""
    visible = Story.objects.visible_to(asked.user).published().order_by("-published_at", "pk")
    columns = visible.values_list("pk", "title", "body", "tool", "language")
    rows = (Row(pk, title, f"{body} {tool}", code) for pk, title, body, tool, code in columns)
    return asked.among(rows, route="stories:detail")


def use_cases(asked: Asked) -> Results:
    """What stands in the idea box, and of that only the words: not who proposed it."""
    visible = UseCase.objects.visible_to(asked.user).standing().order_by("-proposed_at", "pk")
    columns = visible.values_list("pk", "title", "body", "language")
    return asked.among((Row(*each) for each in columns), route="usecases:detail")


def pilots(asked: Asked) -> Results:
    """Started ones and one's own drafts, the latest first; not who owns them."""
    visible = Pilot.objects.visible_to(asked.user).order_by("-created_at", "pk")
    columns = visible.values_list("pk", "title", "hypothesis", "language")
    return asked.among((Row(*each) for each in columns), route="pilots:detail")


def bets(asked: Asked) -> Results:
    visible = Challenge.objects.visible_to(asked.user).exclude(status=Challenge.Status.CANCELLED)
    columns = visible.order_by("-closes_at", "pk").values_list("pk", "title", "closes_at")
    return asked.among((Row(pk, title, when=when) for pk, title, when in columns), route="contests:detail")


def processes(asked: Asked) -> Results:
    visible = Process.objects.visible_to(asked.user).order_by("title", "pk")
    columns = visible.values_list("pk", "title", "language")
    return asked.among(
        (Row(pk, title, language=code) for pk, title, code in columns), route="processes:detail"
    )
