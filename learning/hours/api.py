"""The hour."""

from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, status, viewsets
from rest_framework.decorators import action
from rest_framework.exceptions import PermissionDenied
from rest_framework.permissions import SAFE_METHODS, BasePermission, IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from hub.people import access
from hub.points.models import PointEntry
from hub.refusals import Refusal
from learning.hours import actions, codes
from learning.hours.attended import streak_of
from learning.hours.models import Attendance, Rsvp, StudySession
from learning.hours.serializers import (
    CancelSerializer,
    CheckedInSerializer,
    CheckInSerializer,
    CodeSerializer,
    RsvpSerializer,
    StudySessionSerializer,
)


class PlansHours(BasePermission):
    """Everybody reads; facilitators plan; who runs the session changes it."""

    message = _("Only facilitators do this.")

    def has_permission(self, request: Request, view: viewsets.ViewSet) -> bool:
        return view.action not in {"create"} or access.is_facilitator(request.user)

    def has_object_permission(self, request: Request, view: viewsets.ViewSet, session: StudySession) -> bool:
        if request.method in SAFE_METHODS and view.action != "code":
            return True
        return view.action in {"rsvp", "check_in"} or session.can_be_run_by(request.user)


class StudySessions(
    mixins.CreateModelMixin,
    mixins.RetrieveModelMixin,
    mixins.UpdateModelMixin,
    mixins.ListModelMixin,
    viewsets.GenericViewSet,
):
    """DEAL hours."""

    serializer_class = StudySessionSerializer
    permission_classes = (IsAuthenticated, PlansHours)
    queryset = StudySession.objects.none()
    lookup_value_converter = "uuid"
    http_method_names = ("get", "post", "patch", "head", "options")

    def get_queryset(self) -> QuerySet[StudySession]:
        return self._described(StudySession.objects.visible_to(self.request.user))

    def _described(self, sessions: QuerySet[StudySession]) -> QuerySet[StudySession]:
        own = {"session": OuterRef("pk"), "user": self.request.user}
        return (
            sessions.select_related("facilitator", "team", "notebook", "series")
            .annotate(
                my_reply=Subquery(Rsvp.objects.filter(**own).values("reply")[:1]),
                attended=Exists(Attendance.objects.filter(**own)),
            )
            .order_by("-starts_at", "pk")
        )

    def perform_create(self, serializer: StudySessionSerializer) -> None:
        session = actions.plan(session=serializer.form.save(commit=False), by=self.request.user)
        serializer.instance = self.get_queryset().get(pk=session.pk)

    def perform_update(self, serializer: StudySessionSerializer) -> None:
        session = actions.move(session=serializer.form.save(commit=False), by=self.request.user)
        # An administrator may have given it to a team whose hours they do not see.
        serializer.instance = self._described(StudySession.objects.all()).get(pk=session.pk)

    @extend_schema(request=RsvpSerializer, responses=RsvpSerializer)
    @action(detail=True, methods=["post"])
    def rsvp(self, request: Request, pk: str | None = None) -> Response:
        """Say whether I come, and what I will try."""
        session = self.get_object()
        data = RsvpSerializer(data=request.data)
        data.is_valid(raise_exception=True)
        reply = actions.reply(session=session, user=request.user, **data.validated_data)
        return Response(RsvpSerializer(reply).data)

    @extend_schema(request=CheckInSerializer, responses={200: CheckedInSerializer, 201: CheckedInSerializer})
    @action(detail=True, methods=["post"], url_path="check-in")
    def check_in(self, request: Request, pk: str | None = None) -> Response:
        """Check in with the code that the room's screen shows. Repeating it has no second effect."""
        session = self.get_object()
        data = CheckInSerializer(data=request.data)
        data.is_valid(raise_exception=True)
        attendance, is_new = actions.check_in(session=session, user=request.user, **data.validated_data)
        body = {
            "checked_in_at": attendance.checked_in_at,
            "is_new": is_new,
            "points": PointEntry.objects.of(request.user).total(),
            "streak": streak_of(request.user, timezone.now()).current,
        }
        return Response(
            CheckedInSerializer(body).data, status=status.HTTP_201_CREATED if is_new else status.HTTP_200_OK
        )

    @extend_schema(request=CancelSerializer, responses=StudySessionSerializer)
    @action(detail=True, methods=["post"])
    def cancel(self, request: Request, pk: str | None = None) -> Response:
        """Call the hour off; whoever said yes is told. 409 once it is over, and while people are in unless sure."""
        session, data = self.get_object(), CancelSerializer(data=request.data)
        data.is_valid(raise_exception=True)
        actions.cancel(session=session, by=request.user, **data.validated_data)
        return Response(self.get_serializer(session).data)

    @extend_schema(request=None, responses=StudySessionSerializer)
    @action(detail=True, methods=["post"])
    def restore(self, request: Request, pk: str | None = None) -> Response:
        """Take the cancellation back; whoever said yes is told."""
        session = self.get_object()
        actions.restore(session=session, by=request.user)
        return Response(self.get_serializer(session).data)

    @extend_schema(responses=CodeSerializer)
    @action(detail=True, methods=["get"])
    def code(self, request: Request, pk: str | None = None) -> Response:
        """The code for the room's screen, for whoever runs the session."""
        session, now = self.get_object(), timezone.now()
        if not session.can_be_run_by(request.user):
            raise PermissionDenied(_("Only whoever runs this hour sees its code."))
        shown = actions.show_code(session=session, user=request.user, now=now)
        if shown is None:
            raise Refusal(
                "not_open",
                _("The code is shown from ten minutes before the hour to fifteen after."),
                status=409,
            )
        return Response({"code": shown, "expires_in": codes.seconds_left(now)})
