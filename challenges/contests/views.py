"""The pages of a bet for everybody, and those of whoever runs it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from challenges.contests import actions
from challenges.contests.approving import refuses_after_the_start
from challenges.contests.deputies import confirms_hours, has_second, referees_acting
from challenges.contests.fetching import assisted_entry_of, get_challenge_for
from challenges.contests.forms import ChallengeForm
from challenges.contests.kept_pages import (
    ROWS_A_PAGE,
    SECONDS,
    kept_key,
    own_place_html,
    plain_number,
    standings_html,
)
from challenges.contests.ledger import ledger_of, sums_of, with_claims
from challenges.contests.models import Challenge, Entry
from challenges.contests.own_claims import own_drafts
from challenges.contests.presenting import entries_of, freed_of, own_part, standings_of, with_steps
from challenges.contests.published import published
from challenges.contests.telling import stories_of
from hub.people import access
from hub.problems import refuse
from hub.refusals import Refusal
from hub.shells import render_shell

SHOWN_ON_THE_PAGE = 20


@require_GET
def list_challenges(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    challenges = Challenge.objects.visible_to(request.user)
    page = Paginator(challenges, 20).get_page(request.GET.get("page"))
    mine = set(
        Entry.objects.of(request.user)
        .filter(challenge__in=page.object_list)
        .values_list("challenge_id", flat=True)
    )
    for challenge in page.object_list:
        challenge.phase_now = challenge.phase(now)
        challenge.takes_entries_now = challenge.takes_entries(now)
        challenge.is_mine = challenge.pk in mine
    context = {
        "page": page,
        "can_open": access.is_facilitator(request.user),
        "is_controller": confirms_hours(request.user),
        "is_works_council": access.is_works_council(request.user),
    }
    return render(request, "contests/list.html", context)


@require_http_methods(["GET", "POST"])
def create(request: HttpRequest) -> HttpResponse:
    if not access.is_facilitator(request.user):
        raise PermissionDenied
    form = ChallengeForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        is_draft = "draft" in request.POST
        challenge = actions.open_challenge(
            challenge=form.save(commit=False),
            organiser=request.user,
            referees=list(form.cleaned_data["referees"]),
            is_draft=is_draft,
        )
        said = (
            _("Kept as a draft that only you see.")
            if is_draft
            else _("The bet is open. Whoever wants to can take part.")
        )
        messages.success(request, said)
        return redirect("contests:detail", challenge.pk)
    context = {"form": form, "challenge": None}
    return render(request, "contests/form.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, challenge_id: object) -> HttpResponse:
    challenge = get_challenge_for(request, challenge_id, to_change=True)
    form = ChallengeForm(request.POST or None, user=request.user, instance=challenge)
    status = 200
    if request.method == "POST" and form.is_valid():
        referees = list(form.cleaned_data["referees"])
        try:
            actions.change_challenge(challenge=form.save(commit=False), by=request.user, referees=referees)
        except Refusal as refusal:
            form.add_error(None, str(refusal.message))
            status = refusal.status
        else:
            messages.success(request, _("Saved."))
            return redirect("contests:detail", challenge.pk)
    elif form.errors:
        status = 422
    return render(request, "contests/form.html", {"form": form, "challenge": challenge}, status=status)


@require_GET
def detail(request: HttpRequest, challenge_id: object) -> HttpResponse:
    challenge = get_challenge_for(request, challenge_id)
    mine = Entry.objects.of(request.user).select_related("baseline", "process", "contestant")
    entry = mine.filter(challenge=challenge).first()
    if entry:
        entry.challenge = challenge
    assisted = None if entry else assisted_entry_of(request.user, challenge)
    referees = list(challenge.referees.all())
    entries = Paginator(entries_of(challenge), SHOWN_ON_THE_PAGE).get_page(1)
    standings = Paginator(standings_of(challenge), SHOWN_ON_THE_PAGE).get_page(1)
    shown = with_steps(standings)
    winners = [standing.entry for standing in shown if standing.shown_rank == 1]
    context = {
        "challenge": challenge,
        "phase": challenge.phase(),
        "takes_entries": challenge.takes_entries(),
        "entries": entries,
        "referees": referees,
        "is_referee": request.user in referees and access.is_referee(request.user),
        "can_change": challenge.can_be_changed_by(request.user),
        "keeps_off": challenge.organiser_id == request.user.pk and challenge.is_competed_in_by(request.user),
        "is_late": bool(entry) and not entry.baseline.is_approved and refuses_after_the_start(challenge),
        "is_past": challenge.closes_at <= timezone.now(),
        "standings": shown,
        "stories": stories_of(challenge, winners),
        "has_more": standings.has_next(),
        "freed": freed_of(challenge),
        **(own_part(entry) if entry else {}),
    }
    if context["can_change"] and context["phase"] in {"enrolling", "running", "closed"}:
        context["needs_second"] = not has_second(challenge)
    if assisted:
        context |= {"assisted": assisted, "drafts": list(own_drafts(assisted, request.user))}
    return render(request, "contests/detail.html", context)


@require_GET
def standings(request: HttpRequest, challenge_id: object) -> HttpResponse:
    """Everybody's place, from the reveal on."""
    known = published(challenge_id)
    if known is None:
        context = {"challenge": get_challenge_for(request, challenge_id)}
        return render(request, "contests/standings.html", context)
    challenge, number = known.challenge, request.GET.get("page")
    return render_shell(
        request,
        "contests/standings.html",
        {"challenge": challenge, "html": standings_html(challenge, number)},
        key=kept_key(challenge, f"page:{plain_number(number)}"),
        seconds=SECONDS,
        slots={"own": own_place_html(challenge, known.entries.get(request.user.pk, ()))},
    )


