"""Word: paragraphs and tables in document order, text boxes and footnotes, headings by style or outline.

Left out is what a reader of the page does not see: deleted and hidden text, field codes and comments.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from lxml import etree

from learning.rag.reading import LINE_GAP, PARAGRAPH_GAP, Composer

if TYPE_CHECKING:
    from docx.document import Document

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
FOOTNOTES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
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
BREAKS = {W + "tab": "\t", W + "br": "\n", W + "cr": "\n", W + "noBreakHyphen": "-", W + "ptab": "\t"}
HEADING_STYLES = ("heading ", "überschrift ")
TITLE_STYLES = ("title", "titel")
MAX_NESTING = 200


def read(path: Path, composer: Composer, progress: Callable[[int, int], None]) -> str:
    from docx import Document as open_document

    document = open_document(str(path))
    levels = heading_levels(document)
    blocks = [child for child in document.element.body if isinstance(child.tag, str)]
    for done, block in enumerate(blocks):
        if done % 50 == 0:
            progress(done, len(blocks))
        add_block(composer, block, levels)
    for relation in document.part.rels.values():
        if relation.reltype == FOOTNOTES and not relation.is_external:
            add_footnotes(composer, relation.target_part.blob)
    progress(len(blocks), len(blocks))
    return document.core_properties.title or ""


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


def add_block(composer: Composer, block: etree._Element, levels: dict[str, int], depth: int = 0) -> None:
    """A paragraph, a table, or a container such as a content control with blocks inside."""
    if depth > MAX_NESTING or block.tag in UNSEEN:
        return
    if block.tag == PARAGRAPH:
        add_paragraph(composer, block, levels)
    elif block.tag == TABLE:
        gap = PARAGRAPH_GAP
        for cells in table_rows(block):
            if composer.add(" | ".join(cells), gap=gap) is not None:
                gap = LINE_GAP
    else:
        for child in block:
            if isinstance(child.tag, str):
                add_block(composer, child, levels, depth + 1)


def add_paragraph(composer: Composer, paragraph: etree._Element, levels: dict[str, int]) -> None:
    properties = paragraph.find(W + "pPr")
    style = value(properties.find(W + "pStyle")) if properties is not None else ""
    outline = value(properties.find(W + "outlineLvl")) if properties is not None else ""
    level = int(outline) + 1 if outline.isdigit() and int(outline) < 9 else levels.get(style)
    text = text_of(paragraph)
    if level is not None and len(text) < 300:
        composer.add_heading(level, text)
    else:
        is_item = properties is not None and properties.find(W + "numPr") is not None
        composer.add(text, gap=LINE_GAP if is_item else PARAGRAPH_GAP)
    for box in paragraph.iter(TEXT_BOX):
        if not any(ancestor.tag in UNSEEN for ancestor in box.iterancestors()):
            for inner in box.iterchildren(PARAGRAPH):
                composer.add(text_of(inner))


def table_rows(table: etree._Element) -> Iterator[list[str]]:
    """The cells of each row; what is inside a cell, another table too, becomes one line."""
    for row in table.iter(ROW):
        if next(row.iterancestors(TABLE)) is not table:
            continue
        cells = [cell for cell in row.iter(CELL) if next(cell.iterancestors(ROW)) is row]
        texts = [" ".join(" ".join(text_of(line) for line in cell.iter(PARAGRAPH)).split()) for cell in cells]
        yield [text for text in texts if text]


def text_of(paragraph: etree._Element) -> str:
    """The visible text of a paragraph without the text boxes anchored in it."""
    parts: list[str] = []
    stack = [iter(paragraph)]
    while stack:
        element = next(stack[-1], None)
        if element is None:
            stack.pop()
        elif element.tag == W + "t":
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


def add_footnotes(composer: Composer, blob: bytes) -> None:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False)
    for note in etree.fromstring(blob, parser).iter(W + "footnote"):
        if not note.get(W + "type"):
            composer.add(" ".join(text_of(line) for line in note.iter(PARAGRAPH)), gap=LINE_GAP)


def value(element: etree._Element | None) -> str:
    return element.get(W + "val", "") if element is not None else ""
