"""PowerPoint: one page a slide, shapes from top to bottom, tables row by row, the speaker's notes last."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from learning.rag.reading import LINE_GAP, PARAGRAPH_GAP, Composer

if TYPE_CHECKING:
    from pptx.chart.chart import Chart
    from pptx.shapes.base import BaseShape

MAX_NESTING = 20
ROW_HEIGHT = 360_000  # EMU, 1 cm: shapes that close in height are read from left to right


def read(path: Path, composer: Composer, progress: Callable[[int, int], None]) -> str:
    from pptx import Presentation

    presentation = Presentation(str(path))
    slides = list(presentation.slides)
    for number, slide in enumerate(slides, start=1):
        progress(number - 1, len(slides))
        composer.begin_page(number)
        title = slide.shapes.title
        if title is not None and title.has_text_frame:
            composer.add_heading(1, title.text_frame.text)
        for shape in in_reading_order(slide.shapes):
            if title is None or shape.shape_id != title.shape_id:
                add_shape(composer, shape)
        if slide.has_notes_slide and slide.notes_slide.notes_text_frame is not None:
            composer.add(slide.notes_slide.notes_text_frame.text)
    progress(len(slides), len(slides))
    return presentation.core_properties.title or ""


def in_reading_order(shapes: "Iterable[BaseShape]", depth: int = 0) -> "Iterator[BaseShape]":
    """All shapes, those of groups in the group's place; a shape without a place keeps its turn."""
    places = [
        ((shape.top or 0) // ROW_HEIGHT, shape.left or 0, turn, shape) for turn, shape in enumerate(shapes)
    ]
    for _top, _left, _turn, shape in sorted(places, key=lambda place: place[:3]):
        if hasattr(shape, "shapes"):
            if depth < MAX_NESTING:
                yield from in_reading_order(shape.shapes, depth + 1)
        else:
            yield shape


def add_shape(composer: Composer, shape: "BaseShape") -> None:
    if getattr(shape, "has_table", False) and shape.has_table:
        gap = PARAGRAPH_GAP
        for row in shape.table.rows:
            cells = [" ".join(cell.text_frame.text.split()) for cell in row.cells if not cell.is_spanned]
            if composer.add(" | ".join(cell for cell in cells if cell), gap=gap) is not None:
                gap = LINE_GAP
    elif getattr(shape, "has_chart", False) and shape.has_chart:
        add_chart(composer, shape.chart)
    elif shape.has_text_frame:
        composer.add(shape.text_frame.text)


def add_chart(composer: Composer, chart: "Chart") -> None:
    """A chart's title, categories and the names of its series."""
    if chart.has_title and chart.chart_title.has_text_frame:
        composer.add(chart.chart_title.text_frame.text)
    for plot in chart.plots:
        composer.add(" | ".join(str(category) for category in plot.categories), gap=LINE_GAP)
        composer.add(" | ".join(series.name or "" for series in plot.series), gap=LINE_GAP)
