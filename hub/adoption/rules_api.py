"""The rules of a legal entity's reports for programs: read, propose, answer."""

from typing import ClassVar

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from hub.adoption import rules_actions
from hub.adoption.scopes import scope_of
from hub.disclosure.models import RulesAnswer, RulesProposal, entity_ids_of
from hub.disclosure.rules import Agreed, agreed_rules
from hub.people.models import LegalEntity


class ProposalSerializer(serializers.ModelSerializer):
    answer = serializers.SerializerMethodField(
        help_text="confirmed, refused or withdrawn; null while it waits."
    )
    answer_words = serializers.SerializerMethodField()

    class Meta:
        model = RulesProposal
        fields = (
            "id", "minimum_group", "minimum_page", "reports", "words", "side", "proposed_at", "answer",
            "answer_words",
        )  # fmt: skip
        read_only_fields = ("id", "side", "proposed_at")
        extra_kwargs: ClassVar = {
            "reports": {"help_text": "Names of reports; null: all there are, and every new one."}
        }

    def get_answer(self, proposal: RulesProposal) -> str | None:
        answer = getattr(proposal, "answer", None)
        return answer.answer if answer else None

    def get_answer_words(self, proposal: RulesProposal) -> str:
        answer = getattr(proposal, "answer", None)
        return answer.words if answer else ""


class ProposeSerializer(serializers.Serializer):
    minimum_group = serializers.IntegerField()
    minimum_page = serializers.IntegerField()
    reports = serializers.ListField(
        child=serializers.CharField(max_length=40),
        allow_null=True,
        max_length=100,
        help_text="Names of reports; null: all there are, and every new one.",
    )
    words = serializers.CharField(max_length=500, help_text="Why, for the other side.")


class RulesAnswerSerializer(serializers.Serializer):
    answer = serializers.ChoiceField(choices=RulesAnswer.Answer.values)
    words = serializers.CharField(max_length=500, required=False, default="", allow_blank=True)


class EntityRulesSerializer(serializers.Serializer):
    entity_id = serializers.IntegerField()
    entity = serializers.CharField()
    minimum_group = serializers.IntegerField()
    minimum_page = serializers.IntegerField()
    reports = serializers.ListField(child=serializers.CharField(), allow_null=True)
    proposals = ProposalSerializer(many=True)


class AdoptionRules(APIView):
    """The rules of my legal entities, and what was proposed, newest first."""

    @extend_schema(responses=EntityRulesSerializer(many=True))
    def get(self, request: Request) -> Response:
        scope_of(request.user)
        current = agreed_rules()
        entities = LegalEntity.objects.filter(pk__in=entity_ids_of(request.user))
        found = entities.prefetch_related("rules_proposals__answer")
        return Response(EntityRulesSerializer([_told(one, current[one.pk]) for one in found], many=True).data)


class AdoptionRulesProposals(APIView):
    """Propose rules to the other side of the legal entity."""

    @extend_schema(request=ProposeSerializer, responses={201: ProposalSerializer})
    def post(self, request: Request, entity_id: int) -> Response:
        scope_of(request.user)
        entity = get_object_or_404(LegalEntity, pk=entity_id, pk__in=entity_ids_of(request.user))
        given = ProposeSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        proposal = rules_actions.propose(entity=entity, by=request.user, **given.validated_data)
        return Response(ProposalSerializer(proposal).data, status=201)


class AdoptionRulesAnswer(APIView):
    """Confirm or refuse what the other side proposed, or withdraw what one's own did."""

    @extend_schema(request=RulesAnswerSerializer, responses=ProposalSerializer)
    def post(self, request: Request, proposal_id: int) -> Response:
        scope_of(request.user)
        proposal = get_object_or_404(RulesProposal.objects.visible_to(request.user), pk=proposal_id)
        given = RulesAnswerSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        rules_actions.answer(proposal=proposal, by=request.user, **given.validated_data)
        return Response(ProposalSerializer(RulesProposal.objects.get(pk=proposal.pk)).data)


def _told(entity: LegalEntity, rules: Agreed) -> dict[str, object]:
    return {
        "entity_id": entity.pk,
        "entity": entity.name,
        "minimum_group": rules.groups.k,
        "minimum_page": rules.groups.page,
        "reports": rules.reports,
        "proposals": entity.rules_proposals.all(),
    }
