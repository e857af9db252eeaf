"""Untrusted XML: decoded by us, parsed without a document type, entities or addresses, and only so large and deep.

What is kept is the text that was parsed, so no later reader can see another document in the same bytes.
"""

import codecs
import re
from typing import Any
from xml.etree.ElementTree import Element, ParseError, TreeBuilder

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser
from django.utils.translation import gettext as _

from hub.refusals import Refusal

DEEPEST = 80
MOST_ELEMENTS = 400_000
DECLARATION = re.compile(r"\A<\?xml\b[^>]*\?>", re.ASCII)
ENCODING = re.compile(rb"""\A\s*<\?xml\b[^>]*?\bencoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']""")
BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (b"<\0", "utf-16-le"),
    (b"\0<", "utf-16-be"),
)
KNOWN_ENCODINGS = re.compile(r"utf-?8|us-ascii|ascii|latin-?1|iso-?8859-?\d{1,2}|windows-125\d|cp125\d", re.I)


def unreadable() -> Refusal:
    return Refusal(
        "unknown_encoding",
        _("The characters of this file cannot be read. Save it as UTF-8. Nothing was kept."),
    )


def decode(content: bytes) -> str:
    encoding = next((name for mark, name in BYTE_ORDER_MARKS if content.startswith(mark)), "")
    if not encoding:
        declared = ENCODING.match(content[:400])
        encoding = declared[1].decode("ascii") if declared else "utf-8"
        if not KNOWN_ENCODINGS.fullmatch(encoding):
            raise unreadable()
    try:
        return content.decode(encoding)
    except (UnicodeDecodeError, LookupError) as error:
        raise unreadable() from error


class _Bounded(TreeBuilder):
    """Builds the tree, and stops as soon as it grows too deep or too large."""

    def __init__(self) -> None:
        super().__init__()
        self.depth = self.count = 0

    def start(self, tag: str, attrs: dict[str, str]) -> Element:
        self.depth += 1
        self.count += 1
        if self.depth > DEEPEST:
            raise Refusal(
                "too_deep", _("In this file things are nested too deeply to be a process. Nothing was kept.")
            )
        if self.count > MOST_ELEMENTS:
            raise Refusal(
                "too_many_elements", _("This file holds too much to be one process. Nothing was kept.")
            )
        return super().start(tag, attrs)

    def end(self, tag: str) -> Element:
        self.depth -= 1
        return super().end(tag)


def parse(content: bytes) -> tuple[Element, str]:
    """The root element, and the document as text that says UTF-8. Raises Refusal."""
    text = decode(content).lstrip("\N{BYTE ORDER MARK}")
    text = DECLARATION.sub("", text, count=1)
    parser: Any = DefusedXMLParser(
        target=_Bounded(), forbid_dtd=True, forbid_entities=True, forbid_external=True
    )
    try:
        parser.feed(text)
        root = parser.close()
    except DefusedXmlException as error:
        sentence = _("This file declares a document type or entities, which the hub does not read.")
        raise Refusal("document_type", sentence) from error
    except ParseError as error:
        sentence = _("This is not readable as XML: something is wrong in line %(line)s. Nothing was kept.")
        raise Refusal("malformed", sentence % {"line": error.position[0]}) from error
    except UnicodeEncodeError as error:  # a lone half of a surrogate pair
        raise unreadable() from error
    return root, f'<?xml version="1.0" encoding="UTF-8"?>{text}'
