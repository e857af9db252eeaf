"""The pages of the idea box."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from challenges.usecases import actions, answering, telling
from challenges.usecases.becoming import shown_paths
from challenges.usecases.box import box_for
from challenges.usecases.forms import AnswerForm, BoxForm, CommentForm, HideForm, UseCaseForm
from challenges.usecases.models import ANSWER_DAYS, Comment, UseCase, may_moderate
from challenges.usecases.similar import similar_to
from hub.ai import speech
from hub.problems import refuse
from hub.refusals import Refusal

A_PAGE = 20
COMMENTS_A_PAGE = 50


def get_use_case_for(request: HttpRequest, use_case_id: object) -> UseCase:
    visible = UseCase.objects.visible_to(request.user).with_counts(request.user)
    return get_object_or_404(visible, pk=use_case_id)


def get_own_use_case(request: HttpRequest, use_case_id: object) -> UseCase:
    """404 for what one may not know of, 403 for what one may only read."""
    use_case = get_use_case_for(request, use_case_id)
    if use_case.author_id != request.user.pk:
        raise PermissionDenied
    return use_case


def get_comment_for(request: HttpRequest, comment_id: object) -> Comment:
    visible = Comment.objects.visible_to(request.user).select_related("use_case", "author")
    return get_object_or_404(visible, pk=comment_id)


@require_GET
def box(request: HttpRequest) -> HttpResponse:
    form = BoxForm(request.GET)
    wishes = form.wishes()
    context = {
        "form": form,
        "is_filtered": bool(wishes["q"] or wishes["state"]),
        "is_mine": wishes["state"] == "mine",
        "page": Paginator(box_for(request.user, **wishes), A_PAGE).get_page(request.GET.get("page")),
        "days": ANSWER_DAYS,
        "overdue": UseCase.objects.visible_to(request.user).overdue().count(),
        "for_me": UseCase.objects.to_answer_by(request.user).count(),
    }
    return render(request, "usecases/box.html", context)


@require_GET
def detail(request: HttpRequest, use_case_id: object) -> HttpResponse:
    use_case = get_use_case_for(request, use_case_id)
    return render(request, "usecases/detail.html", _shown(request, use_case))


def _shown(request: HttpRequest, use_case: UseCase, **forms: object) -> dict[str, object]:
    """All that stands on the page of one; `forms` are those that were sent and hold a mistake."""
    user = request.user
    comments = use_case.comments.filter(pk__in=Comment.objects.visible_to(user).values("pk"))
    page = Paginator(comments.select_related("author"), COMMENTS_A_PAGE).get_page(request.GET.get("page"))
    may_answer = use_case.is_waiting and use_case.can_be_answered_by(user)
    return {
        "use_case": use_case,
        "is_mine": use_case.author_id == user.pk,
        "may_moderate": may_moderate(user),
        "became": use_case.became if shown_paths([use_case], user) else "",
        "page": page,
        "comment_form": CommentForm(),
        "answer_form": AnswerForm(user=user) if may_answer else None,
        **forms,
    }


@require_http_methods(["GET", "POST"])
def create(request: HttpRequest) -> HttpResponse:
    return _write(request, UseCase())


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, use_case_id: object) -> HttpResponse:
    use_case = get_own_use_case(request, use_case_id)
    try:
        actions.check_unanswered(use_case)
    except Refusal as refusal:
        return refuse(request, refusal, back=telling.path_of(use_case))
    return _write(request, use_case)


def _write(request: HttpRequest, use_case: UseCase) -> HttpResponse:
    """One form for both. A second button looks for similar ones; another one sends what names somebody."""
    is_new, heading, names, status = use_case._state.adding, use_case.title, [], 0
    form = UseCaseForm(request.POST or None, user=request.user, instance=use_case)
    looks = is_new and "look" in request.POST
    if looks:
        said = {**request.POST.dict(), "is_named": "is_named" in request.POST}
        form = UseCaseForm(initial=said, user=request.user, instance=use_case)
    if request.method == "POST" and not looks and form.is_valid():
        try:
            kept = _keep(form.save(commit=False), request, is_new=is_new)
            return redirect("usecases:detail", kept.pk)
        except actions.NamesPeople as refusal:
            names = refusal.names
        except Refusal as refusal:
            status = refusal.status
            form.add_error(None, str(refusal.message))
    title = request.POST.get("title", "")[:200] if is_new else ""
    context = {
        "form": form,
        "use_case": None if is_new else use_case,
        "heading": heading,
        "names": names,
        "looked": looks,
        "similar": similar_to(title, user=request.user),
        "days": ANSWER_DAYS,
        "has_voice": speech.is_configured(),
    }
    status = status or (409 if names else 422 if form.is_bound and form.errors else 200)
    return render(request, "usecases/form.html", context, status=status)


def _keep(use_case: UseCase, request: HttpRequest, *, is_new: bool) -> UseCase:
    meant = "anyway" in request.POST
    if is_new:
        kept = actions.propose(use_case=use_case, author=request.user, names_are_meant=meant)
        messages.success(request, _("It is in the box. You are told when it is answered."))
        return kept
    return actions.change(use_case=use_case, by=request.user, names_are_meant=meant)


@require_GET
def similar(request: HttpRequest) -> HttpResponse:
    """What is shown below the title while one types."""
    title = request.GET.get("title", "")[:200]
    context = {"similar": similar_to(title, user=request.user), "looked": False}
    return render(request, "usecases/_similar.html", context)


@require_POST
def withdraw(request: HttpRequest, use_case_id: object) -> HttpResponse:
    use_case = get_own_use_case(request, use_case_id)
    try:
        if request.POST.get("undo"):
            actions.put_back(use_case=use_case, by=request.user)
        else:
            actions.withdraw(use_case=use_case, by=request.user)
    except Refusal as refusal:
        return refuse(request, refusal)
    return redirect("usecases:detail", use_case_id)


@require_POST
def vote(request: HttpRequest, use_case_id: object) -> HttpResponse:
    use_case = get_use_case_for(request, use_case_id)
    try:
        if request.POST.get("vote") == "none":
            actions.take_vote_back(use_case=use_case, person=request.user)
        elif not actions.vote(use_case=use_case, person=request.user):
            messages.info(request, _("You had voted for it already. Your vote counts once."))
    except Refusal as refusal:
        return refuse(request, refusal)
    return redirect(f"/use-cases/{use_case.pk}/#votes")


@require_POST
def comment(request: HttpRequest, use_case_id: object) -> HttpResponse:
    use_case = get_use_case_for(request, use_case_id)
    form = CommentForm(request.POST)
    if not form.is_valid():
        shown = _shown(request, use_case, comment_form=form, form=form)
        return render(request, "usecases/detail.html", shown, status=422)
    try:
        actions.comment(use_case=use_case, author=request.user, text=form.cleaned_data["text"])
    except Refusal as refusal:
        return refuse(request, refusal)
    return redirect(f"/use-cases/{use_case.pk}/#comments")


@require_GET
def own_comments(request: HttpRequest) -> HttpResponse:
    """Also those on a proposal that was taken away: its title is told no more."""
    page = Paginator(Comment.objects.own_of(request.user), A_PAGE).get_page(request.GET.get("page"))
    return render(request, "usecases/comments.html", {"page": page})


@require_POST
def delete_comment(request: HttpRequest, comment_id: object) -> HttpResponse:
    found = get_comment_for(request, comment_id)
    actions.delete_comment(comment=found, by=request.user)
    messages.success(request, _("Your comment is deleted."))
    is_shown = UseCase.objects.visible_to(request.user).filter(pk=found.use_case_id).exists()
    if is_shown and "from_list" not in request.POST:
        return redirect(f"/use-cases/{found.use_case_id}/#comments")
    return redirect("usecases:comments")


@require_POST
def answer(request: HttpRequest, use_case_id: object) -> HttpResponse:
    use_case = get_use_case_for(request, use_case_id)
    if not use_case.can_be_answered_by(request.user):
        raise PermissionDenied
    form = AnswerForm(request.POST, user=request.user)
    if not form.is_valid():
        shown = _shown(request, use_case, answer_form=form, form=form)
        return render(request, "usecases/detail.html", shown, status=422)
    try:
        answered = answering.answer(use_case=use_case, user=request.user, **form.cleaned_data)
    except Refusal as refusal:
        return refuse(request, refusal)
    messages.success(request, _("Answered. Whoever proposed it is told."))
    return redirect(answered.became or f"/use-cases/{use_case.pk}/")


@require_POST
def hide(request: HttpRequest, use_case_id: object) -> HttpResponse:
    return _hide(request, get_use_case_for(request, use_case_id), use_case_id)


@require_POST
def hide_comment(request: HttpRequest, comment_id: object) -> HttpResponse:
    found = get_comment_for(request, comment_id)
    return _hide(request, found, found.use_case_id)


def _hide(request: HttpRequest, row: UseCase | Comment, use_case_id: object) -> HttpResponse:
    try:
        if request.POST.get("undo"):
            answering.show_again(row=row, by=request.user)
        else:
            form = HideForm(request.POST)
            reason = form.cleaned_data["reason"] if form.is_valid() else ""
            answering.hide(row=row, by=request.user, reason=reason)
    except Refusal as refusal:
        return refuse(request, refusal)
    return redirect("usecases:detail", use_case_id)
