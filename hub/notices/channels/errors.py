"""Why a message did not go out."""


class DeliveryError(Exception):
    """`permanent`: trying again would not help. `code` is for the record, without addresses or names."""

    def __init__(self, code: str, *, permanent: bool) -> None:
        super().__init__(code)
        self.code = code
        self.permanent = permanent
