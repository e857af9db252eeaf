"""May I? One tool and one kind of data: yes, no, or whom to ask. What the register says, in one sentence."""

from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hub.ai.models import AISystem, DataClass
from hub.people.models import RoleGrant, User

YES, NO, ASK = "yes", "no", "ask"
MOST_NAMES = 3
NOBODY = gettext_lazy("whoever administrates the hub")


def administrators() -> list[User]:
    """Those who look after the register, by name."""
    people = User.objects.active().filter(role_grants__role=RoleGrant.Role.ADMINISTRATOR)
    return list(people.order_by("last_name", "first_name", "pk").distinct())


@dataclass(frozen=True)
class Answer:
    """`verdict` is yes, no or ask; `data_class` is "" where no kind of data was asked about.

    `named` is the tool as it was asked for, where the register has no such entry. Whom to ask is looked up only when
    a sentence with names is shown.
    """

    verdict: str
    data_class: str
    system: AISystem | None = None
    named: str = ""

    @property
    def tool(self) -> str:
        return self.system.name if self.system else self.named

    @property
    def data(self) -> str:
        return str(DataClass(self.data_class).label) if self.data_class else ""

    @property
    def limit(self) -> str:
        return self.system.get_data_class_display() if self.system else ""

    @property
    def path(self) -> str:
        """Where the whole answer stands."""
        asked = {"tool": self.system.slug if self.system else "", "data": self.data_class}
        query = urlencode({key: value for key, value in asked.items() if value})
        return f"{reverse('ai:may-i')}{'?' if query else ''}{query}#answer"

    @property
    def short(self) -> str:
        """As it stands beside a tool."""
        words = {"tool": self.tool, "data": self.data, "limit": self.limit}
        if self.verdict == YES:
            if self.data_class:
                return _("Yes, for %(data)s") % words
            return _("Yes, up to %(limit)s") % words
        if self.verdict == NO:
            if self.system and not self.system.is_allowed:
                return _("No, %(tool)s is not open to people at the moment") % words
            return _("No, not for %(data)s") % words
        return _("Ask first")

    @cached_property
    def contacts(self) -> list[str]:
        """Names of who to ask: the entry's contact, else the administrators."""
        owner = self.system.owner if self.system else None
        people = [owner] if owner and owner.is_active else administrators()[:MOST_NAMES]
        return [person.get_full_name() for person in people]

    @property
    def who_to_ask(self) -> str:
        return ", ".join(self.contacts) or str(NOBODY)

    @property
    def sentence(self) -> str:
        """The whole answer, with whom to ask."""
        words = {"tool": self.tool, "data": self.data, "limit": self.limit, "who": self.who_to_ask}
        if self.verdict == YES and self.data_class:
            return _("Yes: %(data)s may go into %(tool)s. Questions: %(who)s.") % words
        if self.verdict == YES:
            return _("Yes: up to %(limit)s may go into %(tool)s. Questions: %(who)s.") % words
        if self.verdict == NO and self.system and not self.system.is_allowed:
            return _("No: %(tool)s is not open to people at the moment. Ask: %(who)s.") % words
        if self.verdict == NO:
            return _("No: %(data)s may not go into %(tool)s, at most %(limit)s. Ask: %(who)s.") % words
        if self.tool:
            return _("“%(tool)s” is not in the list, so not yet. Ask: %(who)s.") % words
        return _("A tool that is not in the list is not open yet. Ask: %(who)s.") % words


def may_i(tool: AISystem | str | None, data_class: str = "") -> Answer:
    """Whether data of this class may go into the tool, a row of the register or a name that somebody wrote.

    A row costs no query; a name costs one. Hatpin's own uses are no tools that people open.
    """
    data_class = data_class if data_class in DataClass.values else ""
    named = tool.strip() if isinstance(tool, str) else ""
    system = _system_named(named) if named else None if isinstance(tool, str) else tool
    if system is None or system.is_own:
        return Answer(ASK, data_class, named=named or (system.name if system else ""))
    is_open = system.is_allowed and (not data_class or system.takes(data_class))
    return Answer(YES if is_open else NO, data_class, system=system)


def _system_named(name: str) -> AISystem | None:
    """Allowed ones first, where two are called the same. Folded here: databases fold only some letters."""
    wanted, found = name.casefold(), []
    for one in AISystem.objects.filter(is_own=False).select_related("owner"):
        if wanted in (one.name_de.casefold(), one.name_en.casefold(), one.slug):
            found.append(one)
    return min(found, key=lambda one: (not one.is_allowed, one.slug), default=None)
