"""What a message about a tip says, in the language active now."""

from django.utils.translation import gettext as _

from hub.notices.letters import Letter
from hub.nudges.models import Tip


def tip_letter(tip: Tip, *, why: str) -> Letter:
    text = tip.text
    address, label = tip.do_it_now
    return Letter(
        kind="tip",
        title=text.title,
        paragraphs=(text.body,),
        steps=tuple(text.steps),
        path=f"/tips/{tip.pk}/",
        link_label=_("Answer it in the hub"),
        why=why,
        why_path=f"/tips/{tip.pk}/#why",
        language=text.language,
        note=text.marked,
        action=address,
        action_label=label,
    )
