"""What this area keeps about a person."""

from django.utils.translation import gettext_lazy as _

from hub.declarations import Declaration

DECLARATIONS = [
    Declaration(
        model="people.User",
        person="pk",
        fields=(
            "email",
            "first_name",
            "last_name",
            "language",
            "time_zone",
            "team",
            "is_executive",
            "status",
            "subject_key",
            "joined_at",
            "password",
            "last_login",
        ),
        what=_("Name, e-mail, team, language, time zone"),
        purpose=_("To sign you in and to show the right hours and texts."),
        retention=_("As long as you work here."),
        readers=_("You, colleagues (name and team), administrators."),
        erase="unlink",
    ),
    Declaration(
        model="people.RoleGrant",
        person="user",
        fields=("user", "role", "legal_entity"),
        what=_("Your roles"),
        purpose=_("To know what you may do."),
        retention=_("As long as you hold them."),
        readers=_("You, administrators."),
    ),
    Declaration(
        model="knox.AuthToken",
        person="user",
        fields=("token_key", "user", "created", "expiry"),
        what=_("Tokens for programs, as hashes"),
        purpose=_("So that a program can act in your name."),
        retention=_("Until you delete them, at most ninety days."),
        readers=_("Only you."),
        kept_days=0,
        dated_by="expiry",
        export="none",
    ),
    Declaration(
        model="axes.AccessAttempt",
        person="username",
        fields=(
            "user_agent",
            "ip_address",
            "username",
            "http_accept",
            "path_info",
            "attempt_time",
            "get_data",
            "post_data",
            "failures_since_start",
        ),
        what=_("Wrong passwords: account, address, browser"),
        purpose=_("To stop people from guessing passwords."),
        retention=_("One day."),
        readers=_("Nobody."),
        kept_days=1,
        dated_by="attempt_time",
        export="none",
    ),
]
