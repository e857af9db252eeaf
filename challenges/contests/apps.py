from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ContestsConfig(AppConfig):
    name = "challenges.contests"
    verbose_name = _("Bets")

    def ready(self) -> None:
        from hub.notices.kinds import register_kind

        register_kind("challenge_moved", _("“%(title)s” has a new deadline."))
        register_kind("challenge_cancelled", _("“%(title)s” was cancelled."))
        register_kind("challenge_restored", _("“%(title)s” goes on after all."))
        register_kind("claim_waits", _("Steps were claimed in “%(title)s”. Have a look at the claims."))
        register_kind("claim_confirmed", _("Your claim for “%(step)s” is confirmed."))
        register_kind("claim_refused", _("Your claim for “%(step)s” was not accepted. The referee says why."))
        register_kind("challenge_revealed", _("The seal of “%(title)s” is broken: see who eliminated most."))
