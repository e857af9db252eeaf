from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NoticesConfig(AppConfig):
    name = "hub.notices"
    verbose_name = _("Notices")

    def ready(self) -> None:
        from hub.jobs import register_sweep
        from hub.notices.delivering import NOTICES
        from hub.notices.kinds import register_kind
        from hub.notices.letters import register_writer
        from hub.notices.reminding import REMINDERS
        from hub.notices.tasks import wake_deliveries

        register_kind(
            "destination_disabled",
            _("%(host)s takes no more messages from the hub, so no tip is sent there any more."),
            by_mail=False,
        )
        register_kind(
            "tips_stopped",
            _(
                "You left six tips in a row unanswered, so none are sent any more. The library is always open."
            ),
            by_mail=False,
        )
        register_kind(
            "mailbox_refused",
            _(
                "Your mailbox refused mail of the hub, so nothing is mailed to you any more. "
                "Save your choice and it is tried again."
            ),
            by_mail=False,
        )
        register_kind(
            "reminders_stopped",
            _(
                "You did not follow six reminders in a row, so none are sent any more. "
                "Save your choice and they come again."
            ),
            by_mail=False,
        )
        register_kind("reminder", "%(title)s", by_mail=False)
        register_writer("own", NOTICES)
        register_writer("reminder", REMINDERS)
        register_sweep(wake_deliveries)
