"""Claims from a comparison: begun from it, harmonised with another site's variant, shown to the referee as it was."""

from datetime import timedelta
from html import unescape
from types import SimpleNamespace
from typing import Any
from urllib.parse import parse_qs, urlparse
from uuid import uuid4

import pytest
from django.utils import timezone

from challenges.contests import claiming, entering
from challenges.contests.actions import change_challenge
from challenges.contests.approving import owners_side
from challenges.contests.attached import beginnings, is_harmonising
from challenges.contests.models import Challenge, Claim, Entry
from challenges.contests.own_claims import own_claims
from challenges.contests.scoring import credit_of
from challenges.processes import comparisons
from challenges.processes.actions import change_process
from challenges.processes.list_actions import rewrite_list, set_numbers
from challenges.processes.models import Comparison, Process
from challenges.processes.steps_csv import StepLine
from challenges.sealed import deciding
from challenges.sealed.commitments import commit, verify
from challenges.sealed.deciding import decide
from challenges.sealed.flags import mark_flags
from challenges.sealed.revealing import reveal
from hub.notices.models import Notice
from hub.people.models import Site, User
from hub.refusals import Refusal
from tests.factories import (
    a_tool,
    close,
    confirm_as_proposed,
    make_challenge,
    make_claim,
    make_entry,
    make_process,
    make_user,
)

NAMES = (
    "Bestellung annehmen",
    "Adresse abtippen",
    "Preise nachschlagen",
    "Rechnung schreiben",
    "Kopie ablegen",
)


def named_process(owner: User, names: tuple[str, ...], **fields: Any) -> Process:
    process = make_process(owner, steps=len(names), **fields)
    for step, name in zip(process.steps.all(), names, strict=True):
        step.name = name
        step.save(update_fields=["name"])
    return process


@pytest.fixture
def bet(cast: SimpleNamespace) -> Challenge:
    return make_challenge(cast.farid, referees=(cast.ruth,))


@pytest.fixture
def entry(cast: SimpleNamespace, bet: Challenge) -> Entry:
    munich = Site.objects.create(name="München")
    process = named_process(cast.bertha, NAMES, title="Auftrag München", site=munich)
    return make_entry(bet, cast.bertha, process)


@pytest.fixture
def variant(cast: SimpleNamespace, entry: Entry) -> Process:
    """As it runs at the other site, since before the bet: two steps fewer, one more. Otto's."""
    drawing = "<definitions xmlns='http://www.omg.org/spec/BPMN/20100524/MODEL'/>"
    names = (*NAMES[:1], *NAMES[2:4], "Stichprobe prüfen")
    fields = {"site": Site.objects.create(name="Leeds"), "variant_of": entry.process}
    return before(entry, named_process(cast.otto, names, title="Auftrag Leeds", bpmn=drawing, **fields))


def before(entry: Entry, process: Process) -> Process:
    """It was there before somebody entered."""
    Process.objects.filter(pk=process.pk).update(created_at=entry.entered_at - timedelta(days=1))
    process.refresh_from_db()
    return process


@pytest.fixture
def comparison(cast: SimpleNamespace, entry: Entry, variant: Process) -> Comparison:
    made = comparisons.begin(user=cast.bertha, before=entry.process, after=variant)
    return confirm_as_proposed(made)


def harmonised(entry: Entry, comparison: Comparison | None, **fields: Any) -> Claim:
    steps = list(entry.process.steps.filter(name__in=("Adresse abtippen", "Kopie ablegen")))
    return claiming.claim(
        entry=entry,
        steps=steps,
        change="harmonised",
        comparison=comparison,
        added_steps=fields.pop("added_steps", 1),
        system=a_tool(),
        method="Wir arbeiten wie Leeds",
        evidence="Seit zwei Wochen",
        **fields,
    )


