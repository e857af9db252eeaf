"""The library one pulls from: every tip in use, with what the person answered, searched and filtered."""

from dataclasses import dataclass

from hub.nudges.models import Dismissal, Nudge, Tip, TipText
from hub.people.models import User

ASIDE = "aside"


@dataclass(frozen=True)
class Entry:
    tip: Tip
    mine: str  # tried | later | aside | ""

    @property
    def text(self) -> TipText:
        return self.tip.text


def entries_for(user: User) -> list[Entry]:
    """All tips by title, with one's own last answer; four queries, however many there are."""
    aside = Dismissal.objects.tip_ids_of(user)
    answers = dict(
        Nudge.objects.visible_to(user)
        .exclude(response="")
        .order_by("responded_at")
        .values_list("tip_id", "response")
    )
    entries = [
        Entry(tip, ASIDE if tip.pk in aside else answers.get(tip.pk, ""))
        for tip in Tip.objects.visible_to(user)
    ]
    return sorted(entries, key=lambda entry: entry.text.title.casefold().lstrip('„“"'))


def found(entries: list[Entry], *, q: str = "", tool: str = "", mine: str = "") -> list[Entry]:
    """Those that hold every word of `q`, of this tool, answered like this."""
    words = q.casefold().split()
    return [
        entry
        for entry in entries
        if (not tool or entry.tip.tool == tool)
        and (not mine or entry.mine == mine)
        and all(word in _searchable(entry) for word in words)
    ]


def _searchable(entry: Entry) -> str:
    text = entry.text
    return " ".join([text.title, text.body, *text.steps, str(entry.tip.get_tool_display())]).casefold()
