"""PowerPoint: one page a slide, shapes from top to bottom, tables row by row, the speaker's notes last.

Left out are pictures, and what the slide's frame repeats: its number, date and footer.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from lxml import etree

from learning.rag.readers.ooxml import OFFICE, opened, parse
from learning.rag.readers.tables import Spans, Table
from learning.rag.reading import LINE_GAP, PARAGRAPH_GAP, Composer

if TYPE_CHECKING:
    from pptx.chart.chart import Chart
    from pptx.slide import Slide, SlideLayout

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
DIAGRAM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}"
COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
R = "{" + OFFICE + "}"
SHAPE, GROUP, FRAME, ALTERNATE = P + "sp", P + "grpSp", P + "graphicFrame", COMPATIBILITY + "AlternateContent"
# Where each kind of shape says its place.
PLACES = {
    SHAPE: f"{P}spPr/{A}xfrm/{A}off",
    GROUP: f"{P}grpSpPr/{A}xfrm/{A}off",
    FRAME: f"{P}xfrm/{A}off",
}
PLACEHOLDER = f"{P}nvSpPr/{P}nvPr/{P}ph"
TITLES, FRAMING = ("title", "ctrTitle"), ("sldNum", "dt", "ftr")
YES = ("1", "true")
MAX_NESTING = 20
ROW_HEIGHT = 360_000  # EMU, 1 cm: shapes that close in height are read from left to right

Places = dict[str, tuple[int, int]]


def read(path: Path, composer: Composer, progress: Callable[[int, int], None]) -> str:
    from pptx import Presentation

    presentation = Presentation(opened(path))
    slides = list(presentation.slides)
    inherited: dict[str, Places] = {}
    for number, slide in enumerate(slides, start=1):
        progress(number - 1, len(slides))
        composer.begin_page(number)
        layout = slide.slide_layout
        places = inherited.setdefault(str(layout.part.partname), {})
        if not places:
            places.update(places_of(layout))
        add_slide(composer, slide, places)
        add_notes(composer, slide)
    progress(len(slides), len(slides))
    return presentation.core_properties.title or ""


def places_of(layout: "SlideLayout") -> Places:
    """Top and left of the layout's placeholders by their index; where it says none, the master's of their kind."""
    masters = layout.slide_master.element.iter(SHAPE)
    of_master = {kind_of(shape): place for shape in masters if (place := place_of(shape))}
    found = {}
    for shape in layout.element.iter(SHAPE):
        holder = shape.find(PLACEHOLDER)
        if holder is not None:
            kind = "title" if kind_of(shape) in TITLES else "body"
            found[holder.get("idx", "0")] = place_of(shape) or of_master.get(kind, (0, 0))
    return found


def place_of(shape: etree._Element) -> tuple[int, int] | None:
    """Its top and left, None where it leaves both to the layout."""
    offset = shape.find(PLACES[shape.tag])
    return None if offset is None else (int(offset.get("y", 0)), int(offset.get("x", 0)))


def add_slide(composer: Composer, slide: "Slide", places: Places) -> None:
    shapes = list(in_reading_order(slide.element.find(f"{P}cSld/{P}spTree"), places))
    title = next((shape for shape in shapes if kind_of(shape) in TITLES), None)
    if title is not None:
        composer.add_heading(1, text_of(title.find(P + "txBody")))
    for shape in shapes:
        if shape is not title and kind_of(shape) not in FRAMING:
            add_shape(composer, slide, shape)


def in_reading_order(tree: etree._Element, places: Places, depth: int = 0) -> Iterator[etree._Element]:
    """The shapes and frames of a tree, those of groups in the group's place, rows of them from left to right."""
    found = []
    for shape in shapes_of(tree):
        holder = shape.find(PLACEHOLDER)
        inherited = places.get(holder.get("idx", "0"), (0, 0)) if holder is not None else (0, 0)
        top, left = place_of(shape) or inherited
        found.append((top, left, shape))
    for row in rows(sorted(found, key=lambda place: place[0])):
        for _top, _left, shape in sorted(row, key=lambda place: place[1]):
            if shape.tag != GROUP:
                yield shape
            elif depth < MAX_NESTING:
                yield from in_reading_order(shape, places, depth + 1)


