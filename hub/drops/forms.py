"""The forms of a calendar and of a door; page and API accept the same."""

from datetime import datetime
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from hub.drops.models import MOST_DAYS_AFTER, Drop, DropDoor
from hub.drops.schedule import furthest_day, is_working_day
from hub.drops.vocabulary import Kind
from hub.nudges.models import LANGUAGES, Tip
from hub.people.models import User
from hub.stories.models import Story
from hub.uploads import one_line

NEWEST_STORIES = 100
TITLES = ("title_de", "title_en", "intro_de", "intro_en")
PLAN = ("starts_on", "size", "working_days_only", "days_after", "team", "site")


class DropForm(forms.ModelForm):
    """A calendar's plan. One that is published keeps its days: only its titles can be changed."""

    class Meta:
        model = Drop
        fields: ClassVar = [*TITLES, *PLAN]
        labels: ClassVar = {
            "title_de": _("Title"),
            "title_en": _("Title"),
            "intro_de": _("A sentence about it"),
            "intro_en": _("A sentence about it"),
            "starts_on": _("First door opens on"),
            "size": _("Number of doors"),
            "working_days_only": _("Monday to Friday only"),
            "days_after": _("Days for missed doors"),
            "team": _("For a team only"),
            "site": _("For a site only"),
        }
        help_texts: ClassVar = {
            "starts_on": _("At midnight at each site. It has to lie ahead when you publish."),
            "size": _(
                "If it begins on 1 December and has 24 or more, "
                "it takes the place of the Advent calendar that is built in."
            ),
            "days_after": _("How long after the last door they can still be opened; thirty at most."),
        }
        error_messages: ClassVar = {
            "starts_on": {"required": _("Choose a day."), "invalid": _("Write the day as 2027-03-12.")},
            "size": {
                "required": _("Say how many doors it has."),
                "min_value": _("Two doors at least."),
                "max_value": _("Thirty-one doors at most."),
            },
            "days_after": {
                "required": _("Say for how many days; none is 0."),
                "max_value": _("Thirty days at most."),
            },
        }
        widgets: ClassVar = {
            "starts_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "size": forms.NumberInput(attrs={"inputmode": "numeric", "min": 2, "max": 31}),
            "days_after": forms.NumberInput(attrs={"inputmode": "numeric", "min": 0, "max": MOST_DAYS_AFTER}),
            **{
                f"{name}_{code}": forms.TextInput(attrs={"lang": code})
                for name in ("title", "intro")
                for code, _label in LANGUAGES
            },
        }

    def __init__(self, *args: Any, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.now = now
        if not self.instance._state.adding and not self.instance.is_draft:
            for name in PLAN:
                del self.fields[name]
            return
        self.fields["starts_on"].input_formats = ["%Y-%m-%d"]
        self.fields["team"].empty_label = _("Everybody")
        self.fields["site"].empty_label = _("Every site")

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        for name in TITLES:
            given[name] = one_line(given.get(name) or "")
        if not given["title_de"] and not given["title_en"]:
            self.add_error("title_de", _("Give it a title, in one language to begin with."))
        if "size" not in self.fields:
            for code, _label in LANGUAGES:
                if not given[f"title_{code}"] and f"title_{code}" not in self.errors:
                    self.add_error(f"title_{code}", _("It is published: it needs a title in both languages."))
            return given
        if given.get("team") and given.get("site"):
            self.add_error("site", _("Choose a team or a site, not both."))
        starts_on = given.get("starts_on")
        if starts_on and "starts_on" in self.changed_data and starts_on <= furthest_day(self.now):
            self.add_error("starts_on", _("Choose a day that has not begun anywhere in the company."))
        elif starts_on and given.get("working_days_only") and not is_working_day(starts_on):
            self.add_error("starts_on", _("Choose a day from Monday to Friday, or let doors open every day."))
        return given


class TipField(forms.ModelChoiceField):
    def label_from_instance(self, tip: Tip) -> str:
        return tip.text.title


class LeaderField(forms.ModelChoiceField):
    def label_from_instance(self, user: User) -> str:
        return user.get_full_name()


class DoorForm(forms.ModelForm):
    tip = TipField(
        label=_("Tip of the library"),
        queryset=Tip.objects.none(),
        required=False,
        empty_label=_("no tip"),
        help_text=_("Behind the open door there is a link to it. Words left empty are taken from it."),
    )
    story = forms.ModelChoiceField(
        label=_("Published success story"),
        queryset=Story.objects.none(),
        required=False,
        empty_label=_("no story"),
        help_text=_("Its author has published it. Or write down what a leader tells you:"),
    )
    leader = LeaderField(
        label=_("Leader who tells it"),
        queryset=User.objects.none(),
        required=False,
        empty_label=_("nobody"),
    )

    class Meta:
        model = DropDoor
        fields: ClassVar = [
            "kind", "title_de", "text_de", "title_en", "text_en", "tip", "story", "leader", "leader_agreed",
        ]  # fmt: skip
        labels: ClassVar = {
            "kind": _("What is behind it"),
            "title_de": _("Title"),
            "title_en": _("Title"),
            "text_de": _("Text"),
            "text_en": _("Text"),
            "leader_agreed": _("I asked: these words may stand under this name"),
        }
        widgets: ClassVar = {
            "kind": forms.RadioSelect,
            **{
                f"title_{code}": forms.TextInput(attrs={"lang": code, "autocomplete": "off"})
                for code, _l in LANGUAGES
            },
            **{f"text_{code}": forms.Textarea(attrs={"lang": code, "rows": 5}) for code, _l in LANGUAGES},
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        door = self.instance
        tips = Tip.objects.in_use() | Tip.objects.filter(pk=door.tip_id, texts__isnull=False)
        self.fields["tip"].queryset = tips.distinct().prefetch_related("texts")
        newest = list(Story.objects.published().values_list("pk", flat=True)[:NEWEST_STORIES])
        self.fields["story"].queryset = Story.objects.filter(pk__in=[*newest, door.story_id])
        leaders = User.objects.active().filter(is_executive=True) | User.objects.filter(pk=door.leader_id)
        self.fields["leader"].queryset = leaders.order_by("last_name", "first_name")
        self.fields["kind"].choices = Kind.choices

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        for code, _label in LANGUAGES:
            given[f"title_{code}"] = one_line(given.get(f"title_{code}") or "")
            given[f"text_{code}"] = (given.get(f"text_{code}") or "").replace("\r\n", "\n").strip()
        if given.get("kind") != Kind.STORY:
            given["story"], given["leader"] = None, None
        if not given.get("leader"):
            given["leader_agreed"] = False
        return given
