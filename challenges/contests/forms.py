"""The form by which a bet is opened and changed."""

from datetime import UTC, datetime, time, timedelta
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from challenges.contests.actions import RULES_OF_COUNTING
from challenges.contests.models import Challenge
from hub.people.models import RoleGrant, User
from hub.people.zone_choices import ZoneField
from hub.people.zones import is_skipped

ONLY_FACILITATORS = _("Only somebody who may open bets can be the deputy.")
ONLY_REFEREES = _("Only people who hold the role of a referee can be named.")
MOST_AHEAD = timedelta(days=2 * 366)


class ChallengeForm(forms.ModelForm):
    class Meta:
        model = Challenge
        fields: ClassVar = [
            "title",
            "description",
            "start_date",
            "start_time",
            "local_date",
            "local_time",
            "time_zone",
            "referees",
            "deputy",
            *RULES_OF_COUNTING,
        ]
        error_messages: ClassVar = {
            "title": {"required": _("Say what the bet is about.")},
            "local_date": {
                "required": _("Choose the last day."),
                "invalid": _("Write the day as 2027-03-12."),
            },
            "start_date": {"invalid": _("Write the day as 2027-03-12.")},
            "start_time": {"invalid": _("Write the time as 18:00.")},
            "local_time": {
                "required": _("Choose until when."),
                "invalid": _("Write the time as 18:00."),
            },
            "deputy": {"invalid_choice": ONLY_FACILITATORS},
            "referees": {
                "required": _("A bet needs at least one referee who checks the claims."),
                "invalid_choice": ONLY_REFEREES,
                "invalid_pk_value": ONLY_REFEREES,
            },
        }
        widgets: ClassVar = {
            "description": forms.Textarea(attrs={"rows": 4}),
            "start_date": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "start_time": forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
            "local_date": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "local_time": forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
            "referees": forms.CheckboxSelectMultiple,
        }

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.before = self.instance.closes_at
        self.fields["time_zone"] = ZoneField(kept=self.instance.time_zone or user.time_zone)
        self.fields["time_zone"].initial = user.time_zone
        for name in ("local_date", "start_date"):
            self.fields[name].input_formats = ["%Y-%m-%d"]
        self.before_start = self.instance.starts_at
        for name in RULES_OF_COUNTING:
            # Left out is as it was: the defaults are those of an ordinary bet.
            self.fields[name].required = False
        self.fields["local_time"].initial = time(18, 0)
        self._offer("referees", RoleGrant.Role.REFEREE, self._referees())
        self.fields["referees"].required = True
        organiser = self.instance.organiser_id or user.pk
        self._offer("deputy", RoleGrant.Role.FACILITATOR, {self.instance.deputy_id} - {None})
        self.fields["deputy"].queryset = self.fields["deputy"].queryset.exclude(pk=organiser)
        self.fields["deputy"].empty_label = _("Nobody")

    def _offer(self, name: str, role: str, named: set[int]) -> None:
        """Those who hold the role, and those who were named and lost it, which their line says: saving the bet for
        another reason takes nobody out.
        """
        holding = User.objects.active().filter(role_grants__role=role)
        field = self.fields[name]
        field.queryset = User.objects.filter(Q(pk__in=holding.values("pk")) | Q(pk__in=named))
        lost = named - set(holding.filter(pk__in=named).values_list("pk", flat=True)) if named else set()
        field.label_from_instance = lambda user: (
            _("%(who)s (no longer holds the role)") % {"who": user} if user.pk in lost else str(user)
        )

    def _referees(self) -> set[int]:
        if self.instance._state.adding:
            return set()
        return set(self.instance.referees.values_list("pk", flat=True))

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        for name in RULES_OF_COUNTING:
            if data.get(name) in (None, "") and name not in self.errors:
                data[name] = getattr(self.instance, name)
        day, at, zone = (data.get(name) for name in ("local_date", "local_time", "time_zone"))
        if day and at and zone:
            self._check_deadline(datetime.combine(day, at), ZoneInfo(zone))
            self._check_start(data, datetime.combine(day, at), ZoneInfo(zone))
        return data

    def _check_start(self, data: dict[str, Any], deadline: datetime, zone: ZoneInfo) -> None:
        if not data.get("start_date"):
            return
        wall = datetime.combine(data["start_date"], data.get("start_time") or time(9, 0))
        if wall >= deadline:
            self.add_error("start_date", _("It has to start before the deadline."))
        elif is_skipped(wall, zone):
            self.add_error(
                "start_time", _("This time does not exist on that day: the clocks are put forward.")
            )
        elif (start := wall.replace(tzinfo=zone)) != self.before_start and start <= timezone.now():
            self.add_error("start_date", _("This time has passed. Choose a later one, or leave it empty."))

    def _check_deadline(self, wall: datetime, zone: ZoneInfo) -> None:
        now, closes = timezone.now(), wall.replace(tzinfo=zone)
        if closes == self.before:
            return
        if not now - MOST_AHEAD < closes.replace(tzinfo=UTC) < now + MOST_AHEAD:
            self.add_error("local_date", _("Choose a day within the next two years."))
        elif is_skipped(wall, zone):
            self.add_error(
                "local_time", _("This time does not exist on that day: the clocks are put forward.")
            )
        elif closes <= now:
            self.add_error("local_date", _("This time has passed. Choose a later one."))
