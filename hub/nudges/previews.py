"""How a tip looks in each channel, for whoever writes it. Nothing is sent and nothing is kept.

A channel joins with one function and one line in `PREVIEWS`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hub.notices import channels
from hub.notices.channels.mail import compose
from hub.notices.models import Notice
from hub.notices.vocabulary import Channel
from hub.nudges import message_previews
from hub.nudges.cards import REASONS, Card
from hub.nudges.letters import tip_letter
from hub.nudges.models import Tip
from hub.nudges.preview import Preview
from hub.nudges.sending import digest_letter
from hub.people.models import User

NOBODYS = UUID(int=0)  # a card that leads to no nudge


@dataclass(frozen=True)
class Shown:
    channel: str
    label: str | Promise
    preview: Preview


def today_preview(tip: Tip, reader: User) -> Preview:
    card = Card(id=NOBODYS, tip=tip, reason="new")
    return Preview(fragment=render_to_string("nudges/_card.html", {"tip_card": card, "is_preview": True}))


def mail_preview(tip: Tip, reader: User) -> Preview:
    letter = tip_letter(tip, why=str(REASONS["mail"]))
    mail = compose(message_id="preview", user=reader, letter=letter, unsubscribe="#")
    [(page, _kind)] = mail.alternatives
    subject = _("Subject: %(subject)s") % {"subject": mail.subject}
    return Preview(page=str(page), text=f"{subject}\n\n{mail.body}")


def digest_preview(tip: Tip, reader: User) -> Preview:
    """The mail of a week, with another tip of the library after this one."""
    why = str(REASONS["mail"])
    others = Tip.objects.visible_to(reader).exclude(pk=tip.pk)[:1]
    letter = digest_letter([tip_letter(one, why=why) for one in (tip, *others)])
    sent = channels.preview(Channel.MAIL, letter, reader)
    subject = _("Subject: %(subject)s") % {"subject": sent["subject"]}
    return Preview(page=str(sent["html"]), text=f"{subject}\n\n{sent['text']}")


def inbox_preview(tip: Tip, reader: User) -> Preview:
    notice = Notice(user=reader, kind="tip", facts={"title": tip.text.title}, path=f"/tips/{tip.pk}/")
    return Preview(fragment=render_to_string("nudges/_inbox_preview.html", {"notice": notice}))


PREVIEWS: dict[str, tuple[str | Promise, Callable[[Tip, User], Preview]]] = {
    "today": (gettext_lazy("On Today"), today_preview),
    "mail": (gettext_lazy("By mail"), mail_preview),
    "digest": (gettext_lazy("In the mail of the week"), digest_preview),
    "in_app": (gettext_lazy("In the inbox"), inbox_preview),
    "teams": (gettext_lazy("In Microsoft Teams"), message_previews.teams),
    "slack": (gettext_lazy("In Slack"), message_previews.slack),
    "apprise": (gettext_lazy("In another messenger"), message_previews.messenger),
    "web_push": (gettext_lazy("As a message in the browser"), message_previews.web_push),
    "calendar": (gettext_lazy("As an entry in the calendar"), message_previews.calendar),
}


def previews_of(tip: Tip, reader: User, language: str) -> list[Shown]:
    """In every channel, in the words that a reader of this language gets."""
    with translation.override(language):
        return [Shown(channel, label, make(tip, reader)) for channel, (label, make) in PREVIEWS.items()]


def page_of(tip: Tip, reader: User, channel: str, language: str) -> str:
    """The document of one channel; empty where it has none."""
    with translation.override(language):
        return PREVIEWS[channel][1](tip, reader).page if channel in PREVIEWS else ""
