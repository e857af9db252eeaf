"""The API's description as a page: the same schema that programs read, for people."""

from collections import defaultdict
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET
from drf_spectacular.generators import SchemaGenerator


def operation_groups(schema: dict[str, Any]) -> list[dict[str, Any]]:
    """Operations by the first noun of their path, summed up in the reader's language."""
    groups: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for path, methods in schema["paths"].items():
        for method, operation in methods.items():
            noun = path.removeprefix("/api/v1/").split("/")[0]
            summary = operation.get("summary")
            groups[noun].append(
                {
                    "method": method.upper(),
                    "path": path,
                    "summary": _(summary) if summary else "",
                    "parameters": [parameter["name"] for parameter in operation.get("parameters", [])],
                    "statuses": [status for status in operation["responses"] if status.startswith("2")],
                }
            )
    return [{"name": name, "operations": operations} for name, operations in sorted(groups.items())]


@require_GET
def api_docs(request: HttpRequest) -> HttpResponse:
    schema = SchemaGenerator().get_schema(request=None, public=True)
    return render(request, "api_docs.html", {"groups": operation_groups(schema)})