def test_a_claim_begins_from_the_comparison(
    cast: SimpleNamespace, sign_in: Any, bet: Challenge, entry: Entry, comparison: Comparison
) -> None:
    client = sign_in(cast.bertha)
    page = client.get(f"/challenges/{bet.pk}/claim/").content.decode()
    links = [unescape(part.split('"')[0]) for part in page.split('href="?')[1:]]
    begun = {query["change"][0]: query for query in map(parse_qs, links)}
    assert set(begun) == {"eliminated", "harmonised"}
    gone = {
        str(step.pk) for step in entry.process.steps.filter(name__in=("Adresse abtippen", "Kopie ablegen"))
    }
    assert set(begun["harmonised"]["step"]) == gone
    form = client.get(f"/challenges/{bet.pk}/claim/?{links[-1]}").content.decode()
    assert form.count(" checked") == 3, "two steps and the change"
    assert f'value="{comparison.pk}" selected' in form
    answer = client.post(
        f"/challenges/{bet.pk}/claim/",
        {
            "steps": sorted(gone),
            "change": "harmonised",
            "comparison": str(comparison.pk),
            "added_steps": "1",
            "system": a_tool().pk,
            "method": "Wie Leeds",
            "evidence": "Seit zwei Wochen",
        },
    )
    assert answer.status_code == 302
    claim = own_claims(entry).get()
    assert credit_of(claim, bet.automated_weight) == 1
    assert claim.compared["net"] == 1
    again = client.get(f"/challenges/{bet.pk}/claim/").content.decode()
    assert "Daraus ist nichts mehr zu melden." in again


def test_harmonising_takes_a_comparison(
    cast: SimpleNamespace, sign_in: Any, api: Any, bet: Challenge, entry: Entry, comparison: Comparison
) -> None:
    with pytest.raises(Refusal, match="comparison"):
        harmonised(entry, None)
    step = str(entry.process.steps.get(name="Adresse abtippen").pk)
    data = {"steps": [step], "change": "harmonised", "method": "m", "evidence": "e"}
    page = sign_in(cast.bertha).post(f"/challenges/{bet.pk}/claim/", data)
    assert page.status_code == 422
    assert "Zum Vereinheitlichen gehört ein Vergleich" in page.content.decode()
    program = api(cast.bertha)
    url = f"/api/v1/challenges/{bet.pk}/claims/"
    assert program.post(url, data, format="json").status_code == 400
    whole = {**data, "comparison": str(comparison.pk), "system": a_tool().slug}
    assert program.post(url, whole, format="json").status_code == 422, "what the variant adds is not free"
    made = program.post(url, {**whole, "added_steps": 1}, format="json")
    assert made.status_code == 201
    again = {**whole, "added_steps": 1, "steps": [str(entry.process.steps.get(name="Kopie ablegen").pk)]}
    assert program.post(url, again, format="json").status_code == 409, "a variant is followed in one claim"
    assert made.json()["compared"]["title"] == "Auftrag Leeds (Leeds)"


def test_only_a_variant_of_another_site_is_harmonised_with(
    cast: SimpleNamespace, sign_in: Any, bet: Challenge, entry: Entry, comparison: Comparison
) -> None:
    Process.objects.filter(pk=comparison.after_id).update(site=entry.process.site)
    comparison = Comparison.objects.get()
    with pytest.raises(Refusal, match="no_variant"):
        harmonised(entry, comparison)
    client, url = sign_in(cast.bertha), f"/challenges/{bet.pk}/claim/"
    page = client.get(url).content.decode()
    assert "change=harmonised" not in page
    step = str(entry.process.steps.first().pk)
    data = {
        "steps": [step],
        "change": "harmonised",
        "comparison": comparison.pk,
        "method": "m",
        "evidence": "e",
    }
    answer = client.post(url, data)
    assert answer.status_code == 422
    assert "derselbe Prozess an einem anderen Standort" in answer.content.decode()
    assert not own_claims(entry).exists()


@pytest.mark.parametrize("what", ["one's own", "a member's", "hidden", "new"])
def test_a_variant_made_for_the_bet_is_not_harmonised_with(
    what: str, cast: SimpleNamespace, entry: Entry, comparison: Comparison
) -> None:
    changed: dict[str, Any] = {
        "one's own": {"owner": cast.bertha},
        "a member's": {"owner": cast.emma},
        "hidden": {"audience": "private"},
        "new": {"created_at": entry.entered_at},
    }
    entering.bring_along(entry=entry, user=cast.emma, part="member")
    assert is_harmonising(entry, comparison)
    Process.objects.filter(pk=comparison.after_id).update(**changed[what])
    comparison = Comparison.objects.get()
    with pytest.raises(Refusal, match="no_variant"):
        harmonised(entry, comparison)
    assert all(one["change"] != "harmonised" for one in beginnings(entry, comparison)), "not offered either"


