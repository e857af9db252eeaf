"""Reminding people of their DEAL hour half an hour before it begins, and of the cards that are due in it."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from hub.notices.letters import Letter
from hub.notices.models import PRIVATE, Delivery, Preference
from hub.notices.reminding import Due, Reminder
from hub.people.models import User
from hub.points.streaks import monday_of
from learning.hours.attended import feast_of
from learning.hours.models import AwayWeek, Rsvp, StudySession
from learning.notebooks.reminding import who_learn_in_the_hour
from learning.notebooks.reviewing import queue_of

BEFORE = timedelta(minutes=30)


def find(preferences: Sequence[Preference], now: datetime, until: datetime) -> Iterator[Due]:
    return (due for due in hours_to_come(preferences, now, until + BEFORE) if due.at > now)


def hours_to_come(preferences: Sequence[Preference], now: datetime, until: datetime) -> Iterator[Due]:
    """Hours of these people that begin in this time: not cancelled, on no public holiday of theirs, and with nobody who
    is away or said no. Five queries; `visible_to` seen from many people at once."""
    asked = {one.user_id for one in preferences if one.remind_of_hours}
    ids = asked | who_learn_in_the_hour({one.user_id for one in preferences if one.remind_of_cards})
    sessions = StudySession.objects.held().filter(starts_at__gt=now, starts_at__lt=until)
    invited = _Invited(list(sessions.order_by("starts_at").only(*_Invited.FIELDS)))
    weeks = set(AwayWeek.objects.filter(user__in=ids).values_list("user_id", "monday"))
    replies = Rsvp.objects.filter(user__in=ids, session__in=invited.ids, reply=Rsvp.Reply.NO)
    declined = set(replies.values_list("user_id", "session_id"))
    for preference in preferences:
        user, rest = preference.user, preference.rest
        if user.pk not in ids:
            continue
        for session in invited.hours_of(user):
            day = rest.local_day(session.starts_at)
            is_away = (user.pk, monday_of(day)) in weeks or (user.pk, session.pk) in declined
            if not is_away and not feast_of(user, day):
                key = f"hour:{session.pk}:{session.starts_at:%Y%m%dT%H%M}:{user.pk}"
                yield Due(user.pk, session.starts_at - BEFORE, key, {"session": str(session.pk)})


class _Invited:
    """Hours by whom they are for."""

    FIELDS = ("starts_at", "team_id", "site_id", "facilitator_id", "deputy_id")

    def __init__(self, sessions: list[StudySession]) -> None:
        self.ids = [session.pk for session in sessions]
        self._by: defaultdict[tuple[str, int | None], list[StudySession]] = defaultdict(list)
        for session in sessions:
            if session.team_id:
                self._by["team", session.team_id].append(session)
            elif not session.site_id:
                self._by["company", None].append(session)
            if session.site_id:
                self._by["site", session.site_id].append(session)
            for runs in {session.facilitator_id, session.deputy_id} - {None}:
                self._by["runs", runs].append(session)

    def hours_of(self, user: User) -> list[StudySession]:
        keys: list[tuple[str, int | None]] = [("company", None), ("runs", user.pk)]
        if user.team_id:
            keys += [("site", user.team.site_id), *(("team", pk) for pk in user.team.lineage_ids())]
        found = {session.pk: session for key in keys for session in self._by.get(key, ())}
        return sorted(found.values(), key=lambda session: session.starts_at)


def write(row: Delivery, now: datetime) -> Letter | None:
    """None once it began, was moved or cancelled, for whoever is no longer invited, and where nothing is to be said."""
    preference = Preference.of(row.user)
    coming = hours_to_come([preference], now, row.named_at + BEFORE + timedelta(minutes=1))
    if row.dedupe_key not in {due.key for due in coming}:
        return None
    session = StudySession.objects.get(pk=row.facts["session"])
    due = 0
    if preference.remind_of_cards and row.channel in PRIVATE:
        due = queue_of(row.user, now).due
    begins = date_format(timezone.localtime(session.starts_at), pgettext("time format", "H:i"))
    if preference.remind_of_hours:
        return _of_the_hour(session, begins, due)
    return _of_the_cards(session, begins, due) if due else None


def _of_the_hour(session: StudySession, begins: str, due: int) -> Letter:
    lasts = _("Your DEAL hour begins at %(time)s and lasts %(minutes)s minutes.")
    paragraphs = [lasts % {"time": begins, "minutes": session.minutes}]
    if session.place:
        paragraphs.append(_("Place: %(place)s") % {"place": session.place})
    if due:
        sentence = ngettext(
            "%(n)s of your cards is due; there is time for it then.",
            "%(n)s of your cards are due; there is time for them then.",
            due,
        )
        paragraphs.append(sentence % {"n": due})
    return Letter(
        kind="reminder",
        title=_("DEAL hour at %(time)s: %(title)s") % {"time": begins, "title": session.shown_title},
        paragraphs=tuple(paragraphs),
        path=reverse("hours:detail", args=[session.pk]),
        link_label=_("See the hour in the hub"),
        why=_(
            "You asked to be reminded 30 minutes before your DEAL hour. Reminders count towards your weekly limit."
        ),
        until=session.starts_at,
    )


def _of_the_cards(session: StudySession, begins: str, due: int) -> Letter:
    title = ngettext(
        "%(n)s card is due in your DEAL hour at %(time)s",
        "%(n)s cards are due in your DEAL hour at %(time)s",
        due,
    )
    return Letter(
        kind="reminder",
        title=title % {"n": due, "time": begins},
        paragraphs=(_("A few minutes will do. What you leave waits for you."),),
        path=reverse("review:cards"),
        link_label=_("To the cards"),
        why=_(
            "You learn your cards in your DEAL hour and asked to be reminded of them. "
            "Reminders count towards your weekly limit."
        ),
        until=session.starts_at,
    )


BEFORE_THE_HOUR = Reminder(kind="hour", find=find, write=write, is_promised=True)
