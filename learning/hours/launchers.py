"""Where a lab task is tried: the tool it names, or every tool of the AI register that takes what goes in."""

from collections.abc import Iterable, Sequence

from hub.ai.models import AISystem
from learning.hours.models import LabTask


def tools_by_name() -> list[AISystem]:
    """In the order of their names. One query."""
    return sorted(AISystem.objects.tools(), key=lambda tool: tool.name.casefold())


def only_tool_for(data_class: str, tools: Iterable[AISystem]) -> AISystem | None:
    """The tool to begin with where there is no choice; None where several fit, or none does."""
    fitting = [tool for tool in tools if tool.takes(data_class)]
    return fitting[0] if len(fitting) == 1 else None


def give_launchers(tasks: Sequence[LabTask]) -> None:
    """Each task's `launchers`, which can be opened: a tool that is no longer allowed is not among them."""
    tools = [tool for tool in tools_by_name() if tool.link] if tasks else []
    for task in tasks:
        own = [tool for tool in tools if tool.pk == task.tool_id]
        free = [tool for tool in tools if tool.takes(task.data_class)]
        task.launchers = own if task.allowed_tool else free
