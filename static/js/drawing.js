// Draws a process from its BPMN file, marks its steps, and ties the drawing to the list beside it.
const READABLE = 0.75;
const LEGIBLE = 0.6;
const SMALLEST = 0.1;
const MARGIN = 16;
const MARK = 40;
const STEP = 1.25;
const PINNED = ["eliminated", "claimed"];
const MARKS = [...PINNED, "automated", "merged", "moved", "added"];
const SVG = "http://www.w3.org/2000/svg";
const COLOURS = ["http://bpmn.io/schema/bpmn/biocolor/1.0", "http://www.omg.org/spec/BPMN/non-normative/color/1.0"];
const PANS = { ArrowLeft: [60, 0], ArrowRight: [-60, 0], ArrowUp: [0, 60], ArrowDown: [0, -60] };

// The file's own colours are made for white paper; without them it is legible in light and dark alike.
function withoutColours(text) {
  const file = new DOMParser().parseFromString(text, "application/xml");
  if (file.querySelector("parsererror")) throw new Error("not well-formed");
  for (const element of file.getElementsByTagName("*")) {
    for (const attribute of [...element.attributes]) {
      if (COLOURS.includes(attribute.namespaceURI)) element.removeAttributeNode(attribute);
    }
  }
  return new XMLSerializer().serializeToString(file);
}

function node(name, attributes) {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  return element;
}

function pin(kind, { width, height }) {
  const svg = node("svg", { class: `mark mark-${kind}`, width, height, "aria-hidden": "true" });
  const from = kind === "eliminated" ? { x1: 6, y1: height - 4 } : { x1: width - 22, y1: 18 };
  svg.append(node("line", { ...from, x2: width - 3, y2: 2 }), node("circle", { cx: width, cy: 0, r: 7 }));
  return svg;
}

// The viewer's only words of its own, on the button of a closed sub-process.
function translate(words) {
  return (template, { element = "" } = {}) => (template.startsWith("Open ") ? `${words} ${element}` : template).trim();
}

function makeViewer(box) {
  const fontFamily = getComputedStyle(document.body).fontFamily;
  return new window.BpmnJS({
    container: box,
    additionalModules: [{ translate: ["value", translate(box.dataset.open)] }],
    zoomScroll: { enabled: false },
    bpmnRenderer: { defaultFillColor: "var(--sheet)", defaultStrokeColor: "var(--ink)", defaultLabelColor: "var(--ink)" },
    textRenderer: {
      defaultStyle: { fontFamily, fontSize: 12.5, lineHeight: 1.2 },
      externalStyle: { fontFamily, fontSize: 12.5, lineHeight: 1.2 },
    },
  });
}

function place(canvas, scale) {
  const { inner, outer } = canvas.viewbox();
  const [width, height] = [outer.width / scale, outer.height / scale];
  const middle = (start, size, room) => (size < room ? start - (room - size) / 2 : start - MARGIN / scale);
  // Below, the maker's mark has its own strip.
  const y = middle(inner.y, inner.height, height - MARK / scale);
  canvas.viewbox({ x: middle(inner.x, inner.width, width), y, width, height });
}

// Never larger than drawn. At first only as small as it can be read: what is too wide for that shows its beginning.
function fit(canvas, isFirst = false) {
  const { inner, outer } = canvas.viewbox();
  const across = (outer.width - 2 * MARGIN) / inner.width;
  const down = (outer.height - 2 * MARGIN - MARK) / inner.height;
  const whole = Math.min(1, across, down);
  const smallest = isFirst && whole < LEGIBLE ? Math.min(READABLE, Math.max(LEGIBLE, down)) : SMALLEST;
  place(canvas, Math.max(smallest, whole));
}

function zoom(canvas, kind) {
  if (kind === "fit") fit(canvas);
  else canvas.zoom(Math.min(4, Math.max(SMALLEST, canvas.zoom() * (kind === "in" ? STEP : 1 / STEP))), "auto");
}

function bindView(figure, box, canvas) {
  for (const button of figure.querySelectorAll("[data-zoom]")) {
    button.addEventListener("click", () => zoom(canvas, button.dataset.zoom));
  }
  box.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const pan = PANS[event.key];
    const kind = { "+": "in", "=": "in", "-": "out", 0: "fit" }[event.key];
    if (!pan && !kind) return;
    event.preventDefault();
    if (pan) canvas.scroll({ dx: pan[0], dy: pan[1] });
    else zoom(canvas, kind);
  });
  // The wheel scrolls the page; with the key of the browser's own zoom it zooms the drawing.
  box.addEventListener("wheel", (event) => {
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    zoom(canvas, event.deltaY < 0 ? "in" : "out");
  }, { passive: false });
  // A finger moves it sideways; up and down belongs to the page.
  let last = null;
  box.addEventListener("pointerdown", (event) => { last = event.pointerType === "touch" ? event.clientX : null; });
  box.addEventListener("pointermove", (event) => {
    if (last === null || event.pointerType !== "touch") return;
    canvas.scroll({ dx: event.clientX - last, dy: 0 });
    last = event.clientX;
  });
  for (const kind of ["pointerup", "pointercancel"]) box.addEventListener(kind, () => { last = null; });
}

