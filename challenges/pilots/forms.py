"""The forms of pilots; pages and API accept the same."""

from datetime import timedelta
from typing import Any, ClassVar

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from challenges.pilots.actions import MOST_WEEKS, TERMS, WORDS, is_better, refuse_wrong_data
from challenges.pilots.deciding import MOST_EXTENSION
from challenges.pilots.models import LONGEST_TEXT, MOST_PEOPLE, Criterion, Pilot, Reading
from challenges.pilots.readiness import ITEMS
from challenges.pilots.trimming import trimmed
from hub.ai.models import AISystem
from hub.people.models import User
from hub.refusals import Refusal
from hub.uploads import one_line

WRONG_DAY = _("Write the day as 2027-03-12.")
NO_NUMBER = _("Write a number, such as 12 or 2.5.")


def day_input() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def reason_field(label: Any, **kwargs: Any) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": 3, "maxlength": LONGEST_TEXT})
    # Whether a reason is needed is said by the action, which knows what was not met.
    return forms.CharField(label=label, required=False, max_length=LONGEST_TEXT, widget=widget, **kwargs)


class PilotForm(forms.ModelForm):
    class Meta:
        model = Pilot
        fields: ClassVar = WORDS
        widgets: ClassVar = {
            "hypothesis": forms.Textarea(attrs={"rows": 4, "maxlength": LONGEST_TEXT}),
            "freed_time_goes_to": forms.Textarea(attrs={"rows": 2}),
            "affected_number": forms.NumberInput(
                attrs={"inputmode": "numeric", "min": 1, "max": MOST_PEOPLE}
            ),
            "decides_on": day_input(),
            "jobs_affected": forms.RadioSelect,
        }
        help_texts: ClassVar = {
            "hypothesis": _(
                "If we do this with AI, then that gets better, because … In two or three sentences."
            ),
            "system": _("Only what stands in the AI register can be tried."),
            "data_class": _("The most delicate data that goes in."),
            "affected": _("A team or a task, no names of people."),
            "freed_time_goes_to": _("Agree on it now: time without a purpose is gone by Friday."),
            "jobs": _("Only if something changes: what, and what becomes of the people."),
            "decides_on": _(
                "On this day it is scaled, extended once, or stopped. Six to twelve weeks are usual."
            ),
        }
        error_messages: ClassVar = {
            "title": {"required": _("Give the pilot a title.")},
            "decides_on": {"invalid": WRONG_DAY},
            "system": {"invalid_choice": _("Choose a tool that stands in the register.")},
        }

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["decides_on"].input_formats = ["%Y-%m-%d"]
        systems = AISystem.objects.filter(Q(is_allowed=True, is_own=False) | Q(pk=self.instance.system_id))
        self.fields["system"].queryset = systems
        self.fields["system"].label_from_instance = lambda system: system.name
        self.fields["system"].empty_label = _("not chosen yet")
        self.fields["jobs_affected"].choices = Pilot.Jobs.choices
        if self.instance._state.adding:
            self.fields["language"].initial = user.language

    def clean_title(self) -> str:
        title = one_line(self.cleaned_data["title"])
        if not title:
            raise forms.ValidationError(self.fields["title"].error_messages["required"])
        return title

    def clean_hypothesis(self) -> str:
        return self.cleaned_data["hypothesis"].replace("\r\n", "\n")

    def clean_affected(self) -> str:
        return one_line(self.cleaned_data["affected"])

    def clean_affected_number(self) -> int | None:
        number = self.cleaned_data["affected_number"]
        if number is not None and not 1 <= number <= MOST_PEOPLE:
            raise forms.ValidationError(_("Write how many people, from 1."))
        return number

    def clean_freed_time_goes_to(self) -> str:
        return one_line(self.cleaned_data["freed_time_goes_to"])

    def clean_jobs(self) -> str:
        return one_line(self.cleaned_data["jobs"])

    def clean_decides_on(self) -> Any:
        day, today = self.cleaned_data["decides_on"], timezone.localdate()
        if (
            day
            and "decides_on" in self.changed_data
            and not today < day <= today + timedelta(weeks=MOST_WEEKS)
        ):
            sentence = _("The decision day has to come after today, and within %(n)s weeks.")
            raise forms.ValidationError(sentence % {"n": MOST_WEEKS})
        return day

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        try:
            refuse_wrong_data(given.get("system"), given.get("data_class") or self.instance.data_class)
        except Refusal as refusal:
            self.add_error("data_class", str(refusal.message))
        return given


