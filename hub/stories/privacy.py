"""What this area keeps about a person."""

from django.utils.translation import gettext_lazy as _

from hub.declarations import Declaration

TWELVE_WEEKS = 84

DECLARATIONS = [
    Declaration(
        model="stories.Story",
        person="author",
        fields=(
            "title",
            "kind",
            "body",
            "went_wrong",
            "next_time",
            "tool",
            "minutes_saved",
            "language",
            "author",
            "is_named",
            "state",
            "origin",
            "hatpin",
            "folded",
            "created_at",
            "published_at",
        ),
        what=_("Success stories and instructive failures you wrote"),
        purpose=_("So that colleagues can do it too."),
        retention=_("Until you delete them; without your name once you are erased."),
        readers=_("Everybody, once you publish one; until then only you."),
        erase="unlink",
    ),
    Declaration(
        model="stories.Kudos",
        person="giver",
        fields=("story", "giver", "given_at"),
        what=_("Stories that you found helpful"),
        purpose=_("To thank whoever told them, and to put helpful ones first."),
        retention=_("Until you take it back."),
        readers=_("Everybody who reads the story, by name."),
    ),
    Declaration(
        model="stories.HatpinKudos",
        person="giver",
        fields=("hatpin", "giver", "given_at"),
        what=_("Hatpins that you found helpful"),
        purpose=_("To thank whoever stuck them, and to put helpful ones first."),
        retention=_("Until you take it back, or until the hatpin goes."),
        readers=_("Everybody who finds the hatpin in the library, by name."),
    ),
    Declaration(
        model="stories.Hatpin",
        person="author",
        fields=(
            "place",
            "kind",
            "text",
            "folded",
            "language",
            "author",
            "is_named",
            "created_at",
            "picked_up_by",
            "picked_up_at",
            "solved_at",
        ),
        what=_("Hatpins you stuck, and whom you helped"),
        purpose=_("So that somebody can help, and knows that nobody else does yet."),
        retention=_("Twelve weeks, or until you take them away."),
        kept_days=TWELVE_WEEKS,
        dated_by="created_at",
        readers=_(
            "Whoever takes part where you stuck them, also in the library: what is solved, and a workaround once "
            "the hour is over; your name only if you want."
        ),
        erase="unlink",
    ),
    Declaration(
        model="stories.HatpinReply",
        person="author",
        fields=("hatpin", "author", "text", "folded", "created_at"),
        what=_("Your replies to hatpins"),
        purpose=_("So that somebody gets on."),
        retention=_("Twelve weeks, or until the hatpin is taken away."),
        kept_days=TWELVE_WEEKS,
        dated_by="created_at",
        readers=_("Whoever takes part where the hatpin is, there and, once it stands there, in the library."),
        erase="unlink",
    ),
]
