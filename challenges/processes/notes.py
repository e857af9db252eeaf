"""What was noticed about a process, by its reader and from its times, in sentences."""

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import ngettext


def sentences(notes: Mapping[str, int]) -> list[str]:
    said = {
        "unnamed": ngettext(
            "%(n)s step has no name in the file; it is called by its place.",
            "%(n)s steps have no name in the file; they are called by their place.",
            notes.get("unnamed", 0),
        ),
        "same_name": ngettext(
            "%(n)s step shares its name with another one.",
            "%(n)s steps share their name with another one.",
            notes.get("same_name", 0),
        ),
        "exceptions": ngettext(
            "%(n)s step for exceptions is drawn and not counted.",
            "%(n)s steps for exceptions are drawn and not counted.",
            notes.get("exceptions", 0),
        ),
        "foreign": ngettext(
            "%(n)s step of another pool is drawn and not counted.",
            "%(n)s steps of other pools are drawn and not counted.",
            notes.get("foreign", 0),
        ),
        "pools": _("The steps of %(n)s pools are counted together."),
        "collapsed": ngettext(
            "%(n)s sub-process is drawn closed and counts as one step.",
            "%(n)s sub-processes are drawn closed and count as one step each.",
            notes.get("collapsed", 0),
        ),
        "called": ngettext(
            "%(n)s step calls another process and counts as one.",
            "%(n)s steps call another process and count as one each.",
            notes.get("called", 0),
        ),
        "coarse": _("One step takes longer than all the others together: does it stand for several?"),
        "fine": ngettext(
            "%(n)s step takes less than a minute: is it a part of another one?",
            "%(n)s steps take less than a minute each: are they parts of others?",
            notes.get("fine", 0),
        ),
        "many": _("%(n)s steps are too many to be compared one by one: are these several processes?"),
    }
    return [sentence % {"n": notes[name]} for name, sentence in said.items() if notes.get(name)]


def redrawing_sentences(flags: Mapping[str, int]) -> list[str]:
    """What a comparison should be looked at twice for."""
    said = {
        "same_name": ngettext(
            "%(n)s step that is gone shared its name with another one: was it only drawn once less?",
            "%(n)s steps that are gone shared their names with others: were they only drawn less often?",
            flags.get("same_name", 0),
        ),
        "closed": ngettext(
            "%(n)s step afterwards stands for several, as a closed sub-process or another process.",
            "%(n)s steps afterwards stand for several each, as closed sub-processes or other processes.",
            flags.get("closed", 0),
        ),
        "lanes": ngettext(
            "%(n)s lane is gone with all its steps: is that work done elsewhere now?",
            "%(n)s lanes are gone with all their steps: is that work done elsewhere now?",
            flags.get("lanes", 0),
        ),
        "executed": _("Fewer steps are drawn, but a case executes no fewer than before."),
    }
    return [sentence % {"n": flags[kind]} for kind, sentence in said.items() if flags.get(kind)]


def claimed_sentences(flags: Mapping[str, int]) -> list[str]:
    """What the steps of a claim should be looked at twice for, whether or not a comparison goes with it."""
    said = {
        "same_name": ngettext(
            "%(n)s of these steps shares its name with another one: is it only drawn once less?",
            "%(n)s of these steps share their names with others: are they only drawn less often?",
            flags.get("same_name", 0),
        ),
        "closed": ngettext(
            "%(n)s of these steps stands for several, as a closed sub-process or another process.",
            "%(n)s of these steps stand for several each, as closed sub-processes or other processes.",
            flags.get("closed", 0),
        ),
        "lanes": ngettext(
            "Every step of %(n)s lane is claimed: is that work done elsewhere now?",
            "Every step of %(n)s lanes is claimed: is that work done elsewhere now?",
            flags.get("lanes", 0),
        ),
        "fine": ngettext(
            "%(n)s of these steps takes less than a minute: is it a part of another one?",
            "%(n)s of these steps take less than a minute each: are they parts of others?",
            flags.get("fine", 0),
        ),
    }
    return [sentence % {"n": flags[kind]} for kind, sentence in said.items() if flags.get(kind)]
