"""Imports of usage from outside the hub, one module each. A new one is a module here and a line below."""

from hub.adoption.imports import copilot
from hub.adoption.imports.source import Source

SOURCES: dict[str, Source] = {module.SOURCE.name: module.SOURCE for module in (copilot,)}