class CriterionForm(forms.ModelForm):
    """In a draft numbers and day may still be open."""

    class Meta:
        model = Criterion
        fields: ClassVar = TERMS
        widgets: ClassVar = {"measured_by": day_input(), "direction": forms.RadioSelect}
        help_texts: ClassVar = {
            "measure": _("Something that can be counted or timed, of the team and never of one person."),
            "unit": _(
                "Such as minutes, percent, per offer. Hours a week of the whole team count for its core time."
            ),
            "threshold": _("From this value on it is a success."),
            "baseline": _("Measured before the start. Guessing it helps nobody."),
        }
        error_messages: ClassVar = {
            "measure": {"required": _("Say what is measured.")},
            "baseline": {"invalid": NO_NUMBER, "required": NO_NUMBER},
            "threshold": {"invalid": NO_NUMBER, "required": NO_NUMBER},
            "measured_by": {"invalid": WRONG_DAY, "required": WRONG_DAY},
        }
        localized_fields: ClassVar = ("baseline", "threshold")

    def __init__(self, *args: Any, pilot: Pilot, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["measured_by"].input_formats = ["%Y-%m-%d"]
        for name in ("baseline", "threshold"):
            self.fields[name].widget.attrs["inputmode"] = "decimal"
            if (value := self.initial.get(name)) is not None:
                self.initial[name] = trimmed(value)
        if self.instance.hint:
            self.fields["baseline"].help_text = self.instance.hint
        if self.instance._state.adding or self.instance.measured_by is None:
            self.initial.setdefault("measured_by", pilot.decides_on)
            self.initial["measured_by"] = self.initial["measured_by"] or pilot.decides_on

    def clean_measure(self) -> str:
        measure = one_line(self.cleaned_data["measure"])
        if not measure:
            raise forms.ValidationError(self.fields["measure"].error_messages["required"])
        return measure

    def clean_unit(self) -> str:
        return one_line(self.cleaned_data["unit"])

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        baseline, threshold = given.get("baseline"), given.get("threshold")
        is_complete = None not in (baseline, threshold) and bool(given.get("direction"))
        if is_complete and not is_better(threshold, baseline, given["direction"]):
            self.add_error("threshold", _("The threshold has to be better than today's value."))
        return given


class AmendForm(CriterionForm):
    """After the start, with a reason; the first text stays."""

    reason = reason_field(_("Why it is changed"), help_text=_("Everybody reads it beside the first text."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("baseline", "threshold", "measured_by"):
            self.fields[name].required = True

    def clean_reason(self) -> str:
        reason = self.cleaned_data["reason"].strip()
        if not reason:
            raise forms.ValidationError(_("Say why it is changed. Everybody reads it beside the first text."))
        return reason


class EvidenceForm(forms.ModelForm):
    class Meta:
        model = Reading
        fields: ClassVar = ["criterion", "day", "value", "note"]
        widgets: ClassVar = {"day": day_input()}
        error_messages: ClassVar = {
            "value": {"invalid": NO_NUMBER, "required": NO_NUMBER},
            "day": {"invalid": WRONG_DAY, "required": WRONG_DAY},
        }
        localized_fields: ClassVar = ("value",)
        labels: ClassVar = {"criterion": _("What was measured")}

    def __init__(self, *args: Any, pilot: Pilot, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["criterion"].queryset = Criterion.objects.filter(pilot=pilot)
        self.fields["criterion"].label_from_instance = lambda one: (
            f"{one.measure} ({one.unit})" if one.unit else one.measure
        )
        self.fields["criterion"].empty_label = None
        self.fields["day"].input_formats = ["%Y-%m-%d"]
        self.fields["day"].initial = timezone.localdate
        self.fields["value"].widget.attrs["inputmode"] = "decimal"

    def clean_note(self) -> str:
        return one_line(self.cleaned_data["note"])


class ExtendForm(forms.Form):
    until = forms.DateField(
        label=_("New decision day"),
        widget=day_input(),
        input_formats=["%Y-%m-%d"],
        error_messages={"required": WRONG_DAY, "invalid": WRONG_DAY},
    )
    reason = reason_field(_("What you do not know yet, and how you find it out"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today = timezone.localdate()
        self.fields["until"].help_text = _("Within %(n)s weeks. It can be extended this one time.") % {
            "n": MOST_EXTENSION
        }
        self.fields["until"].widget.attrs |= {
            "min": f"{today + timedelta(days=1):%Y-%m-%d}",
            "max": f"{today + timedelta(weeks=MOST_EXTENSION):%Y-%m-%d}",
        }


SCALE, STOP = "scale", "stop"


class DecideForm(forms.Form):
    outcome = forms.ChoiceField(
        label=_("What happens"),
        choices=[(SCALE, _("Scale it: it becomes daily work")), (STOP, _("Stop it: it ends here"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the two.")},
    )
    reason = reason_field(
        _("Why"), help_text=_("Everybody reads it. What did you learn that others can use?")
    )

    def __init__(self, *args: Any, can_scale: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not can_scale:
            self.fields["outcome"].choices = self.fields["outcome"].choices[1:]
            self.fields["outcome"].initial = STOP


class TakeOverForm(forms.Form):
    """Without an address one takes it over oneself."""

    email = forms.EmailField(label=_("E-mail address of the new owner"), required=False)

    def clean_email(self) -> User | None:
        address = self.cleaned_data["email"]
        if not address:
            return None
        person = User.objects.active().filter(email__iexact=address).first()
        if person is None:
            raise forms.ValidationError(_("Nobody here has this address."))
        return person


class ReadinessForm(forms.Form):
    """A yes or a no to each item; what is left open stays open."""

    def __init__(self, *args: Any, said: dict[str, bool | None], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for item in ITEMS:
            given = said.get(item.slug)
            self.fields[item.slug] = forms.ChoiceField(
                label=item.question,
                help_text=_("It has to be a yes.") if item.is_required else _("A no does not hold it back."),
                choices=[("yes", _("Yes")), ("no", _("No"))],
                widget=forms.RadioSelect,
                required=False,
                initial={True: "yes", False: "no"}.get(given, ""),
            )

    def answers(self) -> dict[str, bool | None]:
        return {slug: {"yes": True, "no": False}.get(self.cleaned_data[slug]) for slug in self.fields}
