"""Why a message did not go out."""

from datetime import timedelta


class DeliveryError(Exception):
    """`permanent`: trying again would not help. `code` is for the record, without addresses or names.

    `is_gone`: nothing will ever be taken there again. `is_unsure`: it may have arrived, and nobody can be asked.
    `is_untried`: nothing was sent, as others were waited for in vain there a moment ago: it is no failure of this one.
    `retry_after`: what the other side asked for.
    """

    def __init__(
        self,
        code: str,
        *,
        permanent: bool,
        is_gone: bool = False,
        is_unsure: bool = False,
        is_untried: bool = False,
        retry_after: timedelta | None = None,
    ) -> None:
        super().__init__(code)
        self.code = code
        self.permanent = permanent
        self.is_gone = is_gone
        self.is_unsure = is_unsure
        self.is_untried = is_untried
        self.retry_after = retry_after
