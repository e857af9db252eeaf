"""The floor of the reports: a view that reads rows of the published tables by primary key and returns them as JSON.

It stands behind the site's own middleware and the reports' own permission, as the pages do.
"""

from django.http import HttpRequest, JsonResponse
from django.urls import include, path

from hub.adoption.scopes import scope_of
from hub.disclosure.models import FrozenWeek, Release, ReleasedCell, WeekGroup

GROUP = (
    "pk", "part", "entity_id", "unit_id", "second_unit_id", "entity_name", "unit_name", "second_unit_name", "people",
    "people_shown", "reason",
)  # fmt: skip
COLUMNS = {
    FrozenWeek: ("pk", "monday"),
    Release: ("pk", "report", "week_id"),
    WeekGroup: (*GROUP, "week_id"),
    ReleasedCell: ("pk", "release_id", "group_id", "low", "high", "people_shown"),
}
keys: dict[type, set[int]] = {}  # what the next request reads


def rows(request: HttpRequest) -> JsonResponse:
    scope_of(request.user)
    found = {}
    for model, columns in COLUMNS.items():
        if chosen := keys.get(model):
            found[model.__name__] = list(model.objects.filter(pk__in=chosen).order_by().values(*columns))
    return JsonResponse(found)


urlpatterns = [path("bare/rows/", rows), path("", include("hub.urls"))]
