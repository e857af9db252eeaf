"""The product's handler, which writes a byte to a file named by the process each time a watched state is computed."""

import os
from pathlib import Path

from hub import live
from hub.asgi import application  # noqa: F401

_computed = live.Topic._computed
_file = Path(os.environ["COUNTS"], str(os.getpid()))
_file.touch()


def counted(topic: live.Topic) -> live.State:
    with _file.open("ab") as file:
        file.write(b".")
    return _computed(topic)


live.Topic._computed = counted
