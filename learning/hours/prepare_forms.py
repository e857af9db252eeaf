"""The forms with which an hour is prepared: what it is about, its agenda and its lab."""

from typing import Any, ClassVar

from django import forms
from django.forms import formset_factory
from django.utils.translation import gettext_lazy as _

from hub.ai.models import AISystem
from hub.people.models import User
from hub.row_forms import RowFormSet
from learning.hours.models import AgendaItem, LabTask, StudySession
from learning.hours.plans import quizzes_of
from learning.hours.preparing import MOST_ITEMS, MOST_TASKS
from learning.hours.series_forms import facilitators
from learning.notebooks.models import Notebook, StudyAid


class RoomForm(forms.ModelForm):
    class Meta:
        model = StudySession
        fields: ClassVar = ["title", "description", "notebook", "quiz", "deputy"]
        widgets: ClassVar = {"description": forms.Textarea(attrs={"rows": 4})}
        error_messages: ClassVar = {"title": {"required": _("Give the hour a topic.")}}

    dropped_quiz: StudyAid | None = None

    def __init__(self, *args, user: User, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["notebook"].queryset = Notebook.objects.visible_to(user).exclude(
            audience=Notebook.Audience.PRIVATE
        )
        self.fields["notebook"].empty_label = _("No notebook")
        shown = [quiz.pk for quiz in quizzes_of(self.instance.notebook, user)]
        self.fields["quiz"].queryset = StudyAid.objects.filter(pk__in=shown)
        self.fields["quiz"].empty_label = _("No quiz")
        self.fields["deputy"].queryset = User.objects.filter(
            pk__in=facilitators(besides=self.instance.facilitator).values("pk")
        )
        self.fields["deputy"].empty_label = _("Nobody")

    def clean(self) -> dict:
        data = super().clean()
        notebook, quiz = data.get("notebook"), data.get("quiz")
        if notebook and not notebook.is_shared_with(team=self.instance.team, site=self.instance.site):
            self.add_error(
                "notebook",
                _(
                    "Not everybody invited may read this notebook. Choose one for everybody, or invite only its team."
                ),
            )
        if quiz and (notebook is None or quiz.notebook_id != notebook.pk):
            data["quiz"] = None  # the notebook was changed: its quiz is chosen next
            self.dropped_quiz = quiz
        return data


class AgendaItemForm(forms.ModelForm):
    class Meta:
        model = AgendaItem
        fields: ClassVar = ["kind", "title", "minutes"]


class TaskForm(forms.ModelForm):
    class Meta:
        model = LabTask
        fields: ClassVar = ["title", "instructions", "prompt", "tool", "data_class"]
        widgets: ClassVar = {
            "instructions": forms.Textarea(attrs={"rows": 3}),
            "prompt": forms.Textarea(attrs={"rows": 3}),
        }

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["tool"].queryset = AISystem.objects.tools()
        self.fields["tool"].label_from_instance = lambda tool: tool.name
        self.fields["tool"].empty_label = _("Whichever you use")

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        tool, data_class = given.get("tool"), given.get("data_class")
        if tool and data_class and not tool.takes(data_class):
            limit = tool.get_data_class_display()
            message = _("No more than %(limit)s may go into %(tool)s.") % {"limit": limit, "tool": tool.name}
            self.add_error("data_class", message)
        return given


AgendaFormSet = formset_factory(
    AgendaItemForm,
    formset=RowFormSet,
    extra=2,
    max_num=MOST_ITEMS,
    absolute_max=MOST_ITEMS,
    validate_max=True,
    can_delete=True,
    can_order=True,
)
TaskFormSet = formset_factory(
    TaskForm,
    formset=RowFormSet,
    extra=1,
    max_num=MOST_TASKS,
    absolute_max=MOST_TASKS,
    validate_max=True,
    can_delete=True,
    can_order=True,
)
