from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NotebooksConfig(AppConfig):
    name = "learning.notebooks"
    verbose_name = _("Notebooks")

    def ready(self) -> None:
        from hub.jobs import register_sweep
        from hub.notices.kinds import register_kind
        from hub.notices.reminding import register_reminder
        from learning.notebooks.embedding import wake
        from learning.notebooks.making import wake_aids
        from learning.notebooks.recordings import wake_recordings
        from learning.notebooks.reminding import CARDS_DUE
        from learning.notebooks.tasks import wake_sources

        sentence = _("“%(title)s” could not be read. Open its notebook to see why.")
        register_kind("source_failed", sentence, by_mail=False)
        sentence = _("“%(title)s” could not be made. Open its notebook to see why.")
        register_kind("aid_failed", sentence, by_mail=False)
        register_reminder(CARDS_DUE)
        register_sweep(wake_sources)
        register_sweep(wake_aids)
        register_sweep(wake_recordings)
        register_sweep(wake)
