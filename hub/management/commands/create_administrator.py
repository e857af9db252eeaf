"""Asks for the first account of a site without the demo company."""

import getpass
import sys
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import CommandError, CommandParser
from django.db import transaction

from hub import commands
from hub.audit.actions import record
from hub.people.models import RoleGrant, User

FIELDS = {
    "email": "E-mail",
    "first_name": "First name",
    "last_name": "Last name",
    "language": "Language (de, en)",
}


class Command(commands.Command):
    help = "Create an account with the role administrator. Asks for what the options do not say."

    def add_arguments(self, parser: CommandParser) -> None:
        for name in FIELDS:
            parser.add_argument(f"--{name.replace('_', '-')}", dest=name)

    def handle(self, *args: Any, **options: Any) -> None:
        if not sys.stdin.isatty():
            raise CommandError("This asks for a password, so it needs a terminal.")
        try:
            user = User(is_executive=False, time_zone=settings.TIME_ZONE)
            for name, label in FIELDS.items():
                self._ask(user, name, label, given=options[name])
            password = self._ask_password(user)
        except (EOFError, KeyboardInterrupt) as error:
            raise CommandError("Stopped; no account was created.") from error
        with transaction.atomic():
            user.set_password(password)
            user.save()
            RoleGrant.objects.create(user=user, role=RoleGrant.Role.ADMINISTRATOR)
            record(
                actor_key=None,
                action="roles.changed",
                object_type="person",
                object_id=user.subject_key,
                facts={"roles": [RoleGrant.Role.ADMINISTRATOR.value]},
            )
        self.stdout.write(f"{user.email} may sign in at {settings.SITE_URL}")

    def _ask(self, user: User, name: str, label: str, *, given: str | None) -> None:
        field = User._meta.get_field(name)
        default = settings.LANGUAGE_CODE if name == "language" else ""
        question = f"{label} [{default}]: " if default else f"{label}: "

        def is_accepted(text: str) -> bool:
            value = text.strip().lower() if name == "email" else text.strip() or default
            setattr(user, name, field.clean(value, user))
            if name == "email" and User.objects.filter(email__iexact=value).exists():
                raise ValidationError("There is an account with this e-mail already.")
            return True

        self._until_accepted(is_accepted, lambda: input(question), given)

    def _ask_password(self, user: User) -> str:
        password = ""

        def is_accepted(text: str) -> bool:
            nonlocal password
            validate_password(text, user)
            password = text
            return getpass.getpass("Password, once more: ") == text

        self._until_accepted(
            is_accepted, lambda: getpass.getpass("Password: "), None, "That was not the same."
        )
        return password

    def _until_accepted(
        self,
        is_accepted: Callable[[str], bool],
        ask: Callable[[], str],
        given: str | None,
        otherwise: str = "",
    ) -> None:
        while True:
            try:
                if is_accepted(given if given is not None else ask()):
                    return
                self.stderr.write(otherwise)
            except ValidationError as error:
                if given is not None:
                    raise CommandError(" ".join(error.messages)) from error
                self.stderr.write(" ".join(error.messages))
