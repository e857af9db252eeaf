"""What a newcomer decides about the path: set aside, taken up again, a lab tried alone. Each may be repeated."""

from hub.people.models import User
from hub.today.models import LabTried, PathSetAside


def set_aside(*, user: User) -> None:
    PathSetAside.objects.get_or_create(user=user)


def take_up(*, user: User) -> None:
    PathSetAside.objects.filter(user=user).delete()


def note_tried(*, user: User, template: str) -> None:
    LabTried.objects.get_or_create(user=user, template=template)


def take_tried_back(*, user: User, template: str) -> None:
    LabTried.objects.filter(user=user, template=template).delete()
