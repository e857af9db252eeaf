// Countdowns and the hour's pin. The words stay the server's: only the time inside them is replaced.
const language = document.documentElement.lang;
const UNITS = [["week", 604800], ["day", 86400], ["hour", 3600], ["minute", 60]];

function amount(value, unit) {
  return new Intl.NumberFormat(language, { style: "unit", unit, unitDisplay: "long" }).format(value).replaceAll(" ", "\u00a0");
}

// The largest two neighbouring units, as Django's timeuntil says it; seconds only within the last minute.
function spoken(seconds) {
  if (seconds < 60) return amount(Math.max(0, seconds), "second");
  let rest = seconds;
  for (let i = 0; i < UNITS.length; i += 1) {
    const [unit, size] = UNITS[i];
    if (rest < size) continue;
    const parts = [amount(Math.floor(rest / size), unit)];
    rest %= size;
    const next = UNITS[i + 1];
    if (next && rest >= next[1]) parts.push(amount(Math.floor(rest / next[1]), next[0]));
    return parts.join(", ");
  }
  return "";
}

function movePin(element, part) {
  const share = `${(Math.min(1, Math.max(0, part)) * 100).toFixed(2)}%`;
  element.querySelector(".pin-line").setAttribute("x2", share);
  element.querySelector(".pin-head").setAttribute("cx", share);
}

const drains = new WeakMap();
let isReloading = false;

function isTyping() {
  const element = document.activeElement;
  return Boolean(element && element.matches("input, textarea, select") && element.value);
}

// What counts is the server's time, as this device's clock may be wrong.
const skew = Date.parse(document.body.dataset.now) - Date.now() || 0;
const now = () => Date.now() + skew;

// A page that has just been reloaded is not reloaded for the same moment again.
function mayReload(moment) {
  const key = `hatpin:reloaded:${location.pathname}:${moment}`;
  try {
    if (sessionStorage.getItem(key)) return false;
    sessionStorage.setItem(key, "1");
  } catch {
    return false;
  }
  return true;
}

function tick() {
  for (const element of document.querySelectorAll("[data-clock]")) {
    const kind = element.dataset.clock;
    if (kind === "drain") {
      if (!drains.has(element)) drains.set(element, Date.now() + Number(element.dataset.seconds) * 1000);
      const left = Math.max(0, (drains.get(element) - Date.now()) / 1000);
      movePin(element, left / Number(element.dataset.of));
      const label = element.querySelector("[data-left]");
      const whole = Math.ceil(left);
      if (label) label.textContent = `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
      continue;
    }
    const end = Date.parse(element.dataset.at);
    if (kind === "progress") {
      const start = Date.parse(element.dataset.from);
      movePin(element, (now() - start) / (end - start));
      continue;
    }
    const seconds = Math.ceil((end - now()) / 1000);
    if (seconds <= 0) {
      // The hour began or ended: the page has something else to say, but nobody loses a half-typed code.
      if ("reload" in element.dataset && !isReloading && !isTyping() && mayReload(end)) {
        isReloading = true;
        window.setTimeout(() => window.location.reload(), 1000);
      }
      continue;
    }
    const time = element.querySelector("[data-time]");
    const words = spoken(seconds);
    if (time && time.textContent !== words) time.textContent = words;
  }
}

// Also where there is nothing to count yet: a room's step comes with the news.
tick();
window.setInterval(tick, 1000);
document.addEventListener("htmx:afterSettle", tick);
