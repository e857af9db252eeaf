"""Markdown: the text without its marks, with its headings; pictures and raw HTML tags are left out."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from learning.rag.readers import html
from learning.rag.readers.tables import Table
from learning.rag.readers.text import decode
from learning.rag.reading import LINE_GAP, PARAGRAPH_GAP, Composer

if TYPE_CHECKING:
    from markdown_it.token import Token

FRONT_MATTER = re.compile(r"\A---\n.*?\n(?:---|\.\.\.)\n", re.DOTALL)
FRONT_TITLE = re.compile(r"^title:\s*[\"']?(.+?)[\"']?\s*$", re.MULTILINE)


def read(path: Path, composer: Composer, progress: Callable[[int, int], None]) -> str:
    from markdown_it import MarkdownIt

    progress(0, 1)
    text = decode(path.read_bytes()).replace("\r\n", "\n")
    front = FRONT_MATTER.match(text)
    title = FRONT_TITLE.search(front.group()) if front else None
    tokens = (
        MarkdownIt("commonmark")
        .enable(["table", "strikethrough"])
        .parse(text[front.end() :] if front else text)
    )
    add_tokens(composer, tokens)
    progress(1, 1)
    if title:
        return title.group(1)
    return next((heading.title for heading in composer.headings if heading.level == 1), "")


def add_tokens(composer: Composer, tokens: "list[Token]") -> None:
    level, cells, gap = 0, None, PARAGRAPH_GAP
    table = Table(composer)
    for token in tokens:
        if token.type == "heading_open":
            level = int(token.tag[1])
        elif token.type == "list_item_open":
            gap = LINE_GAP
        elif token.type == "table_open":
            table = Table(composer)
        elif token.type == "table_close":
            table.flush()
            gap = PARAGRAPH_GAP
        elif token.type == "tr_open":
            cells = []
        elif token.type == "tr_close":
            table.add(cells or [])
            cells = None
        elif token.type == "inline":
            text = inline_text(token)
            if cells is not None:
                cells.append(" ".join(text.split()))
            elif level:
                composer.add_heading(level, text)
            else:
                composer.add(text, gap=gap)
            level, gap = 0, gap if cells is not None else PARAGRAPH_GAP
        elif token.type in ("fence", "code_block"):
            composer.add(token.content)
        elif token.type == "html_block" and token.content.strip():
            html.add_document(composer, token.content)


def inline_text(token: "Token") -> str:
    parts = []
    for child in token.children or []:
        if child.type in ("text", "code_inline"):
            parts.append(child.content)
        elif child.type in ("softbreak", "hardbreak"):
            parts.append("\n")
    return "".join(parts)
