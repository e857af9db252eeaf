"""What was tried in the demo company's past hours, and what its leaders show of their own."""

from datetime import timedelta
from random import Random

from django.utils import timezone

from hub.ai.models import DataClass
from hub.demo.company import SEED, key
from hub.people.models import User
from learning.hours.models import Attendance, LabDone, LabTask, StudySession
from learning.hours.walking import agree

# By the hour's topic: the task, and the prompt it begins with.
TASKS = {
    "Protokolle, die sich selbst schreiben": (
        "Ein Protokoll in fünf Sätzen",
        "Fasse dieses Protokoll in fünf Sätzen zusammen. Nenne Beschlüsse und Zuständige getrennt.",
    ),
    "Bessere Fragen, bessere Antworten": (
        "Eine eigene Frage mit vier Bausteinen",
        "Du bist [Rolle]. Aufgabe: […]. Zu wissen ist: […]. Antworte als […].",
    ),
    "Was darf wohin?": (
        "Fünf Dokumente einordnen",
        "Welche dieser fünf Beschreibungen enthalten personenbezogene Daten? Begründe jede in einem Satz.",
    ),
    "Vor dem Kundentermin": (
        "Drei Fragen an einen Kunden",
        "Lies diese Unternehmensseite und schlage drei Fragen für ein erstes Gespräch vor, mit Fundstelle.",
    ),
    "Angebote entwerfen": (
        "Vom Vermerk zum Entwurf",
        "Mach aus diesem Gesprächsvermerk einen Angebotsentwurf. Markiere, was im Vermerk nicht steht.",
    ),
    "Tabellen befragen": (
        "Eine Tabelle erklären lassen und nachrechnen",
        "Beschreibe diese Tabelle in drei Sätzen und nenne die Zeilen, auf denen jeder Satz beruht.",
    ),
    "Show and tell": (
        "Show one thing that worked",
        "Describe in three steps what you did, and what to check.",
    ),
    "Lange Dokumente": (
        "Eine Stelle finden",
        "Wo steht in diesem Vertrag, wie gekündigt wird? Zitiere wörtlich und nenne den Abschnitt.",
    ),
}
SHARE = 0.6  # of those who came


def load_labs(sessions: list[StudySession]) -> None:
    """A task an hour, done by part of those who came."""
    random = Random(SEED)
    tasks = []
    for session in sessions:
        title, prompt = TASKS[session.title]
        tasks.append(
            LabTask(
                id=key(f"lab {session.pk}"),
                session=session,
                position=0,
                title=title,
                prompt=prompt,
                data_class=DataClass.INTERNAL,
            )
        )
    LabTask.objects.bulk_create(tasks, ignore_conflicts=True)
    done = []
    for task in tasks:
        attended = Attendance.objects.filter(session=task.session).order_by("user__email")
        for user_id in attended.values_list("user_id", flat=True):
            if random.random() < SHARE:
                at = task.session.starts_at + timedelta(minutes=random.randint(20, 50))
                done.append(LabDone(task=task, user_id=user_id, done_at=at))
    LabDone.objects.bulk_create(done, ignore_conflicts=True, batch_size=1000)


def load_consents(cast: dict[str, User]) -> None:
    """One leader shows everything, the other nothing."""
    agreed = timezone.now() - timedelta(weeks=13)
    agree(leader=cast["bertha.ringer"], shows_attendance=True, compares_tasks=True, now=agreed)
