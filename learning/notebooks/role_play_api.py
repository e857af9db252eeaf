"""Role-plays in the interface for programs; all of them are one's own."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from django.utils.translation import get_language
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, status, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from learning.notebooks import role_playing
from learning.notebooks.aid_api import notebook_for
from learning.notebooks.models import RolePlay
from learning.notebooks.role_play_serializers import (
    NewRolePlaySerializer,
    NewTurnSerializer,
    RolePlaySerializer,
    RolePlayWithTurnsSerializer,
)


class RolePlays(
    mixins.ListModelMixin, mixins.RetrieveModelMixin, mixins.DestroyModelMixin, viewsets.GenericViewSet
):
    """My role-plays in one notebook, the newest first; new ones only where a chat model is set up."""

    serializer_class = RolePlaySerializer
    queryset = RolePlay.objects.none()
    lookup_value_converter = "uuid"

    def get_queryset(self) -> QuerySet[RolePlay]:
        mine = RolePlay.objects.visible_to(self.request.user).filter(notebook=notebook_for(self))
        return mine.select_related("notebook", "learner")

    def _shown(self, role_play: RolePlay, **options: Any) -> Response:
        context = self.get_serializer_context()
        return Response(RolePlayWithTurnsSerializer(role_play, context=context).data, **options)

    def _get_to_go_on(self) -> RolePlay:
        role_play = self.get_object()
        if not role_playing.is_offered():
            raise Http404
        return role_play

    @extend_schema(responses=RolePlayWithTurnsSerializer)
    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """One role-play with its turns and feedback, without what rests on passages that hold no more."""
        return self._shown(self.get_object())

    @extend_schema(request=NewRolePlaySerializer, responses={201: RolePlayWithTurnsSerializer})
    def create(self, request: Request, notebook_pk: str) -> Response:
        """Begin a conversation; the partner speaks once a turn is posted, with or without text."""
        notebook = notebook_for(self)
        if not role_playing.is_offered():
            raise Http404
        data = NewRolePlaySerializer(data=request.data)
        data.is_valid(raise_exception=True)
        new = {"language": get_language() or "", **data.validated_data}
        role_play = role_playing.begin(notebook=notebook, learner=request.user, **new)
        return self._shown(role_play, status=status.HTTP_201_CREATED)

    @extend_schema(request=NewTurnSerializer, responses=RolePlayWithTurnsSerializer)
    @action(detail=True, methods=["post"])
    def turns(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Say something and get the partner's answer; 503 if there is none, and what I said is kept."""
        role_play = self._get_to_go_on()
        data = NewTurnSerializer(data=request.data)
        data.is_valid(raise_exception=True)
        return self._shown(role_playing.say(role_play=role_play, **data.validated_data))

    @extend_schema(request=None, responses=RolePlayWithTurnsSerializer)
    @action(detail=True, methods=["post"])
    def end(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """End the conversation and get feedback; 503 if there is none yet, then ask again."""
        return self._shown(role_playing.end(role_play=self._get_to_go_on()))

    def perform_destroy(self, role_play: RolePlay) -> None:
        role_playing.remove(role_play=role_play)
