"""What a source looks like: its pages as pictures, and the original file."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from learning.notebooks import actions, page_images, reading
from learning.notebooks.models import Notebook, Source
from tests.factories import make_notebook, make_source

FILE = "sample-files__004-pdflatex-4-pages__pdflatex-4-pages.pdf"


def make_pdf(notebook: Notebook, folder: Path, name: str = FILE) -> Source:
    content = (folder / "documents" / name).read_bytes()
    upload = SimpleUploadedFile("../Paper über Seiten.pdf", content)
    source = actions.add_file(notebook=notebook, user=notebook.owner, file=upload)
    reading.read_source(source.pk)
    source.refresh_from_db()
    assert source.state == "ready", source.error_code
    return source


@pytest.fixture
def paper(cast: Any, data_folder: Path) -> Source:
    source = make_pdf(make_notebook(cast.emma), data_folder)
    page_images.forget(source)
    return source


def image_url(source: Source, number: int, query: str = "") -> str:
    return reverse("notebooks:page-image", args=[source.notebook_id, source.pk, number]) + query


def body(response: Any) -> bytes:
    return b"".join(response.streaming_content)


def test_a_page_is_a_picture_and_its_mark_makes_another(paper: Source, cast: Any, sign_in: Any) -> None:
    browser = sign_in(cast.emma)
    _number, start, _end = paper.pages[1]
    plain = browser.get(image_url(paper, 2))
    marked = browser.get(image_url(paper, 2, f"?start={start}&end={start + 80}"))
    assert plain["Content-Type"] == marked["Content-Type"] == "image/png"
    assert plain["Cache-Control"].startswith("private")
    pictures = body(plain), body(marked)
    assert pictures[0] != pictures[1]
    assert all(picture.startswith(b"\x89PNG") for picture in pictures)


def test_a_picture_is_drawn_once(paper: Source, monkeypatch: pytest.MonkeyPatch) -> None:
    path = page_images.page_image(paper, 1)
    assert path is not None
    before = path.read_bytes(), path.stat().st_ino
    again = page_images.page_image(paper, 1, start=0, end=0)
    assert again == path
    assert (again.read_bytes(), again.stat().st_ino) == before


def test_the_pictures_kept_have_a_bound(paper: Source, monkeypatch: pytest.MonkeyPatch) -> None:
    first = page_images.page_image(paper, 1)
    monkeypatch.setattr(page_images, "KEPT_BYTES", first.stat().st_size + 10)
    second = page_images.page_image(paper, 2)
    assert not first.exists() or not second.exists()


def test_there_are_at_most_as_many_pictures_as_pages_and_passages(
    paper: Source, cast: Any, sign_in: Any
) -> None:
    browser = sign_in(cast.emma)
    _number, start, end = paper.pages[1]
    passages = [*paper.passages.filter(start__lt=end, end__gt=start).order_by("start")]
    ranges = [
        (passages[0].start, passages[0].end),
        *((passages[0].start + n, passages[0].end - 2 * n) for n in range(1, 6)),
        (0, len(paper.text)),
        (start, end),
    ]
    pictures = {
        body(browser.get(image_url(paper, 2, f"?start={first}&end={last}"))) for first, last in ranges
    }
    assert len(pictures) == 1
    assert len(list(page_images.folder_of(paper).iterdir())) == 1
    assert pictures != {body(browser.get(image_url(paper, 2)))}


def test_a_page_that_fails_is_tried_once_whatever_is_marked(paper: Source, cast: Any, sign_in: Any) -> None:
    Path(paper.file.path).write_bytes(b"%PDF-1.7 broken since")
    browser = sign_in(cast.emma)
    for passage in paper.passages.filter(page=1):
        query = f"?start={passage.start}&end={passage.end}"
        assert browser.get(image_url(paper, 1, query)).status_code == 422
    assert len(list(page_images.folder_of(paper).iterdir())) == 1


def test_nobody_waits_long_for_the_pictures_of_others(
    paper: Source, cast: Any, sign_in: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page_images, "PATIENCE", 0.05)
    browser = sign_in(cast.emma)
    drawn = body(browser.get(image_url(paper, 1)))
    with page_images._drawing, page_images._drawing:
        response = browser.get(image_url(paper, 2))
        assert body(browser.get(image_url(paper, 1))) == drawn
    assert response.status_code == 503
    assert response["Cache-Control"] == "no-store"
    assert response["Content-Type"].startswith("text/plain")
    assert response.content.decode().endswith((".",))
    assert body(browser.get(image_url(paper, 2))).startswith(b"\x89PNG")


@pytest.mark.parametrize("number", [0, 5, 999999])
def test_a_page_out_of_range_is_not_there(number: int, paper: Source, cast: Any, sign_in: Any) -> None:
    assert sign_in(cast.emma).get(image_url(paper, number)).status_code == 404


@pytest.mark.parametrize("query", ["?start=x&end=-1", "?start=99999999&end=999999999", "?start=50&end=3"])
def test_a_range_without_sense_marks_nothing(query: str, paper: Source, cast: Any, sign_in: Any) -> None:
    browser = sign_in(cast.emma)
    assert body(browser.get(image_url(paper, 1, query))) == body(browser.get(image_url(paper, 1)))


def test_strangers_and_removed_sources_get_nothing(paper: Source, cast: Any, sign_in: Any) -> None:
    urls = [image_url(paper, 1), reverse("notebooks:source-file", args=[paper.notebook_id, paper.pk])]
    for url in urls:
        assert sign_in(cast.otto).get(url).status_code == 404
    actions.remove(source=paper, user=cast.emma)
    for url in urls:
        assert sign_in(cast.emma).get(url).status_code == 404


def test_a_page_that_cannot_be_drawn_is_a_sentence(paper: Source, cast: Any, sign_in: Any) -> None:
    Path(paper.file.path).write_bytes(b"%PDF-1.7 broken since")
    browser = sign_in(cast.emma)
    for _attempt in range(2):
        response = browser.get(image_url(paper, 1))
        assert response.status_code == 422
        assert response["Content-Type"].startswith("text/plain")
        assert "picture" in response.content.decode() or "Bild" in response.content.decode()


def test_other_formats_have_no_pictures(cast: Any, sign_in: Any) -> None:
    source = make_source(make_notebook(cast.emma))
    browser = sign_in(cast.emma)
    assert browser.get(image_url(source, 1)).status_code == 404
    page = browser.get(reverse("notebooks:source", args=[source.notebook_id, source.pk])).content.decode()
    assert "data-picture" not in page


def test_the_source_page_offers_the_page_of_the_mark(paper: Source, cast: Any, sign_in: Any) -> None:
    _number, start, end = paper.pages[2]
    url = reverse("notebooks:source", args=[paper.notebook_id, paper.pk])
    page = sign_in(cast.emma).get(f"{url}?start={start}&end={min(end, start + 60)}").content.decode()
    assert page.count("data-picture ") == 1
    assert f"/pages/3.png?start={start}&amp;end=" in page
    assert page.index('id="quote"') < page.index("data-picture ")


def test_erasing_a_source_erases_its_pictures(
    paper: Source, cast: Any, django_capture_on_commit_callbacks: Any
) -> None:
    page_images.page_image(paper, 1)
    folder = page_images.folder_of(paper)
    assert list(folder.iterdir())
    actions.remove(source=paper, user=cast.emma)
    actions.purge_removed(timezone.now() + timedelta(days=2))
    assert not folder.exists()


def test_deleting_a_notebook_erases_its_pictures(
    paper: Source, cast: Any, django_capture_on_commit_callbacks: Any
) -> None:
    page_images.page_image(paper, 1)
    with django_capture_on_commit_callbacks(execute=True):
        actions.delete_notebook(notebook=paper.notebook, user=cast.emma)
    assert not page_images.folder_of(paper).exists()


def test_the_original_is_a_download_that_cannot_act(
    paper: Source, cast: Any, sign_in: Any, data_folder: Path
) -> None:
    url = reverse("notebooks:source-file", args=[paper.notebook_id, paper.pk])
    response = sign_in(cast.emma).get(url)
    assert response["Content-Disposition"].startswith("attachment;")
    assert "Paper%20%C3%BCber%20Seiten.pdf" in response["Content-Disposition"]
    assert ".." not in response["Content-Disposition"]
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "sandbox"
    assert response["Content-Type"] == "application/octet-stream"
    assert response.streaming
    assert body(response) == (data_folder / "documents" / FILE).read_bytes()


def test_pasted_text_has_no_file(cast: Any, sign_in: Any) -> None:
    source = make_source(make_notebook(cast.emma))
    url = reverse("notebooks:source-file", args=[source.notebook_id, source.pk])
    browser = sign_in(cast.emma)
    assert browser.get(url).status_code == 404
    page = browser.get(reverse("notebooks:source", args=[source.notebook_id, source.pk])).content.decode()
    assert url not in page
