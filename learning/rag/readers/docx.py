"""Word: paragraphs and tables in document order, text boxes and notes where they belong, headings by style or outline.

Left out is what a reader of the page does not see: deleted and hidden text, field codes and comments.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from lxml import etree

from learning.rag.readers.ooxml import OFFICE, opened, parse
from learning.rag.readers.tables import MAX_SPAN, Table
from learning.rag.reading import LINE_GAP, PARAGRAPH_GAP, Composer

if TYPE_CHECKING:
    from docx.document import Document

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
NOTES = {"footnote": W + "footnoteReference", "endnote": W + "endnoteReference"}
PARAGRAPH, TABLE, ROW, CELL, TEXT_BOX = W + "p", W + "tbl", W + "tr", W + "tc", W + "txbxContent"
UNSEEN = {
    W + "del",
    W + "moveFrom",
    W + "instrText",
    W + "delText",
    W + "rPr",
    W + "pPr",
    COMPATIBILITY + "Fallback",
}
WORDS = (W + "t", MATH + "t")
BREAKS = {W + "tab": "\t", W + "br": "\n", W + "cr": "\n", W + "noBreakHyphen": "-", W + "ptab": "\t"}
HEADING_STYLES = ("heading ", "überschrift ")
TITLE_STYLES = ("title", "titel")
MAX_NESTING = 200


@dataclass
class Styles:
    """What the document says elsewhere: heading levels and lists by style id, notes by their number."""

    levels: dict[str, int]
    lists: set[str]
    notes: dict[tuple[str, str], str]


def read(path: Path, composer: Composer, progress: Callable[[int, int], None]) -> str:
    from docx import Document as open_document

    document = open_document(opened(path))
    styles = Styles(heading_levels(document), list_styles(document), notes_of(document))
    blocks = [child for child in document.element.body if isinstance(child.tag, str)]
    for done, block in enumerate(blocks):
        if done % 50 == 0:
            progress(done, len(blocks))
        add_block(composer, block, styles)
    progress(len(blocks), len(blocks))
    return document.core_properties.title or ""


def list_styles(document: "Document") -> set[str]:
    """Styles whose paragraphs are items of a list."""
    styles = document.styles.element.iter(W + "style")
    return {style.get(W + "styleId", "") for style in styles if style.find(f"{W}pPr/{W}numPr") is not None}


def notes_of(document: "Document") -> dict[tuple[str, str], str]:
    """Footnotes and endnotes by the kind of reference and their number."""
    notes: dict[tuple[str, str], str] = {}
    for relation in document.part.rels.values():
        for kind, reference in NOTES.items():
            if relation.reltype == f"{OFFICE}/{kind}s" and not relation.is_external:
                for note in parse(relation.target_part.blob).iter(W + kind):
                    if not note.get(W + "type"):
                        text = " ".join(text_of(line) for line in note.iter(PARAGRAPH))
                        notes[reference, note.get(W + "id", "")] = text
    return notes


def heading_levels(document: "Document") -> dict[str, int]:
    """The heading level by style id: by the style's name, its outline level, or the style it is based on."""
    levels: dict[str, int] = {}
    based_on: dict[str, str] = {}
    for style in document.styles.element.iter(W + "style"):
        style_id = style.get(W + "styleId", "")
        name = value(style.find(W + "name")).lower()
        outline = value(style.find(f"{W}pPr/{W}outlineLvl"))
        if outline.isdigit() and int(outline) < 9:
            levels[style_id] = int(outline) + 1
        elif name.startswith(HEADING_STYLES) and name[-1].isdigit():
            levels[style_id] = int(name[-1])
        elif name in TITLE_STYLES:
            levels[style_id] = 1
        based_on[style_id] = value(style.find(W + "basedOn"))
    for style_id in based_on:
        ancestor = style_id
        for _step in range(10):
            if ancestor in levels:
                levels.setdefault(style_id, levels[ancestor])
                break
            ancestor = based_on.get(ancestor, "")
    return levels


def add_block(composer: Composer, block: etree._Element, styles: Styles, depth: int = 0) -> None:
    """A paragraph, a table, or a container such as a content control with blocks inside."""
    if depth > MAX_NESTING or block.tag in UNSEEN:
        return
    if block.tag == PARAGRAPH:
        add_paragraph(composer, block, styles)
    elif block.tag == TABLE:
        add_table(composer, block, styles, depth)
    else:
        for child in block:
            if isinstance(child.tag, str):
                add_block(composer, child, styles, depth + 1)


