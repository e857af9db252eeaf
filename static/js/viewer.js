// A citation opens its passage beside the answer, and a thread leads from one to the other.
// Where there is no room beside it, the link simply opens the source's own page.
const viewer = document.getElementById("viewer");
const wide = window.matchMedia("(min-width: 64rem)");
const empty = viewer.innerHTML;
let opener = null;
let thread = null;

function drawThread() {
  const cite = opener?.isConnected && opener.matches(".cite, .cite-line") ? opener : null;
  const quote = viewer.querySelector("#quote");
  if (!cite || !quote || !wide.matches) {
    thread?.remove();
    thread = null;
    return;
  }
  const frame = viewer.getBoundingClientRect();
  const head = viewer.querySelector(".viewer-head").getBoundingClientRect();
  const from = (cite.closest(".answer, .aid-body") ?? cite).getBoundingClientRect();
  const fromY = cite.getBoundingClientRect().top + cite.getBoundingClientRect().height / 2;
  const block = quote.parentElement.getBoundingClientRect();
  const begin = quote.getClientRects()[0];
  const toY = begin.top + begin.height / 2;
  const isSeen = toY > head.bottom && toY < frame.bottom && fromY > 0 && fromY < window.innerHeight;
  if (!thread) {
    thread = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    thread.setAttribute("class", "thread");
    thread.setAttribute("aria-hidden", "true");
    thread.append(document.createElementNS("http://www.w3.org/2000/svg", "line"));
    thread.firstChild.setAttribute("pathLength", "1");
    document.body.append(thread);
  }
  const line = thread.firstChild;
  line.setAttribute("x1", from.right + 8);
  line.setAttribute("y1", fromY);
  line.setAttribute("x2", block.left - 16);
  line.setAttribute("y2", toY);
  thread.toggleAttribute("hidden", !isSeen);
}

let isDrawing = false;
function redraw() {
  if (isDrawing) return;
  isDrawing = true;
  window.requestAnimationFrame(() => {
    isDrawing = false;
    drawThread();
  });
}

function mark(link) {
  for (const active of document.querySelectorAll(".is-active")) active.classList.remove("is-active");
  for (const source of document.querySelectorAll(".source[aria-current]")) source.removeAttribute("aria-current");
  if (!link) return;
  link.classList.add("is-active");
  const id = new URL(link.href).pathname.split("/").filter(Boolean).pop();
  document.getElementById(`source-${id}`)?.setAttribute("aria-current", "true");
}

async function open(link) {
  const url = link.href;
  if (!viewer.contains(link)) {
    opener = link;
    mark(link);
  }
  let text;
  try {
    const response = await fetch(url, { headers: { "HX-Request": "true" }, credentials: "same-origin" });
    text = response.ok ? await response.text() : "";
  } catch {
    text = "";
  }
  // Gone, signed out or offline: the page itself says what is the matter.
  if (!text || text.trimStart().slice(0, 9).toLowerCase() === "<!doctype") {
    window.location.assign(url);
    return;
  }
  thread?.remove();
  thread = null;
  viewer.innerHTML = text;
  document.dispatchEvent(new Event("source:shown"));
  const quote = viewer.querySelector("#quote");
  viewer.scrollTop = 0;
  if (quote) {
    const top = quote.getBoundingClientRect().top - viewer.getBoundingClientRect().top - viewer.clientHeight / 3;
    viewer.scrollTo({ top, behavior: "instant" });
    quote.focus({ preventScroll: true });
  } else {
    viewer.querySelector("h2").focus({ preventScroll: true });
  }
  redraw();
}

function close() {
  viewer.innerHTML = empty;
  mark(null);
  const back = opener;
  opener = null;
  redraw();
  if (back?.isConnected) back.focus();
}

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-close-viewer]")) {
    close();
    return;
  }
  const link = event.target.closest("a[data-viewer]");
  if (!link || !wide.matches || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  event.preventDefault();
  open(link);
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && viewer.querySelector("[data-close-viewer]")) close();
});

document.addEventListener("scroll", redraw, { capture: true, passive: true });
window.addEventListener("resize", redraw);
document.addEventListener("htmx:afterSettle", redraw);
