// The tip that fits the page in the tab. The tab's address is read when the pin is pressed, and goes nowhere.
import { fitting, today } from "./embed/core.js";
import { eyebrow, shadowOn, tipWords } from "./embed/widget.js";
import { wordsIn } from "./embed/words.js";
import { browser, currentTips, language, say, settings } from "./rules.js";
import "./saying.js";

const place = document.getElementById("tip");
const more = document.getElementById("more");
const words = wordsIn(language());

function tell(sentence) {
  const line = document.createElement("p");
  line.textContent = sentence;
  place.replaceChildren(line);
}

function show(tips, number) {
  const host = document.createElement("hatpin-tip");
  host.setAttribute("plain", "");
  const root = document.createElement("div");
  root.className = "root";
  root.append(eyebrow(tips[number], words), tipWords(tips[number], words));
  shadowOn(host).append(root);
  place.replaceChildren(host);
  more.hidden = tips.length < 2;
  if (more.hidden) return;
  const next = document.createElement("button");
  next.type = "button";
  next.textContent = say("next", String(number + 1), String(tips.length));
  next.addEventListener("click", () => {
    show(tips, (number + 1) % tips.length);
    more.querySelector("button").focus();
  });
  more.replaceChildren(next);
}

async function address() {
  const [tab] = await browser.tabs.query({ active: true, currentWindow: true });
  return tab?.url ?? "";
}

async function begin() {
  const { hub } = await settings();
  const library = document.getElementById("library");
  library.hidden = !hub;
  document.getElementById("options").addEventListener("click", () => browser.runtime.openOptionsPage());
  if (!hub) return tell(say("noHub"));
  library.href = `${hub}/tips/`;
  const tips = fitting(await currentTips(), await address(), today());
  if (tips.length) show(tips, 0);
  else tell(say("noTip"));
}

begin();
