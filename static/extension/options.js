// The address of the hub: asked for permission when it is given, for that host alone; the former one is given back.
import { browser, fetchRules, hubOf, permissionFor, say, settings } from "./rules.js";
import "./saying.js";

const field = document.getElementById("hub");
const effect = document.getElementById("effect");
let { hub: current } = await settings();

function tell(sentence, isWrong = false) {
  effect.textContent = sentence;
  effect.classList.toggle("wrong", isWrong);
  field.setAttribute("aria-invalid", String(isWrong));
  if (isWrong) field.focus();
}

async function giveBack(hub, kept) {
  if (!hub || (kept && permissionFor(kept).origins[0] === permissionFor(hub).origins[0])) return;
  await browser.permissions.remove(permissionFor(hub)).catch(() => {}); // the company gave it to everybody
}

async function save(hub) {
  // First of all, as browsers ask only straight after a press.
  if (!(await browser.permissions.request(permissionFor(hub)))) return tell(say("notAllowed"), true);
  try {
    const tips = await fetchRules(hub);
    await giveBack(current, hub);
    current = field.value = hub;
    tell(tips.length === 1 ? say("savedOne") : say("saved", String(tips.length)));
  } catch {
    await giveBack(hub, current);
    tell(say("notReached", hub), true);
  }
}

document.getElementById("form").addEventListener("submit", (event) => {
  event.preventDefault();
  const hub = hubOf(field.value);
  if (hub) save(hub);
  else tell(say("noAddress"), true);
});

field.value = current;
