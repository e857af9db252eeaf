"""The pages of the story library."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.encoding import iri_to_uri
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hub.problems import refuse
from hub.refusals import Refusal
from hub.stories import actions
from hub.stories.copies import as_markdown, copies_for, copy_as
from hub.stories.forms import HATPINS, LibraryForm, StoryForm
from hub.stories.found_pins import NAMES, found_pins_for
from hub.stories.library import library_for
from hub.stories.models import Story

A_PAGE = 20
FEW_PINS = 5  # below the stories; all of them are a filter away


def get_story_for(request: HttpRequest, story_id: object) -> Story:
    visible = Story.objects.visible_to(request.user).with_kudos(request.user)
    return get_object_or_404(visible, pk=story_id)


def get_own_story(request: HttpRequest, story_id: object) -> Story:
    """404 for what one may not know of, 403 for what one may only read."""
    story = get_story_for(request, story_id)
    if story.author_id != request.user.pk:
        raise PermissionDenied
    return story


@require_GET
def library(request: HttpRequest) -> HttpResponse:
    form = LibraryForm(request.GET)
    wishes = form.wishes()
    asked = {name: wish for name, wish in wishes.items() if name != "kind"}
    pins = [] if wishes["kind"] in Story.Kind.values else found_pins_for(request.user, **asked)
    only_pins = wishes["kind"] == HATPINS
    rows = pins if only_pins else library_for(request.user, **wishes)
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    mine = Story.objects.filter(author=request.user).exclude(state=Story.State.PUBLISHED)
    context = {
        "form": form,
        "is_filtered": any(wishes[name] for name in ("q", "kind", "tool", "language")),
        "page": page,
        "only_pins": only_pins,
        "pins": [] if only_pins or page.number > 1 else pins[:FEW_PINS],
        "pin_count": len(pins),
        "unpublished": mine.order_by("-created_at")[: actions.MOST_STORIES],
    }
    return render(request, "stories/library.html", context)


@require_GET
def detail(request: HttpRequest, story_id: object) -> HttpResponse:
    story = get_story_for(request, story_id)
    givers = story.kudos.select_related("giver")[:NAMES]
    context = {
        "story": story,
        "is_mine": story.author_id == request.user.pk,
        "givers": [kudos.giver.get_full_name() for kudos in givers],
        "more": max(story.kudos_count - NAMES, 0),
        "markdown": as_markdown(story),
        "copies": copies_for(request.user),
    }
    return render(request, "stories/detail.html", context)


@require_http_methods(["GET", "POST"])
def create(request: HttpRequest) -> HttpResponse:
    return _write(request, Story())


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, story_id: object) -> HttpResponse:
    return _write(request, get_own_story(request, story_id))


def _write(request: HttpRequest, story: Story) -> HttpResponse:
    """One form for both; its second button publishes at once."""
    is_new, heading = story._state.adding, story.title
    initial = {"kind": request.GET.get("kind", "")} if is_new else None
    form = StoryForm(request.POST or None, user=request.user, instance=story, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            _keep(form.save(commit=False), request, is_new=is_new)
        except Refusal as refusal:
            return refuse(request, refusal)
        return redirect("stories:detail", story.pk)
    context = {"form": form, "story": None if is_new else story, "heading": heading}
    return render(request, "stories/form.html", context, status=422 if form.errors else 200)


def _keep(story: Story, request: HttpRequest, *, is_new: bool) -> None:
    if is_new:
        actions.write(story=story, author=request.user)
    else:
        actions.change(story=story)
    if "publish" in request.POST and not story.is_published:
        actions.publish(story=story)
        messages.success(request, _("Published. Thank you for sharing it."))


@require_POST
def publish(request: HttpRequest, story_id: object) -> HttpResponse:
    """Also the undo of a withdrawal."""
    actions.publish(story=get_own_story(request, story_id))
    messages.success(request, _("Everybody can read it now."))
    return redirect("stories:detail", story_id)


@require_POST
def withdraw(request: HttpRequest, story_id: object) -> HttpResponse:
    try:
        actions.withdraw(story=get_own_story(request, story_id))
    except Refusal as refusal:
        return refuse(request, refusal)
    return redirect("stories:detail", story_id)


@require_POST
def delete(request: HttpRequest, story_id: object) -> HttpResponse:
    try:
        actions.delete(story=get_own_story(request, story_id))
    except Refusal as refusal:
        return refuse(request, refusal)
    messages.success(request, _("The story is deleted."))
    return redirect("stories:library")


@require_POST
def kudos(request: HttpRequest, story_id: object) -> HttpResponse:
    story = get_story_for(request, story_id)
    try:
        if request.POST.get("kudos") == "none":
            actions.take_kudos_back(story=story, giver=request.user)
        else:
            actions.give_kudos(story=story, giver=request.user)
    except Refusal as refusal:
        return refuse(request, refusal)
    return redirect(f"/stories/{story.pk}/#kudos")


@require_POST
def pin_kudos(request: HttpRequest, pin_id: object) -> HttpResponse:
    """For a hatpin that the person finds in the library: 404 for any other."""
    hatpin = get_object_or_404(found_pins_for(request.user).pins(), pk=pin_id)
    try:
        if request.POST.get("kudos") == "none":
            actions.take_pin_kudos_back(hatpin=hatpin, giver=request.user)
        else:
            actions.give_pin_kudos(hatpin=hatpin, giver=request.user)
    except Refusal as refusal:
        return refuse(request, refusal)
    back = request.POST.get("back", "").replace("#", "")
    return redirect(f"{reverse('stories:library')}?{iri_to_uri(back)}#pin-{hatpin.pk}")


@require_POST
def copy(request: HttpRequest, story_id: object) -> HttpResponse:
    story = get_story_for(request, story_id)
    try:
        return redirect(copy_as(request.POST.get("as", ""), story=story, user=request.user))
    except Refusal as refusal:
        return refuse(request, refusal)
