"""Teams and measurements, fetched and checked together."""

from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from hub.audit.actions import record
from hub.core_time.models import Measurement
from hub.disclosure.models import entity_ids_of
from hub.people.models import Team, User


def teams_for(user: User) -> QuerySet[Team]:
    """Teams whose core time the person may see, measured or not."""
    found = Q(legal_entity__in=entity_ids_of(user))
    return Team.objects.filter(found | Q(pk=user.team_id) if user.team_id else found).select_related("site")


def get_team_for(user: User, team_id: int) -> Team:
    return get_object_or_404(teams_for(user), pk=team_id)


def own_team(user: User) -> Team:
    """Raises Http404 for whoever has none."""
    if user.team_id is None:
        raise Http404
    return Team.objects.select_related("site").get(pk=user.team_id)


def get_measurement_for(user: User, measurement_id: UUID) -> Measurement:
    found = Measurement.objects.visible_to(user).select_related("team__site")
    return get_object_or_404(found, pk=measurement_id)


def measured_elsewhere(user: User) -> list[Team]:
    """Teams of one's companies that have measured, without one's own; for HR and works council."""
    entities = entity_ids_of(user)
    if not entities:
        return []
    teams = Team.objects.filter(
        legal_entity__in=entities, core_time__called_off_at=None, core_time__isnull=False
    )
    return list(teams.exclude(pk=user.team_id).distinct().order_by("name"))


def record_look(user: User, team: Team, shown_as: str) -> None:
    """Of whoever looks at a team that is not their own: HR and works council, by whatever way."""
    if user.team_id != team.pk:
        record(
            actor_key=user.subject_key,
            action="core_time.looked",
            object_type="team",
            object_id=team.pk,
            facts={"as": shown_as},
        )
