"""What the reader noticed about a process, in sentences."""

from collections.abc import Mapping

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
        "collapsed": ngettext(
            "%(n)s sub-process is drawn closed and counts as one step.",
            "%(n)s sub-processes are drawn closed and count as one step each.",
            notes.get("collapsed", 0),
        ),
    }
    return [sentence % {"n": notes[name]} for name, sentence in said.items() if notes.get(name)]
