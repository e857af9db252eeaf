"""Plain functions that make rows with sensible defaults."""

from datetime import date, datetime, timedelta
from itertools import count
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from django.utils import timezone

from challenges.contests.actions import open_challenge
from challenges.contests.claiming import claim
from challenges.contests.entering import enter
from challenges.contests.models import Baseline, Challenge, Claim, Entry
from challenges.pilots import actions as pilot_actions
from challenges.pilots import deciding as pilot_deciding
from challenges.pilots.models import Criterion, Pilot
from challenges.pilots.readiness import ITEMS
from challenges.processes import comparisons
from challenges.processes.models import Comparison, Lane, Process, Step
from challenges.usecases.models import ANSWER_DAYS, UseCase
from hub.adoption.imports import receiving
from hub.adoption.models import Annotation, ImportedUse, SavedView, StatementKey, UsageImport
from hub.ai.models import AISystem, ToolRequest
from hub.ai.requesting import ask_for
from hub.core_time.actions import give_counters
from hub.core_time.days import last_day
from hub.core_time.models import Measurement
from hub.disclosure.models import RulesProposal
from hub.drops import authoring as drop_authoring
from hub.drops.models import Drop
from hub.notices.models import Destination
from hub.nudges import actions as nudge_actions
from hub.nudges import cards
from hub.nudges.ids import nudge_id
from hub.nudges.models import Nudge, Tip, TipText, local_day
from hub.people.models import LegalEntity, RoleGrant, Site, Team, User
from hub.stories import actions as story_actions
from hub.stories.models import Story
from hub.trials import actions as trial_actions
from hub.trials.models import Trial
from learning.hours import codes, series_actions
from learning.hours.models import Series, StudySession
from learning.hours.series_forms import rule_of
from learning.notebooks import actions
from learning.notebooks.models import Notebook, Source
from learning.notebooks.reading import read_source

_numbers = count(1)

POLICY = """Reisen und Spesen

Für eine Dienstreise von mehr als acht Stunden zahlt die Firma eine Verpflegungspauschale von 14 Euro.
Belege werden bis zum fünften Werktag des folgenden Monats eingereicht.

Fahrten mit dem eigenen Wagen werden mit 30 Cent je Kilometer erstattet, wenn die Leitung vorher zugestimmt hat.
"""


def make_team(name: str = "", *, entity: str = "Ringer Werke GmbH", parent: Team | None = None) -> Team:
    legal_entity, _created = LegalEntity.objects.get_or_create(name=entity, defaults={"country": "DE"})
    site, _created = Site.objects.get_or_create(name="Ladenburg", defaults={"country": "DE", "region": "BW"})
    return Team.objects.create(
        name=name or f"Team {next(_numbers)}", site=site, legal_entity=legal_entity, parent=parent
    )


def make_user(first_name: str = "Nora", *, roles: tuple[str, ...] = (), **fields: Any) -> User:
    number = next(_numbers)
    fields.setdefault("email", f"{first_name.lower()}{number}@hatpin.example")
    fields.setdefault("last_name", f"Nummer{number}")
    user = User.objects.create_user(first_name=first_name, **fields)
    for role in roles:
        bound = role in RoleGrant.BOUND_TO_ENTITY
        RoleGrant.objects.create(
            user=user, role=role, legal_entity=user.team.legal_entity if bound and user.team else None
        )
    return user


def make_session(facilitator: User, *, starts_at: datetime | None = None, **fields: Any) -> StudySession:
    """Runs now unless told otherwise."""
    zone = fields.setdefault("time_zone", "Europe/Berlin")
    starts_at = (starts_at or timezone.now() - timedelta(minutes=5)).astimezone(ZoneInfo(zone))
    fields.setdefault("title", "Bessere Fragen")
    return StudySession.objects.create(
        facilitator=facilitator,
        local_date=starts_at.date(),
        local_time=starts_at.time(),
        **fields,
    )


def make_series(facilitator: User, *, first: datetime, **fields: Any) -> Series:
    """Every week from this moment on, with its hours."""
    zone = fields.setdefault("time_zone", "Europe/Berlin")
    wall = first.astimezone(ZoneInfo(zone))
    fields.setdefault("title", "Reihe")
    fields.setdefault("rule", rule_of("week", wall.date()))
    series = Series(starts_on=wall.date(), local_time=wall.time(), **fields)
    return series_actions.found(series=series, by=facilitator)


