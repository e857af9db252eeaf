"""Refusals: what an action says when it does not do what was asked, in a sentence and with a status.

Pages and API show the same sentence under the same HTTP status.
"""

from django.utils.functional import Promise


class Refusal(Exception):
    """`code` is for programs, `message` for the reader, `status` the HTTP status (409, 413, 422, 429)."""

    def __init__(self, code: str, message: str | Promise, *, status: int = 422) -> None:
        super().__init__(code)
        self.code = code
        self.message = message
        self.status = status
