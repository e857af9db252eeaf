"""Why a destination takes nothing, in words."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

REASONS = {
    "address_not_public": gettext_lazy("Its host is inside a private network, where the hub does not post."),
    "host_not_listed": gettext_lazy("Its host is no longer on the list of those that the hub may post to."),
    "answered_404": gettext_lazy("The other side does not know this address any more."),
    "answered_410": gettext_lazy("The other side does not know this address any more."),
    "answered_429": gettext_lazy("The other side takes nothing at the moment, as it gets too much."),
    "host_unreachable": gettext_lazy("The host could not be reached."),
    "host_too_slow": gettext_lazy("The host could not be reached in time."),
    "no_answer": gettext_lazy("It did not answer in time."),
    "not_taken": gettext_lazy("The messenger did not take it."),
    "secret_unreadable": gettext_lazy("The hub can no longer read the address, as its own key was changed."),
}


def reason_in_words(code: str) -> str:
    return str(REASONS.get(code) or _("The other side refused the message."))