function mark(figure, viewer) {
  const data = figure.querySelector("script[type='application/json']");
  if (!data) return;
  const registry = viewer.get("elementRegistry");
  for (const [id, kind] of Object.entries(JSON.parse(data.textContent))) {
    const element = registry.get(id);
    if (!element || !MARKS.includes(kind)) continue;
    viewer.get("canvas").addMarker(id, `is-${kind}`);
    if (!PINNED.includes(kind)) continue;
    viewer.get("overlays").add(id, "mark", { position: { top: 0, left: 0 }, show: { minZoom: 0 }, html: pin(kind, element) });
  }
}

// Pressed, each step is the warmer the more work a case takes in it.
function warm(figure, viewer) {
  const button = figure.querySelector("[data-heat]");
  if (!button) return;
  const registry = viewer.get("elementRegistry");
  const heat = Object.entries(JSON.parse(document.getElementById("heat").textContent)).filter(([id]) => registry.get(id));
  button.addEventListener("click", () => {
    const is = button.getAttribute("aria-pressed") !== "true";
    button.setAttribute("aria-pressed", String(is));
    for (const [id, level] of heat) {
      if (is) viewer.get("canvas").addMarker(id, `heat-${level}`);
      else viewer.get("canvas").removeMarker(id, `heat-${level}`);
    }
  });
}

function tieToList(figure, viewer) {
  const list = document.querySelector(`[data-steps="${figure.dataset.process}"]`);
  if (!list) return;
  const canvas = viewer.get("canvas");
  const registry = viewer.get("elementRegistry");
  const lines = new Map([...list.querySelectorAll("[data-element]")].map((line) => [line.dataset.element, line]));
  const near = (id, is) => {
    if (!registry.get(id)) return;
    lines.get(id)?.classList.toggle("is-near", is);
    if (is) canvas.addMarker(id, "is-near");
    else canvas.removeMarker(id, "is-near");
  };
  const choose = (id) => {
    for (const old of list.querySelectorAll("[aria-current]")) old.removeAttribute("aria-current");
    lines.get(id).querySelector("[data-show]")?.setAttribute("aria-current", "true");
  };
  for (const [id, line] of lines) {
    const button = line.querySelector("[data-show]");
    if (!registry.get(id) || !button) continue;
    for (const kind of ["pointerenter", "focusin"]) line.addEventListener(kind, () => near(id, true));
    for (const kind of ["pointerleave", "focusout"]) line.addEventListener(kind, () => near(id, false));
    button.addEventListener("click", () => {
      choose(id);
      canvas.scrollToElement(id, { top: 60, right: 80, bottom: 80, left: 80 });
      figure.scrollIntoView({ block: "nearest" });
    });
  }
  const events = viewer.get("eventBus");
  events.on("element.hover", ({ element }) => { if (lines.has(element.id)) near(element.id, true); });
  events.on("element.out", ({ element }) => { if (lines.has(element.id)) near(element.id, false); });
  events.on("element.click", ({ element }) => {
    if (!lines.has(element.id)) return;
    choose(element.id);
    lines.get(element.id).scrollIntoView({ block: "nearest" });
  });
}

async function show(figure) {
  const box = figure.querySelector("[data-canvas]");
  const says = (kind) => figure.querySelector(`[data-says="${kind}"]`);
  try {
    const response = await fetch(figure.dataset.drawing, { credentials: "same-origin" });
    if (!response.ok) throw new Error(String(response.status));
    const text = await response.text();
    await document.fonts.ready;
    const viewer = makeViewer(box);
    await viewer.importXML(withoutColours(text));
    const canvas = viewer.get("canvas");
    const svg = box.querySelector("svg");
    svg.setAttribute("role", "group");
    svg.setAttribute("aria-label", box.dataset.label);
    fit(canvas, true);
    mark(figure, viewer);
    warm(figure, viewer);
    bindView(figure, box, canvas);
    tieToList(figure, viewer);
    figure.classList.add("is-drawn");
    says("waiting").hidden = true;
  } catch {
    box.replaceChildren();
    says("waiting").hidden = true;
    says("failed").hidden = false;
  }
}

for (const figure of document.querySelectorAll("[data-drawing]")) show(figure);
// The notice of the drawing's maker closes by keyboard too.
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") document.querySelector(".bjs-powered-by-lightbox")?.remove();
});