@pytest.mark.parametrize("what", ["steps", "place"])
def test_a_variant_rewritten_after_the_start_is_followed_no_more(
    what: str, cast: SimpleNamespace, sign_in: Any, bet: Challenge, entry: Entry, comparison: Comparison
) -> None:
    """Its owner could take steps out for somebody; who asks is told why, and what was handed in stays as it was."""
    variant = comparison.after
    owner = sign_in(variant.owner)
    draft = harmonised(entry, comparison, is_draft=True)
    copy = {**variant.__dict__}
    if what == "steps":
        assert set_numbers(process=variant, numbers={}, cases_per_week=7)
        assert is_harmonising(entry, Comparison.objects.get()), "numbers are no steps"
        lines = {"steps-TOTAL_FORMS": 1, "steps-INITIAL_FORMS": 0, "steps-0-name": "Alles auf einmal"}
        saved = owner.post(
            f"/processes/{variant.pk}/steps/", {**lines, "steps-0-kind": "task", "steps-0-ORDER": 1}
        )
    else:
        other = Site.objects.create(name="Graz")
        fields = {"title": variant.title, "language": "de", "audience": "company", "site": other.pk}
        saved = owner.post(f"/processes/{variant.pk}/edit/", {**fields, "variant_of": variant.variant_of_id})
    assert saved.status_code == 302, "the owner is not told that somebody follows it"
    variant.refresh_from_db()
    assert variant.changed_at
    assert copy["changed_at"] is None
    comparison = Comparison.objects.get()
    assert not is_harmonising(entry, comparison)
    assert all(one["change"] != "harmonised" for one in beginnings(entry, comparison))
    step = str(entry.process.steps.get(name="Adresse abtippen").pk)
    data = {
        "steps": [step],
        "change": "harmonised",
        "comparison": comparison.pk,
        "method": "m",
        "evidence": "e",
    }
    page = sign_in(cast.bertha).post(f"/challenges/{bet.pk}/claim/", data)
    assert page.status_code == 422
    assert "keiner von beiden wurde seither geändert" in page.content.decode()
    with pytest.raises(Refusal, match="no_variant"):
        claiming.hand_in(claim=draft, entry=entry)


@pytest.mark.parametrize("whose", ["one's own", "the root's owner"])
def test_what_was_entered_finds_no_shorter_process_after_the_start(
    whose: str, cast: SimpleNamespace, sign_in: Any, bet: Challenge, entry: Entry
) -> None:
    """Named as a variant of any public process only now, or moved into another family by the owner of the root."""
    shorter = named_process(cast.otto, NAMES[:1], title="Kurz", site=Site.objects.create(name="Leeds"))
    shorter = before(entry, shorter)
    root = before(entry, named_process(cast.carl, NAMES, title="Wurzel"))
    moved, owner = (entry.process, cast.bertha) if whose == "one's own" else (root, cast.carl)
    if whose != "one's own":
        Process.objects.filter(pk=entry.process_id).update(variant_of=root)
    fields = {"title": moved.title, "language": "de", "audience": "company", "site": moved.site_id or ""}
    saved = sign_in(owner).post(f"/processes/{moved.pk}/edit/", {**fields, "variant_of": shorter.pk})
    assert saved.status_code == 302
    entry = Entry.objects.get(pk=entry.pk)
    assert entry.process.variant_of_id == shorter.pk
    made = comparisons.begin(user=cast.bertha, before=entry.process, after=shorter)
    assert not is_harmonising(entry, made)
    with pytest.raises(Refusal, match="no_variant"):
        harmonised(entry, confirm_as_proposed(made))


def test_a_title_changed_by_an_old_form_leaves_when_the_place_changed(
    cast: SimpleNamespace, comparison: Comparison
) -> None:
    old = Process.objects.get(pk=comparison.after_id)
    stamp = timezone.now()
    Process.objects.filter(pk=old.pk).update(changed_at=stamp)
    old.title = "Auftrag Leeds, neu"
    change_process(process=old)
    old.refresh_from_db()
    assert (old.title, old.changed_at) == ("Auftrag Leeds, neu", stamp)


