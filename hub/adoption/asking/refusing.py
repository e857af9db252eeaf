"""Questions that no report answers, whatever it says: about one person, about absence, about a bet still sealed.

They are told so in a sentence; the reports that there are stand beside it.
"""

from collections.abc import Iterable
from enum import StrEnum
from itertools import pairwise

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hub.adoption.asking.wording import Phrase, phrases, words
from hub.people.models import User


class Topic(StrEnum):
    PERSON = "person"
    ABSENCE = "absence"
    SEALED = "sealed"
    MONEY = "money"


SENTENCES: dict[Topic, str | Promise] = {
    Topic.PERSON: _(
        "Nobody can be singled out here, whatever the question: the reports know groups only, and none smaller than "
        "the rules of the company allow."
    ),
    Topic.ABSENCE: _("Absence, holidays and illness are not known here, and no report takes them in."),
    Topic.SEALED: _("A bet is sealed until it is revealed. The report tells what revealed bets freed."),
    Topic.MONEY: _("No report counts money. What the bets freed is shown in steps and in hours a year."),
}
PEOPLE = phrases(
    "person, persons, people, employee, employees, colleague, colleagues, individual, individuals, staff, "
    "worker, workers, user, users, member, members, mitarbeiter, mitarbeiterin, mitarbeiterinnen, "
    "mitarbeitende, mitarbeitenden, kollege, kollegen, kollegin, kolleginnen, angestellte, angestellten, "
    "beschäftigte, beschäftigten, leute, nutzer, mitglied, mitglieder"
)
ALWAYS = phrases(
    "who, whom, whose, wer, wen, wem, wessen, name them, names of, name the, by name, somebody, someone, "
    "anybody in, jemand, jemanden, individually, single out, per person, per head, per employee, each person, "
    "each employee, every employee, pro person, pro kopf, pro mitarbeiter, je person, je mitarbeiter, jeder "
    "einzelne, jeden einzelnen, einzelne personen, einzelner, einzelnen mitarbeiter, namentlich, beim namen, "
    "namen der, namen von, mit namen nennen, laziest, lazy, faulste, faulsten, faul, drückeberger, slacker, "
    "slackers, underperformer, underperformers, low performer, low performers, minderleister, "
    "leistungsschwach, unproductive, script deviation, weicht ab, abweichler, e-mail address, email address, "
    "mailadresse, personalnummer, personnel number"
)
WHICH = phrases(
    "which, what, list, show me the, give me the, rank, welche, welcher, welchen, welches, liste, zeig mir "
    "die, zeige mir die, nenne, nenn, rangliste"
)
ABSENCE = phrases(
    "sick, sickness, sick leave, ill, illness, absent, absence, absences, on leave, holiday, holidays, "
    "vacation, krank, kranke, krankheit, krankenstand, krankmeldung, abwesend, abwesenheit, fehlzeit, "
    "fehlzeiten, urlaub, elternzeit, maternity, pregnant, schwanger"
)
SEALED = phrases(
    "standing, standings, who leads, in the lead, currently leading, sealed, still sealed, zwischenstand, "
    "versiegelt, versiegelte, versiegelten, in führung, liegt vorn, führt die wette, laufende wette, laufenden wette, "
    "running bet, current bet"
)
MONEY = phrases(
    "euro, euros, eur, money, cost, costs, salary, salaries, wage, wages, roi, dollar, budget, kosten, geld, "
    "gehalt, gehälter, lohn, löhne, umsatz, revenue"
)
NEAR = 2  # words between “which” and the people it asks for


def refused_topic(question: str) -> Topic | None:
    """The first of the topics that the question is about."""
    asked = words(question)
    if _has(SEALED, asked):
        return Topic.SEALED
    if _has(ALWAYS, asked) or _asks_for_people(asked) or names_somebody(question):
        return Topic.PERSON
    if _has(ABSENCE, asked):
        return Topic.ABSENCE
    return Topic.MONEY if _has(MONEY, asked) else None


def names_somebody(question: str) -> bool:
    """Whether first and last name of one of the company's people stand side by side in it, in either order."""
    asked = question.replace(",", " ").split()
    bare = [word.strip(".,;:!?\"'()„“”’").removesuffix("'s").removesuffix("’s") for word in asked]
    pairs = list(pairwise(bare))
    pairs += [(last, first) for first, last in pairs]
    wanted = {(first.casefold(), last.casefold()) for first, last in pairs}
    if not wanted:
        return False
    spellings = {form for _first, last in pairs for form in (last, last.capitalize())}
    found = User.objects.filter(last_name__in=spellings).values_list("first_name", "last_name")
    return any((first.casefold(), last.casefold()) in wanted for first, last in found)


def _has(wanted: Iterable[Phrase], asked: list[str]) -> bool:
    return any(phrase.stands_in(asked) for phrase in wanted)


def _asks_for_people(asked: list[str]) -> bool:
    """“Which employees …”, “list the colleagues …”, “welche drei Kollegen …”; “how many people” is none of these."""
    people = [place for phrase in PEOPLE for place in phrase.stands_in(asked)]
    which = [place + len(phrase.words) - 1 for phrase in WHICH for place in phrase.stands_in(asked)]
    return any(0 < person - place <= NEAR + 1 for person in people for place in which)
