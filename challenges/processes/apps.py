from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProcessesConfig(AppConfig):
    name = "challenges.processes"
    verbose_name = _("Processes")

    def ready(self) -> None:
        from challenges.processes.consent import ask_who_returns, end_answers_of
        from hub.notices.kinds import register_kind
        from hub.people.leaving import register_leave, register_return

        register_leave(end_answers_of)
        register_return(ask_who_returns)
        register_kind("lane_asked", _("%(who)s asks whether your times in “%(title)s” may be shown."))
        register_kind(
            "lane_several",
            _("%(who)s says that several people do your work in “%(title)s” now: its times are shown."),
        )
        register_kind(
            "lane_ended",
            _("%(who)s no longer names you for work that you do alone in “%(title)s”: your answer ended."),
        )
        register_kind(
            "lane_asked_anew",
            _(
                "Your times in “%(title)s”, or who sees them, changed: your yes ended. Say it again if you like."
            ),
        )
