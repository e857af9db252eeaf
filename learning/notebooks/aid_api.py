"""Study aids in the interface for programs."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, status, viewsets
from rest_framework.decorators import action
from rest_framework.exceptions import PermissionDenied
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from learning.notebooks import aid_actions, export_views
from learning.notebooks.aid_presenting import present
from learning.notebooks.aid_serializers import (
    AidTitleSerializer,
    AidWithItemsSerializer,
    ItemChangeSerializer,
    ItemSerializer,
    NewAidSerializer,
    ReleaseSerializer,
    StudyAidSerializer,
    item_as_json,
)
from learning.notebooks.models import AidItem, Notebook, StudyAid


def notebook_for(view: APIView) -> Notebook:
    return get_object_or_404(Notebook.objects.visible_to(view.request.user), pk=view.kwargs["notebook_pk"])


class StudyAids(
    mixins.ListModelMixin, mixins.RetrieveModelMixin, mixins.DestroyModelMixin, viewsets.GenericViewSet
):
    """The study aids of one notebook: those that are released, my own, and what I may release."""

    serializer_class = StudyAidSerializer
    queryset = StudyAid.objects.none()
    lookup_value_converter = "uuid"

    def get_queryset(self) -> QuerySet[StudyAid]:
        rows = StudyAid.objects.filter(notebook=notebook_for(self))
        removed = self.action == "put_back"
        rows = rows.exclude(removed_at=None) if removed else rows.visible_to(self.request.user)
        return rows.select_related("notebook", "made_by", "released_by")

    def _get_editable(self) -> StudyAid:
        aid = self.get_object()
        if not aid.can_be_edited_by(self.request.user):
            raise PermissionDenied
        return aid

    @extend_schema(request=NewAidSerializer, responses={202: StudyAidSerializer})
    def create(self, request: Request, notebook_pk: str) -> Response:
        """Make a study aid from all sources or some; it is made in the background."""
        notebook, data = notebook_for(self), NewAidSerializer(data=request.data)
        data.is_valid(raise_exception=True)
        aid = aid_actions.request_aid(notebook=notebook, user=request.user, **data.validated_data)
        return Response(StudyAidSerializer(aid).data, status=status.HTTP_202_ACCEPTED)

    @extend_schema(responses=AidWithItemsSerializer)
    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """One study aid with its items; those whose passages are gone keep their place and say nothing."""
        aid = self.get_object()
        items = [item_as_json(item) for item in present(aid)]
        return Response({**StudyAidSerializer(aid).data, "items": items})

    @extend_schema(request=AidTitleSerializer, responses=StudyAidSerializer)
    def partial_update(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Give it another title."""
        aid = self._get_editable()
        data = AidTitleSerializer(data=request.data)
        data.is_valid(raise_exception=True)
        return Response(StudyAidSerializer(aid_actions.rename(aid=aid, **data.validated_data)).data)

    def destroy(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Remove it; it can be put back for a day."""
        aid_actions.remove(aid=self._get_editable(), by=request.user)
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(request=None, responses=StudyAidSerializer)
    @action(detail=True, methods=["post"], url_path="put-back")
    def put_back(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Undo removing a study aid, for a day."""
        return Response(StudyAidSerializer(aid_actions.put_back(aid=self._get_editable())).data)

    @extend_schema(request=None, responses=StudyAidSerializer)
    @action(detail=True, methods=["post"])
    def cancel(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Stop making it, or waiting for it; one that was made stays as it is."""
        return Response(StudyAidSerializer(aid_actions.cancel(aid=self._get_editable())).data)

    @extend_schema(request=None, responses=StudyAidSerializer)
    @action(detail=True, methods=["post"])
    def retry(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Make one that failed once more."""
        return Response(StudyAidSerializer(aid_actions.retry(aid=self._get_editable())).data)

    @extend_schema(request=ReleaseSerializer, responses=StudyAidSerializer)
    @action(detail=True, methods=["post"])
    def release(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Show it to all readers of the notebook as reviewed by me, or take that back; for its editors."""
        aid = self.get_object()
        if not aid.can_be_released_by(request.user):
            raise PermissionDenied
        data = ReleaseSerializer(data=request.data)
        data.is_valid(raise_exception=True)
        act = aid_actions.release if data.validated_data["released"] else aid_actions.take_back
        return Response(StudyAidSerializer(act(aid=aid, by=request.user)).data)

    @extend_schema(responses={(200, "text/markdown"): str})
    @action(detail=True, methods=["get"])
    def markdown(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        """The study aid as Markdown, with its sources."""
        return export_views.markdown_of(self.get_object())

    @extend_schema(responses={(200, "application/octet-stream"): bytes})
    @action(detail=True, methods=["get"])
    def anki(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        """The study aid as a package for Anki."""
        return export_views.anki_of(self.get_object())


class OneItem(APIView):
    """One item of a study aid."""

    @extend_schema(request=ItemChangeSerializer, responses=ItemSerializer)
    def patch(self, request: Request, notebook_pk: str, aid_pk: str, pk: str) -> Response:
        """Change an item, or leave it out; 409 if somebody else changed it since `revision`."""
        aids = StudyAid.objects.visible_to(request.user).filter(notebook=notebook_for(self))
        aid = get_object_or_404(aids.select_related("notebook"), pk=aid_pk)
        if not aid.can_be_edited_by(request.user):
            raise PermissionDenied
        item = get_object_or_404(AidItem, aid=aid, pk=pk)
        if present(aid, AidItem.objects.filter(pk=item.pk))[0].is_withdrawn:
            raise PermissionDenied
        data = ItemChangeSerializer(item, data=request.data)
        data.is_valid(raise_exception=True)
        aid_actions.edit_item(item=item, by=request.user, **data.form.cleaned())
        match data.validated_data.get("left_out"):
            case True:
                aid_actions.leave_out(item=item, by=request.user)
            case False:
                aid_actions.take_in(item=item, by=request.user)
        return Response(item_as_json(present(aid, AidItem.objects.filter(pk=item.pk))[0]))
