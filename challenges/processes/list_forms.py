"""The forms in which a list of steps, their numbers and the people of a lane are written."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.forms import formset_factory
from django.utils.translation import gettext_lazy as _

from challenges.processes.actions import plain
from challenges.processes.elements import LONGEST_LANE, LONGEST_NAME, one_line
from challenges.processes.list_actions import MOST_LISTED
from challenges.processes.models import Lane, Process, Step
from challenges.processes.shown_times import FEWEST
from challenges.processes.steps_csv import StepLine
from hub.people.models import User
from hub.row_forms import RowFormSet

ROWS_AT_FIRST = 6
ROWS_MORE = 3


class NumbersForm(forms.ModelForm):
    """What a step takes. Its share is written in percent and kept as a number from 0 to 1."""

    percent = forms.FloatField(
        label=_("percent of cases"),
        initial=100,
        required=False,
        validators=[MinValueValidator(0), MaxValueValidator(100)],
    )

    class Meta:
        model = Step
        fields: ClassVar = ["touch_minutes", "wait_hours", "loop_factor", "value"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["loop_factor"].required = False
        self.fields["loop_factor"].initial = 1
        for name in ("touch_minutes", "wait_hours", "percent", "loop_factor"):
            self.fields[name].widget.attrs.update(step="any", min=0, inputmode="decimal")

    def numbers(self) -> dict[str, Any]:
        """As `Step` has them; an empty share is all cases, an empty factor once."""
        given = self.cleaned_data
        percent, loops = given.get("percent"), given.get("loop_factor")
        return {
            "touch_minutes": given.get("touch_minutes"),
            "wait_hours": given.get("wait_hours"),
            "probability": 1.0 if percent is None else percent / 100,
            "loop_factor": 1.0 if loops is None else loops,
            "value": given.get("value", ""),
        }


class StepRowForm(NumbersForm):
    class Meta(NumbersForm.Meta):
        fields: ClassVar = ["lane", "name", "kind", *NumbersForm.Meta.fields]
        widgets: ClassVar = {"lane": forms.TextInput(attrs={"list": "lanes", "autocomplete": "off"})}

    field_order: ClassVar = ["lane", "name", "kind", "touch_minutes", "wait_hours", "percent"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].required = False
        self.fields["kind"].required = False

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if self.has_changed() and given.get("lane") and not given.get("name"):
            self.add_error("name", _("Say what is done in this step."))
        return given

    def line(self) -> StepLine:
        given = self.cleaned_data
        return StepLine(
            lane=one_line(plain(given["lane"]), LONGEST_LANE),
            name=one_line(plain(given["name"]), LONGEST_NAME),
            kind=given.get("kind") or "task",
            **self.numbers(),
        )


class StepRows(RowFormSet):
    names_row = "name"

    def lines(self) -> list[StepLine]:
        return [form.line() for form in self.ordered_forms if form.cleaned_data.get("name")]


def step_rows(extra: int) -> type[StepRows]:
    return formset_factory(
        StepRowForm,
        formset=StepRows,
        extra=extra,
        max_num=MOST_LISTED,
        absolute_max=MOST_LISTED,
        validate_max=True,
        can_delete=True,
        can_order=True,
    )


def row_of(step: Step) -> dict[str, Any]:
    """What a row of either form begins with."""
    names = ("lane", "name", "kind", "touch_minutes", "wait_hours", "loop_factor", "value")
    return {name: getattr(step, name) for name in names} | {"percent": 100 * step.probability}


class CasesForm(forms.ModelForm):
    class Meta:
        model = Process
        fields: ClassVar = ["cases_per_week"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["cases_per_week"].widget.attrs.update(step="any", min=0, inputmode="decimal")


class ListForm(CasesForm):
    class Meta(CasesForm.Meta):
        fields: ClassVar = ["title", "language", "audience", "cases_per_week"]
        error_messages: ClassVar = {"title": {"required": _("Give the process a title.")}}


class LaneForm(forms.ModelForm):
    """`person` is named by e-mail; who is nobody and who has left are the same."""

    person = forms.EmailField(
        label=_("E-mail address of whoever does it alone"),
        required=False,
    )

    class Meta:
        model = Lane
        fields: ClassVar = ["performers", "person"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["person"] = self.instance.person.email if self.instance.person_id else ""

    def clean_person(self) -> User | None:
        address, named = self.cleaned_data["person"], self.instance.person
        if not address:
            return None
        if named and named.email.lower() == address.lower():
            return named
        person = User.objects.active().filter(email__iexact=address).first()
        if person is None:
            raise forms.ValidationError(_("Nobody here has this address."))
        return person

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if given.get("person") and (given.get("performers") or 1) >= FEWEST:
            self.add_error("person", _("Where several people work nobody is asked: leave this empty."))
        return given


def lane_forms(process: Process, names: Iterable[str], data: Any = None) -> list[tuple[str, LaneForm]]:
    """One form a lane, by its place in the order of the process."""
    known = {lane.name: lane for lane in process.lanes.select_related("person")}
    return [
        (
            name,
            LaneForm(
                data, prefix=f"lane-{number}", instance=known.get(name, Lane(process=process, name=name))
            ),
        )
        for number, name in enumerate(names)
    ]
