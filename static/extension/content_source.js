// The tip by itself, on hosts that the reader chose: what the hub's script does, from the rules that are kept here.
// It becomes `content.js` when the extension is packed. Nothing is told to anybody.
import { isHour, pick, remembered, today } from "./embed/core.js";
import { showTip } from "./embed/widget.js";
import { wordsIn } from "./embed/words.js";

const MINUTE = 60_000;
const kept = (globalThis.browser ?? globalThis.chrome).storage.local;

async function change(doTo) {
  const { memory } = await kept.get({ memory: "" });
  const changed = remembered(memory, today());
  doTo(changed);
  await kept.set({ memory: JSON.stringify(changed) });
}

let shown = null;
let isToChoose = true;

// Once a page, and once more after an hour. What is kept is read anew each time: an hour may be moved.
async function decide() {
  if (shown?.isOpen()) return;
  const asked = { hub: "", tips: [], hours: { until: 0, held: [] }, language: "", memory: "" };
  const { hub, tips, hours, language, memory } = await kept.get(asked);
  // Whose hour it is the extension cannot know: each counts as the reader's own.
  if (isHour(hours)) {
    shown?.remove();
    shown = null;
    isToChoose = true;
    return;
  }
  if (!isToChoose) return;
  isToChoose = false;
  const tip = pick(tips, window.location.href, remembered(memory, today()), today());
  // The page may have the hub's own line, which asks the hub as well.
  if (!tip || document.querySelector("hatpin-tip, script[data-hub]")) return;
  await change((changed) => { changed.shown[tip.id] = today(); });
  shown = showTip({
    tip, words: wordsIn(language), language, library: `${hub}/tips/`, isConnected: false,
    on: {
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
