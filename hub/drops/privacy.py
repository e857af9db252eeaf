"""What this area keeps about a person."""

from django.utils.translation import gettext_lazy as _

from hub.declarations import Declaration

DECLARATIONS = [
    Declaration(
        model="drops.Drop",
        person="owner",
        fields=(
            "title_de",
            "title_en",
            "intro_de",
            "intro_en",
            "starts_on",
            "size",
            "working_days_only",
            "days_after",
            "ends_on",
            "team",
            "site",
            "owner",
            "state",
            "created_at",
            "published_at",
        ),
        what=_("Door calendars you filled"),
        purpose=_("So that somebody can be asked about a calendar, and only its author reads it in advance."),
        retention=_("As long as the calendar is kept."),
        readers=_(
            "Everybody whom it is for, once it is published; "
            "your name other authors, and a leader whom you name behind a door."
        ),
        erase="unlink",
    ),
    Declaration(
        model="drops.DropDoor",
        person="leader",
        fields=(
            "drop",
            "number",
            "kind",
            "title_de",
            "text_de",
            "title_en",
            "text_en",
            "tip",
            "story",
            "leader",
            "leader_agreed",
        ),
        what=_("Doors that tell a story under your name"),
        purpose=_("Leaders tell what they tried themselves, if they agreed to it."),
        retention=_("As long as the calendar is kept."),
        readers=_("Everybody whom the calendar is for, once the door is open."),
        erase="unlink",
    ),
    Declaration(
        model="drops.DropOpening",
        person="user",
        fields=("user", "door", "opened_at"),
        what=_("Doors of calendars that you opened"),
        purpose=_("So that an open door stays open for twelve weeks."),
        retention=_("Twelve weeks."),
        kept_days=84,
        dated_by="opened_at",
        readers=_("Only you."),
    ),
    Declaration(
        model="drops.AdventOpening",
        person="user",
        fields=("user", "season", "day", "opened_at"),
        what=_("Doors of the calendar that you opened"),
        purpose=_("So that an open door stays open for twelve weeks."),
        retention=_("Twelve weeks."),
        kept_days=84,
        dated_by="opened_at",
        readers=_("Only you."),
    ),
]
