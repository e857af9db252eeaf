"""What else a story can be made into. Areas above add theirs in `apps.ready()`; without any there is no button."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from hub.people.models import User
from hub.refusals import Refusal
from hub.stories.models import Story

# Makes the copy for a person and returns the path of what was made; raises Refusal.
Make = Callable[[Story, User], str]


@dataclass(frozen=True)
class Copy:
    slug: str
    label: str | Promise
    make: Make
    may: Callable[[User], bool]


_copies: dict[str, Copy] = {}


def register_copy(
    slug: str, label: str | Promise, make: Make, *, may: Callable[[User], bool] = lambda user: True
) -> None:
    """`label` is the button's lazily translated words, `may` says who gets it."""
    _copies[slug] = Copy(slug, label, make, may)


def copies_for(user: User) -> list[Copy]:
    return [copy for copy in _copies.values() if copy.may(user)]


def copy_as(slug: str, *, story: Story, user: User) -> str:
    """Returns the path of what was made. Raises Refusal for what the person is not offered."""
    copy = next((one for one in copies_for(user) if one.slug == slug), None)
    if copy is None:
        raise Refusal("unknown_copy", _("A story cannot be made into this here."))
    return copy.make(story, user)


def as_markdown(story: Story) -> str:
    """To paste it elsewhere: title, words, tool, and the estimate as one."""
    facts = []
    if story.tool:
        facts.append(_("Tool: %(tool)s") % {"tool": story.tool})
    if story.minutes_saved:
        facts.append(_("Saves about %(n)s minutes a week (an estimate)") % {"n": story.minutes_saved})
    told = _("Told by %(name)s") % {"name": story.shown_author}
    lines = "\n".join(f"- {fact}" for fact in [*facts, told])
    return f"# {story.title}\n\n{words_of(story)}\n\n{lines}\n"


def words_of(story: Story) -> str:
    """What it tells, with what went wrong and what is learnt from it, all in its own language."""
    parts = [story.body]
    with translation.override(story.language):
        if story.went_wrong:
            parts.append(f"{_('What went wrong:')} {story.went_wrong}")
        if story.next_time:
            parts.append(f"{_('What I would do next time:')} {story.next_time}")
    return "\n\n".join(parts)