def test_what_was_handed_in_before_a_variant_was_rewritten_stays(
    cast: SimpleNamespace, sign_in: Any, bet: Challenge, entry: Entry, comparison: Comparison
) -> None:
    claim = harmonised(entry, comparison)
    rows = claim.compared["rows"]
    rewrite_list(process=comparison.after, lines=[StepLine("", "Alles auf einmal")])
    claim = own_claims(entry).get()
    assert claim.compared["rows"] == rows
    decide(claim=claim, referee=cast.ruth, is_confirmed=True)
    assert credit_of(own_claims(entry).get(), bet.automated_weight) == credit_of(claim, bet.automated_weight)


def test_an_appeal_does_not_harmonise_twice(
    cast: SimpleNamespace, bet: Challenge, entry: Entry, comparison: Comparison
) -> None:
    first, second = entry.process.steps.filter(name__in=("Adresse abtippen", "Kopie ablegen"))
    fields = {"comparison": comparison, "change": "harmonised", "added_steps": 1}
    refused = make_claim(entry, steps=[first], **fields)
    deciding.decide(claim=refused, referee=cast.ruth, is_confirmed=False, reason="Zu kurz.")
    make_claim(entry, steps=[second], **fields)
    with pytest.raises(Refusal, match="harmonised_already"):
        claiming.appeal(claim=refused, entry=entry, words="Doch")


def test_the_comparison_of_somebody_else_or_of_another_process_is_not_taken(
    cast: SimpleNamespace, api: Any, bet: Challenge, entry: Entry, variant: Process
) -> None:
    others = comparisons.begin(user=cast.carl, before=entry.process, after=make_process(cast.carl))
    elsewhere = comparisons.begin(user=cast.bertha, before=make_process(cast.bertha), after=variant)
    step = str(entry.process.steps.first().pk)
    for pk in (others.pk, elsewhere.pk, "00000000-0000-4000-8000-000000000000"):
        data = {"steps": [step], "comparison": str(pk), "method": "m", "evidence": "e"}
        answer = api(cast.bertha).post(f"/api/v1/challenges/{bet.pk}/claims/", data, format="json")
        assert answer.status_code == 400
    assert not own_claims(entry).exists()


def test_the_referee_sees_it_as_it_was_on_handing_in(
    cast: SimpleNamespace,
    sign_in: Any,
    bet: Challenge,
    entry: Entry,
    comparison: Comparison,
    variant: Process,
) -> None:
    claim = harmonised(entry, comparison)
    comparison.delete()
    variant.steps.update(name="Nachher umbenannt")
    ruth = sign_in(cast.ruth)
    review = ruth.get(f"/challenges/{bet.pk}/review/").content.decode()
    address = f"/challenges/claims/{claim.pk}/compared/"
    assert address in review
    page = ruth.get(address).content.decode()
    assert "Stichprobe prüfen" in page
    assert "Nachher umbenannt" not in page
    assert page.count("hier gemeldet") == 2
    drawing = urlparse(page.split('data-drawing="')[-1].split('"')[0]).path
    assert b"".join(ruth.get(drawing).streaming_content).startswith(b"<definitions")
    for stranger in (cast.carl, cast.farid, cast.otto):
        assert sign_in(stranger).get(address).status_code == 403
    assert sign_in(cast.ruth).get(f"/challenges/claims/{entry.pk}/compared/").status_code == 404


def test_what_is_attached_is_committed_to(
    cast: SimpleNamespace, bet: Challenge, entry: Entry, comparison: Comparison
) -> None:
    claim = decide(claim=harmonised(entry, comparison), referee=cast.ruth, is_confirmed=True)
    made = commit(close(bet))
    assert verify(made).is_intact
    claim.refresh_from_db()
    claim.compared["net"] = 5
    claim.save(update_fields=["compared"])
    assert not verify(made).is_intact
    claim.compared["net"] = 1
    claim.save(update_fields=["compared"])
    reveal(challenge=bet, referee=cast.ruth)
    assert verify(made).is_intact
    assert entry.standing.net == 1


