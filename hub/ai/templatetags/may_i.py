"""`{% may_i system data_class %}`: the register's answer as a short line, wherever a tool is named."""

from django import template

from hub.ai.models import AISystem
from hub.ai.permission import ASK, may_i

register = template.Library()


@register.inclusion_tag("ai/_may_i.html", name="may_i")
def may_i_line(tool: AISystem | str | None, data_class: str = "") -> dict[str, object]:
    """`tool` is a row of the register, or a name that somebody wrote; nothing is shown where neither is given."""
    answer = may_i(tool, data_class)
    return {"answer": answer, "is_shown": bool(tool or data_class), "needs_asking": answer.verdict == ASK}
