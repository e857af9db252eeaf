"""Two worlds that differ only in a rival's claims, on the demo company with everything it has.

The base is built once; a world is the base plus, in the busy one, what the rival claimed and a referee decided.
Each world is a savepoint that is rolled back, so that both begin with the same rows, ids and sequences.
"""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from io import StringIO
from typing import Any

import time_machine
from django.core import mail
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connection, transaction
from django.test import override_settings

from challenges.contests.all_claims import all_claims
from challenges.contests.claiming import add_file, appeal
from challenges.contests.claiming import claim as claim_step
from challenges.contests.deputies import name_hours_deputy, name_referees_deputy
from challenges.contests.entering import bring_along
from challenges.contests.models import Challenge, Claim, Entry
from challenges.contests.own_claims import own_claims
from challenges.processes.comparisons import begin as compare
from challenges.processes.models import Comparison, Process, Step
from challenges.sealed import breaking
from challenges.sealed.commitments import commit_closed
from challenges.sealed.counting import count
from challenges.sealed.deciding import decide, decide_hours, look
from challenges.sealed.revealing import reveal
from challenges.sealed.show import go_to, interrupt, rehearse, start
from hub.notices.models import Preference
from hub.people.demo import DEMO_DOMAIN
from hub.people.models import RoleGrant, Site, User
from learning.hours import feeding, quiz_rounds, room_pins
from learning.hours.models import StudySession
from learning.notebooks import recordings
from learning.notebooks.actions import add_file as add_source_file
from learning.notebooks.actions import remove
from learning.notebooks.aid_actions import release
from learning.notebooks.aid_actions import remove as remove_aid
from learning.notebooks.asking import ask
from learning.notebooks.indexes import forget_all
from learning.notebooks.models import Notebook, Source, StudyAid
from learning.notebooks.noting import write
from learning.notebooks.quizzing import begin
from learning.notebooks.reading import read_source
from learning.notebooks.reviewing import take_up
from learning.notebooks.role_playing import begin as begin_role_play
from tests.factories import (
    a_tool,
    close,
    confirm_as_proposed,
    make_challenge,
    make_destination,
    make_entry,
    make_process,
)
from tests.learning.notebooks.study import make_aid
from tests.models_server import ModelServer
from tests.pdfs import make_pdf

START = datetime(2026, 12, 4, 8, 20, tzinfo=UTC)  # a Friday in the season, while the demo's hour runs
CLAIMED_AT, DECIDED_AT, SEEN_AT = (START + timedelta(minutes=n) for n in (5, 10, 15))
RIVAL_CLAIMS = [uuid.UUID(int=n, version=4) for n in range(1, 26)]  # five a bet

# A contestant, a colleague, who runs bets and hours, and who administrates; then the others.
VIEWERS = (
    "bertha.ringer",
    "emma.lindner",
    "farid.nassar",
    "ada.miller",
    "hanna.weiss",
    "walter.kern",
    "otto",
)
RIVAL, REFEREE, CONTROLLER = "carl.brandt", "ruth.vogel", "viktor.haller"
# The referee's deputy in every bet, and who broke the seal of the running one with the referee.
SECOND_REFEREE, BREAKER = "selma.arndt", "rita"


def person(name: str) -> User:
    return User.objects.get(email=f"{name}@{DEMO_DOMAIN}")


