"""Where content owners write tips, look after them, and see them as every channel shows them."""

from datetime import timedelta

from csp.constants import NONE, SELF
from csp.decorators import csp, csp_update
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hub.nudges import authoring
from hub.nudges.authoring_forms import TipForm, ToolsForm
from hub.nudges.models import LANGUAGES, Tip, local_day
from hub.nudges.previews import page_of, previews_of
from hub.nudges.rules import rule_of
from hub.problems import refuse
from hub.refusals import Refusal

A_PAGE = 50
LOOK_AGAIN_AFTER = timedelta(days=182)


@require_GET
def desk(request: HttpRequest) -> HttpResponse:
    authoring.check_author(request.user)
    which = request.GET.get("which", "")
    which = which if which in authoring.WHICH else ""
    day = local_day(request.user, timezone.now())
    rows = authoring.rows_for(request.user, day, which)
    context = {
        "page": Paginator(rows, A_PAGE).get_page(request.GET.get("page")),
        "which": which,
        "choices": authoring.WHICH.items(),
        "tools_form": ToolsForm(),
        "due": sum(row.is_due for row in rows) if not which else 0,
    }
    return render(request, "nudges/desk.html", context)


@require_POST
def link_tools(request: HttpRequest) -> HttpResponse:
    """Which AI tools of the register the tips that came with the hub are done with."""
    authoring.check_author(request.user)
    form = ToolsForm(request.POST)
    if not form.is_valid():
        return refuse(request, Refusal("no_tool", _("Choose tools that are in the AI register.")))
    linked = authoring.link_tools({kind: one for kind, one in form.cleaned_data.items() if one})
    said = ngettext("%(n)s tip leads to a tool now.", "%(n)s tips lead to a tool now.", linked)
    messages.success(request, said % {"n": linked})
    return redirect("nudges:authoring")


@require_http_methods(["GET", "POST"])
def create(request: HttpRequest) -> HttpResponse:
    authoring.check_author(request.user)
    return _write(request, Tip())


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, tip_id: object) -> HttpResponse:
    return _write(request, authoring.get_tip_for(request.user, tip_id))


def _write(request: HttpRequest, tip: Tip) -> HttpResponse:
    is_new = tip._state.adding
    today = local_day(request.user, timezone.now())
    initial = {"review_on": today + LOOK_AGAIN_AFTER} if is_new else None
    heading = "" if is_new else tip.text.title
    form, version, other = TipForm(request.POST or None, instance=tip, initial=initial), tip.version, None
    if request.method == "POST" and form.is_valid():
        words, seen = form.words(), request.POST.get("version")
        try:
            kept = authoring.write(tip=form.save(commit=False), words=words, by=request.user, seen=seen)
        except Refusal as refusal:
            if refusal.code != authoring.CHANGED_MEANWHILE:
                return refuse(request, refusal)
            # Saving once more is then meant: the page shows what both wrote.
            other = Tip.objects.prefetch_related("texts").get(pk=tip.pk)
            version = other.version
        else:
            messages.success(request, _kept_sentence(words))
            return redirect("nudges:preview", kept.pk)
    elif request.method == "POST":
        version = request.POST.get("version", version)
    context = {
        "form": form,
        "version": version,
        "other": other,
        "tip": None if is_new else tip,
        "heading": heading,
        "languages": [
            (code, label, [form[f"{name}_{code}"] for name in ("title", "body", "steps", "saves_source")])
            for code, label in LANGUAGES
        ],
    }
    status = 409 if other else 422 if form.errors else 200
    return render(request, "nudges/form.html", context, status=status)


def _kept_sentence(words: dict[str, object]) -> str:
    if words["en"] is None:
        return _("Saved. Without English words, everybody reads it in German.")
    if words["de"] is None:
        return _("Saved. Without German words, everybody reads it in English.")
    return _("Saved.")


@require_POST
def retire(request: HttpRequest, tip_id: object) -> HttpResponse:
    authoring.set_in_use(tip=authoring.get_tip_for(request.user, tip_id), is_active=False)
    return redirect("nudges:preview", tip_id)


@require_POST
def put_back(request: HttpRequest, tip_id: object) -> HttpResponse:
    """The undo of retiring; also what puts a draft into use."""
    authoring.set_in_use(tip=authoring.get_tip_for(request.user, tip_id), is_active=True)
    messages.success(request, _("It is in use."))
    return redirect("nudges:preview", tip_id)


@csp_update({"frame-src": [SELF]})
@require_GET
def preview(request: HttpRequest, tip_id: object) -> HttpResponse:
    tip = authoring.get_tip_for(request.user, tip_id)
    language = _language_of(request, tip)
    context = {
        "tip": tip,
        "row": authoring.Row(tip, local_day(request.user, timezone.now())),
        "language": language,
        "languages": [one for one in LANGUAGES if one[0] in {text.language for text in tip.texts.all()}],
        "shown": previews_of(tip, request.user, language),
        "rule": rule_of(tip, language),
    }
    return render(request, "nudges/preview.html", context)


@csp(
    {
        "default-src": [NONE],
        "style-src": ["'unsafe-inline'"],
        "frame-ancestors": [SELF],
        "base-uri": [NONE],
        "form-action": [NONE],
    }
)
@xframe_options_sameorigin
@require_GET
def preview_page(request: HttpRequest, tip_id: object, channel: str) -> HttpResponse:
    """What one channel sends, as a document that runs, loads and sends nothing."""
    tip = authoring.get_tip_for(request.user, tip_id)
    page = page_of(tip, request.user, channel, _language_of(request, tip))
    if not page:
        raise Http404
    return HttpResponse(page)


def _language_of(request: HttpRequest, tip: Tip) -> str:
    """The one asked for if the tip has words in it, else the one that the reader gets."""
    asked = request.GET.get("language", "")
    return asked if asked in {text.language for text in tip.texts.all()} else tip.text.language
