"""What an action refuses."""

from typing import Any

import pytest

from hub.refusals import Refusal


def refused(code: str, call: Any, *args: Any, **kwargs: Any) -> str:
    """The sentence; fails unless the call is refused with this code."""
    with pytest.raises(Refusal) as caught:
        call(*args, **kwargs)
    assert caught.value.code == code
    return str(caught.value.message)
