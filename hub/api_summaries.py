"""The first lines of the API's descriptions once more, for the catalogue; a test holds both together."""

from django.utils.translation import gettext_noop as _

SUMMARIES = (
    _("Add a file (multipart `file`) or a text (JSON `{title, text}`); it is read in the background."),
    _("An answer from this notebook's sources only, each sentence with its citations."),
    _("Call the hour off; whoever said yes is told. 409 once it is over."),
    _("Check in with the code that the room's screen shows. Repeating it has no second effect."),
    _("DEAL hours."),
    _("Erase my conversation with this notebook."),
    _("Mark notices as read."),
    _("My ledger, newest first; the total stands in `me/`."),
    _("My notices, newest first."),
    _("My own questions to this notebook and their answers, the newest first."),
    _("Notebooks that I may read."),
    _("Read a failed source once more."),
    _("Remove it: from now on it answers nothing."),
    _("Say whether I come, and what I will try."),
    _("Take the cancellation back; whoever said yes is told."),
    _("The code for the room's screen, for whoever runs the session."),
    _("The passages that match best, without an answer."),
    _("The signed-in person: roles, points, streak."),
    _("The sources of one notebook."),
    _("Undo removing it, for a day; 409 if the same content was added again in the meantime."),
)
