"""The starter processes of the demo company, shared with everybody."""

from challenges.processes.actions import create_from_template
from challenges.processes.models import Process
from hub.people.models import User

STARTERS = (("order-to-cash", "de"), ("procure-to-pay", "de"), ("order-to-cash", "en"))


def load_starter_processes(owner: User) -> dict[str, Process]:
    """By key and language, such as "order-to-cash-de"; makes those that are missing. Safe to run again."""
    return {
        f"{key}-{language}": create_from_template(
            user=owner, key=key, language=language, audience=Process.Audience.COMPANY
        )[0]
        for key, language in STARTERS
    }
