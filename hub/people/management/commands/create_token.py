from typing import Any

from django.core.management.base import CommandError, CommandParser

from hub import commands
from hub.people.models import User
from hub.people.tokens import create_token
from hub.refusals import Refusal


class Command(commands.Command):
    help = "Makes an API token for a person, valid for 90 days, and prints only the token."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")

    def handle(self, *args: Any, email: str, **options: Any) -> None:
        user = User.objects.active().filter(email__iexact=email).first()
        if user is None:
            raise CommandError(f"No active person has the e-mail {email}.")
        try:
            self.stdout.write(create_token(user=user))
        except Refusal as refusal:
            raise CommandError(str(refusal.message)) from refusal
