"""The story library."""

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import mixins, viewsets
from rest_framework.decorators import action
from rest_framework.permissions import SAFE_METHODS, BasePermission, IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from hub.stories import actions
from hub.stories.forms import HATPINS, LibraryForm
from hub.stories.found_pins import FoundPins, found_pins_for
from hub.stories.library import library_for
from hub.stories.models import Hatpin, Story
from hub.stories.serializers import SolvedHatpinSerializer, StorySerializer


class IsAuthor(BasePermission):
    """Everybody finds a story helpful or not; changing it is for whoever wrote it."""

    def has_object_permission(self, request: Request, view: viewsets.ViewSet, story: Story) -> bool:
        is_open = request.method in SAFE_METHODS or view.action in {"kudos", "take_kudos_back"}
        return is_open or story.author_id == request.user.pk


@extend_schema_view(
    list=extend_schema(
        parameters=[
            OpenApiParameter("q", str, description="Words that the story holds."),
            OpenApiParameter("kind", str, enum=Story.Kind.values),
            OpenApiParameter("tool", str),
            OpenApiParameter("language", str, enum=["de", "en"]),
            OpenApiParameter("order", str, enum=["kudos"], description="Without it the newest come first."),
        ]
    )
)
class Stories(viewsets.ModelViewSet):
    """Success stories that are published; a draft is found under its own address by whoever wrote it."""

    serializer_class = StorySerializer
    permission_classes = (IsAuthenticated, IsAuthor)
    queryset = Story.objects.none()
    lookup_value_converter = "uuid"
    http_method_names = ("get", "post", "patch", "delete", "head", "options")

    def wishes(self) -> dict[str, str]:
        wishes = LibraryForm(self.request.query_params).wishes()
        # Hatpins are no stories: they have a list of their own.
        return {**wishes, "kind": "" if wishes["kind"] == HATPINS else wishes["kind"]}

    def get_queryset(self) -> QuerySet[Story]:
        if self.action == "list":
            return library_for(self.request.user, **self.wishes())
        return Story.objects.visible_to(self.request.user).with_kudos(self.request.user)

    def perform_create(self, serializer: StorySerializer) -> None:
        story = actions.write(story=serializer.form.save(commit=False), author=self.request.user)
        serializer.instance = self.get_queryset().get(pk=story.pk)

    def perform_update(self, serializer: StorySerializer) -> None:
        actions.change(story=serializer.form.save(commit=False))
        serializer.instance = self.get_queryset().get(pk=serializer.instance.pk)

    def perform_destroy(self, story: Story) -> None:
        actions.delete(story=story)

    @extend_schema(request=None, responses=StorySerializer)
    @action(detail=True, methods=["post"])
    def publish(self, request: Request, pk: str | None = None) -> Response:
        """Let everybody read it; also takes a withdrawal back."""
        actions.publish(story=self.get_object())
        return self.retrieve(request, pk=pk)

    @extend_schema(request=None, responses=StorySerializer)
    @action(detail=True, methods=["post"])
    def withdraw(self, request: Request, pk: str | None = None) -> Response:
        """From now on only I see it; `publish` undoes it."""
        actions.withdraw(story=self.get_object())
        return self.retrieve(request, pk=pk)

    @extend_schema(request=None, responses=StorySerializer)
    @action(detail=True, methods=["post"])
    def kudos(self, request: Request, pk: str | None = None) -> Response:
        """Say with my name that this story helps me. Repeating it has no second effect."""
        actions.give_kudos(story=self.get_object(), giver=request.user)
        return self.retrieve(request, pk=pk)

    @extend_schema(request=None, responses=StorySerializer)
    @kudos.mapping.delete
    def take_kudos_back(self, request: Request, pk: str | None = None) -> Response:
        """Take my kudos back."""
        actions.take_kudos_back(story=self.get_object(), giver=request.user)
        return self.retrieve(request, pk=pk)


@extend_schema_view(
    list=extend_schema(
        parameters=[
            OpenApiParameter("q", str, description="Words that the hatpin or a reply holds."),
            OpenApiParameter("tool", str, description="A tool that it names."),
            OpenApiParameter("language", str, enum=["de", "en"], description="Of whoever stuck it."),
            OpenApiParameter("order", str, enum=["kudos"], description="Without it the latest come first."),
        ]
    )
)
class SolvedHatpins(mixins.ListModelMixin, viewsets.GenericViewSet):
    """Hatpins solved where I take part, and workarounds once the hour is over; the latest first."""

    serializer_class = SolvedHatpinSerializer
    queryset = Hatpin.objects.none()
    lookup_value_converter = "uuid"
    filter_backends = ()

    def get_queryset(self) -> FoundPins:
        if self.action != "list":
            return found_pins_for(self.request.user)
        asked = {
            name: self.request.query_params.get(name, "")[:100] for name in ("q", "tool", "language", "order")
        }
        return found_pins_for(
            self.request.user, **{name: wish.replace("\x00", "") for name, wish in asked.items()}
        )

    def get_object(self) -> Hatpin:
        return get_object_or_404(self.get_queryset().pins(), pk=self.kwargs["pk"])

    def answer(self) -> Response:
        found = found_pins_for(self.request.user).one(self.kwargs["pk"])
        return Response(self.get_serializer(found).data)

    @extend_schema(request=None, responses=SolvedHatpinSerializer)
    @action(detail=True, methods=["post"])
    def kudos(self, request: Request, pk: str | None = None) -> Response:
        """Say with my name that this hatpin helps me. Repeating it has no second effect."""
        actions.give_pin_kudos(hatpin=self.get_object(), giver=request.user)
        return self.answer()

    @extend_schema(request=None, responses=SolvedHatpinSerializer)
    @kudos.mapping.delete
    def take_kudos_back(self, request: Request, pk: str | None = None) -> Response:
        """Take my kudos for a hatpin back."""
        actions.take_pin_kudos_back(hatpin=self.get_object(), giver=request.user)
        return self.answer()