def code_of(session: StudySession, at: datetime | None = None) -> str:
    return codes.code_at(session.code_secret, at or timezone.now())


def make_notebook(owner: User, *, audience: str = "private", **fields: Any) -> Notebook:
    fields.setdefault("title", f"Notizbuch {next(_numbers)}")
    return Notebook.objects.create(
        owner=owner, audience=audience, team=owner.team if audience == "team" else None, **fields
    )


def make_source(notebook: Notebook, *, text: str = POLICY, title: str = "Reiserichtlinie") -> Source:
    """A text that was read along the product's own path."""
    source = actions.add_text(notebook=notebook, user=notebook.owner, title=title, text=text)
    read_source(source.pk)
    source.refresh_from_db()
    return source


def make_process(
    owner: User, *, steps: int = 4, audience: str = "company", performers: int | None = 2, **fields: Any
) -> Process:
    """In its one lane two people work, so that their times may be told, unless told otherwise."""
    fields.setdefault("title", f"Vom Auftrag zum Geld {next(_numbers)}")
    fields.setdefault("content_sha256", f"{next(_numbers):064x}")
    process = Process.objects.create(owner=owner, audience=audience, origin=Process.Origin.CSV, **fields)
    Step.objects.bulk_create(
        Step(process=process, position=n, element_id=f"step_{n}", name=f"Schritt {n + 1}", lane="Vertrieb")
        for n in range(steps)
    )
    if performers is not None:
        Lane.objects.create(process=process, name="Vertrieb", performers=performers)
    return process


def make_challenge(
    organiser: User,
    *,
    referees: tuple[User, ...] = (),
    closes_in: timedelta = timedelta(days=7),
    **fields: Any,
) -> Challenge:
    """Runs for a week, and its count waits for no appeal, unless told otherwise."""
    fields.setdefault("appeal_days", 0)
    closes = (timezone.now() + closes_in).astimezone(ZoneInfo("Europe/Berlin"))
    fields.setdefault("title", f"Wette {next(_numbers)}")
    challenge = Challenge(
        local_date=closes.date(), local_time=closes.time(), time_zone="Europe/Berlin", **fields
    )
    return open_challenge(challenge=challenge, organiser=organiser, referees=list(referees))


def make_entry(
    challenge: Challenge,
    contestant: User,
    process: Process | None = None,
    *,
    is_approved: bool = True,
    **fields: Any,
) -> Entry:
    """Its baseline is approved by owner and referee unless told otherwise."""
    entry, _is_new = enter(
        challenge=challenge, user=contestant, process=process or make_process(contestant), **fields
    )
    if is_approved:
        approve(entry)
    return entry


def approve(entry: Entry, at: datetime | None = None) -> Entry:
    """As if owner and a referee had looked at it; nobody is told."""
    at = at or timezone.now()
    Baseline.objects.filter(entry=entry).update(
        data_source="Auswertung des Monats",
        keeps_data=True,
        is_stable=True,
        owner_approved_at=at,
        referee_approved_at=at,
    )
    entry.refresh_from_db()
    return entry


def confirm_as_proposed(comparison: Comparison) -> Comparison:
    """As its owner does on the page, who sees each step and changes none."""
    rows = comparisons.compared(comparison).rows
    went = {row.step.pk: row.target.pk if row.target else None for row in rows}
    return comparisons.confirm(comparison=comparison, went=went)


def make_claim(entry: Entry, position: int = 0, **fields: Any) -> Claim:
    fields.setdefault("method", "Die Zusammenfassung schreibt der Assistent.")
    fields.setdefault("evidence", "Seit drei Wochen, 40 Fälle, siehe Protokoll.")
    fields.setdefault("system", a_tool())
    steps = fields.pop("steps", None) or [entry.process.steps.get(position=position)]
    return claim(entry=entry, steps=steps, **fields)


def a_tool() -> AISystem:
    """One that claims can name."""
    return AISystem.objects.tools().first() or make_tool()


