"""The form of a claim."""

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from challenges.contests.attached import is_harmonising, offered
from challenges.contests.claiming import FEWEST_MERGED, NO_COMPARISON, NO_VARIANT
from challenges.contests.models import Claim, Entry
from challenges.contests.models.claim import Change
from challenges.contests.own_claims import claimed_step_ids
from challenges.processes.models import Comparison, Step
from hub.ai.models import AISystem
from hub.ai.permission import may_i
from hub.people.models import User


class ClaimForm(forms.ModelForm):
    """`cleaned_data` are the keyword arguments of `claiming.claim`; what may be left out has a default."""

    steps = forms.ModelMultipleChoiceField(
        label=_("Which steps?"),
        queryset=Step.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Choose the step that is gone."),
            "invalid_choice": _("This step does not belong to the process you entered with."),
            "invalid_pk_value": _("This step does not belong to the process you entered with."),
        },
    )

    link = forms.URLField(
        label=_("Link to the evidence"),
        required=False,
        assume_scheme="https",
        max_length=Claim._meta.get_field("link").max_length,
        widget=forms.TextInput(attrs={"inputmode": "url", "autocapitalize": "none"}),
        error_messages={"invalid": _("Write the address as https://example.com/page.")},
    )

    class Meta:
        model = Claim
        fields: ClassVar = [
            "change",
            "comparison",
            "method",
            "system",
            "evidence",
            "link",
            "before_minutes",
            "after_minutes",
            "added_steps",
            "freed_for",
            "affects_jobs",
            "jobs",
        ]
        labels: ClassVar = {
            "change": _("What became of it?"),
            "method": _("How did AI make it unnecessary?"),
            "evidence": _("Evidence"),
        }
        help_texts: ClassVar = {
            "comparison": _(
                "The referee sees where each step went, and both drawings, as they are on handing in."
            ),
            "evidence": _("What the referee can check: since when, how many cases, where one sees it."),
            "freed_for": _("For example: calls with customers, the backlog, learning."),
            "affects_jobs": _(
                "The works council sees this claim at once, no rival does. After the reveal everybody sees which steps "
                "counted."
            ),
        }
        widgets: ClassVar = {
            "change": forms.RadioSelect,
            "method": forms.Textarea(attrs={"rows": 4}),
            "evidence": forms.Textarea(attrs={"rows": 4}),
            "jobs": forms.Textarea(attrs={"rows": 3}),
        }
        error_messages: ClassVar = {
            "method": {"required": _("Say in a sentence or two how AI made the step unnecessary.")},
            "evidence": {"required": _("Without evidence the referee cannot confirm anything.")},
        }

    def __init__(
        self, *args: Any, entry: Entry, user: User, offers_claimed: bool = False, **kwargs: Any
    ) -> None:
        """`offers_claimed`: every step stands there, as for an assistant, who does not see what is claimed."""
        super().__init__(*args, **kwargs)
        self.entry = entry
        steps = Step.objects.filter(process_id=entry.process_id)
        # A claimed step is not offered; it is a step all the same, and refused with its own sentence.
        self.fields["steps"].queryset = steps
        taken = set() if offers_claimed else claimed_step_ids(entry)
        self.open_steps = [step for step in steps if step.pk not in taken]
        self.fields["steps"].choices = [(step.pk, step.name) for step in self.open_steps]
        self.fields["system"].queryset = AISystem.objects.tools()
        self.fields["system"].label_from_instance = lambda system: f"{system.name} · {may_i(system).short}"
        self.fields["system"].empty_label = _("Choose one")
        attached = self.instance.comparison_id
        own = offered(entry, user)
        self.fields["comparison"].queryset = (
            own | Comparison.objects.filter(pk=attached, before=entry.process_id) if attached else own
        )
        self.fields["comparison"].label_from_instance = lambda comparison: comparison.after.called
        self.fields["comparison"].empty_label = _("none")
        self.fields["added_steps"].required = self.fields["change"].required = False
        if not self.instance._state.adding:
            self.initial["steps"] = [step.pk for step in self.instance.steps]

    def clean_change(self) -> str:
        return self.cleaned_data["change"] or Change.ELIMINATED

    def clean_added_steps(self) -> int:
        return self.cleaned_data["added_steps"] or 0

    def clean_link(self) -> str:
        link = self.cleaned_data["link"]
        if link and not link.startswith(("https://", "http://")):
            raise ValidationError(_("Write the address as https://example.com/page."))
        return link

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        steps = data.get("steps")
        if data.get("change") == Change.MERGED and steps is not None and len(steps) < FEWEST_MERGED:
            self.add_error("steps", _("Merging takes at least two steps: choose all that became one."))
        if data.get("change") == Change.HARMONISED and not self.errors:
            if not (comparison := data.get("comparison")):
                self.add_error("comparison", NO_COMPARISON)
            elif not is_harmonising(self.entry, comparison):
                self.add_error("comparison", NO_VARIANT)
        before, after = data.get("before_minutes"), data.get("after_minutes")
        if (before is None) != (after is None) and not {
            "before_minutes",
            "after_minutes",
        } & self.errors.keys():
            missing = "before_minutes" if before is None else "after_minutes"
            self.add_error(missing, _("Say both: how long it took before, and how long it takes now."))
        elif before is not None and after is not None and after > before:
            self.add_error("after_minutes", _("It takes longer than before. Nothing is saved by that."))
        if data.get("affects_jobs") and not data.get("jobs"):
            self.add_error("jobs", _("Say whose work it is and what is planned for them."))
        return data

    def _post_clean(self) -> None:
        """The row is written by the action: nothing of the form is put into the instance before."""

    @property
    def as_claim(self) -> dict[str, Any]:
        return {**self.cleaned_data, "steps": list(self.cleaned_data["steps"])}


class AppealForm(forms.Form):
    words = forms.CharField(
        label=_("Why should it be looked at again?"),
        max_length=Claim._meta.get_field("appeal").max_length,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say what the referee should look at again.")},
    )
