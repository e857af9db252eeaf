// Where the tip comes by itself: only on hosts that rules name, and only where one has said so.
import { browser } from "./rules.js";

const ID = "tip";

/** The hosts that the tips name, as permissions are written: `https://crm.example.com/*`. Ports have no place in them. */
export function hostsOf(tips) {
  const found = tips.flatMap((tip) => tip.patterns.map((pattern) => /^(https?:\/\/(?:\*\.)?[^/*:?#]+)/.exec(pattern)?.[1]));
  return [...new Set(found.filter(Boolean).map((host) => `${host.toLowerCase()}/*`))].sort();
}

export async function chosenHosts() {
  const [script] = await browser.scripting.getRegisteredContentScripts({ ids: [ID] });
  return script?.matches ?? [];
}

/** Returns whether it is so now; the browser asks the person before a host is added. */
export async function choose(host, isWanted) {
  // First of all, as browsers ask only straight after a press.
  if (isWanted && !(await browser.permissions.request({ origins: [host] }))) return false;
  const others = (await chosenHosts()).filter((one) => one !== host);
  const matches = isWanted ? [...others, host] : others;
  await browser.scripting.unregisterContentScripts({ ids: [ID] }).catch(() => {}); // there was none
  if (matches.length) {
    await browser.scripting.registerContentScripts([{ id: ID, js: ["content.js"], matches, runAt: "document_idle" }]);
  }
  return isWanted;
}
