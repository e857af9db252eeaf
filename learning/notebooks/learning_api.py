"""Quizzes, flashcards, notes and copies in the interface for programs; all but the cards' texts are one's own."""

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, status, viewsets
from rest_framework.decorators import action
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from learning.notebooks import noting, quizzing, reviewing
from learning.notebooks.aid_api import notebook_for
from learning.notebooks.aid_presenting import present, quotes_of
from learning.notebooks.aid_serializers import (
    AttemptAnswerSerializer,
    AttemptSerializer,
    CardSerializer,
    CardStateSerializer,
    DueSerializer,
    GivenSerializer,
    NewAttemptSerializer,
    NewNoteSerializer,
    NoteChangeSerializer,
    NoteSerializer,
    RatingSerializer,
    StudyAidSerializer,
    UndoneSerializer,
    card_as_json,
)
from learning.notebooks.models import AidItem, Attempt, Exchange, Note, StudyAid
from learning.notebooks.withdrawal import hide_gone


class Quizzes(mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet):
    """The quizzes of one notebook that I may take."""

    serializer_class = StudyAidSerializer
    queryset = StudyAid.objects.none()
    lookup_value_converter = "uuid"

    def get_queryset(self) -> QuerySet[StudyAid]:
        rows = StudyAid.objects.visible_to(self.request.user).filter(notebook=notebook_for(self))
        return rows.filter(kind="quiz").select_related("notebook", "made_by", "released_by")

    @extend_schema(responses=AttemptSerializer(many=True), filters=False)
    @action(detail=True, methods=["get"])
    def attempts(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """My attempts at this quiz, the newest first."""
        rows = Attempt.objects.visible_to(request.user).filter(aid=self.get_object())
        page = self.paginate_queryset(rows.prefetch_related("answers"))
        return self.get_paginated_response(AttemptSerializer(page, many=True).data)

    @extend_schema(request=NewAttemptSerializer, responses={201: AttemptSerializer})
    @attempts.mapping.post
    def begin(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Begin the quiz, or go on with the attempt that is open."""
        aid, data = self.get_object(), NewAttemptSerializer(data=request.data)
        data.is_valid(raise_exception=True)
        attempt = quizzing.begin(aid=aid, learner=request.user, **data.validated_data)
        return Response(AttemptSerializer(attempt).data, status=status.HTTP_201_CREATED)


class AnswerItem(APIView):
    """One answer in an attempt of mine."""

    @extend_schema(request=GivenSerializer, responses=AttemptAnswerSerializer)
    def post(self, request: Request, pk: str) -> Response:
        """Answer one item of my attempt; in a test the first answer counts."""
        attempt = get_object_or_404(Attempt.objects.visible_to(request.user).select_related("aid"), pk=pk)
        data = GivenSerializer(data=request.data)
        data.is_valid(raise_exception=True)
        item = get_object_or_404(AidItem.objects.holding(), aid=attempt.aid, pk=data.validated_data["item"])
        kept = quizzing.answer(attempt=attempt, item=item, given=data.validated_data["given"])
        return Response(AttemptAnswerSerializer(kept).data)


class Cards(ListAPIView):
    """The flashcards of one notebook that hold today."""

    serializer_class = CardSerializer
    queryset = AidItem.objects.none()

    def get_queryset(self) -> QuerySet[AidItem]:
        rows = AidItem.objects.holding().visible_to(self.request.user)
        return rows.filter(aid__notebook=notebook_for(self), kind="card").order_by("aid", "position")

    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        page = self.paginate_queryset(self.get_queryset())
        quotes = quotes_of(page, self.kwargs["notebook_pk"])
        cards = [
            {
                "id": row.pk,
                "front": row.heading,
                "back": row.body,
                "quotes": quotes.get(row.pk, ((), False))[0],
            }
            for row in page
        ]
        return self.get_paginated_response(CardSerializer(cards, many=True).data)


class DueCards(APIView):
    """What my memory has to do today."""

    @extend_schema(responses=DueSerializer)
    def get(self, request: Request) -> Response:
        """The card to show me now, and how many wait today."""
        queue = reviewing.queue_of(request.user)
        card = None
        if queue.card is not None:
            card = card_as_json(present(queue.card.aid, AidItem.objects.filter(pk=queue.card.pk))[0])
        return Response({"due": queue.due, "new": queue.new, "seen": queue.seen, "card": card})


class ReviewCard(APIView):
    """One answer of mine to a card."""

    @extend_schema(request=RatingSerializer, responses=CardStateSerializer)
    def post(self, request: Request, pk: str) -> Response:
        """Say how well I knew a card; with `seen` it counts once."""
        item = get_object_or_404(reviewing.cards_of(request.user), pk=pk)
        data = RatingSerializer(data=request.data)
        data.is_valid(raise_exception=True)
        state = reviewing.review(learner=request.user, item=item, **data.validated_data)
        return Response(CardStateSerializer(state).data)


class UndoReview(APIView):
    """Taking my last answer back."""

    @extend_schema(request=None, responses=UndoneSerializer)
    def post(self, request: Request) -> Response:
        """Take my last answer to a card back, if I gave it today."""
        return Response({"card": reviewing.undo(learner=request.user)})


class LearnCards(APIView):
    """The decks that I learn."""

    @extend_schema(request=None, responses={204: None})
    def post(self, request: Request, notebook_pk: str, aid_pk: str) -> Response:
        """Learn the cards of a study aid."""
        reviewing.take_up(aid=self._aid(aid_pk), learner=request.user)
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(responses={204: None})
    def delete(self, request: Request, notebook_pk: str, aid_pk: str) -> Response:
        """Learn the cards of a study aid no more."""
        reviewing.put_down(aid=self._aid(aid_pk), learner=request.user)
        return Response(status=status.HTTP_204_NO_CONTENT)

    def _aid(self, pk: str) -> StudyAid:
        rows = StudyAid.objects.visible_to(self.request.user).filter(notebook=notebook_for(self))
        return get_object_or_404(rows, pk=pk)


class Notes(
    mixins.ListModelMixin, mixins.RetrieveModelMixin, mixins.DestroyModelMixin, viewsets.GenericViewSet
):
    """My own notes in one notebook."""

    serializer_class = NoteSerializer
    queryset = Note.objects.none()
    lookup_value_converter = "uuid"

    def get_queryset(self) -> QuerySet[Note]:
        return Note.objects.visible_to(self.request.user).filter(notebook=notebook_for(self))

    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        page = hide_gone(self.paginate_queryset(self.get_queryset()), request.user)
        return self.get_paginated_response(NoteSerializer(page, many=True).data)

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """One note of mine, without quotes of sources that are gone or hold no longer."""
        return Response(NoteSerializer(hide_gone([self.get_object()], request.user)[0]).data)

    @extend_schema(request=NewNoteSerializer, responses={201: NoteSerializer})
    def create(self, request: Request, notebook_pk: str) -> Response:
        """Write a note, or keep an answer of my conversation as one."""
        notebook, data = notebook_for(self), NewNoteSerializer(data=request.data)
        data.is_valid(raise_exception=True)
        new = dict(data.validated_data)
        if (number := new.pop("exchange", None)) is None:
            note = noting.write(notebook=notebook, author=request.user, **new)
        else:
            own = Exchange.objects.visible_to(request.user).filter(notebook=notebook)
            exchange = get_object_or_404(own.select_related("notebook", "asker"), pk=number)
            note = noting.save_answer(exchange=exchange)
        return Response(NoteSerializer(note).data, status=status.HTTP_201_CREATED)

    @extend_schema(request=NoteChangeSerializer, responses=NoteSerializer)
    def partial_update(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Change a note; 409 if I changed it elsewhere since `revision`."""
        note = self.get_object()
        data = NoteChangeSerializer(data=request.data)
        data.is_valid(raise_exception=True)
        changed = noting.change(note=note, **data.validated_data)
        return Response(NoteSerializer(hide_gone([changed], request.user)[0]).data)

    def perform_destroy(self, note: Note) -> None:
        noting.remove(note=note)
