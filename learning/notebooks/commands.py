"""What the commands about notebooks share: which notebook is meant, and for whom it is read."""

from uuid import UUID

from django.core.management.base import CommandError, CommandParser

from hub.people.models import User
from learning.notebooks.models import Notebook


def add_notebook_arguments(parser: CommandParser) -> None:
    parser.add_argument("notebook", help="its id, or its title within the owner's notebooks")
    parser.add_argument("--owner", metavar="EMAIL", help="whose notebook (default: the first administrator)")
    parser.add_argument("--json", action="store_true", help="print JSON only")


def find_notebook(name: str, owner: User) -> Notebook | None:
    """By id among what the owner may read, else by title among the owner's own."""
    try:
        return Notebook.objects.visible_to(owner).get(pk=UUID(name))
    except ValueError:
        return Notebook.objects.filter(owner=owner, title=name).order_by("created_at").first()
    except Notebook.DoesNotExist as error:
        raise CommandError(f"There is no notebook {name} that {owner.email} may read.") from error


def get_notebook(name: str, owner: User) -> Notebook:
    notebook = find_notebook(name, owner)
    if notebook is None:
        raise CommandError(f"{owner.email} has no notebook called “{name}”.")
    return notebook


def get_or_make_notebook(name: str, owner: User) -> Notebook:
    """A missing title is made private."""
    found = find_notebook(name, owner)
    return found or Notebook.objects.create(title=name[:160], owner=owner, language=owner.language)
