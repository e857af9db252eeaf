"""The OpenAPI description: every operation with the problem responses it can give."""

from typing import Any

from django.conf import settings
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.openapi import AutoSchema

PROBLEM = {
    "type": "object",
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "errors": {"type": "object", "additionalProperties": True},
    },
    "required": ["type", "title", "status", "detail"],
}
STATUSES = {
    "400": "The request is malformed.",
    "401": "No valid token and no session.",
    "403": "Your roles do not include this.",
    "404": "Not there, or not shared with you.",
    "405": "This method is not offered here.",
    "406": "None of the accepted types is offered.",
    "409": "It clashes with how things stand.",
    "413": "Larger than the hub takes.",
    "415": "This content type is not read.",
    "422": "Understood, and not possible.",
    "429": "Too many requests.",
    "500": "The mistake is ours, and it has been recorded.",
}


class Schema(AutoSchema):
    """Summaries are the first line of the views' docstrings."""

    def get_summary(self) -> str | None:
        description = self.get_description()
        return description.split("\n", 1)[0].strip() if description else None


class TokenScheme(OpenApiAuthenticationExtension):
    target_class = "hub.authentication.TokenAuthentication"
    name = "token"

    def get_security_definition(self, auto_schema: AutoSchema) -> dict[str, str]:
        return {
            "type": "apiKey",
            "in": "header",
            "name": "Authorization",
            "description": "`Token` and the token.",
        }


class StatementKeyScheme(OpenApiAuthenticationExtension):
    target_class = "hub.adoption.imports.xapi_api.KeyAuthentication"
    name = "StatementKey"

    def get_security_definition(self, auto_schema: AutoSchema) -> dict[str, str]:
        return {"type": "http", "scheme": "basic", "description": "Id and secret of a key for statements."}


class SessionScheme(OpenApiAuthenticationExtension):
    target_class = "hub.authentication.SessionAuthentication"
    name = "session"

    def get_security_definition(self, auto_schema: AutoSchema) -> dict[str, str]:
        return {"type": "apiKey", "in": "cookie", "name": settings.SESSION_COOKIE_NAME}


def add_problem_responses(
    result: dict[str, Any], generator: object, request: object, public: bool
) -> dict[str, Any]:
    result.setdefault("components", {}).setdefault("schemas", {})["Problem"] = PROBLEM
    content = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    for operations in result["paths"].values():
        for operation in operations.values():
            for status, description in STATUSES.items():
                operation["responses"].setdefault(status, {"description": description, "content": content})
    return result
