// The rule file, fetched from the hub every few hours and kept: the pages one opens are compared here, and nowhere else.
import { readCap, readHours, readRules } from "./embed/core.js";

const FRESH = 3 * 60 * 60 * 1000;
const JUST_NOW = 5 * 60 * 1000;
export const ALARM = "rules";
export const browser = globalThis.browser ?? globalThis.chrome;

/** The hub's origin from what somebody typed, or "" if it is no address of a hub. */
export function hubOf(typed) {
  const text = typed.trim();
  let url;
  try { url = new URL(text.includes("://") ? text : `https://${text}`); } catch { return ""; }
  const isHere = url.protocol === "http:" && ["127.0.0.1", "localhost"].includes(url.hostname);
  return url.hostname && (url.protocol === "https:" || isHere) ? url.origin : "";
}

/** As browsers write a permission for one host; ports have no place in it. */
export function permissionFor(hub) {
  const url = new URL(hub);
  return `${url.protocol}//${url.hostname}/*`;
}

export const say = (name, ...filled) => browser.i18n.getMessage(name, filled);

/** The one that the browser took for our sentences, so that the tips speak it too. */
export const language = () => say("language");

export async function settings() {
  return browser.storage.local.get({ hub: "", tips: [], fetchedAt: 0, language: "" });
}

/** Fetches the rules anew, whether they are old or not. Raises what went wrong; what was kept stays. */
export async function fetchRules(hub) {
  const answer = await fetch(`${hub}/embed/rules.json?lang=${language()}`, {
    credentials: "omit", referrerPolicy: "no-referrer", cache: "no-cache",
  });
  if (!answer.ok) throw new Error(`the hub answers ${answer.status}`);
  const file = await answer.json();
  if (file?.version !== 1) throw new Error("this is no rule file");
  const tips = readRules(file);
  const read = { tips, hours: readHours(file), cap: readCap(file) };
  await browser.storage.local.set({ hub, ...read, fetchedAt: Date.now(), language: language() });
  return tips;
}

/** Before a tip comes by itself: an hour may have been moved since the rules were fetched. */
export const latestTips = () => currentTips(JUST_NOW);

/** The tips kept, after fetching them if they are older than `age` or in another language. */
export async function currentTips(age = FRESH) {
  const { hub, tips, fetchedAt, language: of } = await settings();
  if (!hub || (Date.now() - fetchedAt < age && of === language())) return tips;
  try { return await fetchRules(hub); } catch { return tips; }
}