def close(challenge: Challenge) -> Challenge:
    """Its deadline has passed an hour ago."""
    closed = (timezone.now() - timedelta(hours=1)).astimezone(ZoneInfo(challenge.time_zone))
    challenge.local_date, challenge.local_time = closed.date(), closed.time()
    challenge.save()
    return challenge


def make_tip(title: str = "", *, languages: tuple[str, ...] = ("de", "en"), **fields: Any) -> Tip:
    number = next(_numbers)
    fields.setdefault("tool", "chat")
    tip = Tip.objects.create(key=f"tip-{number}", **fields)
    words = {
        "title": title or f"Tipp {number}",
        "body": "Wozu es gut ist.",
        "steps": ["Erst dies.", "Dann das."],
    }
    for language in languages:
        TipText.objects.create(tip=tip, language=language, **words)
    return tip


def make_drop(
    owner: User, *, starts_on: date | None = None, size: int = 3, is_published: bool = True, **fields: Any
) -> Drop:
    """Its first door opens today; every door is ready, with words that name it."""
    fields = {"title_de": "Drei Türchen", "title_en": "Three doors", **fields}
    drop = Drop(size=size, starts_on=starts_on or timezone.localdate(), **fields)
    drop_authoring.create(drop=drop, by=owner)
    for door in drop.doors.all():
        door.kind = "fact"
        for code, language in (("de", "deutsch"), ("en", "english")):
            setattr(door, f"title_{code}", f"Titel {door.number} {language}")
            setattr(door, f"text_{code}", f"Geheimnis {door.number} {language}")
        door.save()
    if is_published:
        drop.state = Drop.State.PUBLISHED
        drop.save()
    return drop


def make_trial(tip: Tip | None = None, *, design: str = "waiting_list", weeks: int = 4) -> Trial:
    """Planned, not started."""
    return trial_actions.plan(tip=tip or make_tip(), design=design, weeks=weeks)


def make_rules(entity: LegalEntity, *, side: str = "hr", **fields: Any) -> RulesProposal:
    """Proposed, not answered; by somebody who is there no more."""
    given = {
        "minimum_group": 12,
        "minimum_page": 30,
        "words": "Vorsicht",
        "actor_key": uuid4(),
        "reports": None,
    }
    return RulesProposal.objects.create(
        entity=entity, side=side, proposed_at=timezone.now(), **{**given, **fields}
    )


def make_measurement(team: Team, *, starts_on: date | None = None, **fields: Any) -> Measurement:
    """Of the team's core time; runs since today unless told otherwise, with its counters."""
    starts_on = starts_on or timezone.localdate()
    given = {"work": "Gespräche mit Kunden", "members": 12, "begun_at": timezone.now()}
    measurement = Measurement.objects.create(
        team=team, starts_on=starts_on, ends_on=last_day(starts_on), **{**given, **fields}
    )
    give_counters(measurement)
    return measurement


def make_saved_view(user: User, **fields: Any) -> SavedView:
    """The same cut again is the same view."""
    cut = {"report": "attendance", "by": "site", "window": 4}
    return SavedView.objects.update_or_create(user=user, **cut, defaults={"name": "Standorte", **fields})[0]


def make_week_note(author: User, **fields: Any) -> Annotation:
    given = {"monday": date(2026, 11, 9), "text": "Betriebsversammlung", "entity": author.team.legal_entity}
    return Annotation.objects.create(author=author, **{**given, **fields})


def make_nudge_id(user: User, tip: Tip | None = None, at: datetime | None = None) -> UUID:
    """Where this person answers the tip on that day."""
    day = local_day(user, at or timezone.now())
    return nudge_id(user.subject_key, (tip or make_tip()).pk, day)


def make_tried(user: User, days_ago: int = 0, response: str = "tried") -> Nudge:
    """A tip of the library that this person answered."""
    now = timezone.now() - timedelta(days=days_ago)
    return nudge_actions.respond(
        user=user, card=cards.library_card(user, make_tip(), now), response=response, now=now
    )


def make_destination(user: User, channel: str = "teams") -> Destination:
    """A webhook that nothing can be sent to."""
    return Destination.objects.create(user=user, channel=channel, host="prod-1.logic.azure.com", secret="-")


