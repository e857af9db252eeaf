// Draws the figures of reports with Plotly, in the page's own colours and type. Without it the table says the same.
const SERIES = 5;
const CONFIG = { displayModeBar: false, displaylogo: false, responsive: true, scrollZoom: false, doubleClick: false, showTips: false };

function token(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

function coloured(data) {
  return data.map((trace, number) => {
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
    hoverlabel: { ...layout.hoverlabel, bgcolor: token("--sheet"), bordercolor: edge, font: { color: ink } },
  };
}

// On a phone the names of bars would take half the width: they stand above their bars there. Weeks are named less often.
function narrowed(layout, width) {
  if (width >= 480) return layout;
  if (layout.yaxis.tickmode !== "array") return { ...layout, xaxis: { ...layout.xaxis, nticks: 2, tickangle: 0 } };
  const annotations = layout.yaxis.tickvals.map((value, number) => ({
    x: 0, xref: "paper", xanchor: "left", y: value, yref: "y", yanchor: "bottom", yshift: 5,
    text: layout.yaxis.ticktext[number], showarrow: false, font: { size: 13, color: token("--ink") },
  }));
  const [first, last] = layout.yaxis.range;
  return { ...layout, bargap: 0.72, annotations, yaxis: { ...layout.yaxis, showticklabels: false, range: [first, last + 0.3] } };
}

function draw() {
  for (const place of document.querySelectorAll("[data-plot]")) {
    const source = document.getElementById(place.dataset.plot);
    if (!source || !window.Plotly) continue;
    const figure = JSON.parse(source.textContent);
    window.Plotly.react(place, coloured(figure.data), narrowed(dressed(figure.layout), place.clientWidth), CONFIG);
    place.dataset.drawn = "";
  }
}

draw();
window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
