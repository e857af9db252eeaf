// The address of the hub: asked for permission when it is given, for that host alone; the former one is given back.
import { chosenHosts, choose, hostsOf } from "./hosts.js";
import { remembered, today } from "./embed/core.js";
import { browser, fetchRules, hubOf, language, permissionFor, say, settings } from "./rules.js";
import "./saying.js";

const field = document.getElementById("hub");
const effect = document.getElementById("effect");
let { hub: current, tips: kept } = await settings();

function tell(sentence, isWrong = false) {
  effect.textContent = sentence;
  effect.classList.toggle("wrong", isWrong);
  field.setAttribute("aria-invalid", String(isWrong));
  if (isWrong) field.focus();
}

/** Back to the browser, unless it is needed for something else. */
async function giveBack(host, hub) {
  const needed = [...(hub ? [permissionFor(hub)] : []), ...(await chosenHosts())];
  if (!needed.includes(host)) await browser.permissions.remove({ origins: [host] }).catch(() => {}); // the company gave it
}

async function save(hub) {
  // First of all, as browsers ask only straight after a press.
  if (!(await browser.permissions.request({ origins: [permissionFor(hub)] }))) return tell(say("notAllowed"), true);
  try {
    const tips = await fetchRules(hub);
    if (current) await giveBack(permissionFor(current), hub);
    current = field.value = hub;
    await offer(tips);
    tell(tips.length === 1 ? say("savedOne") : say("saved", String(tips.length)));
  } catch {
    await giveBack(permissionFor(hub), current);
    tell(say("notReached", hub), true);
  }
}

/** One box a host that the tips name, or that was chosen once. */
async function offer(tips) {
  const chosen = await chosenHosts();
  const hosts = [...new Set([...hostsOf(tips), ...chosen])];
  document.getElementById("hosts").hidden = hosts.length === 0;
  document.getElementById("choices").replaceChildren(...hosts.map((host) => {
    const label = document.createElement("label");
    const box = document.createElement("input");
    box.type = "checkbox";
    box.checked = chosen.includes(host);
    box.addEventListener("change", async () => {
      const wanted = box.checked;
      box.checked = await choose(host, wanted);
      if (!wanted) await giveBack(host, current);
      const sentence = box.checked ? say("chosen") : wanted ? say("notAllowed") : say("notChosen");
      document.getElementById("chosen").textContent = sentence;
    });
    label.className = "choice";
    label.append(box, host.slice(0, -2));
    return label;
  }));
}

/** A pause that began under a tip, which is closed since: it is taken back here. */
async function showPause() {
  const { memory } = await browser.storage.local.get({ memory: "" });
  const { pause } = remembered(memory, today());
  const isPaused = pause > today();
  document.getElementById("pause").hidden = !isPaused;
  if (!isPaused) return;
  const day = new Date(`${pause}T12:00`).toLocaleDateString(language(), { day: "numeric", month: "long", year: "numeric" });
  document.getElementById("paused").textContent = say("paused", day);
}

document.getElementById("take-back").addEventListener("click", async () => {
  const { memory } = await browser.storage.local.get({ memory: "" });
  await browser.storage.local.set({ memory: JSON.stringify({ ...remembered(memory, today()), pause: "" }) });
  await showPause();
  document.getElementById("unpaused").textContent = say("unpaused");
});

document.getElementById("form").addEventListener("submit", (event) => {
  event.preventDefault();
  const hub = hubOf(field.value);
  if (hub) save(hub);
  else tell(say("noAddress"), true);
});

field.value = current;
await showPause();
await offer(kept);
field.dataset.ready = "yes";
