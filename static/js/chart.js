// Draws the figures of reports with Plotly, in the page's own colours and type. Without it the table says the same.
const SERIES = 5;
const CONFIG = { displayModeBar: false, displaylogo: false, responsive: true, scrollZoom: false, doubleClick: false, showTips: false };

function token(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

// From hardly anything to all: the darker, the more.
function heated(trace) {
  const marker = { ...trace.marker, colorscale: [[0, token("--heat-0")], [1, token("--heat-1")]], showscale: false };
  const values = trace.marker.color;
  return { ...trace, marker, insidetextfont: { color: values.map((value) => token(value > 45 ? "--heat-ink-1" : "--heat-ink-0")) } };
}

// On a phone a shade has no room for its number; arrow keys and the table tell it.
function untexted(trace) {
  return trace.meta && trace.meta.heat ? { ...trace, text: undefined } : trace;
}

function coloured(data) {
  return data.map((trace, number) => {
    if (trace.meta && trace.meta.heat) return heated(trace);
    const colour = token(`--plot-${(number % SERIES) + 1}`);
    const whisker = { color: token("--edge"), thickness: 1.5, width: 4 };
    return {
      ...trace,
      marker: { ...trace.marker, color: colour, size: trace.type === "bar" ? undefined : 9 },
      line: trace.type === "bar" ? undefined : { color: colour, width: 2 },
      error_x: trace.error_x && { ...trace.error_x, ...whisker },
      error_y: trace.error_y && { ...trace.error_y, ...whisker },
    };
  });
}

function dressed(layout) {
  const ink = token("--ink"), soft = token("--soft"), hair = token("--hair"), edge = token("--edge");
  const axis = (own) => ({ ...own, color: soft, gridcolor: hair, zeroline: false, linecolor: edge, ticks: "", tickfont: { color: soft } });
  const isBars = layout.yaxis && layout.yaxis.tickmode === "array";
  return {
    ...layout,
    paper_bgcolor: "rgba(0,0,0,0)",
    plot_bgcolor: "rgba(0,0,0,0)",
    font: { family: getComputedStyle(document.body).fontFamily, size: 14, color: ink },
    xaxis: { ...axis(layout.xaxis), showgrid: isBars },
    yaxis: { ...axis(layout.yaxis), showgrid: !isBars, tickfont: { color: isBars ? ink : soft } },
    shapes: (layout.shapes || []).map((shape) => ({ ...shape, line: { ...shape.line, color: soft } })),
    annotations: (layout.annotations || []).map((one) => ({ ...one, font: { size: 12, color: soft } })),
    hoverlabel: { ...layout.hoverlabel, bgcolor: token("--sheet"), bordercolor: edge, font: { color: ink } },
  };
}

// On a phone the names of bars would take half the width: they stand above their bars there. Weeks are named less often.
function narrowed(layout, width) {
  if (width >= 480) return layout;
  if (layout.yaxis.tickmode !== "array") return { ...layout, xaxis: { ...layout.xaxis, nticks: 2, tickangle: 0 } };
  if (layout.barmode === "stack") return { ...layout, xaxis: { ...layout.xaxis, nticks: 2, tickangle: 0 } };
  const annotations = layout.yaxis.tickvals.map((value, number) => ({
    x: 0, xref: "paper", xanchor: "left", y: value, yref: "y", yanchor: "bottom", yshift: 5,
    text: layout.yaxis.ticktext[number], showarrow: false, font: { size: 13, color: token("--ink") },
  }));
  const [first, last] = layout.yaxis.range;
  return { ...layout, bargap: 0.72, annotations, yaxis: { ...layout.yaxis, showticklabels: false, range: [first, last + 0.3] } };
}

// By keyboard: arrows go from point to point, and what a mouse would be shown is said. Plotly offers none of it.
function pointsOf(place) {
  return place.data.flatMap((trace, curve) => (trace.customdata || []).map((text, point) => ({ curve, point, text })).filter((one) => one.text));
}

function step(place, by) {
  const points = pointsOf(place);
  if (!points.length) return;
  const at = Number(place.dataset.at ?? (by > 0 ? -1 : 0));
  const next = (at + by + points.length) % points.length;
  const { curve, point, text } = points[next];
  place.dataset.at = next;
  window.Plotly.Fx.hover(place, [{ curveNumber: curve, pointNumber: point }]);
  const trace = place.data[curve].name && place.data.length > 1 ? `${place.data[curve].name}: ` : "";
  const plain = new DOMParser().parseFromString(text.replace(/<br>/g, ", "), "text/html").body.textContent;
  place.parentElement.querySelector(`[data-said-of="${place.dataset.plot}"]`).textContent = trace + plain;
}

function onKey(event) {
  const by = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
  if (!by || event.altKey || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  step(event.currentTarget, by);
}

function leave(event) {
  delete event.currentTarget.dataset.at;
  window.Plotly.Fx.unhover(event.currentTarget);
}

function reachable(place) {
  if (place.tabIndex === 0) return;
  place.tabIndex = 0;
  place.addEventListener("keydown", onKey);
  place.addEventListener("blur", leave);
}

function draw() {
  for (const place of document.querySelectorAll("[data-plot]")) {
    const source = document.getElementById(place.dataset.plot);
    if (!source || !window.Plotly) continue;
    const figure = JSON.parse(source.textContent);
    const data = place.clientWidth < 480 ? figure.data.map(untexted) : figure.data;
    window.Plotly.react(place, coloured(data), narrowed(dressed(figure.layout), place.clientWidth), CONFIG);
    place.dataset.drawn = "";
    reachable(place);
  }
}

// Plotly's own way to a PNG takes images from blob addresses, which the page's policy forbids; data addresses are allowed.
async function painted(address, width, height) {
  const image = new Image();
  image.src = address;
  await image.decode();
  const canvas = Object.assign(document.createElement("canvas"), { width, height });
  canvas.getContext("2d").drawImage(image, 0, 0, width, height);
  return new Promise((done) => canvas.toBlob(done, "image/png"));
}

function save(blob, name) {
  const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(blob), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

// A picture says what it is: the finding above, the cut and the week below. Plain paper, whatever the page's scheme.
async function download(button) {
  const figure = JSON.parse(document.getElementById(button.dataset.picture).textContent);
  const place = document.createElement("div");
  place.style.cssText = "position:fixed;inset-inline-start:-200vw;inline-size:960px;block-size:540px";
  document.body.append(place);
  const layout = dressed(figure.layout);
  const words = (text) => text.trim().replace(/(.{1,88})(\s+|$)/g, "$1<br>").replace(/<br>$/, "").replace(/&/g, "&amp;").replace(/<(?!br>)/g, "&lt;");
  const note = { text: words(button.dataset.note), showarrow: false, xref: "paper", yref: "paper", x: 0, y: 0, yshift: -64, xanchor: "left", yanchor: "bottom", font: { size: 12, color: token("--soft") } };
  try {
    await window.Plotly.newPlot(place, coloured(figure.data), {
      ...layout, width: 960, height: 540, paper_bgcolor: token("--paper"), plot_bgcolor: token("--paper"),
      title: { text: words(button.dataset.title), x: 0.02, xanchor: "left", font: { size: 18 } },
      margin: { l: 24, r: 40, t: 110, b: 80 }, annotations: [...layout.annotations, note],
      legend: { ...layout.legend, y: 1.06 },
    }, { staticPlot: true });
    const svg = await window.Plotly.toImage(place, { format: "svg", width: 960, height: 540 });
    save(await painted(svg, 1920, 1080), `${button.dataset.file}.png`);
  } finally {
    window.Plotly.purge(place);
    place.remove();
  }
}

for (const button of document.querySelectorAll("[data-picture]")) button.addEventListener("click", () => download(button));

draw();
window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