def add_paragraph(composer: Composer, paragraph: etree._Element, styles: Styles) -> None:
    properties = paragraph.find(W + "pPr")
    style = value(properties.find(W + "pStyle")) if properties is not None else ""
    outline = value(properties.find(W + "outlineLvl")) if properties is not None else ""
    level = int(outline) + 1 if outline.isdigit() and int(outline) < 9 else styles.levels.get(style)
    text = text_of(paragraph)
    if level is not None and len(text) < 300:
        composer.add_heading(level, text)
    else:
        is_item = properties is not None and properties.find(W + "numPr") is not None
        composer.add(text, gap=LINE_GAP if is_item or style in styles.lists else PARAGRAPH_GAP)
    for box in paragraph.iter(TEXT_BOX):
        if not any(ancestor.tag in UNSEEN for ancestor in box.iterancestors()):
            for inner in box.iterchildren(PARAGRAPH):
                composer.add(text_of(inner))
    add_notes(composer, paragraph, styles)


def add_notes(composer: Composer, block: etree._Element, styles: Styles) -> None:
    """The notes that a paragraph or table refers to, right below it."""
    if not styles.notes:
        return
    for reference in block.iter(*NOTES.values()):
        if not any(ancestor.tag in UNSEEN for ancestor in reference.iterancestors()):
            composer.add(styles.notes.get((reference.tag, reference.get(W + "id", "")), ""), gap=LINE_GAP)


def add_table(composer: Composer, table: etree._Element, styles: Styles, depth: int) -> None:
    rows = [row for row in table.iter(ROW) if next(row.iterancestors(TABLE)) is table]
    cells = [[cell for cell in row.iter(CELL) if next(cell.iterancestors(ROW)) is row] for row in rows]
    if all(len(row) < 2 for row in cells):
        # A frame around text, no table.
        for row in cells:
            for cell in row:
                for block in cell:
                    add_block(composer, block, styles, depth + 1)
        return
    lines, above = Table(composer), {}
    for place, row in enumerate(cells):
        late = value(rows[place].find(f"{W}trPr/{W}gridBefore"))
        texts = [""] * (min(int(late), MAX_SPAN) if late.isdigit() else 0)
        is_empty = True
        for cell in row:
            merge = cell.find(f"{W}tcPr/{W}vMerge")
            text = cell_text(cell)
            is_empty = is_empty and not text
            if merge is not None and value(merge) != "restart":
                text = text or above.get(len(texts), "")
            above[len(texts)] = text if merge is not None else ""
            span = value(cell.find(f"{W}tcPr/{W}gridSpan"))
            texts += [text, *[""] * (min(int(span), MAX_SPAN) - 1 if span.isdigit() else 0)]
        # A merged cell alone fills no row.
        lines.add([] if is_empty else texts)
    lines.flush()
    add_notes(composer, table, styles)


def cell_text(cell: etree._Element) -> str:
    """What is inside a cell, another table too, as one line."""
    return " ".join(" ".join(text_of(line) for line in cell.iter(PARAGRAPH)).split())


def text_of(paragraph: etree._Element) -> str:
    """The visible text of a paragraph without the text boxes anchored in it."""
    parts: list[str] = []
    stack = [iter(paragraph)]
    while stack:
        element = next(stack[-1], None)
        if element is None:
            stack.pop()
        elif element.tag in WORDS:
            parts.append(element.text or "")
        elif element.tag in BREAKS:
            parts.append(BREAKS[element.tag])
        elif isinstance(element.tag, str) and not is_unseen(element):
            stack.append(iter(element))
    return "".join(parts)


def is_unseen(element: etree._Element) -> bool:
    if element.tag in UNSEEN or element.tag == TEXT_BOX:
        return True
    hidden = element.find(f"{W}rPr/{W}vanish") if element.tag == W + "r" else None
    return hidden is not None and value(hidden) not in ("0", "false")


def value(element: etree._Element | None) -> str:
    return element.get(W + "val", "") if element is not None else ""
