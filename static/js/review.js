// Cards by keyboard: space turns, 1 to 4 answers, U takes the last answer back.
const root = () => document.getElementById("review");

function isTyping(event) {
  return event.target.closest("input, textarea, select, [contenteditable]") || event.ctrlKey || event.metaKey || event.altKey;
}

document.addEventListener("keydown", (event) => {
  if (isTyping(event)) return;
  const turn = root()?.querySelector("[data-turn]");
  if (event.key === " " && turn && !turn.open) {
    event.preventDefault();
    turn.open = true;
  } else if (turn?.open && /^[1-4]$/.test(event.key)) {
    event.preventDefault();
    root().querySelector(`[data-ratings] button[value="${event.key}"]`)?.click();
  } else if (event.key.toLowerCase() === "u") {
    root()?.querySelector("[data-review-undo] button")?.click();
  }
});

// Once turned over, the card stays so, and the answers have the focus.
document.addEventListener("toggle", (event) => {
  if (!event.target.matches?.("[data-turn]") || !event.target.open) return;
  event.target.querySelector('button[value="3"]')?.focus({ preventScroll: true });
}, true);

document.addEventListener("htmx:afterSwap", () => {
  root()?.querySelector("h1")?.focus({ preventScroll: true });
});

// A second press while the first is on its way would answer the next card.
document.addEventListener("htmx:beforeRequest", (event) => {
  for (const button of root()?.querySelectorAll("button") ?? []) button.disabled = true;
  event.detail.elt.setAttribute("aria-busy", "true");
});
document.addEventListener("htmx:responseError", () => window.location.reload());
document.addEventListener("htmx:sendError", () => {
  for (const button of root()?.querySelectorAll("button") ?? []) button.disabled = false;
});
