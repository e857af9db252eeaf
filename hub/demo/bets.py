"""A revealed bet behind the demo company, one whose claims are looked at before the count, and one that runs: sealed,
with claims of one's own to look at.
"""

from datetime import date, datetime, time, timedelta

from django.db.models import Q
from django.utils import timezone

from challenges.contests import actions, claiming, entering
from challenges.contests.models import Baseline, Challenge, Entry
from challenges.processes.actions import create_from_template
from challenges.processes.list_actions import set_lanes
from challenges.processes.models import Process
from challenges.sealed.commitments import commit
from challenges.sealed.control import hours_waiting
from challenges.sealed.deciding import decide, decide_hours, look_again
from challenges.sealed.revealing import reveal
from challenges.sealed.sampling import sample_waiting
from hub.ai.models import AISystem
from hub.demo.company import key
from hub.demo.history import ZONE
from hub.notices.models import Delivery, Notice
from hub.people.models import User

SIX = time(18, 0)
METHOD = "Der Assistent liest den Vorgang und füllt ihn aus; ein Mensch sieht nur noch die Abweichungen."
FREED_FOR = "Gespräche mit Kunden und der Rückstand in der Klärung."
DATA_SOURCE = "Monatsauswertung aus dem ERP, Fälle und Zeiten je Schritt"
MEASURED = "An 40 Vorgängen nachgemessen."
EVIDENCE = "Seit vier Wochen in Betrieb, 160 Vorgänge, davon 7 von Hand nachgearbeitet. Auswertung liegt bei."

REFUSED = "Die Auswertung zeigt nur zwei Wochen. Bitte vier, dann sehen wir es uns noch einmal an."
REFEREES = ("ruth.vogel", "selma.arndt")
CONTROLLER = "viktor.haller"

# Title, what counts, weeks until the deadline, contestants with (process, confirmed, waiting, refused steps).
REVEALED = (
    "Der erste Stich: wer streicht am meisten?",
    "Jede und jeder nimmt einen Prozess und streicht Schritte mit KI. Es zählt, was im Alltag wirklich wegfällt.\n\n"
    "Der Einsatz: Wer verliert, kocht für alle.",
    -4,
    {
        "bertha.ringer": ("order-to-cash-de", (0, 1, 8, 11), (), ()),
        "carl.brandt": ("procure-to-pay-de", (0, 2, 5), (), ()),
        # Not the owner of these processes, who also runs the bet: nobody judges their own.
        "colleague": ("order-to-cash-de", (0, 8, 12), (), ()),
    },
)
# Closed some days ago: the sample waits for the second referee, a claim for its decision, and one can be appealed.
CLOSED = (
    "Der Herbststich: weniger Handgriffe im Einkauf",
    "Ein kurzer Stich zwischendurch, drei Wochen lang. Vor der Auszählung sieht das Schiedsgericht noch einmal hin.",
    -1,
    {
        "carl.brandt": ("procure-to-pay-de", (2, 5), (), (7,)),
        "ada.miller": ("order-to-cash-en", (4,), (6,), ()),
    },
)
APPEAL_DAYS = 14
# How many work in the other lanes of the process in which somebody is asked.
CROWDS = (("Reisende", 240, None), ("Leitung", 12, None), ("Buchhaltung", 6, None))
RUNNING = (
    "Auftrag bis Geldeingang: die Winterwette",
    "Wieder ein Prozess, wieder mit KI, diesmal über den Winter. Es zählt, was das Schiedsgericht bestätigt.",
    10,
    {
        "bertha.ringer": ("order-to-cash-de", (4, 10), (13,), (9,)),
        "carl.brandt": ("procure-to-pay-de", (1, 6, 7), (9,), ()),
        "ada.miller": ("order-to-cash-en", (0,), (), ()),
    },
)


def load_bets(cast: dict[str, User], processes: dict[str, Process], today: date) -> list[Challenge]:
    """The bets, made along the product's own path. What is there stays as it is."""
    cast = cast | {"colleague": _colleague()}
    friday = today + timedelta(days=(4 - today.weekday()) % 7)
    revealed = _bet(cast, processes, friday, REVEALED)
    if revealed and not revealed.is_revealed:
        commit(revealed, revealed.closes_at + timedelta(minutes=1))
        for claim in sample_waiting(revealed):
            looked = revealed.closes_at + timedelta(days=2)
            look_again(claim=claim, referee=cast["selma.arndt"], agrees=True, now=looked)
        reveal(
            challenge=revealed,
            referee=cast["ruth.vogel"],
            now=revealed.closes_at + timedelta(days=3),
        )
    closed = _bet(cast, processes, friday, CLOSED, appeal_days=APPEAL_DAYS)
    if closed:
        commit(closed, closed.closes_at + timedelta(minutes=1))
    made = [bet for bet in (revealed, closed, _bet(cast, processes, friday, RUNNING)) if bet]
    for bet in made:
        _tell_as_then(bet)
    return made