@require_GET
def ledger(request: HttpRequest, challenge_id: object) -> HttpResponse:
    """Claims confirmed for good or taken back, from the reveal on."""
    challenge = get_challenge_for(request, challenge_id)
    page = Paginator(ledger_of(challenge), ROWS_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "challenge": challenge,
        "page": page,
        "entries": with_claims(page),
        "sums": sums_of(challenge) if challenge.is_revealed else {},
    }
    return render(request, "contests/ledger.html", context)


@require_GET
def entries(request: HttpRequest, challenge_id: object) -> HttpResponse:
    challenge = get_challenge_for(request, challenge_id)
    page = Paginator(entries_of(challenge), ROWS_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "contests/entries.html", {"challenge": challenge, "page": page})


@require_GET
def rules(request: HttpRequest, challenge_id: object) -> HttpResponse:
    """How it is counted and ranked, what happens to ties and undecided claims, and who sees what when."""
    challenge = get_challenge_for(request, challenge_id)
    context = {"challenge": challenge, "phase": challenge.phase(), "acting": referees_acting(challenge)}
    return render(request, "contests/rules.html", context)


@require_POST
def publish(request: HttpRequest, challenge_id: object) -> HttpResponse:
    challenge = get_challenge_for(request, challenge_id, to_change=True)
    try:
        actions.publish(challenge=challenge, by=request.user)
    except Refusal as refusal:
        return refuse(request, refusal)
    messages.success(request, _("The bet is open. Whoever wants to can take part."))
    return redirect("contests:detail", challenge.pk)


@require_POST
def cancel(request: HttpRequest, challenge_id: object) -> HttpResponse:
    challenge = get_challenge_for(request, challenge_id, to_change=True)
    try:
        is_there = actions.cancel(challenge=challenge, by=request.user)
    except Refusal as refusal:
        return refuse(request, refusal)
    if not is_there:
        messages.success(request, _("The draft is gone."))
        return redirect("contests:list")
    return redirect("contests:detail", challenge.pk)


@require_POST
def restore(request: HttpRequest, challenge_id: object) -> HttpResponse:
    challenge = get_challenge_for(request, challenge_id, to_change=True)
    actions.restore(challenge=challenge, by=request.user)
    return redirect("contests:detail", challenge.pk)
