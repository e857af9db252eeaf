// What the script does on a page that includes it: fetch the rules, look whether one fits, show at most one tip.
import { isHour, languageOf, pauseEnd, pick, readCap, readHours, readRules, remembered, today } from "./core.js";
import { clientOf, recall, remember } from "./client.js";
import { showTip } from "./widget.js";
import { wordsIn } from "./words.js";

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
