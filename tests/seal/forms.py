"""Filling what a page or the API asks for with something it accepts, so that changing requests get through."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

import lxml.etree
import lxml.html

from tests.seal.routes import Route, Samples

TEXTS = {
    "email": "neu@hatpin.example",
    "url": "https://example.com/beleg",
    "date": "2026-12-18",
    "time": "18:00",
    "number": "2",
    "month": "2026-12",
}


@dataclass(frozen=True)
class Submission:
    method: str
    path: str
    fields: tuple[tuple[str, str], ...]
    button: str = ""

    @property
    def likeness(self) -> str:
        """The same for forms that differ only in ids and in what is filled in."""
        return " ".join([shape_of(self.path), self.button, *(name for name, _value in self.fields)])


def shape_of(path: str) -> str:
    """An address without its ids and numbers."""
    return re.sub(r"[0-9a-f-]{32,}|\d+", "*", path)


def _value_of(field: lxml.html.HtmlElement) -> str:
    if field.tag == "select":
        options = [option for option in field.iter("option") if option.get("value")]
        chosen = [option for option in options if option.get("selected") is not None] or options[:1]
        return chosen[0].get("value") if chosen else ""
    if field.tag == "textarea":
        return field.text_content().strip() or "Ein Text"
    return field.get("value") or TEXTS.get(field.get("type", "text"), "Ein Text")


def submissions(html: str, page: str) -> Iterator[Submission]:
    """Each form of the page that changes something, once per button."""
    for form in lxml.html.document_fromstring(html).iter("form"):
        if (form.get("method") or "get").lower() != "post":
            continue
        path = urlsplit(urljoin(page, form.get("action") or page)).path
        fields: dict[str, str] = {}
        for field in form.iter("input", "select", "textarea"):
            name, kind = field.get("name"), field.get("type", "text")
            if not name or name == "csrfmiddlewaretoken" or kind in {"file", "submit", "button"}:
                continue
            is_choice = kind in {"radio", "checkbox"}
            if not is_choice or name not in fields or field.get("checked") is not None:
                fields[name] = (field.get("value") or "on") if is_choice else _value_of(field)
        buttons = [b for b in form.iter("button") if b.get("type", "submit") == "submit" and b.get("name")]
        variants = [{b.get("name"): b.get("value", "")} for b in buttons] or [{}]
        for variant in variants:
            filled = tuple(sorted({**fields, **variant}.items()))
            yield Submission("post", path, filled, button=" ".join(variant.values()))


def links(html: str, page: str) -> Iterator[str]:
    """Addresses of the site that stand anywhere in the page, with their queries, without fragments.

    Whatever attribute a script or htmx reads them from: every value that looks like a path counts.
    """
    for element in lxml.html.document_fromstring(html).iter(lxml.etree.Element):
        for name, value in element.attrib.items():
            is_path = name in {"href", "src"} or (value.startswith("/") and not value.startswith("//"))
            parts = urlsplit(urljoin(page, value)) if is_path else urlsplit("")
            if parts.path.startswith("/") and not parts.netloc and not parts.path.startswith("/static/"):
                yield parts.path + (f"?{parts.query}" if parts.query else "")


def ids_in(content: object) -> Iterator[str]:
    """Every "id" of a JSON answer."""
    if isinstance(content, dict):
        yield from (str(value) for key, value in content.items() if key == "id")
        for value in content.values():
            yield from ids_in(value)
    elif isinstance(content, list):
        for value in content:
            yield from ids_in(value)


class Bodies:
    """JSON bodies for the API's operations, made of its own description."""

    def __init__(self, schema: dict, samples: Samples) -> None:
        self.schema, self.samples = schema, samples
        self.paths = {self._shape(path): inner for path, inner in schema["paths"].items()}

    def _shape(self, path: str) -> str:
        return re.sub(r"<[^>]*>|\{[^}]*\}", "*", path.strip("/"))

    def of(self, method: str, route: Route) -> dict[str, object]:
        """What the operation at this route asks for; {} where it asks for nothing."""
        operation = self.paths.get(self._shape(route.path), {}).get(method, {})
        content = operation.get("requestBody", {}).get("content", {}).get("application/json", {})
        return self._example(content.get("schema", {})) or {}

    def _example(self, schema: dict, name: str = "") -> object:
        if reference := schema.get("$ref"):
            return self._example(self.schema["components"]["schemas"][reference.rsplit("/", 1)[1]], name)
        for combined in ("allOf", "oneOf", "anyOf"):
            if schema.get(combined):
                return self._example(schema[combined][0], name)
        if "enum" in schema:
            return schema["enum"][0]
        kind = schema.get("type", "object")
        kind = kind[0] if isinstance(kind, list) else kind
        if kind == "object":
            properties = schema.get("properties", {})
            return {
                key: self._example(inner, key)
                for key, inner in properties.items()
                if not inner.get("readOnly")
            }
        if kind == "array":
            return [self._example(schema.get("items", {}), name)]
        return self._plain(kind, schema, name)

    def _plain(self, kind: str, schema: dict, name: str) -> object:
        if kind in {"integer", "number"}:
            return max(int(schema.get("minimum", 1)), 1)
        if kind == "boolean":
            return True
        if schema.get("format") == "uuid":
            return str(next(iter(self.samples.by_model.get(name, self.samples.all))))
        formats = {
            "date": "2026-12-18",
            "time": "18:00",
            "date-time": "2026-12-18T18:00:00Z",
            "uri": TEXTS["url"],
        }
        return formats.get(schema.get("format", ""), {"time_zone": "Europe/Berlin"}.get(name, "Ein Text"))
