"""Plain functions that make rows with sensible defaults."""

from datetime import datetime, timedelta
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone

from hub.people.models import LegalEntity, RoleGrant, Site, Team, User
from learning.hours import codes
from learning.hours.models import StudySession
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
