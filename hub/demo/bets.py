"""A revealed bet behind the demo company, and one that runs: sealed, with claims of one's own to look at."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from challenges.contests import actions, claiming, entering
from challenges.contests.models import Baseline, Challenge, Entry
from challenges.processes.models import Process
from challenges.sealed.commitments import commit
from challenges.sealed.deciding import decide, decide_hours
from challenges.sealed.revealing import reveal
from hub.demo.company import key
from hub.demo.history import ZONE
from hub.notices.models import Delivery, Notice
from hub.people.models import RoleGrant, User

SIX = time(18, 0)
METHOD = "Der Assistent liest den Vorgang und füllt ihn aus; ein Mensch sieht nur noch die Abweichungen."
FREED_FOR = "Gespräche mit Kunden und der Rückstand in der Klärung."
DATA_SOURCE = "Monatsauswertung aus dem ERP, Fälle und Zeiten je Schritt"
MEASURED = "An 40 Vorgängen nachgemessen."
EVIDENCE = "Seit vier Wochen in Betrieb, 160 Vorgänge, davon 7 von Hand nachgearbeitet. Auswertung liegt bei."

# Title, what counts, weeks until the deadline, contestants with (process, confirmed steps, waiting steps).
REVEALED = (
    "Der erste Stich: wer streicht am meisten?",
    "Jede und jeder nimmt einen Prozess und streicht Schritte mit KI. Es zählt, was im Alltag wirklich wegfällt.\n\n"
    "Der Einsatz: Wer verliert, kocht für alle.",
    -4,
    {
        "bertha.ringer": ("order-to-cash-de", (0, 1, 8, 11), ()),
        "carl.brandt": ("procure-to-pay-de", (0, 2, 5), ()),
        "farid.nassar": ("order-to-cash-de", (0, 8, 12), ()),
    },
)
RUNNING = (
    "Auftrag bis Geldeingang: die Winterwette",
    "Wieder ein Prozess, wieder mit KI, diesmal über den Winter. Es zählt, was das Schiedsgericht bestätigt.",
    10,
    {
        "bertha.ringer": ("order-to-cash-de", (4, 10), (13,)),
        "carl.brandt": ("procure-to-pay-de", (1, 6, 7), (9,)),
        "ada.miller": ("order-to-cash-en", (0,), ()),
    },
)


def load_bets(cast: dict[str, User], processes: dict[str, Process], today: date) -> list[Challenge]:
    """Both bets, made along the product's own path. What is there stays as it is."""
    friday = today + timedelta(days=(4 - today.weekday()) % 7)
    revealed = _bet(cast, processes, friday, REVEALED)
    if revealed and not revealed.is_revealed:
        commit(revealed, revealed.closes_at + timedelta(minutes=1))
        reveal(
            challenge=revealed,
            referee=cast["ruth.vogel"],
            now=revealed.closes_at + timedelta(days=3),
        )
    made = [bet for bet in (revealed, _bet(cast, processes, friday, RUNNING)) if bet]
    for bet in made:
        _tell_as_then(bet)
    return made


def _tell_as_then(bet: Challenge) -> None:
    """What the inbox says of the past was said then, and is not mailed today."""
    bet.refresh_from_db()
    notices = Notice.objects.filter(path__contains=str(bet.pk))
    Delivery.objects.filter(user__in=notices.values("user"), state=Delivery.State.WAITING).delete()
    notices.update(created_at=bet.revealed_at or bet.created_at + timedelta(weeks=3))


def _bet(cast: dict[str, User], processes: dict[str, Process], friday: date, plan: tuple) -> Challenge | None:
    title, description, weeks, contestants = plan
    challenge = Challenge(
        id=key(f"challenge {title}"),
        title=title,
        description=description,
        local_date=friday + timedelta(weeks=weeks),
        local_time=SIX,
        time_zone=str(ZONE),
    )
    if Challenge.objects.filter(pk=challenge.pk).exists():
        return None
    actions.open_challenge(challenge=challenge, organiser=cast["farid.nassar"], referees=[cast["ruth.vogel"]])
    opened = min(challenge.closes_at, timezone.now()) - timedelta(weeks=4)
    Challenge.objects.filter(pk=challenge.pk).update(created_at=opened)
    for number, (name, (process, confirmed, waiting)) in enumerate(contestants.items()):
        at = opened + timedelta(days=1 + number)
        entry, _is_new = entering.enter(
            challenge=challenge, user=cast[name], process=processes[process], now=at
        )
        _approve(entry, cast["ruth.vogel"], at)
        controller = _controller() if weeks < 0 else None
        _claims(entry, cast["ruth.vogel"], confirmed, waiting, at, controller)
    return challenge


def _controller() -> User | None:
    """Somebody in finance, who is no referee."""
    person = User.objects.active().filter(team__name="Finanzen", role_grants=None).order_by("pk").first()
    if person:
        RoleGrant.objects.get_or_create(user=person, role=RoleGrant.Role.CONTROLLER)
    return person


def _approve(entry: Entry, referee: User, at: datetime) -> None:
    """As it was then; the mails of those days are not sent today."""
    at += timedelta(days=1)
    Baseline.objects.filter(entry=entry).update(
        data_source=DATA_SOURCE,
        keeps_data=True,
        is_stable=True,
        owner_approved_at=at,
        referee=referee,
        referee_approved_at=at,
    )


def _claims(
    entry: Entry,
    referee: User,
    confirmed: tuple[int, ...],
    waiting: tuple[int, ...],
    at: datetime,
    controller: User | None,
) -> None:
    steps = list(entry.process.steps.all())
    for number, position in enumerate((*confirmed, *waiting), start=1):
        claimed_at = at + timedelta(days=3 * number)
        claim = claiming.claim(
            entry=entry,
            steps=[steps[position]],
            method=METHOD,
            evidence=EVIDENCE,
            before_minutes=steps[position].touch_minutes,
            after_minutes=None if steps[position].touch_minutes is None else 0.0,
            freed_for=FREED_FOR,
            now=claimed_at,
        )
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
