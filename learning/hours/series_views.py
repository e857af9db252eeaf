"""The pages of the series: for facilitators, who found and change them."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hub.people import access
from hub.refusals import Refusal
from learning.hours import recurrence, series_actions
from learning.hours.feast_days import feast_day
from learning.hours.models import Series
from learning.hours.series_forms import SeriesForm
from learning.hours.untouched import kept_of

SHOWN_AHEAD = 26


def get_series_for(request: HttpRequest, series_id: object, *, to_run: bool = False) -> Series:
    """The series if this person may see it (else 404), and may change it where asked (else 403)."""
    rows = Series.objects.visible_to(request.user).select_related(
        "facilitator__team__site", "deputy", "team__site", "site"
    )
    series = get_object_or_404(rows, pk=series_id)
    if to_run and not series.can_be_run_by(request.user):
        raise PermissionDenied
    return series


def _refuse_others(request: HttpRequest) -> None:
    if not (access.is_facilitator(request.user) or access.is_administrator(request.user)):
        raise PermissionDenied


@require_GET
def list_series(request: HttpRequest) -> HttpResponse:
    _refuse_others(request)
    rows = list(
        Series.objects.visible_to(request.user)
        .select_related("facilitator", "team", "site")
        .order_by("ended_at", "title", "pk")[:100]
    )
    for series in rows:
        series.rhythm = recurrence.in_words(recurrence.parse(series.rule), series.starts_on)
    return render(request, "hours/series_list.html", {"series_rows": rows})


@require_http_methods(["GET", "POST"])
def create(request: HttpRequest) -> HttpResponse:
    if not access.is_facilitator(request.user):
        raise PermissionDenied
    form = SeriesForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            series = series_actions.found(series=form.save(commit=False), by=request.user)
        except Refusal as refusal:
            form.add_error(None, str(refusal.message))
        else:
            messages.success(request, _("The series stands, with its hours of the next 26 weeks."))
            return redirect("hours:series", series.pk)
    return _form(request, form, None)


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, series_id: object) -> HttpResponse:
    series = get_series_for(request, series_id, to_run=True)
    form = SeriesForm(request.POST or None, user=request.user, instance=series)
    if request.method == "POST" and form.is_valid():
        try:
            series_actions.change(series=form.save(commit=False), by=request.user)
        except Refusal as refusal:
            form.add_error(None, str(refusal.message))
        else:
            messages.success(request, _("Saved. Hours that were changed on their own stay as they are."))
            _say_what_stays(request, series)
            return redirect("hours:series", series.pk)
    return _form(request, form, series)


def _say_what_stays(request: HttpRequest, series: Series) -> None:
    if series.occurrences.under_way(timezone.now()).exists():
        messages.info(request, _("The hour whose doors are open stays as it is and takes place."))


def _form(request: HttpRequest, form: SeriesForm, series: Series | None) -> HttpResponse:
    context = {"form": form, "series": series}
    return render(request, "hours/series_form.html", context, status=422 if form.errors else 200)


@require_GET
def detail(request: HttpRequest, series_id: object) -> HttpResponse:
    series, now = get_series_for(request, series_id), timezone.now()
    coming = list(
        series.occurrences.filter(ends_at__gt=now)
        .select_related("facilitator", "deputy", "notebook", "series")
        .order_by("starts_at")[:SHOWN_AHEAD]
    )
    site = series.home_site
    for session in coming:
        session.feast = site and feast_day(
            site.country, site.region, session.local_date, request.user.language
        )
    context = {
        "series": series,
        "rhythm": recurrence.in_words(recurrence.parse(series.rule), series.starts_on),
        "coming": coming,
        "can_run": series.can_be_run_by(request.user),
        "kept": kept_of(series.occurrences.all(), now),
    }
    return render(request, "hours/series.html", context)


@require_POST
def end(request: HttpRequest, series_id: object) -> HttpResponse:
    series = get_series_for(request, series_id, to_run=True)
    series_actions.end(series=series, by=request.user)
    messages.success(request, _("The series has ended. You can resume it here."))
    _say_what_stays(request, series)
    return redirect("hours:series", series.pk)


@require_POST
def resume(request: HttpRequest, series_id: object) -> HttpResponse:
    series = get_series_for(request, series_id, to_run=True)
    series_actions.resume(series=series, by=request.user)
    messages.success(request, _("The series goes on."))
    return redirect("hours:series", series.pk)
