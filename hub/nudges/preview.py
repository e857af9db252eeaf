"""What the preview of a tip in one channel consists of."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Preview:
    """`fragment` is a part of our own pages, `page` a document for a frame without rights, `text` plain."""

    fragment: str = ""
    page: str = ""
    text: str = ""
