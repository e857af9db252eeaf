// The tip on a page: a tab at the edge that unfolds. All words go in as text, never as markup.
import { isLink } from "./core.js";
import { LOOK } from "./look.js";

const SVG = "http://www.w3.org/2000/svg";

function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value !== undefined) element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child !== null));
  return element;
}

function drawing(...shapes) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  for (const [tag, attributes] of shapes) {
    const shape = document.createElementNS(SVG, tag);
    for (const [name, value] of Object.entries(attributes)) shape.setAttribute(name, value);
    svg.append(shape);
  }
  return svg;
}

const pin = () => drawing(["line", { x1: 3, y1: 21, x2: 16, y2: 8 }], ["circle", { cx: 17.5, cy: 6.5, r: 4.5 }]);
const cross = () => drawing(["line", { x1: 5, y1: 5, x2: 19, y2: 19 }], ["line", { x1: 19, y1: 5, x2: 5, y2: 19 }]);

/** A shadow with our own sheet; a policy of the page against inline styles does not concern it. */
export function shadowOn(host) {
  const shadow = host.attachShadow({ mode: "open" });
  try {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(LOOK);
    shadow.adoptedStyleSheets = [sheet];
  } catch { // some browsers keep an extension from it
    shadow.append(make("style", {}, LOOK));
  }
  return shadow;
}

export function link(address, text, words, kind) {
  const hint = make("span", { class: "seen-by-readers" }, ` (${words.opens})`);
  return make("a", { class: kind, href: address, target: "_blank", rel: "noopener noreferrer" }, text, hint);
}

export function eyebrow(tip, words) {
  return make("p", { class: "eyebrow" }, words.tip, make("span", {}, `· ${words.minutes(Number(tip.minutes) || 2)}`));
}

/** Title, text, steps and the link of a tip, in its own language. */
export function tipWords(tip, words) {
  return make(
    "div",
    { class: "words", lang: tip.language },
    make("h2", { id: "hatpin-title", tabindex: "-1" }, tip.title),
    make("p", {}, tip.body),
    tip.steps.length ? make("ol", {}, ...tip.steps.map((step) => make("li", {}, step))) : null,
    isLink(tip.link) ? link(tip.link, words.now, words, "now") : null,
  );
}

/** Shows a tip. `on` is told what happens: {unfold(), answer(response) -> whether the hub has it, connect(), disconnect(),
 * pause(whether) -> until which day}; without `connect` or `pause` nothing of it is offered. `inside` puts it into that element instead of over the page.
 */
export function showTip({ tip, words, language, library, isConnected, on, inside = null }) {
  const host = make("hatpin-tip", { lang: language, inside: inside !== null });
  const shadow = shadowOn(host);
  let connected = isConnected;
  let isGone = false;

  const effect = make("div", { class: "effect", role: "status" });
  const answers = make("div", { class: "answers", role: "group", "aria-label": words.answer });
  const links = make("p", { class: "links" });
  const keeps = make("p");
  const said = make("p", { role: "status" });
  const close = make("button", { class: "close", type: "button", "aria-label": words.close, onclick: fold }, cross());
  const panel = make(
    "section",
    { class: "panel", id: "hatpin-panel", "aria-labelledby": "hatpin-title", hidden: true },
    make("div", { class: "top" }, eyebrow(tip, words), close),
    tipWords(tip, words),
    make("div", { class: "said" }, effect, answers),
    make(
      "details",
      { class: "foot" },
      make("summary", {}, words.why),
      make("div", { class: "why" }, make("p", {}, words.because), keeps, said, links),
    ),
  );
  const label = `${words.tip} · ${words.minutes(Number(tip.minutes) || 2)}`;
  const tab = make(
    "button",
    {
      class: "tab", type: "button", "aria-expanded": "false", "aria-controls": "hatpin-panel",
      "aria-label": `${words.name}: ${tip.title}`, onclick: unfold,
    },
    pin(),
    make("span", { class: "tab-words", "aria-hidden": "true" }, label),
  );

  function unfold() {
    panel.hidden = false;
    tab.hidden = true;
    tab.setAttribute("aria-expanded", "true");
    shadow.getElementById("hatpin-title").focus();
    on.unfold?.();
  }

  function fold() {
    if (isGone) return host.remove();
    panel.hidden = true;
    tab.hidden = false;
    tab.setAttribute("aria-expanded", "false");
    tab.focus();
  }

  function offerAnswers() {
    effect.replaceChildren();
    isGone = false;
    answers.replaceChildren(
      ...["tried", "later", "not_for_me"].map((response) =>
        make("button", { type: "button", onclick: () => answer(response) }, words[response]),
      ),
    );
  }

  async function answer(response) {
    isGone = true;
    const line = make("p", {}, words.said[response]);
    const undo = make("button", { class: "plain", type: "button", onclick: takeBack }, words.undo);
    answers.replaceChildren();
    effect.replaceChildren(line, undo);
    undo.focus();
    if (!(await on.answer(response))) line.after(make("p", {}, words.unsent));
  }

  function takeBack() {
    offerAnswers();
    answers.firstElementChild.focus();
    on.answer("none");
  }

  async function pause(isOn) {
    const until = await on.pause(isOn);
    isGone = isOn;
    tellConnection(connected, isOn ? words.paused(new Date(`${until}T12:00`).toLocaleDateString(language)) : "", isOn);
    links.firstElementChild.focus();
  }

  function pauseButton(isPaused) {
    if (connected || !on.pause) return [];
    const press = () => pause(!isPaused);
    return [make("button", { class: "plain", type: "button", onclick: press }, isPaused ? words.undo : words.pause)];
  }

  function tellConnection(isNow, sentence = "", isPaused = false) {
    const isPressed = links.contains(shadow.activeElement);
    connected = isNow;
    keeps.textContent = connected ? words.keepsThere : `${words.keepsHere} ${on.connect ? words.connectWhy : ""}`;
    said.textContent = sentence;
    const press = () => (connected ? on.disconnect() : on.connect());
    const button = make("button", { class: "plain", type: "button", onclick: press }, connected ? words.disconnect : words.connect);
    links.replaceChildren(...pauseButton(isPaused), ...(on.connect ? [button] : []), link(library, words.library, words, "plain"));
    if (isPressed) button.focus();
  }

  host.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || panel.hidden) return;
    event.stopPropagation(); // the page may have a use of its own for it
    fold();
  });
  offerAnswers();
  tellConnection(connected);
  shadow.append(make("div", { class: "root" }, tab, panel));
  (inside ?? document.documentElement).append(host);
  if (!inside && host.showPopover) {
    host.popover = "manual"; // above whatever the page lays over itself
    host.showPopover();
  }
  return {
    host,
    isOpen: () => !panel.hidden,
    remove: () => host.remove(),
    connected: () => tellConnection(true, words.connected),
    disconnected: () => tellConnection(false, words.disconnected),
  };
}
