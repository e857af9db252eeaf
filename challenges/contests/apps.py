from django.apps import AppConfig
from django.db.models.signals import post_delete, post_save
from django.utils.translation import gettext_lazy as _


class ContestsConfig(AppConfig):
    name = "challenges.contests"
    verbose_name = _("Bets")

    def ready(self) -> None:
        from challenges.contests import published
        from challenges.contests.entering import hold_bets_on
        from challenges.contests.models import Challenge
        from challenges.processes.consent import register_lanes_holder
        from hub.notices.kinds import register_kind

        register_lanes_holder(hold_bets_on)
        for signal in (post_save, post_delete):
            signal.connect(published.forget, sender=Challenge, dispatch_uid="published bets")
        register_kind("challenge_moved", _("“%(title)s” has a new deadline."))
        register_kind("challenge_rules", _("“%(title)s” is counted by other rules than before. Read them."))
        register_kind("challenge_cancelled", _("“%(title)s” was cancelled."))
        register_kind("challenge_restored", _("“%(title)s” goes on after all."))
        register_kind("claim_waits", _("Steps were claimed in “%(title)s”. Have a look at the claims."))
        register_kind("claim_verified", _("Your claim for “%(step)s” is verified."))
        register_kind("hours_wait", _("Hours of “%(title)s” wait for your confirmation."))
        register_kind("hours_decided", _("The hours of your claim for “%(step)s” were decided."))
        register_kind(
            "jobs_affected", _("A claim in “%(title)s” says that somebody's job changes or goes away.")
        )
        register_kind("baseline_waits", _("The process of %(who)s in “%(title)s” waits for your approval."))
        register_kind("baseline_approved", _("Your process in “%(title)s” is approved."))
        register_kind(
            "baseline_sent_back", _("Your process in “%(title)s” was sent back: something is missing.")
        )
        register_kind("referee_deputy", _("%(who)s named you as deputy referee of “%(title)s”."))
        register_kind("hours_deputy", _("%(who)s named you as deputy: you can confirm hours of bets."))
        register_kind("entry_joined", _("%(who)s brought you into the team in “%(title)s”."))
        register_kind("entry_assists", _("You may draft claims for %(who)s in “%(title)s”."))
        register_kind("challenge_counted", _("“%(title)s” is counted. The seal holds until the reveal."))
        register_kind("seal_broken", _("The seal of “%(title)s” was broken by two people before the reveal."))
        register_kind(
            "seal_break_refused",
            _("Your request to break the seal of “%(title)s” was refused, with a reason."),
        )
        register_kind(
            "claim_taken_back", _("A claim of yours in “%(title)s” was taken back in the control period.")
        )
        register_kind(
            "control_over", _("The control period of “%(title)s” is over. Its result can be made final.")
        )
        register_kind("challenge_final", _("The result of “%(title)s” is final."))
        register_kind("claim_refused", _("Your claim for “%(step)s” was not accepted. The referee says why."))
        register_kind("challenge_revealed", _("The seal of “%(title)s” is broken: see who eliminated most."))