class Base:
    """The rows that both worlds share.

    `bets`: one runs, one waits for the count, one is revealed, one is being revealed, one is counted, and the reveal of
    one was interrupted.
    """

    def __init__(self) -> None:
        with time_machine.travel(START, tick=False):
            call_command("load_demo", "--today", "--json", "--without-aids", stdout=StringIO())
            self._stranger()
            for name in VIEWERS:
                wishes = {"tips_by_mail": True, "tips_in_inbox": True, "weekly_cap": 7}
                Preference.objects.update_or_create(user=person(name), defaults=wishes)
                make_destination(person(name))
            self.removed = person("farid.nassar").notebooks.first().sources.first()
            remove(source=self.removed, user=person("farid.nassar"))
            # Rows of one moment come in any order: an address needs a source of the notebook before it.
            self.kept = [self._pdf_source(self.removed.notebook).pk]
            self.studied = self._study(self.removed.notebook) | self._hours(self.removed.notebook)
            facilitator, referee, rival, own = (
                person(name) for name in ("farid.nassar", REFEREE, RIVAL, VIEWERS[0])
            )
            self.processes = {user.pk: make_process(user, steps=8) for user in (rival, own)}
            before, after = self.processes[rival.pk], self.processes[own.pk]
            here, self.there = Site.objects.order_by("pk")[:2]
            Process.objects.filter(pk__in=[before.pk, after.pk]).update(site=here)
            self.compared = [
                compare(user=user, before=before, after=after).pk
                for user in (person("bertha.ringer"), facilitator, own)
            ]
            self.bets = [
                make_challenge(facilitator, referees=(referee,), title=title, pending_rule=rule)
                for title, rule in (
                    ("Läuft", "decide"),
                    ("Wird gezählt", "decide"),
                    ("Entschieden", "decide"),
                    ("Wird enthüllt", "drop"),
                    ("Gezählt", "drop"),
                    ("Unterbrochen", "drop"),
                )
            ]
            for bet in self.bets:
                name_referees_deputy(challenge=bet, referee=referee, deputy=person(SECOND_REFEREE))
                for user in (rival, own, person("emma.lindner")):
                    # In the running bet they all have the same process: the likeliest way to a hint.
                    shared = bet == self.bets[0] or user.pk not in self.processes
                    make_entry(bet, user, self.processes[own.pk if shared else user.pk])
            for bet in self.bets:
                self._claim(bet, own, 0, confirm=True)
                self._claim(bet, own, 1, confirm=None)
                self._claim(bet, own, 2, confirm=False)
            # The last place of the reveal: she has added a step and taken none away.
            last = person("emma.lindner")
            for bet in (self.bets[3], self.bets[5]):
                self._claim(bet, last, 5, confirm=True, change="moved", added_steps=1)
            self._beside(own)
            # It is announced to everybody who takes part, so it is broken in both worlds.
            asked = breaking.ask(challenge=self.bets[0], by=person(BREAKER), reason="Ein Verdacht")
            breaking.agree(seal_break=asked, by=referee)
            self._reveal(self.bets[2], rival)
            for bet in (self.bets[1], *self.bets[3:]):
                close(bet)

    def _beside(self, own: User) -> None:
        """What else an entry has: a file, a draft, an assistant; and a bet that is rehearsed."""
        entry = Entry.objects.select_related("challenge", "process").get(
            challenge=self.bets[0], contestant=own
        )
        waiting = own_claims(entry).get(state=Claim.State.SUBMITTED)
        self.filed = waiting.pk
        add_file(claim=waiting, entry=entry, file=SimpleUploadedFile("beleg.txt", b"Vierzig Vorgaenge"))
        claim_step(
            entry=entry,
            steps=[entry.process.steps.get(position=4)],
            author=own,
            is_draft=True,
            method="Entwurf",
            evidence="Folgt",
        )
        bring_along(entry=entry, user=person("hanna.weiss"), part="assistant")
        self.rehearsal = rehearse(challenge=self.bets[0], by=person("farid.nassar")).pk

    def begin_reveal(self) -> None:
        """The screen shows the last place, which no claim of the rival's changes, and none of those above it.

        Another bet is counted, and the reveal of a third one was interrupted at the last place.
        """
        referee = person(REFEREE)
        for bet in (self.bets[3], self.bets[5]):
            shown = go_to(show=start(challenge=bet, referee=referee), position=1, by=referee)
            assert "Emma" in str(shown.steps[1]), "the last place is hers in both worlds"
        interrupt(show=shown, by=referee)
        count(challenge=self.bets[4], referee=referee)

    def _pdf_source(self, notebook: Notebook) -> Source:
        """A source with everything a source can have: a file, and pages that are shown as pictures."""
        file = SimpleUploadedFile("fahrt.pdf", make_pdf("Die Fahrt nach Pforzheim dauerte einen ganzen Tag."))
        source = add_source_file(notebook=notebook, user=notebook.owner, file=file)
        read_source(source.pk)
        return source

    def _study(self, notebook: Notebook) -> dict[str, list]:
        """What people make of a notebook: aids, and what one of them has learned, by model."""
        farid = person("farid.nassar")
        aids = [make_aid(notebook, kind, length="short") for kind in ("quiz", "cards")]
        for aid in aids:
            release(aid=aid, by=farid)
        aids.append(self._recorded(make_aid(notebook, "audio", length="short")))
        release(aid=aids[2], by=farid)
        removed = make_aid(notebook, "guide", length="short")
        remove_aid(aid=removed, by=farid)
        take_up(aid=aids[1], learner=farid)
        return {
            "studyaid": [*(aid.pk for aid in aids), removed.pk],
            "quizze": [aids[0].pk],
            "aiditem": [aid.items.first().pk for aid in aids],
            "card": [item.pk for item in aids[1].items.all()[:2]],
            "attempt": [begin(aid=aids[0], learner=farid).pk],
            "note": [write(notebook=notebook, author=farid, body="Merken").pk],
            "roleplay": [begin_role_play(notebook=notebook, learner=farid, scene="newcomer").pk],
            "exchange": [ask(notebook=notebook, user=farid, question="Was kann ein Sprachmodell?").pk],
        }

    def _hours(self, notebook: Notebook) -> dict[str, list]:
        """The hour that runs, with a quiz under way, the one that is prepared, and their series."""
        running = StudySession.objects.get(starts_at__lte=START, ends_at__gt=START)
        running.notebook, running.quiz = notebook, notebook.aids.filter(kind="quiz").first()
        running.save()
        asked = quiz_rounds.open_next(session=running)
        coming = StudySession.objects.filter(published_at__isnull=False, starts_at__gt=START).first()
        stuck = room_pins.stick(
            session=running, user=person("farid.nassar"), kind="stuck", text="Wie?", is_named=False
        )
        return {
            "studysession": [running.pk, coming.pk],
            "labtask": [running.lab.first().pk],
            "quizround": [asked.pk],
            "roomquestion": [running.questions.first().pk],
            "sery": [coming.series_id],
            "tool": ["company-chat"],
            "slug": ["company-chat"],
            "hatpin": [stuck.pk],
            "secret": [feeding.make(user=person("farid.nassar")).split("/")[-1].removesuffix(".ics")],
        }

    def _recorded(self, aid: StudyAid) -> StudyAid:
        with (
            ModelServer() as server,
            override_settings(AI_SPEECH_URL=server.url, AI_SPEECH_MODEL="mouth"),
        ):
            recordings.make_recording(recordings.request_recording(aid=aid).pk)
        return aid

    def _stranger(self) -> None:
        """Somebody of another team, a referee of nothing."""
        otto = User.objects.create_user(
            email=f"otto@{DEMO_DOMAIN}", first_name="Otto", last_name="Fremd", team=person("walter.kern").team
        )
        RoleGrant.objects.create(user=otto, role=RoleGrant.Role.REFEREE)
        rita = User.objects.create_user(
            email=f"{BREAKER}@{DEMO_DOMAIN}", first_name="Rita", last_name="Fremd"
        )
        RoleGrant.objects.create(user=rita, role=RoleGrant.Role.ADMINISTRATOR)
        # Deputies are named in both worlds, and act in one.
        vera = User.objects.create_user(email=f"vera@{DEMO_DOMAIN}", first_name="Vera", last_name="Fremd")
        name_hours_deputy(controller=person(CONTROLLER), deputy=vera)

    def _claim(
        self, bet: Challenge, user: User, position: int, *, confirm: bool | None, **fields: Any
    ) -> Claim:
        entry = Entry.objects.select_related("challenge", "process").get(challenge=bet, contestant=user)
        made = claim_step(
            entry=entry,
            steps=[entry.process.steps.get(position=position)],
            system=a_tool(),
            method="Der Assistent",
            evidence="Geheim bis zum Schluss",
            **fields,
        )
        if confirm is not None:
            decide(claim=made, referee=person(REFEREE), is_confirmed=confirm, reason="Gesehen.")
        return made

    def _reveal(self, bet: Challenge, rival: User) -> None:
        self._claim(bet, rival, 0, confirm=True)
        decide(
            claim=own_claims(Entry.objects.get(challenge=bet, contestant=person(VIEWERS[0]))).get(
                state=Claim.State.SUBMITTED
            ),
            referee=person(REFEREE),
            is_confirmed=True,
        )
        bet.refresh_from_db()
        reveal(challenge=close(bet), referee=person(REFEREE))

    def rival_claims(self) -> None:
        """What makes a world busy: claims of every kind in all bets but the revealed one, and looks.

        With a comparison, a variant, a file, hours and an appeal; where the bet is counted the appeal is decided. The
        deputies of referee and controller decide some, and whoever broke the seal makes use of it.
        """
        rival, referee, deputy = person(RIVAL), person(REFEREE), person(SECOND_REFEREE)
        look(challenge=self.bets[0], user=person(BREAKER))
        ids = iter(RIVAL_CLAIMS)
        for number, bet in enumerate(self.bets):
            if bet == self.bets[2]:
                continue
            entry = Entry.objects.select_related("challenge", "process").get(challenge=bet, contestant=rival)
            with time_machine.travel(CLAIMED_AT, tick=False):
                attached = {"comparison": self._variant(entry, rival)}
            fields = {0: attached, 4: {**attached, "change": "harmonised"}}
            for position, confirm in enumerate([True, True, True, False, None]):
                with time_machine.travel(CLAIMED_AT, tick=False):
                    made = self._placed(entry, position, next(ids), **fields.get(position, {}))
                with time_machine.travel(DECIDED_AT, tick=False):
                    look(challenge=bet, user=referee)
                    if confirm is not None:
                        by = deputy if position == 2 else referee
                        decide(claim=made, referee=by, is_confirmed=confirm, reason="Gesehen.")
                    if position < 2:
                        by = person("vera" if position else CONTROLLER)
                        decide_hours(claim=made, controller=by, saved_minutes=20 * position or None)
                    if confirm is False:
                        appeal(claim=made, entry=entry, words="Noch einmal, bitte")
                        if number > 2:
                            decide(claim=made, referee=referee, is_confirmed=False, reason="Bleibt dabei.")

    def _variant(self, entry: Entry, rival: User) -> Comparison:
        """The rival's own drawing of the future, at another site and without the first and the fifth step."""
        variant = make_process(
            rival,
            steps=0,
            audience="private",
            title="Danach",
            site=self.there,
            variant_of=entry.process,
            bpmn="<definitions/>",
        )
        steps = list(entry.process.steps.exclude(position__in=(0, 4)))
        for step in steps:
            step.pk, step.process = uuid.uuid4(), variant
        Step.objects.bulk_create(steps)
        return confirm_as_proposed(compare(user=rival, before=entry.process, after=variant))

    def _placed(self, entry: Entry, position: int, pk: uuid.UUID, **fields: Any) -> Claim:
        """A claim under a known id, also after the deadline, as if it had been made before."""
        bet, closes_at = entry.challenge, entry.challenge.closes_at
        Challenge.objects.filter(pk=bet.pk).update(closes_at=START + timedelta(days=1))
        # A variant that everybody sees would stand in this world alone, so this one is of before that was asked for.
        change = fields.pop("change", None)
        made = claim_step(
            entry=entry,
            steps=[entry.process.steps.get(position=position)],
            id=pk,
            system=a_tool(),
            method="Der Rivale",
            evidence="Auch geheim",
            before_minutes=30,
            after_minutes=10,
            **fields,
        )
        if change:
            all_claims(bet).filter(pk=pk).order_by().update(change=change)
        if position == 1:
            add_file(claim=made, entry=entry, file=SimpleUploadedFile("rivale.txt", b"Siebzig Vorgaenge"))
        Challenge.objects.filter(pk=bet.pk).update(closes_at=closes_at)
        return own_claims(entry).get(pk=pk)


def _sequences() -> dict[str, tuple[int, bool]]:
    """Where PostgreSQL's sequences stand: they survive a rollback, unlike SQLite's."""
    if connection.vendor != "postgresql":
        return {}
    with connection.cursor() as cursor:
        cursor.execute("SELECT sequencename FROM pg_sequences WHERE schemaname = 'public'")
        names = [name for (name,) in cursor.fetchall()]
        found = {}
        for name in names:
            cursor.execute(f'SELECT last_value, is_called FROM "{name}"')
            found[name] = cursor.fetchone()
    return found


@contextmanager
def world(base: Base, *, is_busy: bool) -> Iterator[None]:
    """The base, plus the rival's claims where asked; everything done inside is undone."""
    sequences = _sequences()
    mail.outbox = []
    cache.clear()
    forget_all()
    marker = transaction.savepoint()
    try:
        if is_busy:
            base.rival_claims()
        with time_machine.travel(SEEN_AT, tick=False):
            commit_closed()
            base.begin_reveal()
            yield
    finally:
        transaction.savepoint_rollback(marker)
        with connection.cursor() as cursor:
            for name, (last, is_called) in sequences.items():
                cursor.execute("SELECT setval(%s, %s, %s)", [f'"{name}"', last, is_called])