def rows(found: list[tuple[int, int, etree._Element]]) -> Iterator[list[tuple[int, int, etree._Element]]]:
    row: list[tuple[int, int, etree._Element]] = []
    for place in found:
        if row and place[0] - row[0][0] >= ROW_HEIGHT:
            yield row
            row = []
        row.append(place)
    if row:
        yield row


def shapes_of(tree: etree._Element) -> Iterator[etree._Element]:
    for element in tree:
        if element.tag in PLACES:
            yield element
        elif element.tag == ALTERNATE and len(element):
            # The first choice is what a current program shows.
            yield from (shape for shape in element[0] if shape.tag in PLACES)


def kind_of(shape: etree._Element) -> str:
    holder = shape.find(PLACEHOLDER)
    return holder.get("type", "") if holder is not None else ""


def add_shape(composer: Composer, slide: "Slide", shape: etree._Element) -> None:
    if shape.tag == SHAPE:
        composer.add(text_of(shape.find(P + "txBody")))
        return
    content = shape.find(f"{A}graphic/{A}graphicData")
    for element in content if content is not None else ():
        if element.tag == A + "tbl":
            add_table(composer, element)
        elif element.tag == CHART + "chart":
            add_chart(composer, slide.part.related_part(element.get(R + "id")).chart)
        elif element.tag == DIAGRAM + "relIds":
            add_diagram(composer, slide.part.related_part(element.get(R + "dm")).blob)


def add_table(composer: Composer, table: etree._Element) -> None:
    lines, spans = Table(composer), Spans()
    for row in table.iterchildren(A + "tr"):
        cells = [
            (
                " ".join(text_of(cell.find(A + "txBody")).split()),
                int(cell.get("gridSpan", 1)),
                int(cell.get("rowSpan", 1)),
            )
            for cell in row.iterchildren(A + "tc")
            if cell.get("hMerge") not in YES and cell.get("vMerge") not in YES
        ]
        lines.add(spans.row(cells))
    lines.flush()


def add_chart(composer: Composer, chart: "Chart") -> None:
    """A chart's title, categories and the names of its series."""
    if chart.has_title and chart.chart_title.has_text_frame:
        composer.add(chart.chart_title.text_frame.text)
    for plot in chart.plots:
        composer.add(" | ".join(str(category) for category in plot.categories), gap=LINE_GAP)
        composer.add(" | ".join(series.name or "" for series in plot.series), gap=LINE_GAP)


def add_diagram(composer: Composer, data: bytes) -> None:
    """The texts of a SmartArt drawing, a line each."""
    gap = PARAGRAPH_GAP
    for point in parse(data).iter(DIAGRAM + "pt"):
        if (
            point.get("type", "node") == "node"
            and composer.add(text_of(point.find(DIAGRAM + "t")), gap=gap) is not None
        ):
            gap = LINE_GAP


def add_notes(composer: Composer, slide: "Slide") -> None:
    if not slide.has_notes_slide:
        return
    for shape in slide.notes_slide.element.iter(SHAPE):
        if kind_of(shape) == "body":
            composer.add(text_of(shape.find(P + "txBody")))


def text_of(body: etree._Element | None) -> str:
    """The paragraphs of a text body, a line each."""
    if body is None:
        return ""
    return "\n".join(paragraph_text(paragraph) for paragraph in body.iterchildren(A + "p"))


def paragraph_text(paragraph: etree._Element) -> str:
    parts = []
    for run in paragraph:
        if run.tag == A + "br":
            parts.append("\n")
        elif run.tag in (A + "r", A + "fld"):
            parts.append(run.findtext(A + "t") or "")
    return "".join(parts)
