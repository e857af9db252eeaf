"""What this area keeps about a person."""

from django.utils.translation import gettext_lazy as _

from hub.declarations import Declaration

DECLARATIONS = [
    Declaration(
        model="notebooks.Notebook",
        person="owner",
        fields=(
            "title", "description", "language", "owner", "audience", "team", "is_open", "generation", "created_at",
            "updated_at",
        ),
        what=_("Notebooks you own"),
        purpose=_("To keep what you learn from in one place."),
        retention=_("Until you delete them."),
        readers=_("Whoever you share them with."),
        erase="unlink",
    ),
    Declaration(
        model="notebooks.Source",
        person="added_by",
        fields=(
            "is_done", "attempts", "leased_until", "lease_token", "notebook", "title", "file", "file_name",
            "byte_count", "content_sha256", "state", "error_code", "error_details", "progress", "format", "language",
            "text", "pages", "headings", "word_count", "added_by", "created_at", "read_at", "removed_at",
        ),
        what=_("Sources you added"),
        purpose=_("So that the notebook can answer from them."),
        retention=_("Until they are removed, and a day longer."),
        readers=_("Whoever may read the notebook."),
        erase="unlink",
    ),
    Declaration(
        model="notebooks.Exchange",
        person="asker",
        fields=("notebook", "asker", "question", "answer", "asked_at"),
        what=_("Your questions and their answers"),
        purpose=_("So that you can read them again."),
        retention=_("Until you erase them, at most one year."),
        readers=_("Only you."),
    ),
]
