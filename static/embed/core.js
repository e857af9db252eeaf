// Which tip fits a page: pure, the same in the embedded script and in the browser extension. No address leaves it.
const DAY = 86_400_000;
const NOT_AGAIN_FOR = 21;
const LATER_MEANS = 3;
const WEEK = 7;
const PAUSE = 28;
export const DEFAULT_CAP = 2;

/** Whether an address is one of a pattern such as `https://crm.example.com/offers/*` or `https://*.example.com/*`.
 *
 * `*` stands for anything within its part: the host is one or all below it, never another one that contains it.
 * Query and anchor are left out, unless the pattern has a "?".
 */
export function matches(pattern, address) {
  const parts = /^(https?):\/\/([^/?#]+)(\/.*)?$/.exec(pattern);
  let url;
  try { url = new URL(address); } catch { return false; }
  if (!parts || `${parts[1]}:` !== url.protocol || !isHost(parts[2].toLowerCase(), url)) return false;
  const glob = parts[3] || "/*";
  return isLike(glob, glob.includes("?") ? url.pathname + url.search : url.pathname);
}

function isHost(wanted, url) {
  if (!wanted.startsWith("*.")) return wanted === url.host;
  const rest = wanted.slice(1);
  return !rest.includes("*") && url.host.endsWith(rest) && url.host.length > rest.length;
}

// The pieces between the stars, found one after the other: no pattern can make it slow.
function isLike(glob, text) {
  const pieces = glob.split("*");
  const first = pieces.shift();
  if (!text.startsWith(first)) return false;
  if (pieces.length === 0) return text === first;
  const last = pieces.pop();
  let at = first.length;
  for (const piece of pieces) {
    const found = text.indexOf(piece, at);
    if (found < 0) return false;
    at = found + piece.length;
  }
  return text.length - at >= last.length && text.endsWith(last);
}

function turnOf(day) { return daysBetween("2024-01-01", day); }

/** The length of the closest pattern of a tip, -1 if none is of this page. */
function closeness(tip, address) {
  return Math.max(-1, ...tip.patterns.filter((one) => matches(one, address)).map((one) => one.length));
}

/** The tips that fit, the closest pattern first; those alike take turns by the day. */
export function fitting(tips, address, day) {
  const turn = turnOf(day);
  return tips
    .map((tip, place) => ({
      tip,
      length: closeness(tip, address),
      place: (((place - turn) % tips.length) + tips.length) % tips.length,
    }))
    .filter((one) => one.length >= 0)
    .sort((one, other) => other.length - one.length || one.place - other.place)
    .map((one) => one.tip);
}

/** Which of them to show, or null: not what rests, and no more than `cap` a week.
 *
 * `memory` is this browser's: {shown: {id: day}, said: {id: [answer, day]}, pause: day}. `hub` is what the hub says of
 * the person, {may_show, cap, again, resting, scores}; without it the browser decides by itself: by its own pause, and the
 * cap of the rule file. Of those that fit alike the highest score is shown, without one each has its turn by the day.
 * Gives the tip with `rivals`: the ids of those, its own among them, where it has the highest score; else null.
 */
export function pick(tips, address, memory, day, hub = null, cap = DEFAULT_CAP) {
  if (!hub && memory.pause > day) return null;
  const isAgain = (tip) => memory.shown[tip.id] === day || Boolean(hub?.again.includes(tip.id));
  const days = Object.entries(memory.shown).filter(([, on]) => isWithin(on, day, WEEK));
  const candidates = fitting(tips, address, day).filter(
    (tip) => isAwake(tip.id, memory, day) && !hub?.resting.includes(tip.id),
  );
  const alike = (tip) => candidates.filter((one) => closeness(one, address) === closeness(tip, address));
  const scores = hub?.scores ?? {};
  const best = (some) =>
    some.filter((one) => one.id in scores).sort((one, other) => scores[other.id] - scores[one.id])[0];
  const withRivals = (tip) => {
    const some = alike(tip);
    return { ...tip, rivals: best(some)?.id === tip.id ? some.map((one) => one.id).sort() : null };
  };
  const again = candidates.find(isAgain);
  if (again) {
    return hub && !hub.may_show && !hub.again.includes(again.id) ? null : withRivals(again);
  }
  if (!candidates.length || days.length >= (hub?.cap ?? cap) || (hub && !hub.may_show)) return null;
  // Each as often as the others, whichever stand between them in the list.
  const rivals = alike(candidates[0]).sort((one, other) => (one.id < other.id ? -1 : 1));
  return withRivals(best(rivals) ?? rivals[turnOf(day) % rivals.length]);
}

function isAwake(id, memory, day) {
  const [answer, on] = memory.said[id] ?? [];
  if (answer === "not_for_me") return false;
  if (answer === "later") return daysBetween(on, day) >= LATER_MEANS;
  if (answer === "tried") return daysBetween(on, day) >= NOT_AGAIN_FOR;
  return memory.shown[id] === day || !isWithin(memory.shown[id], day, NOT_AGAIN_FOR);
}

function isWithin(on, day, length) {
  return Boolean(on) && daysBetween(on, day) < length;
}

function daysBetween(one, other) {
  return Math.round((Date.parse(other) - Date.parse(one)) / DAY);
}

/** The day on the wall, as 2026-12-01. */
export function today(now = new Date()) {
  const two = (number) => String(number).padStart(2, "0");
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

/** What was kept, with what is damaged or older than it counts left out. */
export function remembered(text, day) {
  let kept = {};
  try { kept = JSON.parse(text) ?? {}; } catch { /* not ours, or damaged */ }
  const entries = (name) => Object.entries(typeof kept[name] === "object" && kept[name] ? kept[name] : {});
  const shown = entries("shown").filter(([, on]) => isWithin(on, day, NOT_AGAIN_FOR));
  const said = entries("said").filter(
    ([, one]) => Array.isArray(one) && (one[0] === "not_for_me" || isWithin(one[1], day, NOT_AGAIN_FOR)),
  );
  const pause = typeof kept.pause === "string" && daysBetween(day, kept.pause) <= PAUSE ? kept.pause : "";
  return { shown: Object.fromEntries(shown), said: Object.fromEntries(said), pause };
}

/** The first day on which tips come again after a pause that begins now. */
export function pauseEnd(now = new Date()) {
  return today(new Date(now.getFullYear(), now.getMonth(), now.getDate() + PAUSE));
}

/** How many a week a browser shows that the hub does not know. */
export function readCap(file) {
  return Number.isInteger(file?.cap) && file.cap >= 0 ? Math.min(file.cap, WEEK) : DEFAULT_CAP;
}

/** The tips of a rule file that are whole: it comes over the network. */
export function readRules(file) {
  const isText = (value) => typeof value === "string";
  const isTexts = (value) => Array.isArray(value) && value.every(isText);
  if (file?.version !== 1 || !Array.isArray(file.tips)) return [];
  return file.tips.filter(
    (tip) => isText(tip?.id) && isText(tip.title) && isText(tip.body) && isTexts(tip.steps) && isTexts(tip.patterns),
  );
}

/** When learning hours are held, as a rule file says it: {until, held: [[from, until]]} in milliseconds. */
export function readHours(file) {
  const moments = (pair) => (Array.isArray(pair) ? pair.map((one) => Date.parse(one)) : []);
  const held = Array.isArray(file?.hours?.held) ? file.hours.held.map(moments) : [];
  return { until: Date.parse(file?.hours?.until) || 0, held: held.filter((pair) => pair.length === 2) };
}

/** Whether somebody may be learning now: then nothing comes by itself. So it is where nothing is known any more. */
export function isHour(hours, now = Date.now()) {
  return now >= hours.until || hours.held.some(([from, until]) => from <= now && now < until);
}

/** "de" or "en", from what is asked for, a page's language, or the browser's. */
export function languageOf(...wishes) {
  for (const wish of wishes) {
    const two = String(wish ?? "").slice(0, 2).toLowerCase();
    if (two === "de" || two === "en") return two;
  }
  return "en";
}

/** Only what a browser opens as a page of its own. */
export function isLink(link) {
  return typeof link === "string" && link.startsWith("https://");
}
