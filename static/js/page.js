// What every page does: lead the eye and the reader to what is wrong or new, and send a form only once.
const first = document.querySelector("[data-errors], [data-focus]");
if (first) first.focus();

document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-errors] a[href^='#']");
  if (!link) return;
  const field = document.getElementById(link.hash.slice(1));
  if (!field) return;
  event.preventDefault();
  field.closest("details")?.setAttribute("open", "");
  field.focus();
  field.scrollIntoView({ block: "center" });
});

// A double click is one request. The button is released when the page comes back from the history.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post" || form.hasAttribute("hx-post")) return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "yes";
});

window.addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});

// What was typed before the scripts were there, or came back with a reload, is looked at all the same.
window.addEventListener("load", () => {
  for (const field of document.querySelectorAll("input[hx-trigger*='early']")) {
    if (field.value !== field.defaultValue) field.dispatchEvent(new Event("early"));
  }
});

for (const button of document.querySelectorAll("[data-print]")) {
  button.addEventListener("click", () => window.print());
}

// On paper nothing can be opened: what is folded is opened for as long as the printing takes.
window.addEventListener("beforeprint", () => {
  for (const fold of document.querySelectorAll("main details:not([open])[data-prints]")) {
    fold.open = true;
    fold.dataset.folded = "yes";
  }
});
window.addEventListener("afterprint", () => {
  for (const fold of document.querySelectorAll("details[data-folded]")) {
    fold.open = false;
    delete fold.dataset.folded;
  }
});

// The key "/" leads to the search, unless somebody is writing or has switched it off in this browser.
const SLASH = "hatpin-slash";

function slashIsOff() {
  try {
    return localStorage.getItem(SLASH) === "off";
  } catch {
    return false; // a browser that keeps nothing
  }
}

document.addEventListener("keydown", (event) => {
  const isWriting = event.target.closest?.("input, textarea, select, [contenteditable]");
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (event.defaultPrevented || isWriting || slashIsOff() || document.querySelector("dialog[open]")) return;
  const field = [...document.querySelectorAll("[data-search]")].find((one) => one.checkVisibility());
  const link = document.querySelector("[data-search-link]");
  if (!field && !link) return;
  event.preventDefault();
  if (!field) return location.assign(link.href);
  field.focus();
  field.select();
});

for (const hint of document.querySelectorAll("[data-slash]")) {
  const button = hint.querySelector("[data-slash-toggle]");
  const show = () => (button.textContent = slashIsOff() ? button.dataset.on : button.dataset.off);
  button.addEventListener("click", () => {
    localStorage.setItem(SLASH, slashIsOff() ? "on" : "off");
    show();
  });
  show();
  hint.hidden = false;
}
