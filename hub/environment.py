"""Reading the environment: a value of the wrong kind becomes a sentence, not a traceback."""

from typing import Any

import environ
from django.core.exceptions import ImproperlyConfigured

KINDS = {int: "a whole number", float: "a number", bool: "on or off"}


class Environment(environ.Env):
    def get_value(
        self, var: str, cast: Any = None, default: Any = environ.Env.NOTSET, parse_default: bool = False
    ) -> Any:
        """As django-environ's. Raises ImproperlyConfigured with a sentence that names the variable."""
        try:
            return super().get_value(var, cast=cast, default=default, parse_default=parse_default)
        except ValueError as error:
            kind = KINDS.get(cast, "of the right kind")
            raise ImproperlyConfigured(f"{var} must be {kind}, not {self.ENVIRON.get(var)!r}.") from error
