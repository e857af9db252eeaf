"""The receiving end of xAPI: learning platforms put statements here and can read nothing."""

import base64
import binascii
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework import exceptions
from rest_framework.authentication import BaseAuthentication
from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import SimpleRateThrottle
from rest_framework.views import APIView

from hub.adoption.imports.receiving import MOST_STATEMENTS, key_with, receive
from hub.adoption.imports.statements import VERSION, BadStatement, Statement, read_statement
from hub.adoption.models import StatementKey
from hub.refusals import Refusal

HEADER = "X-Experience-API-Version"
OURS = "1.0.3"


class KeyAuthentication(BaseAuthentication):
    """`Authorization: Basic` with the key's id and its secret, as platforms send it. A session counts for nothing."""

    def authenticate(self, request: Request) -> tuple[AnonymousUser, StatementKey] | None:
        scheme, _space, encoded = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() != "basic":
            return None
        try:
            key_id, _colon, secret = base64.b64decode(encoded, validate=True).decode().partition(":")
        except (binascii.Error, UnicodeDecodeError) as error:
            raise exceptions.AuthenticationFailed from error
        key = key_with(key_id, secret)
        if key is None:
            raise exceptions.AuthenticationFailed
        return AnonymousUser(), key

    def authenticate_header(self, request: Request) -> str:
        return "Basic"


class HasKey(BasePermission):
    def has_permission(self, request: Request, view: APIView) -> bool:
        return isinstance(request.auth, StatementKey)


class PerKey(SimpleRateThrottle):
    """A key has the rate that a person has; without one, the address is counted."""

    scope = "user"

    def get_cache_key(self, request: Request, view: APIView) -> str:
        key = request.auth
        ident = key.pk if isinstance(key, StatementKey) else self.get_ident(request)
        return self.cache_format % {"scope": "statements", "ident": ident}


class Statements(APIView):
    """Send statements of a learning platform; of each, the week and whether a course was completed is kept."""

    authentication_classes = (KeyAuthentication,)
    permission_classes = (HasKey,)
    throttle_classes = (PerKey,)

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        if not VERSION.fullmatch(request.headers.get(HEADER, "")):
            sentence = _("Send the header %(header)s with a version 1.0, such as %(ours)s.")
            raise Refusal("version", sentence % {"header": HEADER, "ours": OURS}, status=400)

    def finalize_response(self, request: Request, response: Response, *args: Any, **kwargs: Any) -> Response:
        response = super().finalize_response(request, response, *args, **kwargs)
        response[HEADER] = OURS
        return response

    @extend_schema(
        request=OpenApiTypes.OBJECT,
        responses={200: OpenApiResponse({"type": "array", "items": {"type": "string", "format": "uuid"}})},
        parameters=[OpenApiParameter(HEADER, str, OpenApiParameter.HEADER, required=True)],
    )
    def post(self, request: Request) -> Response:
        """Send a statement or a list of them, all or none; the answer is their ids."""
        data = _body(request)
        body = data if isinstance(data, list) else [data]
        if len(body) > MOST_STATEMENTS:
            sentence = _("Send at most %(most)s statements at once. Nothing was taken over.")
            raise Refusal("too_many", sentence % {"most": MOST_STATEMENTS}, status=413)
        ids = receive(key=request.auth, statements=_read(body))
        return Response([str(number) for number in ids])

    @extend_schema(
        request=OpenApiTypes.OBJECT,
        responses={204: None},
        parameters=[
            OpenApiParameter("statementId", UUID, required=True),
            OpenApiParameter(HEADER, str, OpenApiParameter.HEADER, required=True),
        ],
    )
    def put(self, request: Request) -> Response:
        """Send one statement under its id; a second time it changes nothing."""
        try:
            number = UUID(request.GET.get("statementId", ""))
        except ValueError as error:
            sentence = _("“statementId” has to be a UUID.")
            raise Refusal("statement_id", sentence, status=400) from error
        body = _body(request)
        if isinstance(body, dict):
            if "id" in body and str(body["id"]).lower() != str(number):
                sentence = _("The statement has another id than “statementId”.")
                raise Refusal("statement_id", sentence, status=400)
            body = {**body, "id": str(number)}
        receive(key=request.auth, statements=_read([body]))
        return Response(status=204)


def _body(request: Request) -> Any:
    try:
        return request.data
    except RecursionError as error:
        raise Refusal("bad_statement", _("This is nested too deeply to be read."), status=400) from error


def _read(body: Sequence[Any]) -> list[Statement]:
    found = []
    for number, one in enumerate(body):
        try:
            found.append(read_statement(one, timezone.now()))
        except BadStatement as error:
            where = f"[{number}].{error.path}" if len(body) > 1 else error.path
            sentence = _("%(where)s: %(reason)s. Nothing was taken over.")
            words = {"where": where, "reason": error.reason}
            raise Refusal("bad_statement", sentence % words, status=400) from error
    return found
