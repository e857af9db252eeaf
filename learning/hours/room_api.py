"""The live room: what is in it, and what people do there. Outside the hour every act is 409."""

from uuid import UUID

from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from hub.stories.models import Hatpin
from learning.hours import quiz_rounds, room, room_actions, room_pins
from learning.hours.fetching import get_session_for
from learning.hours.inside import is_inside
from learning.hours.lab_progress import team_progress
from learning.hours.models import LabTask, QuizRound, StudySession
from learning.hours.room_serializers import (
    AnswerSerializer,
    AskSerializer,
    MadeSerializer,
    ModerateSerializer,
    MoreTimeSerializer,
    PinActSerializer,
    ReplySerializer,
    RoomSerializer,
    StepSerializer,
    StickSerializer,
)
from learning.hours.room_views import own_state, question_of


def given(serializer: type[serializers.Serializer], request: Request) -> dict:
    data = serializer(data=request.data)
    data.is_valid(raise_exception=True)
    return data.validated_data


def done() -> Response:
    return Response(status=status.HTTP_204_NO_CONTENT)


def made(row: object) -> Response:
    return Response({"id": row.pk}, status=status.HTTP_201_CREATED)


class Room(APIView):
    @extend_schema(responses=RoomSerializer)
    def get(self, request: Request, pk: UUID) -> Response:
        """The room while it is open, with what is mine in it; its numbers once I am in. 409 before and after."""
        session, now = get_session_for(request, pk), timezone.now()
        room_actions.refuse_closed(session, now)
        state = room.state_of(session.pk, now, is_inside=is_inside(session, request.user))
        present, done = team_progress(session, request.user)
        team = {"present": present, "done": {str(task): count for task, count in done.items()}}
        mine = {**own_state(session, request), "team": team if present else None}
        return Response(RoomSerializer(state, context={"mine": mine}).data)


class RoomStep(APIView):
    @extend_schema(request=StepSerializer, responses={204: None})
    def post(self, request: Request, pk: UUID) -> Response:
        """Begin a step of the agenda; for whoever runs the hour."""
        session = get_session_for(request, pk, to_run=True)
        room_actions.go_to_step(session=session, **given(StepSerializer, request))
        return done()


class RoomStepMore(APIView):
    @extend_schema(request=MoreTimeSerializer, responses={204: None})
    def post(self, request: Request, pk: UUID) -> Response:
        """Give the running step five more minutes, once for what it has now; for whoever runs the hour."""
        session = get_session_for(request, pk, to_run=True)
        known = given(MoreTimeSerializer, request)
        room_actions.give_time(session=session, step=known["step"], extra=known["extra_minutes"])
        return done()


class RoomTask(APIView):
    def _task(self, pk: UUID, task_pk: UUID) -> LabTask:
        session = get_session_for(self.request, pk)
        return get_object_or_404(session.lab.select_related("session"), pk=task_pk)

    @extend_schema(request=None, responses={204: None})
    def post(self, request: Request, pk: UUID, task_pk: UUID) -> Response:
        """Note a lab task as done; the first time stays."""
        room_actions.do_task(task=self._task(pk, task_pk), user=request.user)
        return done()

    @extend_schema(responses={204: None})
    def delete(self, request: Request, pk: UUID, task_pk: UUID) -> Response:
        """I have not done it after all."""
        room_actions.undo_task(task=self._task(pk, task_pk), user=request.user)
        return done()


class RoomRounds(APIView):
    @extend_schema(request=None, responses={201: MadeSerializer})
    def post(self, request: Request, pk: UUID) -> Response:
        """Close the open quiz question and put the next; for whoever runs the hour."""
        return made(quiz_rounds.open_next(session=get_session_for(request, pk, to_run=True)))


class RoomRoundClose(APIView):
    @extend_schema(request=None, responses={204: None})
    def post(self, request: Request, pk: UUID) -> Response:
        """Close the open quiz question; for whoever runs the hour."""
        quiz_rounds.close(session=get_session_for(request, pk, to_run=True))
        return done()


class RoomAnswer(APIView):
    @extend_schema(request=AnswerSerializer, responses={204: None})
    def post(self, request: Request, pk: UUID, round_pk: UUID) -> Response:
        """Answer a quiz question; the first answer stays."""
        session = get_session_for(request, pk)
        asked: QuizRound = get_object_or_404(session.rounds.select_related("item", "session"), pk=round_pk)
        quiz_rounds.answer(round_=asked, user=request.user, **given(AnswerSerializer, request))
        return done()


class RoomQuestions(APIView):
    @extend_schema(request=AskSerializer, responses={201: MadeSerializer})
    def post(self, request: Request, pk: UUID) -> Response:
        """Ask the room, with or without my name."""
        session = get_session_for(request, pk)
        return made(room_actions.ask(session=session, user=request.user, **given(AskSerializer, request)))


class OneRoomQuestion(APIView):
    @extend_schema(responses={204: None})
    def delete(self, request: Request, pk: UUID, question_pk: UUID) -> Response:
        """Take my question away."""
        question = question_of(get_session_for(request, pk), question_pk)
        room_actions.withdraw_question(question=question, by=request.user)
        return done()


class RoomQuestionVote(APIView):
    @extend_schema(request=None, responses={204: None})
    def post(self, request: Request, pk: UUID, question_pk: UUID) -> Response:
        """I want it answered too; a second vote changes nothing."""
        question = question_of(get_session_for(request, pk), question_pk)
        room_actions.vote(question=question, user=request.user)
        return done()

    @extend_schema(responses={204: None})
    def delete(self, request: Request, pk: UUID, question_pk: UUID) -> Response:
        """Take my vote back."""
        question = question_of(get_session_for(request, pk), question_pk)
        room_actions.take_vote_back(question=question, user=request.user)
        return done()


class RoomQuestionModerate(APIView):
    @extend_schema(request=ModerateSerializer, responses={204: None})
    def post(self, request: Request, pk: UUID, question_pk: UUID) -> Response:
        """Hide a question or show it again, note it as answered or not; for whoever runs the hour."""
        session = get_session_for(request, pk, to_run=True)
        question = question_of(session, question_pk, also_hidden=True)
        room_actions.moderate(question=question, **given(ModerateSerializer, request))
        return done()


class RoomHatpins(APIView):
    @extend_schema(request=StickSerializer, responses={201: MadeSerializer})
    def post(self, request: Request, pk: UUID) -> Response:
        """Say "I am stuck" or "my workaround", with or without my name."""
        session = get_session_for(request, pk)
        return made(room_pins.stick(session=session, user=request.user, **given(StickSerializer, request)))


def _hatpin(session: StudySession, pk: UUID) -> Hatpin:
    return get_object_or_404(room_pins.pins_of(session), pk=pk)


class RoomHatpinReply(APIView):
    @extend_schema(request=ReplySerializer, responses={204: None})
    def post(self, request: Request, pk: UUID, hatpin_pk: UUID) -> Response:
        """Reply to a hatpin."""
        session = get_session_for(request, pk)
        words = given(ReplySerializer, request)
        room_pins.reply(session=session, hatpin=_hatpin(session, hatpin_pk), user=request.user, **words)
        return done()


class RoomHatpinAct(APIView):
    @extend_schema(request=PinActSerializer, responses={204: None})
    def post(self, request: Request, pk: UUID, hatpin_pk: UUID) -> Response:
        """Pick a hatpin up, hand it back, solve it, say it is not solved after all, or take it away."""
        session = get_session_for(request, pk)
        wish = given(PinActSerializer, request)
        room_pins.act(session=session, hatpin=_hatpin(session, hatpin_pk), user=request.user, **wish)
        return done()
