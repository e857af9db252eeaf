"""What a page may ask and say with a pass. No part of `/api/v1/`: it is for our own script only."""

from django.shortcuts import get_object_or_404
from django.utils import timezone
from rest_framework import exceptions, serializers
from rest_framework.authentication import BaseAuthentication
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from hub.embeds import actions, showing
from hub.embeds.forms import SEEN, AnswerForm
from hub.embeds.passes import Pass, read_pass
from hub.embeds.rules import embedded_tips
from hub.nudges.forms import UNDO
from hub.nudges.models import local_day
from hub.people.models import User


class PassAuthentication(BaseAuthentication):
    """`Authorization: Bearer ...` from the origin that the pass was given to. A session counts for nothing here."""

    def authenticate(self, request: Request) -> tuple[User, Pass] | None:
        scheme, _space, token = request.headers.get("Authorization", "").partition(" ")
        if scheme != "Bearer":
            return None
        found = read_pass(token, origin=request.headers.get("Origin", ""), now=timezone.now())
        if found is None:
            raise exceptions.AuthenticationFailed
        return found.user, found

    def authenticate_header(self, request: Request) -> str:
        return "Bearer"


class MayShow(APIView):
    """Whether I may be shown a tip now, and which ones not; a later pass if this one is half over."""

    authentication_classes = (PassAuthentication,)
    schema = None

    def get(self, request: Request) -> Response:
        now = timezone.now()
        answer = showing.may_show(request.user, now)
        later = request.auth.renewed(now)
        return Response(
            {
                "may_show": answer.may_show,
                "cap": answer.cap,
                "again": answer.again,
                "resting": answer.resting,
                "scores": answer.scores,
                "token": later.token if later else None,
            }
        )


class Answer(APIView):
    """Note that I saw this tip, or what I said to it. Repeating it has no second effect."""

    authentication_classes = (PassAuthentication,)
    schema = None

    def post(self, request: Request) -> Response:
        form = AnswerForm(request.data if isinstance(request.data, dict) else {})
        if not form.is_valid():
            raise serializers.ValidationError(form.errors)
        now, user, response = timezone.now(), request.user, form.cleaned_data["response"]
        rivals = form.cleaned_data["rivals"]
        tip = get_object_or_404(embedded_tips(local_day(user, now)), pk=form.cleaned_data["tip"])
        if response == SEEN:
            nudge = actions.see(user=user, tip=tip, now=now, rivals=rivals)
        else:
            given = "" if response == UNDO else response
            nudge = actions.respond(user=user, tip=tip, response=given, now=now, rivals=rivals)
        return Response({"response": nudge.response})
