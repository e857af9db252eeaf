// What the script does on a page that includes it: fetch the rules, look whether one fits, show at most one tip.
import { isHour, languageOf, pick, readHours, readRules, remembered, today } from "./core.js";
import { clientOf, recall, remember } from "./client.js";
import { showTip } from "./widget.js";
import { wordsIn } from "./words.js";

const MINUTE = 60_000;
const SETTLES = 400; // milliseconds after which a page that changes its address has changed its content too

async function begin(script) {
  const hub = new URL(script.dataset.hub).origin;
  const language = languageOf(script.dataset.lang, document.documentElement.lang, navigator.language);
  const client = clientOf(hub);
  const file = await client.rules(language);
  const tips = readRules(file);
  const hours = readHours(file);
  const words = wordsIn(language);
  let shown = null;
  let address = "";

  const memory = () => remembered(recall(), today());

  // The hub knows whose hour it is; without it every hour counts as the reader's own.
  async function chosen(here) {
    const tip = pick(tips, here, memory(), today());
    if (!tip) return null;
    if (client.isConnected()) return pick(tips, here, memory(), today(), await client.mayShow());
    return isHour(hours) ? null : tip;
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

  // A tip that waits at the edge goes when an hour begins, and may come when it is over.
  let wasHour = isHour(hours);
  async function watch() {
    if (isHour(hours) === wasHour || shown?.isOpen()) return;
    wasHour = !wasHour;
    if (shown && !(await chosen(address))) fold();
    if (!shown && !wasHour) {
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
        connect: () => client.connect(() => { widget.connected(); client.tell(tip, "seen"); }),
        disconnect() { client.disconnect(); widget.disconnected(); },
      },
    });
    return widget;
  }

  await look();
  window.setInterval(() => watch().catch(() => {}), MINUTE);
  // Pages that change without being loaded anew.
  window.navigation?.addEventListener("currententrychange", () => window.setTimeout(look, SETTLES));
}

const script = document.currentScript;
// In a frame it would be one tip too many; without a hub there is nobody to ask. If it fails, the page is as it was.
if (script?.dataset.hub && window === window.top) begin(script).catch(() => {});