def test_a_draft_keeps_what_is_attached_also_when_a_teammate_writes_on(
    cast: SimpleNamespace, sign_in: Any, bet: Challenge, entry: Entry, comparison: Comparison
) -> None:
    draft = harmonised(entry, comparison, author=cast.bertha, is_draft=True)
    assert draft.compared is None, "copied on handing in"
    page = sign_in(cast.bertha).get(f"/challenges/claims/{draft.pk}/").content.decode()
    assert f'value="{comparison.pk}" selected' in page
    elsewhere = make_process(cast.otto, site=comparison.after.site, variant_of=entry.process)
    elsewhere = before(entry, elsewhere)
    gone = harmonised(
        entry,
        comparisons.begin(user=cast.bertha, before=entry.process, after=elsewhere),
        is_draft=True,
        added_steps=4,
    )
    gone.comparison.delete()
    with pytest.raises(Refusal, match="comparison"):
        claiming.hand_in(claim=gone, entry=entry)
    handed = claiming.hand_in(claim=draft, entry=entry)
    assert handed.compared["rows"]
    assert [file.name for file in handed.files.all()] == ["Auftrag Leeds.bpmn"]


def test_a_deputy_does_what_the_organiser_may(
    cast: SimpleNamespace, sign_in: Any, api: Any, bet: Challenge
) -> None:
    from tests.factories import make_user

    deputy = make_user("Dora", roles=("facilitator",))
    address = f"/api/v1/challenges/{bet.pk}/"
    assert api(deputy).patch(address, {"title": "Neu"}, format="json").status_code == 403
    farid = api(cast.farid)
    for nobody in (cast.emma.email, "niemand@example.com"):
        answer = farid.patch(address, {"deputy": nobody}, format="json")
        assert answer.status_code == 400
        assert "Vertreten kann nur" in answer.json()["errors"]["deputy"][0]
    assert farid.patch(address, {"deputy": deputy.email}, format="json").json()["deputy"] == deputy.email
    assert api(deputy).patch(address, {"title": "Neu"}, format="json").status_code == 200
    assert farid.get(address).json()["deputy"] == deputy.email, "changing something else leaves it"
    assert "Vertretung: Dora" in sign_in(cast.emma).get(f"/challenges/{bet.pk}/").content.decode()
    assert farid.patch(address, {"deputy": None}, format="json").json()["deputy"] is None
    assert api(deputy).patch(address, {"title": "Alt"}, format="json").status_code == 403
    assert not Notice.objects.filter(user=deputy).exists()


def test_whoever_lost_the_role_stays_named_when_something_else_is_saved(
    cast: SimpleNamespace, sign_in: Any, api: Any, bet: Challenge
) -> None:
    deputy, second = make_user("Dora", roles=("facilitator",)), make_user("Rolf", roles=("referee",))
    bet.deputy = deputy
    bet.save()
    bet.referees.add(second)
    for person in (deputy, second):
        person.role_grants.all().delete()
    address, form = f"/challenges/{bet.pk}/edit/", sign_in(cast.farid)
    page = form.get(address).content.decode()
    assert page.count("(hat die Rolle nicht mehr)") == 2
    for who in (deputy, second):
        assert f"{who} (hat die Rolle nicht mehr)" in page
    data = {
        "title": "Neuer Titel",
        "local_date": bet.local_date.isoformat(),
        "local_time": bet.local_time.isoformat(),
        "time_zone": bet.time_zone,
        "referees": [cast.ruth.pk, second.pk],
        "deputy": deputy.pk,
    }
    assert form.post(address, data).status_code == 302
    program, api_address = api(cast.farid), f"/api/v1/challenges/{bet.pk}/"
    addresses = {"deputy": deputy.email, "referees": [cast.ruth.email, second.email]}
    for changed in ({"description": "Neu"}, addresses):
        assert program.patch(api_address, changed, format="json").status_code == 200
    bet = Challenge.objects.get(pk=bet.pk)
    assert (bet.title, bet.description, bet.deputy) == ("Neuer Titel", "Neu", deputy)
    assert set(bet.referees.all()) == {cast.ruth, second}
    assert form.post(address, {**data, "deputy": ""}).status_code == 302
    assert Challenge.objects.get(pk=bet.pk).deputy is None, "taken out on purpose"
    assert form.post(address, {**data, "deputy": deputy.pk}).status_code == 422, "and not named anew"


