from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PilotsConfig(AppConfig):
    name = "challenges.pilots"
    verbose_name = _("Pilots")

    def ready(self) -> None:
        from challenges.pilots.actions import give_proposals_back_of
        from challenges.pilots.copying import pilot_from_story, pilot_from_use_case, pilots_begun, pilots_seen
        from challenges.usecases.becoming import register_outcome
        from challenges.usecases.models import UseCase
        from hub.notices.kinds import register_kind
        from hub.people.leaving import register_leave
        from hub.stories.copies import register_copy

        register_kind("pilot_soon", _("The decision day of “%(title)s” is within a week."))
        register_kind("pilot_due", _("“%(title)s” is to be decided: scale it, extend it once, or stop it."))
        register_kind("pilot_overdue", _("“%(title)s” still waits for your decision."))
        register_kind("pilot_ownerless", _("“%(title)s” is without an owner. Name one, or take it over."))
        register_kind(
            "pilot_stuck", _("“%(title)s” is four weeks past its decision day. Ask, or name a new owner.")
        )
        register_kind("pilot_passed_on", _("%(name)s decides on “%(title)s” now: it was long past its day."))
        register_kind("pilot_yours", _("%(name)s named you as the owner of “%(title)s”."))
        register_kind("pilot_jobs", _("“%(title)s” has started. It says that a job changes or goes away."))
        register_leave(give_proposals_back_of)
        register_copy("pilot", _("Try it as a pilot"), pilot_from_story)
        register_outcome(
            "pilot", UseCase.Answer.PILOT.label, pilot_from_use_case, sees=pilots_seen, stands=pilots_begun
        )
