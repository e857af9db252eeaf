"""Into the inbox of the hub."""

from hub.notices.letters import Message
from hub.notices.models import Notice


def deliver(message: Message) -> None:
    letter = message.letter
    notice = Notice(
        user=message.user,
        kind=letter.kind,
        facts={"title": letter.title},
        path=letter.path,
        dedupe_key=message.dedupe_key,
    )
    Notice.objects.bulk_create([notice], ignore_conflicts=True)
