"""The people of the demo company: two legal entities, three sites, teams, and the cast with its roles."""

import uuid
from datetime import timedelta
from random import Random

from django.contrib.auth.hashers import make_password
from django.utils import timezone

from hub.demo.names import (
    ENTITIES,
    FIRST_DE,
    FIRST_EN,
    GMBH,
    LAST_DE,
    LAST_EN,
    LTD,
    SITES,
    STRAY_FAMILIES,
    STRAYS,
    TEAMS,
    TeamPlan,
)
from hub.people.demo import DEMO_DOMAIN, DEMO_PASSWORD
from hub.people.models import JobFamily, LegalEntity, RoleGrant, Site, Team, User

SEED = 1888
NAMESPACE = uuid.uuid5(uuid.NAMESPACE_DNS, DEMO_DOMAIN)
Role = RoleGrant.Role

# (e-mail name, first, last, team, language, executive, roles)
CAST = (
    ("emma.lindner", "Emma", "Lindner", "Vertrieb Innendienst", "de", False, ()),
    ("farid.nassar", "Farid", "Nassar", "IT", "de", False, (Role.FACILITATOR, Role.CONTENT_OWNER)),
    ("bertha.ringer", "Bertha", "Ringer", "Geschäftsführung", "de", True, ()),
    ("hanna.weiss", "Hanna", "Weiß", "Personal", "de", False, (Role.HR,)),
    ("walter.kern", "Walter", "Kern", "Produktion", "de", False, (Role.WORKS_COUNCIL,)),
    ("ada.miller", "Ada", "Miller", "Operations UK", "en", False, (Role.ADMINISTRATOR,)),
    ("carl.brandt", "Carl", "Brandt", "Geschäftsführung", "de", True, ()),
    ("ruth.vogel", "Ruth", "Vogel", "Finanzen", "de", False, (Role.REFEREE,)),
    ("selma.arndt", "Selma", "Arndt", "Konstruktion", "de", False, (Role.REFEREE,)),
    ("viktor.haller", "Viktor", "Haller", "Finanzen", "de", False, (Role.CONTROLLER,)),
)


# Sees the newcomers' path; the others have been here for long.
NEWCOMER = "ada.miller"
LONG_AGO = timedelta(days=730)
# Nobody signs in as this colleague, but an hour can be handed over to them.
DEPUTY_TEAM = "IT"


def key(name: str) -> uuid.UUID:
    """An id that is the same whenever the demo is loaded."""
    return uuid.uuid5(NAMESPACE, name)


def load_company() -> dict[str, User]:
    """Create what is missing; returns the cast by e-mail name. Safe to run again."""
    entities = {
        name: LegalEntity.objects.get_or_create(name=name, defaults={"country": country})[0]
        for name, country in ENTITIES.items()
    }
    sites = {
        name: Site.objects.get_or_create(
            name=name, defaults={"country": country, "region": region, "time_zone": zone}
        )[0]
        for name, (country, region, zone) in SITES.items()
    }
    teams: dict[str, Team] = {}
    for plan in TEAMS:
        defaults = {"parent": teams.get(plan.part_of), "site": sites[plan.site]}
        teams[plan.name], _created = Team.objects.get_or_create(
            name=plan.name, legal_entity=entities[plan.entity], defaults=defaults
        )
    names = sorted({*STRAY_FAMILIES, *(plan.family for plan in TEAMS)})
    families = {name: JobFamily.objects.get_or_create(name=name)[0] for name in names}
    people = _cast(teams, families) + _colleagues(teams, families)
    User.objects.bulk_create(people, ignore_conflicts=True)
    cast = {
        user.email.split("@")[0]: user for user in User.objects.filter(email__in=[_email(c[0]) for c in CAST])
    }
    _roles(cast, entities)
    return cast


def _email(name: str) -> str:
    return f"{name}@{DEMO_DOMAIN}"


def _family(plan: TeamPlan, number: int) -> str:
    is_stray = number % STRAYS == STRAYS - 1
    return STRAY_FAMILIES[number // STRAYS % len(STRAY_FAMILIES)] if is_stray else plan.family


def _cast(teams: dict[str, Team], families: dict[str, JobFamily]) -> list[User]:
    if User.objects.filter(email=_email(CAST[-1][0])).exists():
        return []
    family_of = {plan.name: families[plan.family] for plan in TEAMS}
    return [
        User(
            email=_email(name),
            first_name=first,
            last_name=last,
            team=teams[team],
            job_family=family_of[team],
            language=language,
            time_zone=teams[team].site.time_zone,
            is_executive=is_executive,
            subject_key=key(f"person {name}"),
            password=make_password(DEMO_PASSWORD),
            joined_at=timezone.now() - (timedelta() if name == NEWCOMER else LONG_AGO),
        )
        for name, first, last, team, language, is_executive, _roles in CAST
    ]


def _colleagues(teams: dict[str, Team], families: dict[str, JobFamily]) -> list[User]:
    """The others: they fill their teams, and nobody can sign in as one of them."""
    random = Random(SEED)
    unusable = make_password(None)
    people: list[User] = []
    for plan in TEAMS:
        own_cast = sum(member[3] == plan.name for member in CAST)
        for number in range(plan.size - own_cast):
            person = _colleague(plan, number, teams, random, unusable)
            person.job_family = families[_family(plan, number)]
            people.append(person)
    return people


def _colleague(plan: TeamPlan, number: int, teams: dict[str, Team], random: Random, password: str) -> User:
    is_german = plan.entity == GMBH
    first = random.choice(FIRST_DE if is_german else FIRST_EN)
    last = random.choice(LAST_DE if is_german else LAST_EN)
    mail = f"person-{TEAMS.index(plan):02d}-{number:02d}"
    return User(
        email=_email(mail),
        first_name=first,
        last_name=last,
        team=teams[plan.name],
        language="en" if plan.entity == LTD or random.random() < 0.06 else "de",
        time_zone=teams[plan.name].site.time_zone,
        is_executive=plan.name in {"Geschäftsführung", "Ringer Works UK"} and number < 6,
        joined_at=timezone.now() - LONG_AGO,
        subject_key=key(f"person {mail}"),
        password=password,
    )


def _roles(cast: dict[str, User], entities: dict[str, LegalEntity]) -> None:
    grants = [
        RoleGrant(
            user=cast[name],
            role=role,
            legal_entity=entities[GMBH] if role in RoleGrant.BOUND_TO_ENTITY else None,
        )
        for name, *_rest, roles in CAST
        for role in roles
    ]
    plan = next(number for number, plan in enumerate(TEAMS) if plan.name == DEPUTY_TEAM)
    deputy = User.objects.get(email=_email(f"person-{plan:02d}-00"))
    grants.append(RoleGrant(user=deputy, role=Role.FACILITATOR))
    RoleGrant.objects.bulk_create(grants, ignore_conflicts=True)