def ask_for_times(owner: User, person: User) -> None:
    """One lane is said to be one person's own work, who has not answered: the question can be tried."""
    process, is_new = create_from_template(
        user=owner, key="travel-expenses", language="de", audience=Process.Audience.COMPANY
    )
    if is_new:
        set_lanes(process=process, lanes=[*CROWDS, ("Reisestelle", 1, person)])
        Delivery.objects.filter(user=person, state=Delivery.State.WAITING).delete()


def _tell_as_then(bet: Challenge) -> None:
    """What the inbox says of the past was said then, and is not mailed today."""
    bet.refresh_from_db()
    told_daily = Notice.objects.filter(dedupe_key__startswith=f"hours_wait:{bet.pk}:")
    Delivery.objects.filter(user__in=told_daily.values("user"), state=Delivery.State.WAITING).delete()
    waits = hours_waiting(bet).exists()
    for user in set(told_daily.values_list("user", flat=True)):
        # Who confirmed them has read them; of what waits, one says so.
        theirs = told_daily.filter(user=user).order_by("-created_at", "-pk")
        kept = theirs.values_list("pk", flat=True).first() if waits else None
        theirs.exclude(pk=kept).delete()
    notices = Notice.objects.filter(Q(path__contains=str(bet.pk)) | Q(pk__in=told_daily.values("pk")))
    Delivery.objects.filter(user__in=notices.values("user"), state=Delivery.State.WAITING).delete()
    notices.update(created_at=bet.revealed_at or bet.created_at + timedelta(weeks=3))


def _bet(
    cast: dict[str, User], processes: dict[str, Process], friday: date, plan: tuple, **rules: int
) -> Challenge | None:
    title, description, weeks, contestants = plan
    challenge = Challenge(
        id=key(f"challenge {title}"),
        title=title,
        description=description,
        local_date=friday + timedelta(weeks=weeks),
        local_time=SIX,
        time_zone=str(ZONE),
        **rules,
    )
    if Challenge.objects.filter(pk=challenge.pk).exists():
        return None
    referees = [cast[name] for name in REFEREES]
    actions.open_challenge(challenge=challenge, organiser=cast["farid.nassar"], referees=referees)
    opened = min(challenge.closes_at, timezone.now()) - timedelta(weeks=4)
    Challenge.objects.filter(pk=challenge.pk).update(created_at=opened)
    for number, (name, (process, *positions)) in enumerate(contestants.items()):
        at = opened + timedelta(days=1 + number)
        entry, _is_new = entering.enter(
            challenge=challenge, user=cast[name], process=processes[process], now=at
        )
        _approve(entry, cast["ruth.vogel"], at)
        # In the running one hours wait, so that confirming them can be tried.
        controller = cast[CONTROLLER] if weeks < 0 else None
        _claims(entry, cast["ruth.vogel"], *positions, at, controller)
    return challenge


def _colleague() -> User:
    """Somebody of the sales staff: a contestant who is neither owner nor organiser."""
    sales = User.objects.active().filter(team__name="Vertrieb Innendienst", role_grants=None)
    return sales.filter(email__startswith="person-").order_by("email").first()


def _approve(entry: Entry, referee: User, at: datetime) -> None:
    """As it was then; the mails of those days are not sent today."""
    at += timedelta(days=1)
    Baseline.objects.filter(entry=entry).update(
        data_source=DATA_SOURCE,
        keeps_data=True,
        is_stable=True,
        owner_approved_at=at,
        owner_approved_by=entry.process.owner,
        referee=referee,
        referee_approved_at=at,
    )


def _claims(
    entry: Entry,
    referee: User,
    confirmed: tuple[int, ...],
    waiting: tuple[int, ...],
    refused: tuple[int, ...],
    at: datetime,
    controller: User | None,
) -> None:
    steps = list(entry.process.steps.all())
    tool = AISystem.objects.tools().first()
    for number, position in enumerate((*confirmed, *waiting, *refused), start=1):
        claimed_at = at + timedelta(days=3 * number)
        claim = claiming.claim(
            entry=entry,
            steps=[steps[position]],
            method=METHOD,
            system=tool,
            evidence=EVIDENCE,
            before_minutes=steps[position].touch_minutes,
            after_minutes=None if steps[position].touch_minutes is None else 0.0,
            freed_for=FREED_FOR,
            now=claimed_at,
        )
        if position in refused:
            decided = claimed_at + timedelta(days=1)
            decide(claim=claim, referee=referee, is_confirmed=False, reason=REFUSED, now=decided)
        if position in confirmed:
            decide(claim=claim, referee=referee, is_confirmed=True, now=claimed_at + timedelta(days=1))
            if controller and claim.claimed_minutes:
                # Four in five minutes: the controller measured again.
                decide_hours(
                    claim=claim,
                    controller=controller,
                    saved_minutes=round(0.8 * claim.claimed_minutes, 1),
                    words=MEASURED,
                    now=claimed_at + timedelta(days=2),
                )
