// The map: it scrolls in its frame, a mouse can drag it, buttons and keys change its size, arrows go from label to label.
import { asTree } from "./map_tree.js";

const figure = document.querySelector("[data-mind-map]");
const frame = figure?.querySelector("[data-map-frame]");
const svg = figure?.querySelector("[data-map]");
const SMALLEST = 0.3;
const READABLE = 0.78; // below it the labels are smaller than 12 pixels
const LARGEST = 2.5;

if (svg) {
  const nodes = [...svg.querySelectorAll("[data-map-node]")];
  const byId = new Map(nodes.map((node) => [node.dataset.id, node]));
  const isNarrow = frame.clientWidth < 640;
  if (isNarrow) asTree(svg, nodes);
  const all = svg.viewBox.baseVal;
  let scale = 1;

  // As large as fits in, the labels at most a little larger than the text around.
  const fitting = () => {
    const across = Math.min(frame.clientWidth / all.width, 1.2);
    return isNarrow ? Math.min(across, 1) : Math.min(across, frame.clientHeight / all.height);
  };

  // What stands in the middle of the frame stays there.
  function resize(wanted, x = frame.clientWidth / 2, y = frame.clientHeight / 2) {
    const next = Math.min(LARGEST, Math.max(SMALLEST, wanted));
    const left = ((frame.scrollLeft + x) * next) / scale - x;
    const top = ((frame.scrollTop + y) * next) / scale - y;
    scale = next;
    svg.style.inlineSize = `${all.width * scale}px`;
    svg.style.blockSize = `${all.height * scale}px`;
    frame.scrollTo({ left, top, behavior: "instant" });
  }

  function begin() {
    resize(Math.max(READABLE, fitting()));
    if (isNarrow) return;
    const middle = nodes[0].getBBox();
    frame.scrollTo({
      left: (middle.x + middle.width / 2) * scale - frame.clientWidth / 2,
      top: (middle.y + middle.height / 2) * scale - frame.clientHeight / 2,
      behavior: "instant",
    });
  }

  begin();
  figure.classList.add("is-live");
  figure.querySelector("[data-map-in]").addEventListener("click", () => resize(scale * 1.3));
  figure.querySelector("[data-map-out]").addEventListener("click", () => resize(scale / 1.3));
  figure.querySelector("[data-map-fit]").addEventListener("click", () => resize(fitting()));

  frame.addEventListener("wheel", (event) => {
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    const box = frame.getBoundingClientRect();
    resize(scale * (event.deltaY > 0 ? 0.89 : 1.12), event.clientX - box.left, event.clientY - box.top);
  }, { passive: false });

  // A finger scrolls the frame by itself; a mouse drags it.
  let from = null;
  svg.addEventListener("pointerdown", (event) => {
    from = event.pointerType === "mouse" && event.button === 0
      ? { x: event.clientX, y: event.clientY, left: frame.scrollLeft, top: frame.scrollTop, moved: false } : null;
  });
  window.addEventListener("pointermove", (event) => {
    if (!from || !event.buttons) return;
    const [x, y] = [event.clientX - from.x, event.clientY - from.y];
    if (Math.hypot(x, y) < 4 && !from.moved) return;
    from.moved = true;
    frame.scrollTo({ left: from.left - x, top: from.top - y, behavior: "instant" });
  });
  svg.addEventListener("dragstart", (event) => event.preventDefault());
  svg.addEventListener("click", (event) => {
    if (from?.moved) event.preventDefault();
  }, true);

  for (const node of nodes) node.setAttribute("tabindex", node === nodes[0] ? "0" : "-1");

  function go(node) {
    if (!node) return;
    for (const other of nodes) other.setAttribute("tabindex", other === node ? "0" : "-1");
    node.focus({ preventScroll: true });
    node.scrollIntoView({ block: "nearest", inline: "nearest", behavior: "instant" });
  }

  function beside(node, event) {
    const parent = byId.get(node.dataset.parent);
    const children = nodes.filter((other) => other.dataset.parent === node.dataset.id);
    const own = node.getBBox();
    const isLeft = (other) => other.getBBox().x < own.x;
    const side = (want) => children.find((child) => isLeft(child) === want) ?? (parent && isLeft(parent) === want ? parent : null);
    if (event.key === "ArrowLeft") return side(true);
    if (event.key === "ArrowRight") return side(false);
    const siblings = nodes.filter((other) => other.dataset.parent === node.dataset.parent);
    return siblings[siblings.indexOf(node) + (event.key === "ArrowDown" ? 1 : -1)];
  }

  frame.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "+" || event.key === "-") {
      event.preventDefault();
      resize(event.key === "+" ? scale * 1.3 : scale / 1.3);
      return;
    }
    if (!event.key.startsWith("Arrow")) return;
    event.preventDefault();
    const node = event.target.closest("[data-map-node]");
    go(node ? beside(node, event) : nodes[0]);
  });
}
