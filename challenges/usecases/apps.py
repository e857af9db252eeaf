from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class UsecasesConfig(AppConfig):
    name = "challenges.usecases"
    verbose_name = _("Use cases")

    def ready(self) -> None:
        from challenges.usecases.becoming import (
            make_process,
            processes_seen,
            processes_shared,
            register_outcome,
        )
        from hub.notices.kinds import register_kind

        register_outcome(
            "process", _("A process for a bet"), make_process, sees=processes_seen, stands=processes_shared
        )

        register_kind("use_case_new", _("“%(title)s” is in the idea box. Answer it within %(days)s days."))
        register_kind(
            "use_case_due", _("“%(title)s” in the idea box waits for your answer; its day is near.")
        )
        register_kind("use_case_late", _("“%(title)s” in the idea box still waits for your answer."))
        register_kind(
            "use_case_reopened",
            _("“%(title)s” in the idea box waits for an answer again: what it became was not taken further."),
        )
        register_kind(
            "use_case_waits_again",
            _(
                "Your proposal “%(title)s” waits for an answer again, within %(days)s days: what it had become was not "
                "taken further."
            ),
        )
        register_kind("use_case_comment", _("%(name)s commented on “%(title)s”."), by_mail=False)
        register_kind("use_case_pilot", _("Your proposal “%(title)s” becomes a pilot."))
        register_kind("use_case_process", _("Your proposal “%(title)s” becomes a process for a bet."))
        register_kind("use_case_no", _("Your proposal “%(title)s” was answered, with a reason."))
        register_kind("use_case_hidden", _("Your proposal “%(title)s” was hidden: %(reason)s"))
        register_kind("use_case_comment_hidden", _("Your comment on “%(title)s” was hidden: %(reason)s"))