@pytest.mark.parametrize("who", ["organiser", "deputy"])
def test_whoever_lost_the_role_runs_the_bet_no_more(
    who: str, cast: SimpleNamespace, sign_in: Any, api: Any, bet: Challenge
) -> None:
    bet.deputy = make_user("Dora", roles=("facilitator",))
    bet.save()
    person = getattr(bet, who)
    page, form = f"/challenges/{bet.pk}/", f"/challenges/{bet.pk}/edit/"
    assert sign_in(person).get(form).status_code == 200
    entry = make_entry(bet, bet_owner := make_user("Olga"), make_process(bet_owner), is_approved=False)
    others = {user.pk for user in owners_side(entry)}
    assert person.pk in others, "the owner takes part, so whoever runs the bet stands in"
    person.role_grants.all().delete()
    entry = Entry.objects.get(pk=entry.pk)
    assert {user.pk for user in owners_side(entry)} == others - {person.pk}
    person = User.objects.get(pk=person.pk)
    assert sign_in(person).get(form).status_code == 403
    assert sign_in(person).post(f"{page}cancel/").status_code == 403
    assert api(person).patch(f"/api/v1{page}", {"title": "Neu"}, format="json").status_code == 403
    assert "Du leitest diese Wette" not in sign_in(person).get(page).content.decode()
    assert sign_in(make_user(roles=("administrator",))).get(form).status_code == 200


def test_a_referee_is_not_said_to_run_the_bet(cast: SimpleNamespace, sign_in: Any, bet: Challenge) -> None:
    page = sign_in(cast.ruth).get(f"/challenges/{bet.pk}/").content.decode()
    assert "Du gehörst zum Schiedsgericht dieser Wette" in page
    assert "Du leitest diese Wette" not in page
    assert "Du leitest diese Wette" in sign_in(cast.farid).get(f"/challenges/{bet.pk}/").content.decode()


def test_only_what_the_variant_does_not_have_is_harmonised_away(entry: Entry, comparison: Comparison) -> None:
    kept = entry.process.steps.get(name="Preise nachschlagen")
    with pytest.raises(Refusal, match="not_gone"):
        claiming.claim(
            entry=entry, steps=[kept], change="harmonised", comparison=comparison, method="m", evidence="e"
        )


def test_what_a_system_does_already_is_not_automated(entry: Entry) -> None:
    step = entry.process.steps.first()
    step.kind = "service"
    step.save(update_fields=["kind"])
    with pytest.raises(Refusal, match="automated_already"):
        claiming.claim(entry=entry, steps=[step], change="automated", method="m", evidence="e")


def test_the_works_council_hears_of_somebody_without_a_team_too(cast: SimpleNamespace, sign_in: Any) -> None:
    bet = make_challenge(cast.farid, referees=(cast.ruth,))
    entry = make_entry(bet, make_user(team=None))
    step = entry.process.steps.first()
    claiming.claim(
        entry=entry,
        steps=[step],
        change="eliminated",
        system=a_tool(),
        method="m",
        evidence="e",
        affects_jobs=True,
        jobs="Zwei",
    )
    assert Notice.objects.filter(user=cast.walter, kind="jobs_affected").count() == 1
    assert "Zwei" in sign_in(cast.walter).get("/challenges/jobs/").content.decode()


def test_other_rules_of_counting_are_told_to_whoever_has_entered(cast: SimpleNamespace) -> None:
    bet = make_challenge(
        cast.farid, referees=(cast.ruth,), start_date=timezone.localdate() + timedelta(days=2)
    )
    make_entry(bet, cast.carl)
    bet.ranking = "share"
    change_challenge(challenge=bet, by=cast.farid, referees=[cast.ruth])
    assert Notice.objects.filter(user=cast.carl, kind="challenge_rules").count() == 1


@pytest.fixture
def drawn(cast: SimpleNamespace, entry: Entry) -> Comparison:
    """As it runs now: one step is gone, two became one, one went to another lane. Confirmed."""
    names = ("Bestellung annehmen und Adresse abtippen", "Preise nachschlagen", "Rechnung schreiben")
    after = named_process(cast.bertha, names, title="Danach")
    after.steps.filter(name="Rechnung schreiben").update(lane="Buchhaltung")
    made = comparisons.begin(user=cast.bertha, before=entry.process, after=after)
    old, new = ({step.name: step.pk for step in one.steps.all()} for one in (entry.process, after))
    went: dict[Any, Any] = {old[name]: new[name] for name in names[1:]}
    went |= {old[name]: new[names[0]] for name in NAMES[:2]} | {old["Kopie ablegen"]: None}
    return comparisons.confirm(comparison=made, went=went)