def make_story(
    author: User, *, is_published: bool = True, at: datetime | None = None, **fields: Any
) -> Story:
    fields.setdefault("title", "Protokolle in der halben Zeit")
    fields.setdefault("body", "Ich lasse die Mitschrift ordnen und lese nur noch gegen.")
    story = story_actions.write(story=Story(**fields), author=author)
    return story_actions.publish(story=story, now=at) if is_published else story


def make_use_case(author: User, **fields: Any) -> UseCase:
    """As it is after `propose`: with a day by which it is to be answered."""
    proposed_at = fields.get("proposed_at", timezone.now())
    due = timezone.localdate(proposed_at) + timedelta(days=ANSWER_DAYS)
    values = {"title": "Rechnungen abtippen", "body": "Jede Rechnung wird von Hand abgetippt.", **fields}
    return UseCase.objects.create(author=author, **{"answer_due_on": due, **values})


def make_tool(name: str = "", **fields: Any) -> AISystem:
    number = next(_numbers)
    name = name or f"Werkzeug {number}"
    fields = {"slug": f"tool-{number}", "name_de": name, "name_en": name, "is_allowed": True, **fields}
    return AISystem.objects.create(**fields)


def make_tool_request(asker: User, **fields: Any) -> ToolRequest:
    fields = {"tool": f"Werkzeug {next(_numbers)}", "purpose": "Messebilder selbst malen", **fields}
    return ask_for(request=ToolRequest(**fields), asker=asker, anyway=True)


def make_usage_import(by: User, *people: User, reported_on: date | None = None) -> UsageImport:
    """A report that this person uploaded and has not taken over, with these people or with them alone."""
    day = reported_on or timezone.localdate()
    entity = by.team.legal_entity
    made = UsageImport.objects.create(
        source="copilot", layout="v1", sha256=f"{next(_numbers):064x}", uploaded_by=by, reported_on=day,
        rows=3, matched=len(people) or 1, unknown=1,
    )  # fmt: skip
    made.entities.add(entity)
    uses = [
        ImportedUse(usage_import=made, subject_key=user.subject_key, entity_id=entity.pk)
        for user in people or (by,)
    ]
    ImportedUse.objects.bulk_create(uses)
    return made


def make_statement_key(by: User) -> StatementKey:
    """For a learning platform of this person's company."""
    key, _secret = receiving.make_key(name="Lernplattform", entity=by.team.legal_entity, by=by)
    return key


def make_pilot(
    owner: User, *, state: str = "running", days_ago: int = 14, decides_in: int = 14, **fields: Any
) -> Pilot:
    """With one criterion, from 30 minutes to at most 10; it started `days_ago` and is decided `decides_in` days."""
    today = timezone.localdate()
    words = {
        "title": f"Protokolle {next(_numbers)}",
        "hypothesis": "Wenn ein Assistent den Entwurf macht, steht das Protokoll am selben Tag.",
        "system": make_tool(slug=f"assistant-{next(_numbers)}", data_class="internal"),
        "data_class": "internal",
        "affected": "Die Montagsrunde",
        "affected_number": 8,
        "freed_time_goes_to": "In die Aufgaben selbst",
        "jobs_affected": "no",
        "decides_on": today + timedelta(days=20),
    }
    pilot = pilot_actions.draft(pilot=Pilot(**{**words, **fields}), owner=owner)
    Criterion.objects.create(
        pilot=pilot,
        measure="Zeit bis zum Protokoll",
        unit="Minuten",
        baseline=30,
        threshold=10,
        measured_by=pilot.decides_on,
    )
    pilot_actions.answer(pilot=pilot, answers={item.slug: True for item in ITEMS})
    if state == "draft":
        return pilot
    pilot_actions.start(pilot=pilot)
    day = today + timedelta(days=decides_in)
    Pilot.objects.filter(pk=pilot.pk).update(starts_on=today - timedelta(days=days_ago), decides_on=day)
    Criterion.objects.filter(pilot=pilot).update(measured_by=day)
    pilot.refresh_from_db()
    if state in {"scaled", "stopped"}:
        pilot_deciding.decide(
            pilot=pilot,
            by=owner,
            is_scaled=state == "scaled",
            reason="Es spart Zeit.",
            now=timezone.now() + timedelta(days=max(decides_in, 0)),
        )
        pilot.refresh_from_db()
    return pilot
