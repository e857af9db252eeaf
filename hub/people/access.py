"""The one place where roles are asked. Everything else asks these questions, never the table."""

from collections.abc import Iterable

from hub.people.models import LegalEntity, RoleGrant, User

Role = RoleGrant.Role


def roles_of(user: User) -> frozenset[str]:
    """The person's roles; one query for the life of the `user` object."""
    if not user.is_authenticated:
        return frozenset()
    if not hasattr(user, "_roles"):
        user._roles = frozenset(user.role_grants.values_list("role", flat=True))
    return user._roles


def remember_roles(user: User, roles: Iterable[str]) -> None:
    """They were read together with the person."""
    user._roles = frozenset(roles)


def is_administrator(user: User) -> bool:
    return Role.ADMINISTRATOR in roles_of(user)


def is_facilitator(user: User) -> bool:
    return Role.FACILITATOR in roles_of(user)


def is_content_owner(user: User) -> bool:
    return Role.CONTENT_OWNER in roles_of(user)


def is_referee(user: User) -> bool:
    return Role.REFEREE in roles_of(user)


def is_controller(user: User) -> bool:
    return Role.CONTROLLER in roles_of(user)


def is_hr(user: User) -> bool:
    return Role.HR in roles_of(user)


def is_works_council(user: User) -> bool:
    return Role.WORKS_COUNCIL in roles_of(user)


def entities_of(user: User, role: str) -> list[LegalEntity]:
    """The legal entities for which the person holds a bound role."""
    return list(LegalEntity.objects.filter(rolegrant__user=user, rolegrant__role=role))


def team_ids_of(user: User) -> list[int]:
    """The person's team and every team it is part of: what "my team's" rows are shared with."""
    if not user.is_authenticated or user.team_id is None:
        return []
    return user.team.lineage_ids()


def site_id_of(user: User) -> int | None:
    """The site where the person's team works."""
    if not user.is_authenticated or user.team_id is None:
        return None
    return user.team.site_id