def claimed(entry: Entry, comparison: Comparison, change: str, *names: str, **fields: Any) -> Claim:
    steps = list(entry.process.steps.filter(name__in=names))
    given = {"system": a_tool(), "method": "m", "evidence": "e", **fields}
    return claiming.claim(entry=entry, steps=steps, change=change, comparison=comparison, **given)


@pytest.mark.parametrize(
    ("change", "names", "code"),
    [
        ("eliminated", ["Preise nachschlagen"], "says_otherwise"),
        ("eliminated", ["Kopie ablegen", "Rechnung schreiben"], "says_otherwise"),
        ("automated", ["Rechnung schreiben"], "says_otherwise"),
        ("moved", ["Kopie ablegen"], "says_otherwise"),
        ("merged", ["Preise nachschlagen", "Kopie ablegen"], "not_into_one"),
        ("eliminated", ["Kopie ablegen"], ""),
        ("automated", ["Kopie ablegen"], ""),
        ("merged", list(NAMES[:2]), ""),
        ("moved", ["Rechnung schreiben"], ""),
    ],
)
def test_a_claim_says_what_its_comparison_says(
    change: str, names: list[str], code: str, entry: Entry, drawn: Comparison
) -> None:
    draft = claimed(entry, drawn, change, *names, is_draft=True)
    if not code:
        assert claiming.hand_in(claim=draft, entry=entry).compared["is_confirmed"]
        return
    for act in (
        lambda: claiming.hand_in(claim=draft, entry=entry),
        lambda: claimed(entry, drawn, change, *names),
    ):
        with pytest.raises(Refusal, match=code) as refused:
            act()
        assert refused.value.status == 422
    assert {one.state for one in own_claims(entry)} == {Claim.State.DRAFT}


def test_a_claim_goes_with_what_a_person_confirmed_as_it_is_now(
    sign_in: Any, cast: SimpleNamespace, bet: Challenge, entry: Entry, drawn: Comparison
) -> None:
    step = entry.process.steps.get(name="Kopie ablegen")
    data = {
        "steps": [str(step.pk)],
        "change": "eliminated",
        "comparison": str(drawn.pk),
        "system": a_tool().pk,
        "method": "m",
        "evidence": "e",
    }
    client, url = sign_in(cast.bertha), f"/challenges/{bet.pk}/claim/"
    comparisons.reset(comparison=drawn)
    answer = client.post(url, data)
    assert answer.status_code == 409
    assert "noch niemand bestätigt" in answer.content.decode()
    confirm_as_proposed(drawn)
    lines = [StepLine("Vertrieb", name) for name in NAMES[:4]]
    rewrite_list(process=drawn.after, lines=lines)
    assert client.post(url, data).status_code == 409, "drawn anew since"
    assert not own_claims(entry).exclude(state=Claim.State.DRAFT).exists()
    confirm_as_proposed(Comparison.objects.get(pk=drawn.pk))
    assert client.post(url, data).status_code == 302


@pytest.mark.parametrize(
    "what", ["nothing said", "one left out", "the step before is new", "its place is gone"]
)
def test_a_claim_goes_with_a_comparison_of_which_a_person_decided_every_step(
    what: str, sign_in: Any, api: Any, cast: SimpleNamespace, bet: Challenge, entry: Entry, drawn: Comparison
) -> None:
    step = entry.process.steps.get(name="Kopie ablegen")
    data = {
        "steps": [str(step.pk)],
        "change": "eliminated",
        "comparison": str(drawn.pk),
        "system": a_tool().slug,
        "method": "m",
        "evidence": "e",
    }
    program, address = api(cast.bertha), f"/api/v1/process-comparisons/{drawn.pk}/"
    changes: list[dict[str, Any]] = [
        {"step": pk, "target": target} for pk, target in drawn.went.items() if pk != str(step.pk)
    ]
    if what in ("nothing said", "one left out"):
        comparisons.reset(comparison=drawn)
        said = [] if what == "nothing said" else changes
        assert program.patch(address, {"changes": said}, format="json").status_code == 200
    elif what == "the step before is new":
        entry.process.steps.filter(name="Preise nachschlagen").update(id=uuid4())
    else:
        drawn.after.steps.get(name="Preise nachschlagen").delete()
    url = f"/api/v1/challenges/{bet.pk}/claims/"
    assert program.post(url, data, format="json").status_code == 409
    page = {**data, "system": a_tool().pk}
    answer = sign_in(cast.bertha).post(f"/challenges/{bet.pk}/claim/", page)
    assert answer.status_code == 409
    assert "noch niemand bestätigt" in answer.content.decode()
    assert not own_claims(entry).exclude(state=Claim.State.DRAFT).exists()
    confirm_as_proposed(Comparison.objects.get(pk=drawn.pk))
    assert program.post(url, data, format="json").status_code == 201


