"""Search over everything, for programs."""

from django.core.paginator import Paginator
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from hub.today.search import A_PAGE, FIRST, KINDS, LONGEST, Group, search, words_of


class SearchParametersSerializer(serializers.Serializer):
    q = serializers.CharField(help_text=f"What to look for, at most {LONGEST} characters.")
    kind = serializers.ChoiceField(
        [kind.name for kind in KINDS], required=False, help_text=f"One kind alone, {A_PAGE} a page."
    )
    page = serializers.IntegerField(required=False, min_value=1, default=1, help_text="Only with `kind`.")


class FoundSerializer(serializers.Serializer):
    title = serializers.CharField()
    extract = serializers.CharField(help_text="A stretch of its text that holds the words; may be empty.")
    url = serializers.CharField(help_text="Its page; of a passage the source, opened at the passage.")
    language = serializers.CharField(help_text="de, en, or empty where nobody knows.")
    when = serializers.DateTimeField(allow_null=True)
    note = serializers.CharField(help_text="Of a passage the notebook's title.")


class GroupSerializer(serializers.Serializer):
    kind = serializers.ChoiceField([kind.name for kind in KINDS])
    label = serializers.CharField()
    count = serializers.IntegerField(help_text="How many there are in all; no more than 200 are counted.")
    notice = serializers.CharField(help_text="What was not looked at, or empty.")
    results = FoundSerializer(many=True)


class SearchSerializer(serializers.Serializer):
    query = serializers.CharField(help_text="The words as they were searched for.")
    groups = GroupSerializer(many=True)


class Search(APIView):
    """Everything that I may open and that holds these words, by kind, the best first.

    Of each kind the first few; with `kind` all of that one, in pages.
    """

    @extend_schema(parameters=[SearchParametersSerializer], responses=SearchSerializer)
    def get(self, request: Request) -> Response:
        # Signs that the search refuses, it refuses in its own words.
        given = request.query_params.get("q", "")
        words = words_of(given)
        data = SearchParametersSerializer(data={**request.query_params.dict(), "q": words})
        data.is_valid(raise_exception=True)
        asked = data.validated_data
        kind = asked.get("kind", "")
        groups = search(user=request.user, given=words, now=timezone.now(), kind=kind)
        body = {"query": words, "groups": [_group(one, asked["page"] if kind else None) for one in groups]}
        return Response(SearchSerializer(body).data)


def _group(group: Group, page: int | None) -> dict[str, object]:
    results = group.found[:FIRST] if page is None else Paginator(group.found, A_PAGE).get_page(page)
    return {
        "kind": group.kind.name,
        "label": str(group.kind.label),
        "count": group.count,
        "notice": group.notice,
        "results": list(results),
    }
