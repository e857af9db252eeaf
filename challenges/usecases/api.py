"""The idea box."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import mixins, status, viewsets
from rest_framework.decorators import action
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from challenges.usecases import actions, answering
from challenges.usecases.box import box_for
from challenges.usecases.forms import BoxForm
from challenges.usecases.models import Comment, UseCase, may_moderate
from challenges.usecases.serializers import (
    UseCaseAnswerSerializer,
    UseCaseCommentSerializer,
    UseCaseHidingSerializer,
    UseCaseSerializer,
)
from challenges.usecases.similar import similar_to
from hub.ai.hearing import HearsSpeech, RecordingSerializer, TranscriptSerializer

STATES = [state for state, _words in BoxForm.STATES if state]


@extend_schema_view(
    list=extend_schema(
        parameters=[
            OpenApiParameter("q", str, description="Words that the proposal holds."),
            OpenApiParameter("state", str, enum=STATES),
            OpenApiParameter("order", str, enum=["newest"], description="Without it most votes come first."),
        ]
    )
)
class UseCases(
    HearsSpeech,
    mixins.ListModelMixin,
    mixins.CreateModelMixin,
    mixins.RetrieveModelMixin,
    viewsets.GenericViewSet,
):
    """Nuisances and ideas that people proposed; what I withdrew is found under its own address."""

    serializer_class = UseCaseSerializer
    queryset = UseCase.objects.none()
    lookup_value_converter = "uuid"

    def get_queryset(self) -> QuerySet[UseCase]:
        if self.action == "list":
            return box_for(self.request.user, **BoxForm(self.request.query_params).wishes())
        return UseCase.objects.visible_to(self.request.user).with_counts(self.request.user)

    def perform_create(self, serializer: UseCaseSerializer) -> None:
        use_case = actions.propose(
            use_case=serializer.form.save(commit=False),
            author=self.request.user,
            names_are_meant=serializer.names_are_meant,
        )
        serializer.instance = self.get_queryset().get(pk=use_case.pk)

    @extend_schema(request=UseCaseSerializer, responses=UseCaseSerializer)
    def partial_update(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Change my proposal as long as it is not answered."""
        use_case = self.get_object()
        if use_case.author_id != request.user.pk:
            raise PermissionDenied
        actions.check_unanswered(use_case)
        data = self.get_serializer(use_case, data=request.data, partial=True)
        data.is_valid(raise_exception=True)
        actions.change(
            use_case=data.form.save(commit=False), by=request.user, names_are_meant=data.names_are_meant
        )
        return self.retrieve(request, *args, **kwargs)

    @extend_schema(
        parameters=[OpenApiParameter("title", str, required=True)],
        responses=UseCaseSerializer(many=True),
        filters=False,
    )
    @action(detail=False, methods=["get"], pagination_class=None)
    def similar(self, request: Request) -> Response:
        """Proposals that say nearly the same as this title, the most similar first; at most five."""
        near = similar_to(request.query_params.get("title", "")[:200], user=request.user)
        return Response(self.get_serializer(near, many=True).data)

    @extend_schema(request=RecordingSerializer, responses=TranscriptSerializer)
    @action(detail=False, methods=["post"], parser_classes=[MultiPartParser])
    def transcribe(self, request: Request) -> Response:
        """Turn a spoken proposal (multipart `audio`) into text; 404 where no service for it is set up."""
        return self.heard(request)

    @extend_schema(request=None, responses=UseCaseSerializer)
    @action(detail=True, methods=["post"])
    def vote(self, request: Request, pk: str | None = None) -> Response:
        """Say that this would help me too. Repeating it has no second effect."""
        actions.vote(use_case=self.get_object(), person=request.user)
        return self.retrieve(request, pk=pk)

    @extend_schema(request=None, responses=UseCaseSerializer)
    @vote.mapping.delete
    def take_vote_back(self, request: Request, pk: str | None = None) -> Response:
        """Take my vote back."""
        actions.take_vote_back(use_case=self.get_object(), person=request.user)
        return self.retrieve(request, pk=pk)

    @extend_schema(request=None, responses=UseCaseSerializer)
    @action(detail=True, methods=["post"])
    def withdraw(self, request: Request, pk: str | None = None) -> Response:
        """From now on only I see my proposal; DELETE undoes it."""
        actions.withdraw(use_case=self.get_object(), by=request.user)
        return self.retrieve(request, pk=pk)

    @extend_schema(request=None, responses=UseCaseSerializer)
    @withdraw.mapping.delete
    def put_back(self, request: Request, pk: str | None = None) -> Response:
        """Undo withdrawing my proposal."""
        actions.put_back(use_case=self.get_object(), by=request.user)
        return self.retrieve(request, pk=pk)

    @extend_schema(request=UseCaseAnswerSerializer, responses=UseCaseSerializer)
    @action(detail=True, methods=["post"])
    def answer(self, request: Request, pk: str | None = None) -> Response:
        """Say what becomes of a proposal that waits for me: a pilot, a process, or no for a reason."""
        use_case = self.get_object()
        if not use_case.can_be_answered_by(request.user):
            raise PermissionDenied
        data = UseCaseAnswerSerializer(data=request.data, context=self.get_serializer_context())
        data.is_valid(raise_exception=True)
        answering.answer(use_case=use_case, user=request.user, **data.validated_data)
        return self.retrieve(request, pk=pk)

    @extend_schema(request=UseCaseHidingSerializer, responses=UseCaseSerializer)
    @action(detail=True, methods=["post"])
    def hide(self, request: Request, pk: str | None = None) -> Response:
        """Hide a proposal from everybody but its author, who is told why; DELETE undoes it."""
        _hide(request, self.get_object())
        return self.retrieve(request, pk=pk)

    @extend_schema(request=None, responses=UseCaseSerializer)
    @hide.mapping.delete
    def show_again(self, request: Request, pk: str | None = None) -> Response:
        """Let everybody see a hidden proposal again."""
        answering.show_again(row=self.get_object(), by=request.user)
        return self.retrieve(request, pk=pk)

    @extend_schema(responses=UseCaseCommentSerializer(many=True), filters=False)
    @action(detail=True, methods=["get"])
    def comments(self, request: Request, pk: str | None = None) -> Response:
        """What was said to a proposal, the oldest first."""
        seen = Comment.objects.visible_to(request.user).filter(use_case=self.get_object())
        page = self.paginate_queryset(seen.select_related("author"))
        return self.get_paginated_response(
            UseCaseCommentSerializer(page, many=True, context=self.get_serializer_context()).data
        )

    @extend_schema(request=UseCaseCommentSerializer, responses={201: UseCaseCommentSerializer})
    @comments.mapping.post
    def add_comment(self, request: Request, pk: str | None = None) -> Response:
        """Say something to a proposal, with my name."""
        use_case = self.get_object()
        data = UseCaseCommentSerializer(data=request.data, context=self.get_serializer_context())
        data.is_valid(raise_exception=True)
        data.instance = actions.comment(
            use_case=use_case, author=request.user, text=data.validated_data["text"]
        )
        return Response(data.data, status=status.HTTP_201_CREATED)


