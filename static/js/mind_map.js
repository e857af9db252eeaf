// The map: drag to move, wheel or buttons to come nearer, arrow keys from label to label.
const figure = document.querySelector("[data-mind-map]");
const svg = figure?.querySelector("[data-map]");

if (svg) {
  const whole = svg.viewBox.baseVal;
  const all = { x: 0, y: 0, width: whole.width, height: whole.height };
  let view = { ...all };
  let from = null;

  // At first as near as one can read it, the notebook in the middle.
  const room = svg.getBoundingClientRect();
  if (room.width && all.width > room.width * 1.15) {
    const middle = svg.querySelector(".map-depth-0").getBBox();
    const width = room.width * 1.15;
    const height = (width * room.height) / room.width;
    view = { x: middle.x + middle.width / 2 - width / 2, y: middle.y + middle.height / 2 - height / 2, width, height };
  }

  const show = () => svg.setAttribute("viewBox", `${view.x} ${view.y} ${view.width} ${view.height}`);

  function zoom(factor, x = view.x + view.width / 2, y = view.y + view.height / 2) {
    const width = Math.min(all.width * 1.2, Math.max(240, view.width * factor));
    const share = width / view.width;
    view = { x: x - (x - view.x) * share, y: y - (y - view.y) * share, width, height: view.height * share };
    show();
  }

  function centre(node) {
    const box = node.getBBox();
    const room = svg.getBoundingClientRect();
    const isSeen = box.x > view.x && box.x + box.width < view.x + view.width && box.y > view.y && box.y + box.height < view.y + view.height;
    if (isSeen && room.width) return;
    view.x = box.x + box.width / 2 - view.width / 2;
    view.y = box.y + box.height / 2 - view.height / 2;
    show();
  }

  function point(event) {
    return new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse());
  }

  figure.querySelector("[data-map-tools]").hidden = false;
  show();
  figure.querySelector("[data-map-in]").addEventListener("click", () => zoom(0.75));
  figure.querySelector("[data-map-out]").addEventListener("click", () => zoom(1.33));
  figure.querySelector("[data-map-fit]").addEventListener("click", () => {
    view = { ...all };
    show();
  });

  svg.addEventListener("wheel", (event) => {
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    const at = point(event);
    zoom(event.deltaY > 0 ? 1.12 : 0.89, at.x, at.y);
  }, { passive: false });

  const fingers = new Map();
  let spread = 0;
  svg.addEventListener("pointerdown", (event) => {
    fingers.set(event.pointerId, event);
    from = { at: point(event), x: event.clientX, y: event.clientY, moved: false };
  });
  svg.addEventListener("pointermove", (event) => {
    if (!fingers.has(event.pointerId)) return;
    fingers.set(event.pointerId, event);
    if (fingers.size === 2) {
      const [a, b] = [...fingers.values()];
      const now = Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY);
      if (spread) zoom(spread / now);
      spread = now;
      return;
    }
    if (Math.hypot(event.clientX - from.x, event.clientY - from.y) < 4 && !from.moved) return;
    from.moved = true;
    svg.setPointerCapture(event.pointerId);
    const at = point(event);
    view.x += from.at.x - at.x;
    view.y += from.at.y - at.y;
    show();
  });
  const lift = (event) => {
    fingers.delete(event.pointerId);
    spread = 0;
  };
  svg.addEventListener("pointerup", lift);
  svg.addEventListener("pointercancel", lift);
  svg.addEventListener("click", (event) => {
    if (from?.moved) event.preventDefault();
  }, true);

  const nodes = [...svg.querySelectorAll("[data-map-node]")];
  const byId = new Map(nodes.map((node) => [node.dataset.id, node]));
  for (const node of nodes) node.setAttribute("tabindex", node === nodes[0] ? "0" : "-1");

  function go(node) {
    if (!node) return;
    for (const other of nodes) other.setAttribute("tabindex", other === node ? "0" : "-1");
    centre(node);
    node.focus({ preventScroll: true });
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

  figure.addEventListener("keydown", (event) => {
    if (event.key === "+" || event.key === "-") {
      event.preventDefault();
      zoom(event.key === "+" ? 0.75 : 1.33);
      return;
    }
    if (!event.key.startsWith("Arrow")) return;
    event.preventDefault();
    const node = event.target.closest("[data-map-node]");
    go(node ? beside(node, event) : nodes[0]);
  });
}
