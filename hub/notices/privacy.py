"""What this area keeps about a person."""

from django.utils.translation import gettext_lazy as _

from hub.declarations import Declaration

DECLARATIONS = [
    Declaration(
        model="notices.Notice",
        person="user",
        fields=("public_id", "user", "kind", "facts", "path", "dedupe_key", "created_at", "read_at"),
        what=_("Notices in your inbox"),
        purpose=_("To tell you what concerns you."),
        retention=_("One year."),
        kept_days=365,
        dated_by="created_at",
        readers=_("Only you."),
    ),
    Declaration(
        model="notices.Preference",
        person="user",
        fields=(
            "user",
            "tips_on_today",
            "tips_in_inbox",
            "tips_by_mail",
            "own_by_mail",
            "quiet_from",
            "quiet_to",
            "quiet_weekends",
            "weekly_cap",
            "paused_until",
            "mail_key",
        ),
        what=_("What you want to be told, where and when"),
        purpose=_("To leave you alone when you want to be left alone."),
        retention=_("Until you change it, and as long as you work here."),
        readers=_("Only you."),
    ),
    Declaration(
        model="notices.Delivery",
        person="user",
        fields=(
            "user",
            "channel",
            "topic",
            "facts",
            "dedupe_key",
            "not_before",
            "state",
            "reason",
            "failures",
            "sending_at",
            "queued_at",
            "settled_at",
            "is_done",
            "attempts",
            "leased_until",
            "lease_token",
        ),
        what=_("Messages sent to you or waiting to be sent, without their text"),
        purpose=_("To send each once, in your hours and within your limit."),
        retention=_("Twelve weeks."),
        kept_days=84,
        dated_by="queued_at",
        readers=_("Only you."),
    ),
]
