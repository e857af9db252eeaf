// Where the frame is narrow, the map's labels stand below each other, each level a step further in.
const STEP = 26;
const GAP = 12;
const EDGE = 12;

function move(node, x, y) {
  const box = node.querySelector("rect");
  const [dx, dy] = [x - Number(box.getAttribute("x")), y - Number(box.getAttribute("y"))];
  for (const part of node.querySelectorAll("rect, tspan")) {
    part.setAttribute("x", Number(part.getAttribute("x")) + dx);
    part.setAttribute("y", Number(part.getAttribute("y")) + dy);
  }
}

const number = (node, name) => Number(node.querySelector("rect").getAttribute(name));

// Redraws the lines too, and fits the view box to what is drawn.
export function asTree(svg, nodes) {
  const byId = new Map(nodes.map((node) => [node.dataset.id, node]));
  const depth = (node) => (byId.has(node.dataset.parent) ? 1 + depth(byId.get(node.dataset.parent)) : 0);
  let [top, width] = [EDGE, 0];
  for (const node of nodes) {
    move(node, EDGE + STEP * depth(node), top);
    top += number(node, "height") + GAP;
    width = Math.max(width, number(node, "x") + number(node, "width") + EDGE);
  }
  const joined = nodes.filter((node) => byId.has(node.dataset.parent));
  const lines = svg.querySelectorAll(".map-line");
  joined.forEach((node, n) => {
    const parent = byId.get(node.dataset.parent);
    const x = number(parent, "x") + STEP / 2;
    const y = number(node, "y") + number(node, "height") / 2;
    lines[n].setAttribute("d", `M${x} ${number(parent, "y") + number(parent, "height")}V${y}H${number(node, "x")}`);
  });
  svg.setAttribute("viewBox", `0 0 ${width} ${top - GAP + EDGE}`);
}
