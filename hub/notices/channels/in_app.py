"""Into the inbox of the hub."""

from hub.notices.kinds import sentence
from hub.notices.letters import Letter, Message
from hub.notices.models import Notice
from hub.people.models import User


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


def preview(letter: Letter, reader: User) -> dict[str, object]:
    return {"text": sentence(letter.kind, {"title": letter.title})}
