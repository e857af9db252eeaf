// Makes what stands in the page like what came, and touches only what differs: focus, selection, what is folded
// open and what is half written stay where they are. What has a key is found again wherever it now stands.
const NAMES = ["data-id", "data-task", "data-pin", "data-question", "data-round", "data-option"];

function keyOf(node) {
  if (node.nodeType !== Node.ELEMENT_NODE) return "";
  if (node.id) return node.id;
  if (node.localName === "button" && node.name && node.value) return `${node.name}=${node.value}`;
  const name = NAMES.find((each) => node.hasAttribute(each));
  return name ? `${name}=${node.getAttribute(name)}` : "";
}

const looks = (node) => keyOf(node) || `${node.nodeName}.${node.getAttribute?.("class") ?? ""}`;

// A node that is taken out and put back loses the focus and the selection in it.
function isHeld(node) {
  const { anchorNode, isCollapsed } = document.getSelection() ?? {};
  return node.contains(document.activeElement) || Boolean(anchorNode && !isCollapsed && node.contains(anchorNode));
}

// To the place of `before`, by moving whichever of them nobody holds.
function bring(node, before) {
  if (node === before) return;
  if (!isHeld(node)) return void node.parentNode.insertBefore(node, before);
  const after = node.nextSibling;
  for (let each = before; each !== node;) {
    const next = each.nextSibling;
    node.parentNode.insertBefore(each, after);
    each = next;
  }
}

function find(from, wanted, later) {
  for (let node = from; node; node = node.nextSibling) if (looks(node) === looks(wanted)) return node;
  const isSpare = from && from.nodeName === wanted.nodeName && !keyOf(from) && !keyOf(wanted);
  return isSpare && !later.some((each) => looks(each) === looks(from)) ? from : null;
}

function children(old, fresh) {
  const wanted = [...fresh.childNodes];
  let at = old.firstChild;
  wanted.forEach((next, n) => {
    const match = find(at, next, wanted.slice(n + 1));
    if (!match) return void old.insertBefore(next, at);
    bring(match, at);
    at = match.nextSibling;
    change(match, next);
  });
  while (at) {
    const gone = at;
    at = at.nextSibling;
    gone.remove();
  }
}

function change(old, fresh) {
  if (old.isEqualNode(fresh)) return;
  if (old.nodeType !== Node.ELEMENT_NODE) {
    if (old.nodeValue !== fresh.nodeValue) old.nodeValue = fresh.nodeValue;
    return;
  }
  // What is folded open and what was given the focus is the reader's, what a countdown says now is the clock's.
  const kept = old.localName === "details" ? ["open", "tabindex"] : ["tabindex"];
  for (const { name } of [...old.attributes]) {
    if (!fresh.hasAttribute(name) && !kept.includes(name)) old.removeAttribute(name);
  }
  for (const { name, value } of fresh.attributes) if (old.getAttribute(name) !== value) old.setAttribute(name, value);
  if (!old.hasAttribute("data-time")) children(old, fresh);
}

// `dress` may change what came before it is compared.
export function morph(box, html, dress) {
  const fresh = document.createElement("div");
  fresh.innerHTML = html;
  dress(fresh);
  children(box, fresh);
}