class UseCaseComments(mixins.ListModelMixin, mixins.DestroyModelMixin, viewsets.GenericViewSet):
    """My comments on proposals, the latest first; also on one that was taken away."""

    serializer_class = UseCaseCommentSerializer
    queryset = Comment.objects.none()
    lookup_value_converter = "uuid"

    def get_queryset(self) -> QuerySet[Comment]:
        if self.action == "list":
            return Comment.objects.own_of(self.request.user)
        return Comment.objects.visible_to(self.request.user).select_related("use_case", "author")

    def destroy(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Delete my comment for good."""
        actions.delete_comment(comment=self.get_object(), by=request.user)
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(request=UseCaseHidingSerializer, responses=UseCaseCommentSerializer)
    @action(detail=True, methods=["post"])
    def hide(self, request: Request, pk: str | None = None) -> Response:
        """Hide a comment from everybody but its author, who is told why; DELETE undoes it."""
        _hide(request, self.get_object())
        return Response(self.get_serializer(self.get_object()).data)

    @extend_schema(request=None, responses=UseCaseCommentSerializer)
    @hide.mapping.delete
    def show_again(self, request: Request, pk: str | None = None) -> Response:
        """Let everybody see a hidden comment again."""
        answering.show_again(row=self.get_object(), by=request.user)
        return Response(self.get_serializer(self.get_object()).data)


def _hide(request: Request, row: UseCase | Comment) -> None:
    if not may_moderate(request.user):
        raise PermissionDenied
    data = UseCaseHidingSerializer(data=request.data)
    data.is_valid(raise_exception=True)
    answering.hide(row=row, by=request.user, reason=data.validated_data["reason"])
