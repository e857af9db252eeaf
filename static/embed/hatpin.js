// Made of several modules by `make embed`; change those.
(() => {
"use strict";
// Which tip fits a page: pure, the same in the embedded script and in the browser extension. No address leaves it.
const DAY = 86_400_000;
const NOT_AGAIN_FOR = 21;
const LATER_MEANS = 3;
const WEEK = 7;
const PAUSE = 28;
const DEFAULT_CAP = 2;

/** Whether an address is one of a pattern such as `https://crm.example.com/offers/*` or `https://*.example.com/*`.
 *
 * `*` stands for anything within its part: the host is one or all below it, never another one that contains it.
 * Query and anchor are left out, unless the pattern has a "?".
 */
function matches(pattern, address) {
  const parts = /^(https?):\/\/([^/?#]+)(\/.*)?$/.exec(pattern);
  let url;
  try { url = new URL(address); } catch { return false; }
  if (!parts || `${parts[1]}:` !== url.protocol || !isHost(parts[2].toLowerCase(), url)) return false;
  const glob = parts[3] || "/*";
  return isLike(glob, glob.includes("?") ? url.pathname + url.search : url.pathname);
}

function isHost(wanted, url) {
  if (!wanted.startsWith("*.")) return wanted === url.host;
  const rest = wanted.slice(1);
  return !rest.includes("*") && url.host.endsWith(rest) && url.host.length > rest.length;
}

// The pieces between the stars, found one after the other: no pattern can make it slow.
function isLike(glob, text) {
  const pieces = glob.split("*");
  const first = pieces.shift();
  if (!text.startsWith(first)) return false;
  if (pieces.length === 0) return text === first;
  const last = pieces.pop();
  let at = first.length;
  for (const piece of pieces) {
    const found = text.indexOf(piece, at);
    if (found < 0) return false;
    at = found + piece.length;
  }
  return text.length - at >= last.length && text.endsWith(last);
}

function turnOf(day) { return daysBetween("2024-01-01", day); }

/** The length of the closest pattern of a tip, -1 if none is of this page. */
function closeness(tip, address) {
  return Math.max(-1, ...tip.patterns.filter((one) => matches(one, address)).map((one) => one.length));
}

/** The tips that fit, the closest pattern first; those alike take turns by the day. */
function fitting(tips, address, day) {
  const turn = turnOf(day);
  return tips
    .map((tip, place) => ({
      tip,
      length: closeness(tip, address),
      place: (((place - turn) % tips.length) + tips.length) % tips.length,
    }))
    .filter((one) => one.length >= 0)
    .sort((one, other) => other.length - one.length || one.place - other.place)
    .map((one) => one.tip);
}

/** Which of them to show, or null: not what rests, and no more than `cap` a week.
 *
 * `memory` is this browser's: {shown: {id: day}, said: {id: [answer, day]}, pause: day}. `hub` is what the hub says of
 * the person, {may_show, cap, again, resting, scores}; without it the browser decides by itself: by its own pause, and the
 * cap of the rule file. Of those that fit alike the highest score is shown, without one each has its turn by the day.
 * Gives the tip with `rivals`: the ids of those, its own among them, where it has the highest score; else null.
 */
function pick(tips, address, memory, day, hub = null, cap = DEFAULT_CAP) {
  if (!hub && memory.pause > day) return null;
  const isAgain = (tip) => memory.shown[tip.id] === day || Boolean(hub?.again.includes(tip.id));
  const days = Object.entries(memory.shown).filter(([, on]) => isWithin(on, day, WEEK));
  const candidates = fitting(tips, address, day).filter(
    (tip) => isAwake(tip.id, memory, day) && !hub?.resting.includes(tip.id),
  );
  const alike = (tip) => candidates.filter((one) => closeness(one, address) === closeness(tip, address));
  const scores = hub?.scores ?? {};
  const best = (some) =>
    some.filter((one) => one.id in scores).sort((one, other) => scores[other.id] - scores[one.id])[0];
  const withRivals = (tip) => {
    const some = alike(tip);
    return { ...tip, rivals: best(some)?.id === tip.id ? some.map((one) => one.id).sort() : null };
  };
  const again = candidates.find(isAgain);
  if (again) {
    return hub && !hub.may_show && !hub.again.includes(again.id) ? null : withRivals(again);
  }
  if (!candidates.length || days.length >= (hub?.cap ?? cap) || (hub && !hub.may_show)) return null;
  // Each as often as the others, whichever stand between them in the list.
  const rivals = alike(candidates[0]).sort((one, other) => (one.id < other.id ? -1 : 1));
  return withRivals(best(rivals) ?? rivals[turnOf(day) % rivals.length]);
}

function isAwake(id, memory, day) {
  const [answer, on] = memory.said[id] ?? [];
  if (answer === "not_for_me") return false;
  if (answer === "later") return daysBetween(on, day) >= LATER_MEANS;
  if (answer === "tried") return daysBetween(on, day) >= NOT_AGAIN_FOR;
  return memory.shown[id] === day || !isWithin(memory.shown[id], day, NOT_AGAIN_FOR);
}

function isWithin(on, day, length) {
  return Boolean(on) && daysBetween(on, day) < length;
}

function daysBetween(one, other) {
  return Math.round((Date.parse(other) - Date.parse(one)) / DAY);
}

/** The day on the wall, as 2026-12-01. */
function today(now = new Date()) {
  const two = (number) => String(number).padStart(2, "0");
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

/** What was kept, with what is damaged or older than it counts left out. */
function remembered(text, day) {
  let kept = {};
  try { kept = JSON.parse(text) ?? {}; } catch { /* not ours, or damaged */ }
  const entries = (name) => Object.entries(typeof kept[name] === "object" && kept[name] ? kept[name] : {});
  const shown = entries("shown").filter(([, on]) => isWithin(on, day, NOT_AGAIN_FOR));
  const said = entries("said").filter(
    ([, one]) => Array.isArray(one) && (one[0] === "not_for_me" || isWithin(one[1], day, NOT_AGAIN_FOR)),
  );
  const pause = typeof kept.pause === "string" && daysBetween(day, kept.pause) <= PAUSE ? kept.pause : "";
  return { shown: Object.fromEntries(shown), said: Object.fromEntries(said), pause };
}

/** The first day on which tips come again after a pause that begins now. */
function pauseEnd(now = new Date()) {
  return today(new Date(now.getFullYear(), now.getMonth(), now.getDate() + PAUSE));
}

/** How many a week a browser shows that the hub does not know. */
function readCap(file) {
  return Number.isInteger(file?.cap) && file.cap >= 0 ? Math.min(file.cap, WEEK) : DEFAULT_CAP;
}

/** The tips of a rule file that are whole: it comes over the network. */
function readRules(file) {
  const isText = (value) => typeof value === "string";
  const isTexts = (value) => Array.isArray(value) && value.every(isText);
  if (file?.version !== 1 || !Array.isArray(file.tips)) return [];
  return file.tips.filter(
    (tip) => isText(tip?.id) && isText(tip.title) && isText(tip.body) && isTexts(tip.steps) && isTexts(tip.patterns),
  );
}

/** When learning hours are held, as a rule file says it: {until, held: [[from, until]]} in milliseconds. */
function readHours(file) {
  const moments = (pair) => (Array.isArray(pair) ? pair.map((one) => Date.parse(one)) : []);
  const held = Array.isArray(file?.hours?.held) ? file.hours.held.map(moments) : [];
  return { until: Date.parse(file?.hours?.until) || 0, held: held.filter((pair) => pair.length === 2) };
}

/** Whether somebody may be learning now: then nothing comes by itself. So it is where nothing is known any more. */
function isHour(hours, now = Date.now()) {
  return now >= hours.until || hours.held.some(([from, until]) => from <= now && now < until);
}

/** "de" or "en", from what is asked for, a page's language, or the browser's. */
function languageOf(...wishes) {
  for (const wish of wishes) {
    const two = String(wish ?? "").slice(0, 2).toLowerCase();
    if (two === "de" || two === "en") return two;
  }
  return "en";
}

/** Only what a browser opens as a page of its own. */
function isLink(link) {
  return typeof link === "string" && link.startsWith("https://");
}
// What the tip says around its own words.
const DE = {
  name: "Ein Tipp für diese Seite",
  tip: "Tipp",
  minutes: (n) => (n === 1 ? "1 Minute" : `${n} Minuten`),
  close: "Schließen",
  now: "Jetzt ausprobieren",
  opens: "öffnet sich in einem neuen Tab",
  tried: "Ausprobiert",
  later: "Später",
  not_for_me: "Nichts für mich",
  answer: "Deine Antwort auf den Tipp",
  undo: "Zurücknehmen",
  said: {
    tried: "Schön. Der Tipp ruht jetzt drei Wochen.",
    later: "Er kommt in drei Tagen wieder.",
    not_for_me: "Diesen Tipp bekommst du nicht mehr.",
  },
  unsent: "Der Hub ist gerade nicht zu erreichen. Deine Antwort gilt in diesem Browser.",
  why: "Warum sehe ich das?",
  because: "Dein Browser hat diese Seite mit der Liste der Tipps verglichen. Welche Seite du offen hast, erfährt niemand, auch der Hub nicht.",
  keepsHere: "Gemerkt wird nur in diesem Browser, welchen Tipp du gesehen und was du geantwortet hast. Solange eine Lernstunde läuft, kommt hier von selbst nichts.",
  keepsThere: "Der Hub behält zwölf Wochen, dass du den Tipp gesehen und was du geantwortet hast, und „Nichts für mich“, bis du es zurücknimmst.",
  pause: "Vier Wochen Pause",
  paused: (day) => `Hier kommt erst ab dem ${day} wieder etwas von selbst.`,
  connect: "Mit dem Hub verbinden",
  connectWhy: "Verbindest du die Seite mit dem Hub, zählen deine Antworten auch dort, und deine Ruhezeiten, deine Obergrenze und deine Pause gelten hier.",
  connected: "Verbunden. Deine Antworten zählen jetzt auch im Hub.",
  disconnect: "Hier trennen",
  disconnected: "Getrennt. Hier wird nichts mehr an den Hub gemeldet.",
  library: "Alle Tipps",
};
const EN = {
  name: "A tip for this page",
  tip: "Tip",
  minutes: (n) => (n === 1 ? "1 minute" : `${n} minutes`),
  close: "Close",
  now: "Try it now",
  opens: "opens in a new tab",
  tried: "Tried it",
  later: "Later",
  not_for_me: "Not for me",
  answer: "Your answer to the tip",
  undo: "Undo",
  said: {
    tried: "Well done. It rests for three weeks now.",
    later: "It comes back in three days.",
    not_for_me: "You will not get this tip again.",
  },
  unsent: "The hub cannot be reached right now. Your answer counts in this browser.",
  why: "Why do I see this?",
  because: "Your browser compared this page with the list of tips. Nobody learns which page you have open, not even the hub.",
  keepsHere: "Only this browser remembers which tip you saw and what you answered. While a learning hour is held, nothing comes by itself here.",
  keepsThere: "The hub keeps for twelve weeks that you saw the tip and what you answered, and “Not for me” until you take it back.",
  pause: "Pause for four weeks",
  paused: (day) => `From ${day} on something comes by itself here again, and nothing before.`,
  connect: "Connect with the hub",
  connectWhy: "If you connect the page with the hub, your answers count there too, and your quiet hours, your limit and your pause hold here.",
  connected: "Connected. Your answers count in the hub too.",
  disconnect: "Disconnect here",
  disconnected: "Disconnected. Nothing here is told to the hub any more.",
  library: "All tips",
};

function wordsIn(language) {
  return language === "de" ? DE : EN;
}
// How the tip looks: a sheet of its own, so that no page's style reaches it and no page's policy has to allow it.
// Sizes are in em of the reader's own type size, as a page may set another one for itself.
const LOOK = `
:host { all: initial !important; display: block !important; position: fixed !important; inset: 0 !important; z-index: 2147483647 !important; pointer-events: none !important; direction: ltr !important; }
:host([inside]) { position: absolute !important; z-index: 1 !important; }
:host([plain]) { position: static !important; pointer-events: auto !important; }
*, *::before, *::after { box-sizing: border-box; margin: 0; padding: 0; }
[hidden] { display: none !important; }
.root {
  --paper: #ffffff; --ink: #17212b; --soft: #4c5762; --hair: #dcd9d0; --edge: #79818a; --brass: #85600f; --head: #b98a24;
  --fill: #e3b34b; --fill-hover: #d9a536; --on-fill: #17212b; --wash: #f8eccb; --done: #27694a; --focus: #17212b; --halo: #e3b34b;
  --shade: 0 1px 2px rgb(23 33 43 / 10%), 0 10px 36px rgb(23 33 43 / 18%);
  color: var(--ink); font: 400 1em/1.5 "Source Sans 3 Variable", "Source Sans 3", system-ui, -apple-system, "Segoe UI", sans-serif; color-scheme: light dark;
  font-variant-numeric: tabular-nums; text-align: start; -webkit-text-size-adjust: 100%;
}
@media (prefers-color-scheme: dark) {
  .root { --paper: #182028; --ink: #ece9e2; --soft: #a8b1b9; --hair: #2b353f; --edge: #74808b; --brass: #e0b45c; --head: #e0b45c;
  --fill: #dcab45; --fill-hover: #e9bf66; --on-fill: #14110a; --wash: #3a2f14; --done: #8fcea9; --focus: #ece9e2; --halo: #85600f;
  --shade: 0 0 0 1px rgb(255 255 255 / 8%), 0 10px 36px rgb(0 0 0 / 50%); }
}
button, a, summary { font: inherit; color: inherit; letter-spacing: inherit; cursor: pointer; }
:focus-visible { outline: 2px solid var(--focus); outline-offset: 2px; box-shadow: 0 0 0 6px var(--halo); }
h2:focus { outline: none; box-shadow: none; }
svg { display: block; flex: none; inline-size: 1.625em; block-size: 1.625em; }
svg line { stroke: var(--ink); stroke-width: 2; stroke-linecap: round; }
svg circle { fill: var(--head); }
.seen-by-readers { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }

.tab { position: absolute; inset-block-end: 22%; inset-inline-end: 0; display: flex; align-items: center; min-inline-size: 2.75em; min-block-size: 2.75em; padding-inline: 0.5em 0.4375em; border: 1px solid var(--edge); border-inline-end: 0; border-radius: 4px 0 0 4px; background: var(--paper); box-shadow: 0 1px 6px rgb(23 33 43 / 18%); pointer-events: auto; }
.tab-words { max-inline-size: 0; overflow: hidden; white-space: nowrap; font-size: 0.9375em; font-weight: 600; }
.tab:hover .tab-words, .tab:focus-visible .tab-words { max-inline-size: 16em; padding-inline-start: 0.5em; }

.panel { position: absolute; inset-block-end: 1em; inset-inline-end: 1em; inline-size: min(25em, 100% - 2em); max-block-size: calc(100% - 2em); overflow: auto; overscroll-behavior: contain; padding: 0 1.5em 0.75em; border: 1px solid var(--hair); border-radius: 4px; background: var(--paper); box-shadow: var(--shade); pointer-events: auto; }
.top { position: sticky; inset-block-start: 0; z-index: 1; display: flex; align-items: center; justify-content: space-between; gap: 0.5em; min-block-size: 3em; margin-inline: -1.5em; padding-inline: 1.5em 0.5em; background: var(--paper); }
.eyebrow { display: flex; flex-wrap: wrap; align-items: center; gap: 0 0.5em; font-size: 0.9375em; font-weight: 600; color: var(--brass); }
.eyebrow span { font-weight: 400; color: var(--soft); }
.eyebrow::before { content: ""; inline-size: 2em; block-size: 12px; background: radial-gradient(circle at calc(100% - 6px) 50%, var(--head) 5.5px, transparent 6px), linear-gradient(var(--edge), var(--edge)) left center / calc(100% - 8px) 1.5px no-repeat; }
.close { display: grid; place-items: center; inline-size: 2.75em; block-size: 2.75em; border: 0; border-radius: 4px; background: none; color: var(--soft); }
.close:hover { color: var(--ink); background: var(--wash); }
.close svg { inline-size: 1.25em; block-size: 1.25em; }
.close line { stroke: currentcolor; }
.words { display: grid; gap: 0.875em; }
h2 { font-size: 1.3125em; font-weight: 600; line-height: 1.25; letter-spacing: -0.005em; text-wrap: balance; overflow-wrap: anywhere; }
p { overflow-wrap: anywhere; white-space: pre-line; }
ol { display: grid; gap: 0.625em; list-style: none; counter-reset: step; }
li { position: relative; padding-inline-start: 2.125em; counter-increment: step; overflow-wrap: anywhere; }
li::before { content: counter(step); position: absolute; inset-inline-start: 0; inset-block-start: 0.0625em; inline-size: 1.6em; block-size: 1.6em; border: 1.5px solid var(--head); border-radius: 50%; font-size: 0.9375em; font-weight: 600; line-height: 1.4em; text-align: center; }
li:not(:last-child)::after { content: ""; position: absolute; inset-inline-start: 0.6875em; inset-block: 1.75em -0.4375em; inline-size: 1.5px; background: var(--hair); }
.now { justify-self: start; display: inline-flex; align-items: center; min-block-size: 2.75em; padding: 0.25em 1.125em; border-radius: 4px; background: var(--fill); color: var(--on-fill); font-weight: 600; text-decoration: none; }
.now:hover { background: var(--fill-hover); }
.said { display: grid; gap: 0.5em; padding-block-start: 1.25em; }
.answers { display: flex; flex-wrap: wrap; gap: 0.5em; }
.answers:empty { display: none; }
.answers button { flex: 1 1 auto; min-block-size: 2.9375em; padding: 0.25em 0.5em; border: 1px solid var(--edge); font-size: 0.9375em; border-radius: 4px; background: none; }
.answers button:hover { border-color: var(--ink); background: var(--wash); }
.effect { display: grid; gap: 0.25em; }
.effect:empty { display: none; }
.effect p:first-child { color: var(--done); font-weight: 600; }
.plain { justify-self: start; min-block-size: 2.75em; border: 0; background: none; color: inherit; text-decoration: underline; text-decoration-color: var(--head); text-underline-offset: 0.2em; }
.plain:hover { text-decoration-thickness: 2px; }
.foot { margin-block-start: 0.75em; border-block-start: 1px solid var(--hair); font-size: 0.9375em; color: var(--soft); }
summary { display: flex; align-items: center; gap: 0.5em; min-block-size: 2.9375em; list-style: none; }
summary::-webkit-details-marker { display: none; }
summary::before { content: ""; inline-size: 0.5em; block-size: 0.5em; margin-inline: 0.125em 0.25em; border: solid var(--brass); border-width: 0 2px 2px 0; transform: rotate(-45deg); }
details[open] summary::before { transform: translateY(-2px) rotate(45deg); }
summary:hover { color: var(--ink); }
.why { display: grid; gap: 0.5em; padding-block-end: 0.5em; }
.links { display: flex; flex-wrap: wrap; align-items: center; gap: 0 1.25em; color: var(--ink); }
.links .plain { display: inline-flex; align-items: center; }

@media (max-width: 30em) {
  .panel { inset: auto 0 0; inline-size: 100%; max-block-size: min(85%, 100% - 2em); border-width: 1px 0 0; border-radius: 8px 8px 0 0; padding: 0 1.25em calc(0.75em + env(safe-area-inset-bottom)); }
  .top { margin-inline: -1.25em; padding-inline: 1.25em 0.5em; }
}
@media (prefers-reduced-motion: no-preference) {
  .tab-words { transition: max-inline-size 160ms, padding 160ms; }
  .panel { animation: unfold 160ms ease-out; }
  .tab { animation: arrive 200ms ease-out; }
  @keyframes unfold { from { transform: translateX(1.5em); opacity: 0; } }
  @keyframes arrive { from { transform: translateX(100%); } }
}
@media (forced-colors: active) {
  .tab, .panel, .now { border: 1px solid ButtonText; }
  svg circle { fill: Highlight; }
}
@media print { .root { display: none; } }
`;
// The tip on a page: a tab at the edge that unfolds. All words go in as text, never as markup.

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
function shadowOn(host) {
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

function link(address, text, words, kind) {
  const hint = make("span", { class: "seen-by-readers" }, ` (${words.opens})`);
  return make("a", { class: kind, href: address, target: "_blank", rel: "noopener noreferrer" }, text, hint);
}

function eyebrow(tip, words) {
  return make("p", { class: "eyebrow" }, words.tip, make("span", {}, `· ${words.minutes(Number(tip.minutes) || 2)}`));
}

/** Title, text, steps and the link of a tip, in its own language. */
function tipWords(tip, words) {
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
function showTip({ tip, words, language, library, isConnected, on, inside = null }) {
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
// The hub, as a page asks it: never with cookies, never with a word about the page.
const KEY = "hatpin";
const PASS = "hatpin-pass";
const POPUP_NAME = "hatpin-connect";
const POPUP = "popup,width=480,height=720";

function kept(storage, name) {
  try { return storage().getItem(name); } catch { return null; } // switched off by the reader or the page
}

function keep(storage, name, value) {
  try {
    if (value === null) storage().removeItem(name);
    else storage().setItem(name, value);
  } catch { /* then it is known until the page is left */ }
}

const browser = () => window.localStorage;
const tab = () => window.sessionStorage;

function recall() { return kept(browser, KEY); }

function remember(memory) { keep(browser, KEY, JSON.stringify(memory)); }

/** `hub` is the hub's origin. */
function clientOf(hub) {
  let token = kept(tab, PASS);

  function setToken(value) {
    token = value;
    keep(tab, PASS, value);
  }

  async function call(path, options = {}) {
    const headers = { ...options.headers, ...(options.isOpen ? {} : { Authorization: `Bearer ${token}` }) };
    const answer = await fetch(hub + path, {
      method: options.method ?? "GET", body: options.body, headers,
      mode: "cors", credentials: "omit", referrerPolicy: "no-referrer", keepalive: Boolean(options.body),
    });
    if (answer.status === 401) setToken(null); // over, or taken back
    if (!answer.ok) throw new Error(`the hub answers ${answer.status}`);
    return answer.json();
  }

  return {
    isConnected: () => Boolean(token),

    rules: (language) => call(`/embed/rules.json?lang=${language}`, { isOpen: true }),

    /** What the hub says of the person; null without a pass. */
    async mayShow() {
      if (!token) return null;
      try {
        const { token: later, ...answer } = await call("/embed/may-show/");
        if (later) setToken(later);
        return answer;
      } catch (error) {
        if (!token) return null;
        throw error;
      }
    },

    /** Whether it is kept where it should be: without a pass nothing is told and nothing is missing. */
    async tell(tip, response) {
      if (!token) return true;
      const body = JSON.stringify({ tip: tip.id, response, rivals: tip.rivals });
      const headers = { "Content-Type": "application/json" };
      try { await call("/embed/answer/", { method: "POST", body, headers }); } catch { return false; }
      return true;
    },

    /** Opens the hub's own small window; there one is signed in and agrees, and it hands the pass over. */
    connect(done) {
      const popup = window.open("", POPUP_NAME, POPUP);
      // By a link: `window.open` would name this page to the hub if its own policy says so.
      const link = document.createElement("a");
      link.href = `${hub}/embed/connect/?origin=${encodeURIComponent(window.location.origin)}`;
      link.target = POPUP_NAME;
      link.rel = "opener";
      link.referrerPolicy = "no-referrer";
      link.click();
      window.addEventListener("message", function receive(event) {
        if (event.origin !== hub || event.source !== popup || typeof event.data?.hatpinPass !== "string") return;
        window.removeEventListener("message", receive);
        setToken(event.data.hatpinPass);
        done();
      });
    },

    disconnect: () => setToken(null),
  };
}
// What the script does on a page that includes it: fetch the rules, look whether one fits, show at most one tip.

const MINUTE = 60_000;
const ASKS_AGAIN = 5 * MINUTE; // an hour may be moved, quiet hours begin, a pass end, while a page stays open
// A hub that forbids nothing: to see whether there is anything to ask the real one about.
const ALLOWS_ALL = { may_show: true, cap: Infinity, again: [], resting: [] };
const SETTLES = 400; // milliseconds after which a page that changes its address has changed its content too

async function begin(script) {
  const hub = new URL(script.dataset.hub).origin;
  const language = languageOf(script.dataset.lang, document.documentElement.lang, navigator.language);
  const client = clientOf(hub);
  let tips = [];
  let hours = readHours(null);
  let cap = readCap(null);
  let askedAt = 0;
  const words = wordsIn(language);
  let shown = null;
  let address = "";

  const memory = () => remembered(recall(), today());

  async function ask() {
    askedAt = Date.now();
    const file = await client.rules(language);
    tips = readRules(file);
    hours = readHours(file);
    cap = readCap(file);
  }

  // The hub knows whose hour it is; without it, or once the pass is over, every hour counts as the reader's own.
  async function chosen(here) {
    if (!pick(tips, here, memory(), today(), ALLOWS_ALL)) return null;
    const hub = client.isConnected() ? await client.mayShow() : null;
    if (!hub && isHour(hours)) return null;
    return pick(tips, here, memory(), today(), hub, cap);
  }

  async function look() {
    const here = window.location.href.split("#")[0];
    if (here === address || shown?.isOpen()) return;
    address = here;
    fold();
    const tip = await chosen(here);
    if (tip && here === address) shown = show(tip);
  }

  function fold() {
    shown?.remove();
    shown = null;
  }

  // A tip that waits at the edge goes when an hour or quiet hours begin, also when the hub does not say; it may come
  // when the hour is over.
  async function watch() {
    const isDue = Date.now() - askedAt >= ASKS_AGAIN;
    if (isDue) await ask().catch(() => {});
    if (shown?.isOpen()) return;
    const isChanged = isHour(hours) !== wasHour;
    if (!isDue && !isChanged) return;
    wasHour = isHour(hours);
    if (shown && !(await chosen(address).catch(() => null)) && !shown.isOpen()) fold();
    if (isChanged && !shown && !wasHour) {
      address = "";
      await look();
    }
  }

  function show(tip) {
    const noted = memory();
    noted.shown[tip.id] = today();
    remember(noted);
    const widget = showTip({
      tip, words, language, library: `${hub}/tips/`, isConnected: client.isConnected(),
      on: {
        unfold: () => client.tell(tip, "seen"),
        answer(response) {
          const changed = memory();
          if (response === "none") delete changed.said[tip.id];
          else changed.said[tip.id] = [response, today()];
          remember(changed);
          return client.tell(tip, response);
        },
        pause(isOn) {
          const changed = memory();
          changed.pause = isOn ? pauseEnd() : "";
          remember(changed);
          return changed.pause;
        },
        connect: () => client.connect(() => { widget.connected(); client.tell(tip, "seen"); }),
        disconnect() { client.disconnect(); widget.disconnected(); },
      },
    });
    return widget;
  }

  await ask();
  let wasHour = isHour(hours);
  await look();
  window.setInterval(() => watch().catch(() => {}), MINUTE);
  // Pages that change without being loaded anew.
  window.navigation?.addEventListener("currententrychange", () => window.setTimeout(look, SETTLES));
}

const script = document.currentScript;
// In a frame it would be one tip too many; without a hub there is nobody to ask. If it fails, the page is as it was.
if (script?.dataset.hub && window === window.top) begin(script).catch(() => {});
})();
