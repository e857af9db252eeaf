// The tip by itself, on hosts that the reader chose: what the hub's script does, from the rules that are kept here.
// It becomes `content.js` when the extension is packed. Nothing is told to anybody.
import { isHour, pauseEnd, pick, remembered, today } from "./embed/core.js";
import { showTip } from "./embed/widget.js";
import { wordsIn } from "./embed/words.js";

const MINUTE = 60_000;
const { runtime, storage: { local: kept } } = globalThis.browser ?? globalThis.chrome;
const RULES = "rules"; // what the background is asked for

async function change(doTo) {
  const { memory } = await kept.get({ memory: "" });
  const changed = remembered(memory, today());
  doTo(changed);
  await kept.set({ memory: JSON.stringify(changed) });
}

const ASKED = { hub: "", tips: [], hours: { until: 0, held: [] }, cap: 2, language: "", memory: "" };

/** What is kept, after the background looked whether it is still so. */
async function latest() {
  await runtime.sendMessage(RULES).catch(() => {}); // then what is kept counts
  return kept.get(ASKED);
}

function picked({ tips, memory, cap }) {
  return pick(tips, window.location.href, remembered(memory, today()), today(), null, cap);
}

let shown = null;
let isToChoose = true;

// Once a page, and once more after an hour. What is kept is read anew each time: an hour may be moved.
async function decide() {
  if (shown?.isOpen()) return;
  let known = await kept.get(ASKED);
  if (shown || (isToChoose && picked(known))) known = await latest();
  // Whose hour it is the extension cannot know: each counts as the reader's own.
  if (isHour(known.hours)) {
    shown?.remove();
    shown = null;
    isToChoose = true;
    return;
  }
  if (!isToChoose) return;
  isToChoose = false;
  const tip = picked(known);
  const { hub, language } = known;
  // The page may have the hub's own line, which asks the hub as well.
  if (!tip || document.querySelector("hatpin-tip, script[data-hub]")) return;
  await change((changed) => { changed.shown[tip.id] = today(); });
  shown = showTip({
    tip, words: wordsIn(language), language, library: `${hub}/tips/`, isConnected: false,
    on: {
      async pause(isOn) {
        const until = isOn ? pauseEnd() : "";
        await change((changed) => { changed.pause = until; });
        return until;
      },
      async answer(response) {
        await change((changed) => {
          if (response === "none") delete changed.said[tip.id];
          else changed.said[tip.id] = [response, today()];
        });
        return true;
      },
    },
  });
}

if (window === window.top) {
  decide();
  const watch = window.setInterval(() => decide().catch(() => window.clearInterval(watch)), MINUTE);
}
