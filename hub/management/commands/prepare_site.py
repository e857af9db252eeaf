"""What `make run` does before it starts the processes: the port, the database, the first people."""

import errno
import socket
from typing import Any

from django.core.management import call_command
from django.core.management.base import CommandError, CommandParser

from hub import commands
from hub.nudges.starter import load_starter_tips
from hub.people.demo import demo_accounts
from hub.people.models import User


class Command(commands.Command):
    help = (
        "Bring the database up to date; on a first start load the demo company or ask for the first account."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--no-demo", action="store_true", help="ask for the first account instead")

    def handle(self, *args: Any, host: str, port: int, no_demo: bool, **options: Any) -> None:
        check_port(host, port)
        call_command("migrate", verbosity=0, interactive=False)
        load_starter_tips()
        is_first_start = not User.objects.exists()
        if is_first_start and no_demo:
            call_command("create_administrator")
        elif is_first_start or demo_accounts():
            call_command("load_demo", today=True)


def check_port(host: str, port: int) -> None:
    """Raises CommandError with what to do when nothing can listen there."""
    try:
        socket.create_server((host, port)).close()
    except OSError as error:
        reasons = {
            errno.EADDRINUSE: f"Port {port} is in use. Take another: make run PORT={port + 1}",
            errno.EACCES: f"Port {port} needs more rights than you have. Take another: make run PORT=8000",
        }
        reason = reasons.get(error.errno, f"Nothing can listen on {host} port {port}: {error.strerror}.")
        raise CommandError(reason) from error
