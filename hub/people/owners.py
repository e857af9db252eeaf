"""For whom a command acts: the person named, or else the first administrator."""

from django.core.management.base import CommandError

from hub.people.models import RoleGrant, User


def get_owner(email: str | None) -> User:
    """Raises CommandError for an unknown e-mail, and where there is no administrator yet."""
    if email:
        owner = User.objects.active().filter(email__iexact=email).first()
        if owner is None:
            raise CommandError(f"No active person has the e-mail {email}.")
        return owner
    administrators = User.objects.active().filter(role_grants__role=RoleGrant.Role.ADMINISTRATOR)
    owner = administrators.order_by("pk").first()
    if owner is None:
        raise CommandError("There is no administrator yet; name an owner with --owner EMAIL.")
    return owner
