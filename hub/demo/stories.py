"""What the demo company's people told of their own work, and who found it helpful."""

from datetime import date, datetime, time, timedelta

from hub.demo.company import key
from hub.demo.history import ZONE
from hub.people.models import User
from hub.stories.models import Hatpin, HatpinReply, Kudos, Story
from learning.hours.models import StudySession
from learning.hours.room_pins import place_of

# days ago, who, with name, language, tool, minutes, title, words, who thanks
STORIES = (
    (
        20, "emma.lindner", True, "de", "KI-Assistent", 45,
        "Angebote fassen sich fast von selbst zusammen",
        "Lange Anfragen habe ich früher zweimal gelesen. Jetzt lasse ich mir Mengen, Termine und Sonderwünsche als "
        "Liste geben und prüfe sie an der Anfrage.\n\nDer Satz, der den Unterschied macht: „Nenne zu jeder Zahl die "
        "Stelle, an der sie steht.“",
        ("farid.nassar", "bertha.ringer", "ada.miller"),
    ),
    (
        13, "ada.miller", True, "en", "Video meetings", 30,
        "Minutes that say who does what by when",
        "I paste the captions and ask for decisions and tasks only, each with a name and a day. Whatever has no name "
        "comes back as a question, which I ask before everybody leaves.",
        ("emma.lindner", "carl.brandt"),
    ),
    (
        6, "walter.kern", False, "de", "Tabellen", None,
        "Schichtpläne auf Lücken prüfen lassen",
        "Den Plan ohne Namen eingefügt, nur mit Kürzeln, und nach Schichten mit weniger als zwei Leuten gefragt. Zwei "
        "Lücken hatte ich übersehen. Nachgezählt habe ich trotzdem.",
        ("emma.lindner",),
    ),
)  # fmt: skip


# days ago, who, tool, title, what was tried, what went wrong, next time, who thanks
FAILURES = (
    (
        9, "carl.brandt", "KI-Assistent", "Umsatzzahlen, die es nie gab",
        "Für eine Vorstandsvorlage wollte ich die Umsätze von fünf Jahren je Region, ohne die Tabelle zu suchen.",
        "Die Zahlen klangen richtig und waren zum Teil erfunden. Aufgefallen ist es Hanna am Tag vor der Sitzung.",
        "Zahlen gebe ich selbst hinein und lasse nur formulieren. Und ich frage nach der Stelle, an der sie stehen.",
        ("emma.lindner", "hanna.weiss", "farid.nassar"),
    ),
)  # fmt: skip


def load_failures(cast: dict[str, User], today: date) -> None:
    for days, who, tool, title, body, went_wrong, next_time, thanking in FAILURES:
        at = datetime.combine(today - timedelta(days=days), time(15, 20), tzinfo=ZONE)
        words = {"title": title, "body": body, "went_wrong": went_wrong, "next_time": next_time, "tool": tool}
        state = {"state": Story.State.PUBLISHED, "created_at": at, "published_at": at}
        defaults = {**words, **state, "kind": Story.Kind.FAILURE, "author": cast[who], "language": "de"}
        story, is_new = Story.objects.get_or_create(pk=key(f"story:{title}"), defaults=defaults)
        if is_new:
            Kudos.objects.bulk_create(
                Kudos(story=story, giver=cast[name], given_at=at + timedelta(hours=2)) for name in thanking
            )


def load_solved_hatpin(cast: dict[str, User], today: date) -> None:
    """In the last hour of everybody that is over: somebody was stuck, somebody else knew."""
    begin = datetime.combine(today, time(0), tzinfo=ZONE)
    past = StudySession.objects.held().filter(team=None, site=None, ends_at__lt=begin)
    session = past.order_by("starts_at").last()
    if session is None:
        return
    at = session.starts_at + timedelta(minutes=20)
    defaults = {
        "place": place_of(session.pk),
        "kind": Hatpin.Kind.STUCK,
        "text": "Der Assistent liest nur die erste Seite meiner Tabelle. Wie bekomme ich die anderen hinein?",
        "author": cast["emma.lindner"],
        "created_at": at,
        "picked_up_by": cast["farid.nassar"],
        "picked_up_at": at + timedelta(minutes=2),
        "solved_at": at + timedelta(minutes=9),
    }
    pin, is_new = Hatpin.objects.get_or_create(pk=key("hatpin:tables"), defaults=defaults)
    if is_new:
        reply = "Jedes Blatt einzeln als CSV speichern und alle zusammen hochladen; dann liest er sie nacheinander."
        HatpinReply.objects.create(
            hatpin=pin, author=cast["farid.nassar"], text=reply, created_at=at + timedelta(minutes=5)
        )


def load_stories(cast: dict[str, User], today: date) -> None:
    """Running it again changes nothing, also when somebody withdrew one meanwhile."""
    load_failures(cast, today)
    load_solved_hatpin(cast, today)
    for days, who, is_named, language, tool, minutes, title, body, thanking in STORIES:
        at = datetime.combine(today - timedelta(days=days), time(11, 10), tzinfo=ZONE)
        words = {"title": title, "body": body, "tool": tool, "minutes_saved": minutes, "language": language}
        state = {"state": Story.State.PUBLISHED, "created_at": at, "published_at": at}
        defaults = {**words, **state, "author": cast[who], "is_named": is_named}
        story, is_new = Story.objects.get_or_create(pk=key(f"story:{title}"), defaults=defaults)
        if is_new:
            given = at + timedelta(hours=2)
            Kudos.objects.bulk_create(
                Kudos(story=story, giver=cast[name], given_at=given) for name in thanking
            )
