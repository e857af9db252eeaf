"""What the demo company's people put into the idea box, who would be glad of it, and what was answered."""

from datetime import date, datetime, time, timedelta

from challenges.processes.models import Process
from challenges.usecases.becoming import path_of_process
from challenges.usecases.models import ANSWER_DAYS, Comment, UseCase, Vote
from hub.demo.company import key
from hub.demo.history import ZONE
from hub.people.models import User

EMMA, FARID, BERTHA, HANNA = "emma.lindner", "farid.nassar", "bertha.ringer", "hanna.weiss"
WALTER, ADA, CARL, SELMA = "walter.kern", "ada.miller", "carl.brandt", "selma.arndt"

# days ago, who, with name, kind, language, process, title, words, votes, comments, answer and its reason
USE_CASES = (
    (
        4, EMMA, True, "nuisance", "de", "order-to-cash-de",
        "Bestellungen aus PDF-Anhängen abtippen",
        "Etwa 40 Bestellungen am Tag kommen als PDF. Jede wird Zeile für Zeile ins ERP getippt, rund sechs Minuten, "
        "und bei jeder zwanzigsten stimmt danach eine Menge nicht.",
        (WALTER, CARL, SELMA, HANNA),
        ((CARL, "Bei den Rahmenverträgen noch öfter."), (SELMA, "Die Anhänge sind immer gleich aufgebaut.")),
        None,
    ),
    (
        17, WALTER, False, "nuisance", "de", None,
        "Die Schichtübergabe steht auf drei Zetteln",
        "Störungen, offene Aufträge und Material stehen auf drei verschiedenen Blättern. Wer übernimmt, fragt trotzdem "
        "nach. Eine Zusammenfassung aus den Notizen des Tages würde reichen.",
        (EMMA, SELMA),
        (),
        None,
    ),
    (
        9, ADA, True, "use_case", "en", "procure-to-pay-de",
        "A first draft of reminders to suppliers",
        "We write some thirty reminders a week about late deliveries, all alike. A draft from the order and its dates "
        "would save most of the typing; somebody still reads it before it goes out.",
        (FARID,),
        (),
        None,
    ),
    (
        2, SELMA, True, "use_case", "de", None,
        "Zeichnungsnummern in alten Mails finden",
        "In Anfragen stehen Zeichnungsnummern in jeder Schreibweise. Ein Assistent könnte sie herauslesen und mit dem "
        "Archiv abgleichen.",
        (),
        (),
        None,
    ),
    (
        24, HANNA, True, "nuisance", "de", "procure-to-pay-de",
        "Jede Rechnung wird dreimal geprüft",
        "Einkauf, Fachabteilung und Buchhaltung prüfen dieselben Zahlen nacheinander. Zwei davon schauen nur, ob die "
        "anderen geschaut haben.",
        (EMMA, BERTHA, ADA),
        (),
        ("process", "Das ist ein guter Prozess für die nächste Wette."),
    ),
    (
        31, CARL, True, "use_case", "de", None,
        "Bewerbungen von einer KI vorsortieren",
        "Auf jede Stelle kommen über hundert Bewerbungen. Eine KI könnte sie nach Eignung ordnen.",
        (BERTHA,),
        (),
        (
            "no",
            "Eine Vorauswahl von Menschen durch KI ist nach der KI-Verordnung Hochrisiko. Das machen wir nicht, "
            "solange wir nicht sagen können, wie wir es prüfen.",
        ),
    ),
)  # fmt: skip


def load_use_cases(cast: dict[str, User], processes: dict[str, Process], today: date) -> None:
    """Running it again changes nothing, also when somebody answered or withdrew one meanwhile."""
    for days, who, is_named, kind, language, process_key, title, body, voting, said, answer in USE_CASES:
        at = datetime.combine(today - timedelta(days=days), time(10, 40), tzinfo=ZONE)
        process = processes[process_key] if process_key else None
        defaults = {
            "kind": kind,
            "title": title,
            "body": body,
            "language": language,
            "author": cast[who],
            "is_named": is_named,
            "process": process,
            "answerer": process.owner if process else None,
            "proposed_at": at,
            "answer_due_on": at.date() + timedelta(days=ANSWER_DAYS),
        }
        if answer:
            defaults |= {
                "answer": answer[0],
                "answer_text": answer[1],
                "answered_by": cast[FARID],
                "answered_at": at + timedelta(days=5),
                "became": path_of_process(process) if process else "",
            }
        use_case, is_new = UseCase.objects.get_or_create(pk=key(f"use_case:{title}"), defaults=defaults)
        if is_new:
            _fill(use_case, [cast[name] for name in voting], [(cast[name], text) for name, text in said])


def _fill(use_case: UseCase, voting: list[User], said: list[tuple[User, str]]) -> None:
    at = use_case.proposed_at + timedelta(hours=3)
    Vote.objects.bulk_create(Vote(use_case=use_case, person=person, voted_at=at) for person in voting)
    for number, (person, text) in enumerate(said):
        Comment.objects.create(
            pk=key(f"use_case_comment:{use_case.title}:{number}"),
            use_case=use_case,
            author=person,
            text=text,
            created_at=at + timedelta(minutes=20 * number),
        )
