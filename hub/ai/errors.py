"""What can go wrong when a model is asked. `permanent` tells whether asking again may help."""


class ModelError(Exception):
    def __init__(self, message: str, *, permanent: bool = False) -> None:
        super().__init__(message)
        self.permanent = permanent
