// The tip as pages show it, in a frame on this page; answers go nowhere.
import { showTip } from "../embed/widget.js";
import { wordsIn } from "../embed/words.js";

const frame = document.querySelector("[data-embed-preview]");
const language = frame.dataset.lang || document.documentElement.lang;
showTip({
  tip: JSON.parse(document.getElementById("embed-tip").textContent),
  words: wordsIn(language), language, library: frame.dataset.library, isConnected: false, inside: frame,
  on: { answer: async () => true },
});
