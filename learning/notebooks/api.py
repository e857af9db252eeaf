"""Notebooks, their sources, and asking them."""

from typing import Any

from django.db.models import QuerySet
from django.http import StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import get_language
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, renderers, status, viewsets
from rest_framework.decorators import action
from rest_framework.exceptions import PermissionDenied
from rest_framework.parsers import FormParser, JSONParser, MultiPartParser
from rest_framework.permissions import SAFE_METHODS, BasePermission, IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from hub.ai.hearing import HearsSpeech, RecordingSerializer, TranscriptSerializer
from learning.notebooks import actions, asking, asking_back, copying, versions
from learning.notebooks.models import Exchange, Notebook, Source
from learning.notebooks.serializers import (
    AnswerSerializer,
    ExchangeSerializer,
    HitsSerializer,
    NewSourceSerializer,
    NewVersionSerializer,
    NotebookSerializer,
    QuestionSerializer,
    SearchParametersSerializer,
    SourceChangeSerializer,
    SourceSerializer,
)
from learning.notebooks.streaming import stream_answer
from learning.notebooks.withdrawal import hide_gone


class EditsNotebook(BasePermission):
    """Who may read a notebook may also ask it; changing it is for its owner and content owners."""

    def has_object_permission(self, request: Request, view: viewsets.ViewSet, notebook: Notebook) -> bool:
        return (
            request.method in SAFE_METHODS
            or view.action in {"ask", "copy", "forget", "transcribe"}
            or notebook.can_be_edited_by(request.user)
        )


class EventStream(renderers.BaseRenderer):
    """Only negotiated: the response streams itself. A refusal before it begins is rendered as JSON."""

    media_type = "text/event-stream"
    format = "events"

    def render(self, data: Any, accepted_media_type: str | None = None, context: dict | None = None) -> bytes:
        return renderers.JSONRenderer().render(data)


class Notebooks(HearsSpeech, viewsets.ModelViewSet):
    """Notebooks that I may read."""

    serializer_class = NotebookSerializer
    permission_classes = (IsAuthenticated, EditsNotebook)
    queryset = Notebook.objects.none()
    lookup_value_converter = "uuid"
    http_method_names = ("get", "post", "patch", "delete", "head", "options")

    def get_queryset(self) -> QuerySet[Notebook]:
        visible = (
            Notebook.objects.visible_to(self.request.user)
            .with_counts()
            .select_related("owner", "team", "site")
        )
        return visible.order_by("-updated_at", "pk")

    def perform_create(self, serializer: NotebookSerializer) -> None:
        notebook = serializer.form.save(commit=False)
        notebook.owner = self.request.user
        notebook.save()
        serializer.instance = self.get_queryset().get(pk=notebook.pk)

    def perform_update(self, serializer: NotebookSerializer) -> None:
        notebook = actions.change_notebook(notebook=serializer.form.save(commit=False), by=self.request.user)
        serializer.instance = self.get_queryset().get(pk=notebook.pk)

    def perform_destroy(self, notebook: Notebook) -> None:
        actions.delete_notebook(notebook=notebook, user=self.request.user)

    @extend_schema(parameters=[SearchParametersSerializer], responses=HitsSerializer, filters=False)
    @action(detail=True, methods=["get"], pagination_class=None)
    def search(self, request: Request, pk: str | None = None) -> Response:
        """The passages that match best, without an answer."""
        notebook = self.get_object()
        data = SearchParametersSerializer(data=request.query_params)
        data.is_valid(raise_exception=True)
        hits, notice = asking.find(
            notebook=notebook,
            user=request.user,
            query=data.validated_data["q"],
            top_k=data.validated_data["top_k"],
            sources=data.validated_data.get("source"),
        )
        return Response({"results": [asking.hit_as_json(hit) for hit in hits], "notice": notice})

    @extend_schema(request=QuestionSerializer, responses=AnswerSerializer)
    @action(detail=True, methods=["post"], renderer_classes=[renderers.JSONRenderer, EventStream])
    def ask(self, request: Request, pk: str | None = None) -> Response | StreamingHttpResponse:
        """An answer from this notebook's sources only, each sentence with its citations.

        `Accept: text/event-stream` sends it in steps: `searching`, one `sentence` each as it is written, and
        `answer`, which takes their place. A short question that leans on the one before is understood so, and
        `follows` says on which.
        """
        notebook = self.get_object()
        data = QuestionSerializer(data=request.data)
        data.is_valid(raise_exception=True)
        asked = {"language": get_language(), **data.validated_data}
        if request.accepted_renderer.format == "events":
            return stream_answer(notebook=notebook, user=request.user, **asked)
        return Response(asking_back.ask(notebook=notebook, user=request.user, **asked).answer)

    @extend_schema(request=RecordingSerializer, responses=TranscriptSerializer)
    @action(detail=True, methods=["post"], parser_classes=[MultiPartParser])
    def transcribe(self, request: Request, pk: str | None = None) -> Response:
        """Turn a spoken question (multipart `audio`) into text; 404 where no service for it is set up."""
        self.get_object()
        return self.heard(request)

    @extend_schema(responses=ExchangeSerializer(many=True), filters=False)
    @action(detail=True, methods=["get"])
    def conversation(self, request: Request, pk: str | None = None) -> Response:
        """My own questions to this notebook and their answers, the newest first."""
        own = Exchange.objects.visible_to(request.user).filter(notebook=self.get_object()).order_by("-pk")
        page = self.paginate_queryset(own)
        return self.get_paginated_response(ExchangeSerializer(hide_gone(page, request.user), many=True).data)

    @extend_schema(responses={204: None})
    @conversation.mapping.delete
    def forget(self, request: Request, pk: str | None = None) -> Response:
        """Erase my conversation with this notebook."""
        asking.forget(notebook=self.get_object(), user=request.user)
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(request=None, responses={201: NotebookSerializer})
    @action(detail=True, methods=["post"])
    def copy(self, request: Request, pk: str | None = None) -> Response:
        """Copy a notebook that is shared with me; the copy is mine alone."""
        own = copying.copy(notebook=self.get_object(), user=request.user)
        shown = self.get_serializer(self.get_queryset().get(pk=own.pk))
        return Response(shown.data, status=status.HTTP_201_CREATED)


