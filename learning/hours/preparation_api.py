"""Preparing an hour: its agenda and lab, filled from a template or an earlier hour, kept, published."""

from typing import Any
from uuid import UUID

from django.db import transaction
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from hub.ai.models import AISystem, DataClass
from learning.hours import preparing
from learning.hours.fetching import get_session_for
from learning.hours.models import AgendaItem, StudySession
from learning.hours.plans import AgendaPlan, TaskPlan, plan_of_session, plan_of_template
from learning.hours.prepare_forms import RoomForm, TaskForm
from learning.hours.session_templates import templates


class SessionTemplateSerializer(serializers.Serializer):
    slug = serializers.CharField()
    title = serializers.CharField()
    description = serializers.CharField()


class AgendaSerializer(serializers.Serializer):
    kind = serializers.ChoiceField(choices=AgendaItem._meta.get_field("kind").choices)
    title = serializers.CharField(max_length=AgendaItem._meta.get_field("title").max_length)
    minutes = serializers.IntegerField(min_value=1, max_value=240)


class TaskSerializer(serializers.Serializer):
    title = serializers.CharField(max_length=120)
    instructions = serializers.CharField(max_length=1500, required=False, allow_blank=True, default="")
    prompt = serializers.CharField(max_length=1500, required=False, allow_blank=True, default="")
    data_class = serializers.ChoiceField(choices=DataClass.choices, default=DataClass.PUBLIC)
    tool = serializers.SlugRelatedField(
        slug_field="slug",
        queryset=AISystem.objects.filter(is_allowed=True, is_own=False),
        required=False,
        allow_null=True,
        default=None,
        help_text="As the AI register names it.",
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        form = TaskForm({**attrs, "tool": attrs["tool"].pk if attrs["tool"] else None})
        if not form.is_valid():
            raise serializers.ValidationError(form.errors)
        return attrs


class PreparationSerializer(serializers.Serializer):
    """Without `agenda` or `lab` these stay as they are."""

    template = serializers.CharField(
        required=False, write_only=True, help_text="Fill the hour from this template first."
    )
    copy_of = serializers.UUIDField(
        required=False, write_only=True, help_text="Or from this earlier hour of mine or of the series."
    )
    agenda = AgendaSerializer(many=True, required=False)
    lab = TaskSerializer(many=True, required=False)
    quiz = serializers.UUIDField(required=False, allow_null=True)
    deputy = serializers.IntegerField(required=False, allow_null=True)
    publish = serializers.BooleanField(
        required=False, write_only=True, help_text="Open the room to those invited; false takes it back."
    )
    published_at = serializers.DateTimeField(read_only=True, allow_null=True)


def shown(session: StudySession) -> dict[str, Any]:
    plan = plan_of_session(session)
    slugs = dict(
        AISystem.objects.filter(pk__in=[task.tool_id for task in plan.lab]).values_list("pk", "slug")
    )
    return {
        "agenda": [vars(item) for item in plan.agenda],
        "lab": [
            {
                "title": task.title,
                "instructions": task.instructions,
                "prompt": task.prompt,
                "data_class": task.data_class,
                "tool": slugs.get(task.tool_id),
            }
            for task in plan.lab
        ],
        "quiz": session.quiz_id,
        "deputy": session.deputy_id,
        "published_at": session.published_at,
    }


class SessionTemplates(APIView):
    @extend_schema(responses=SessionTemplateSerializer(many=True))
    def get(self, request: Request) -> Response:
        """The prepared hours that one can begin with, in my language."""
        return Response(SessionTemplateSerializer(templates(request.user.language), many=True).data)


class Preparation(APIView):
    """What an hour is made of; for whoever runs it."""

    @extend_schema(responses=PreparationSerializer)
    def get(self, request: Request, pk: UUID) -> Response:
        """The hour's agenda and lab; for whoever runs it."""
        return Response(shown(get_session_for(request, pk, to_run=True)))

    @extend_schema(request=PreparationSerializer, responses=PreparationSerializer)
    @transaction.atomic
    def patch(self, request: Request, pk: UUID) -> Response:
        """Fill the hour, change what it is made of, publish it; 409 once it has begun."""
        session = get_session_for(request, pk, to_run=True)
        data = PreparationSerializer(data=request.data)
        data.is_valid(raise_exception=True)
        wish = data.validated_data
        self._fill(session, wish)
        if {"agenda", "lab", "quiz", "deputy"} & wish.keys():
            self._keep(session, wish)
        if wish.get("publish"):
            preparing.publish(session=session)
        elif wish.get("publish") is False:
            preparing.withdraw(session=session)
        return Response(shown(get_session_for(request, pk, to_run=True)))

    def _fill(self, session: StudySession, wish: dict[str, Any]) -> None:
        plan = None
        if "template" in wish:
            plan = plan_of_template(wish["template"], user=self.request.user)
        elif "copy_of" in wish:
            earlier = preparing.copied_from(self.request.user, session)
            plan = next((plan_of_session(row) for row in earlier if row.pk == wish["copy_of"]), None)
        else:
            return
        if plan is None:
            raise NotFound
        preparing.fill(session=session, plan=plan)

    def _keep(self, session: StudySession, wish: dict[str, Any]) -> None:
        plan = plan_of_session(session)
        agenda = [AgendaPlan(**row) for row in wish["agenda"]] if "agenda" in wish else plan.agenda
        tasks = [TaskPlan.of(row) for row in wish["lab"]] if "lab" in wish else plan.lab
        values = {name: getattr(session, name) for name in ("title", "description")}
        for name in ("notebook", "quiz", "deputy"):
            values[name] = wish.get(name, getattr(session, f"{name}_id"))
        form = RoomForm(values, instance=session, user=self.request.user)
        if not form.is_valid():
            raise serializers.ValidationError(form.errors)
        preparing.keep(session=form.save(commit=False), agenda=agenda, tasks=tasks, by=self.request.user)
