from types import SimpleNamespace as N

_w = N(
    title="Protokolle",
    aim="Ziel",
    description="Text",
    agenda=[N(kind="talk", title="Vortrag", minutes=20), N(kind="lab", title="Labor", minutes=40)],
    lab=[N(title="Aufgabe", instructions="so", prompt="Prompt", data_class="public")],
)
TEMPLATES = {"minutes": N(notebook="meetings", words={"de": _w, "en": _w})}