class Sources(
    mixins.RetrieveModelMixin, mixins.ListModelMixin, mixins.DestroyModelMixin, viewsets.GenericViewSet
):
    """The sources of one notebook."""

    serializer_class = SourceSerializer
    parser_classes = (MultiPartParser, FormParser, JSONParser)
    queryset = Source.objects.none()
    lookup_value_converter = "uuid"

    def get_notebook(self) -> Notebook:
        return get_object_or_404(
            Notebook.objects.visible_to(self.request.user), pk=self.kwargs["notebook_pk"]
        )

    def get_queryset(self) -> QuerySet[Source]:
        sources = self.get_notebook().sources.select_related("notebook", "owner", "added_by")
        if self.action == "put_back":
            sources = sources.exclude(removed_at=None)
        else:
            sources = sources.current() if self.action == "list" else sources.present()
        return sources.defer("text", "pages", "headings").order_by("created_at", "pk")

    @extend_schema(request=NewSourceSerializer, responses={201: SourceSerializer})
    def create(self, request: Request, notebook_pk: str) -> Response:
        """Add a file (multipart `file`) or a text (JSON `{title, text}`); it is read in the background."""
        notebook = self.get_notebook()
        if not notebook.can_be_added_to_by(request.user):
            raise PermissionDenied
        data = NewSourceSerializer(data=request.data)
        data.is_valid(raise_exception=True)
        new = data.validated_data
        if "file" in new:
            source = actions.add_file(
                notebook=notebook, user=request.user, file=new["file"], title=new["title"]
            )
        else:
            source = actions.add_text(
                notebook=notebook, user=request.user, title=new["title"], text=new["text"]
            )
        return Response(SourceSerializer(source).data, status=status.HTTP_201_CREATED)

    def _get_own(self) -> Source:
        source = self.get_object()
        if not source.can_be_removed_by(self.request.user):
            raise PermissionDenied
        return source

    def _get_changeable(self) -> Source:
        source = self.get_object()
        if not actions.may_change(source, self.request.user):
            raise PermissionDenied
        return source

    @extend_schema(request=SourceChangeSerializer, responses=SourceSerializer)
    def partial_update(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Change its title, who answers for it, and between which days it is valid."""
        data = SourceChangeSerializer(self._get_changeable(), data=request.data)
        data.is_valid(raise_exception=True)
        source = actions.change_source(source=data.form.save(commit=False), by=request.user)
        return Response(SourceSerializer(source).data)

    @extend_schema(responses=SourceSerializer(many=True), filters=False)
    @action(detail=True, methods=["get"])
    def versions(self, request: Request, notebook_pk: str, pk: str | None = None) -> Response:
        """All versions of a source, the newest first; the one that answers has no `superseded_at`."""
        line = versions.versions_of(self.get_object()).filter(removed_at=None)
        page = self.paginate_queryset(line.select_related("owner", "added_by").order_by("-version"))
        return self.get_paginated_response(SourceSerializer(page, many=True).data)

    @extend_schema(request=NewVersionSerializer, responses={201: SourceSerializer})
    @versions.mapping.post
    def add_version(self, request: Request, notebook_pk: str, pk: str | None = None) -> Response:
        """Add a new version, as a file or a text; until it is read the one before it goes on answering."""
        source = self._get_changeable()
        data = NewVersionSerializer(data=request.data)
        data.is_valid(raise_exception=True)
        version = actions.add_version(source=source, user=request.user, **data.validated_data)
        return Response(SourceSerializer(version).data, status=status.HTTP_201_CREATED)

    @extend_schema(request=None, responses=SourceSerializer)
    @action(detail=True, methods=["post"])
    def cancel(self, request: Request, notebook_pk: str, pk: str | None = None) -> Response:
        """Stop reading a source, or waiting for it; it can be tried again. One that was read stays as it is."""
        return Response(SourceSerializer(actions.cancel(source=self._get_own())).data)

    def destroy(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Remove it: from now on it answers nothing."""
        actions.remove(source=self._get_own(), user=request.user)
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(request=None, responses=SourceSerializer)
    @action(detail=True, methods=["post"])
    def retry(self, request: Request, notebook_pk: str, pk: str | None = None) -> Response:
        """Read a failed source once more."""
        return Response(SourceSerializer(actions.retry(source=self._get_own())).data)

    @extend_schema(request=None, responses=SourceSerializer)
    @action(detail=True, methods=["post"], url_path="put-back")
    def put_back(self, request: Request, notebook_pk: str, pk: str | None = None) -> Response:
        """Undo removing it, for a day; 409 if the same content was added again in the meantime."""
        source = self._get_own()
        actions.put_back(source=source)
        return Response(SourceSerializer(source).data)
