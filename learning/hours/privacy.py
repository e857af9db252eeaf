"""What this area keeps about a person."""

from django.utils.translation import gettext_lazy as _

from hub.declarations import Declaration

DECLARATIONS = [
    Declaration(
        model="hours.StudySession",
        person="facilitator",
        fields=(
            "title",
            "description",
            "local_date",
            "local_time",
            "time_zone",
            "minutes",
            "starts_at",
            "ends_at",
            "place",
            "facilitator",
            "team",
            "notebook",
            "status",
            "code_secret",
            "created_at",
        ),
        what=_("Hours you run"),
        purpose=_("So that everybody knows who leads the hour."),
        retention=_("Three years."),
        readers=_("Everybody invited."),
        erase="unlink",
    ),
    Declaration(
        model="hours.Rsvp",
        person="user",
        fields=("session", "user", "reply", "intention", "replied_at"),
        what=_("Your replies to hours and what you mean to try"),
        purpose=_("To plan the hour; your intention is for you alone."),
        retention=_("One year."),
        readers=_("You; the facilitator sees numbers only."),
    ),
    Declaration(
        model="hours.Attendance",
        person="user",
        fields=("session", "user", "checked_in_at"),
        what=_("Hours you attended"),
        purpose=_("For your streak and your points."),
        retention=_("Three years."),
        readers=_("Only you; others see numbers only."),
    ),
    Declaration(
        model="hours.CodeAttempt",
        person="user",
        fields=("session", "user", "wrong", "last_at"),
        what=_("Wrong check-in codes"),
        purpose=_("To stop guessing."),
        retention=_("Until the hour is over."),
        readers=_("Nobody."),
        export="none",
    ),
]
