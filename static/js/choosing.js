// Which sources answer: switched on and off in their list, remembered on this device, counted beside the box.
const ask = document.getElementById("ask");
const scope = document.getElementById("ask-scope");
const key = `hatpin:off:${ask.dataset.notebook}`;

// What is switched off is kept, so that a source added later is on.
function kept() {
  try {
    return new Set(JSON.parse(localStorage.getItem(key)) ?? []);
  } catch {
    return new Set();
  }
}

function keep(off) {
  try {
    if (off.size) localStorage.setItem(key, JSON.stringify([...off]));
    else localStorage.removeItem(key);
  } catch {
    // No room or not allowed: then it holds until the page is left.
  }
}

const off = kept();
const boxes = () => [...document.querySelectorAll("[data-source]")];

function tell() {
  const all = boxes();
  const chosen = all.filter((box) => box.checked).length;
  const whole = document.querySelector("[data-sources-all]");
  if (whole) {
    whole.hidden = all.length < 2;
    whole.querySelector("input").checked = chosen === all.length;
    whole.querySelector("input").indeterminate = chosen > 0 && chosen < all.length;
  }
  const words = chosen === all.length ? "" : chosen ? scope.dataset.some : scope.dataset.none;
  const text = words.replace("{chosen}", chosen).replace("{all}", all.length);
  if (scope.textContent !== text) scope.textContent = text;
  scope.classList.toggle("is-none", Boolean(all.length) && !chosen);
}

function restore() {
  for (const box of boxes()) box.checked = !off.has(box.value);
  tell();
}

document.addEventListener("change", (event) => {
  const all = event.target.closest("[data-sources-all]");
  if (!all && !event.target.matches("[data-source]")) return;
  for (const box of all ? boxes() : [event.target]) {
    if (all) box.checked = event.target.checked;
    if (box.checked) off.delete(box.value);
    else off.add(box.value);
  }
  keep(off);
  tell();
});

restore();
document.addEventListener("htmx:afterSettle", restore);
// A page that comes back from the history has its boxes, but not what was changed in another tab.
window.addEventListener("pageshow", (event) => {
  if (event.persisted) restore();
});