@pytest.mark.parametrize("who", ["contestant", "member"])
def test_whoever_cannot_see_the_comparison_reads_who_can_confirm_it(
    who: str, sign_in: Any, api: Any, cast: SimpleNamespace, entry: Entry, drawn: Comparison
) -> None:
    helper = make_user("Hilde")
    entering.bring_along(entry=entry, user=cast.emma, part="member")
    Comparison.objects.filter(pk=drawn.pk).update(owner=helper, confirmed_at=None)
    draft = claimed(entry, drawn, "eliminated", "Kopie ablegen", author=helper, is_draft=True)
    user = cast.bertha if who == "contestant" else cast.emma
    said = f"Bestätigen kann ihn nur {helper}: Bitte darum oder lass den Vergleich weg"
    answer = sign_in(user).post(f"/challenges/claims/{draft.pk}/hand-in/")
    assert answer.status_code == 409
    assert said in answer.content.decode()
    program = api(user).post(f"/api/v1/claims/{draft.pk}/hand-in/")
    assert program.status_code == 409
    assert said in program.json()["detail"]
    Comparison.objects.filter(pk=drawn.pk).update(owner=user)
    answer = sign_in(user).post(f"/challenges/claims/{draft.pk}/hand-in/")
    assert "Sieh dir jeden Schritt darin an, bestätige den Vergleich" in answer.content.decode()


def test_a_comparison_begins_the_merging_with_all_steps_that_became_one(
    entry: Entry, drawn: Comparison
) -> None:
    begun = {one["change"]: one for one in beginnings(entry, drawn)}
    assert set(begun) == {"eliminated", "moved", "merged"}
    names = {step.pk: step.name for step in entry.process.steps.all()}
    assert [names[pk] for pk in begun["merged"]["steps"]] == list(NAMES[:2])
    assert begun["merged"]["into"] == "Bestellung annehmen und Adresse abtippen"
    assert credit_of(claimed(entry, drawn, "merged", *NAMES[:2]), entry.challenge.automated_weight) == 1


def test_what_is_odd_of_the_claimed_steps_is_flagged_beside_a_comparison_too(
    entry: Entry, drawn: Comparison
) -> None:
    """The copy of the comparison has no flag of a step that stands for many."""
    entry.process.steps.filter(name="Kopie ablegen").update(kind="subprocess")
    claim = claimed(entry, drawn, "eliminated", "Kopie ablegen")
    mark_flags([claim])
    assert "closed" not in claim.compared["flags"]
    assert claim.flags["closed"] == 1
    claim.compared["flags"] = {"executed": 1, "closed": 3}
    mark_flags([claim])
    assert (claim.flags["executed"], claim.flags["closed"]) == (1, 3)
    assert claim.own_flags["closed"] == 1, "of the claimed steps, not of the drawing of after"


def test_the_referee_reads_what_is_odd_of_the_claimed_steps_beside_a_comparison(
    cast: SimpleNamespace, sign_in: Any, bet: Challenge, entry: Entry, drawn: Comparison
) -> None:
    said = "1 dieser Schritte steht für mehrere"
    claimed(entry, drawn, "eliminated", "Kopie ablegen")
    ruth, address = sign_in(cast.ruth), f"/challenges/{bet.pk}/review/"
    assert said not in ruth.get(address).content.decode()
    entry.process.steps.filter(name="Kopie ablegen").update(kind="subprocess")
    assert ruth.get(address).content.decode().count(said) == 1
