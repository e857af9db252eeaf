// Asking: the question moves into the conversation at once, the answer follows, the box is free for the next one.
const ask = document.getElementById("ask");
const box = document.getElementById("id_question");
const exchanges = document.getElementById("exchanges");
const error = ask.querySelector("[data-ask-error]");
const panes = document.querySelector(".panes");
let pending = null;

function show(pane) {
  panes.dataset.pane = pane;
  for (const tab of document.querySelectorAll("[data-tab]")) {
    if (tab.dataset.tab === pane) tab.setAttribute("aria-current", "true");
    else tab.removeAttribute("aria-current");
  }
}

for (const tab of document.querySelectorAll("[data-tab]")) {
  tab.addEventListener("click", (event) => {
    event.preventDefault();
    show(tab.dataset.tab);
  });
}
show(window.location.hash.startsWith("#exchange-") ? "conversation" : panes.dataset.pane);

// The conversation scrolls by itself on a wide screen and with the page elsewhere.
function bring(element, block) {
  const frame = exchanges.getBoundingClientRect();
  if (exchanges.scrollHeight > exchanges.clientHeight + 1 && getComputedStyle(exchanges).overflowY === "auto") {
    const place = element.getBoundingClientRect();
    exchanges.scrollBy({ top: block === "start" ? place.top - frame.top - 8 : place.bottom - frame.bottom });
  } else if (getComputedStyle(exchanges).overflowY !== "auto") {
    element.scrollIntoView({ block });
  }
}

const last = exchanges.querySelector(".exchange:last-child");
const linked = window.location.hash.startsWith("#exchange-") && document.getElementById(window.location.hash.slice(1));
if (linked || (last && last !== exchanges.firstElementChild && getComputedStyle(exchanges).overflowY === "auto")) bring(linked || last, "start");

function pendingExchange(question) {
  const article = document.createElement("div");
  article.className = "exchange";
  article.setAttribute("aria-hidden", "true");
  const asked = document.createElement("p");
  asked.className = "question";
  asked.textContent = question;
  const thinking = document.createElement("p");
  thinking.className = "thinking";
  const pin = document.createElement("span");
  pin.className = "thinking-pin";
  const words = document.createElement("span");
  words.textContent = ask.dataset.thinking;
  thinking.append(pin, words);
  article.append(asked, thinking);
  return article;
}

function say(text) {
  const line = document.createElement("p");
  line.className = "wrong";
  line.textContent = text;
  error.replaceChildren(...(text ? [line] : []));
}

// Enter asks, Shift+Enter makes a new line; on a touch keyboard Enter stays a new line.
box.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing || window.matchMedia("(pointer: coarse)").matches) return;
  event.preventDefault();
  ask.requestSubmit();
});

exchanges.addEventListener("click", (event) => {
  const suggestion = event.target.closest("[data-suggestion]");
  if (!suggestion) return;
  event.preventDefault();
  box.value = suggestion.value;
  ask.requestSubmit();
});

ask.addEventListener("htmx:beforeRequest", () => {
  say("");
  pending = { question: box.value, element: pendingExchange(box.value) };
  exchanges.querySelector("[data-empty]")?.setAttribute("hidden", "");
  exchanges.append(pending.element);
  document.getElementById("announcer").textContent = ask.dataset.thinking;
  box.value = "";
  bring(pending.element, "end");
});

function giveBack(text) {
  if (!pending) return;
  pending.element.remove();
  if (!box.value) box.value = pending.question;
  pending = null;
  exchanges.querySelector("[data-empty]")?.removeAttribute("hidden");
  say(text);
  box.focus();
}

exchanges.addEventListener("htmx:beforeSwap", (event) => {
  if (!pending || !event.detail.shouldSwap) return;
  pending.element.remove();
  pending = null;
  exchanges.querySelector("[data-empty]")?.remove();
});

ask.addEventListener("htmx:responseError", (event) => {
  const page = new DOMParser().parseFromString(event.detail.xhr.responseText, "text/html");
  giveBack(page.querySelector("[data-problem]")?.textContent.trim() || ask.dataset.wrong);
});
ask.addEventListener("htmx:sendError", () => giveBack(ask.dataset.lost));
ask.addEventListener("htmx:timeout", () => giveBack(ask.dataset.lost));

exchanges.addEventListener("htmx:afterSwap", () => {
  const newest = exchanges.lastElementChild;
  if (!newest) return;
  newest.classList.add("is-new");
  bring(newest, "start");
  document.querySelector("[data-forget]")?.removeAttribute("hidden");
  box.focus({ preventScroll: true });
});

// Sources that became ready or failed are told once.
const states = new Map();
function noteStates() {
  const announcer = document.getElementById("announcer");
  for (const source of document.querySelectorAll(".source")) {
    const before = states.get(source.id);
    const state = source.dataset.state;
    if (before && before !== state && state in announcer.dataset) {
      announcer.textContent = `${source.dataset.title} ${announcer.dataset[state]}`;
    }
    states.set(source.id, state);
  }
}
noteStates();
document.addEventListener("htmx:afterSettle", noteStates);

// The empty conversation says what can be done now: add a document, wait for it, or ask these questions.
let isRenewing = false;
async function renewEmpty() {
  const empty = exchanges.querySelector("[data-empty]");
  const sources = document.getElementById("sources");
  const state = sources.querySelector("[data-state='ready']") ? "ready" : sources.hasAttribute("hx-get") ? "reading" : "";
  if (!empty || isRenewing || empty.dataset.empty === state) return;
  isRenewing = true;
  try {
    const response = await fetch(window.location.pathname, { credentials: "same-origin" });
    const page = new DOMParser().parseFromString(response.ok ? await response.text() : "", "text/html");
    const fresh = page.querySelector("[data-empty]");
    // Asked meanwhile: then it is hidden or gone, and stays so.
    if (fresh && empty.isConnected) {
      fresh.hidden = empty.hidden;
      empty.replaceWith(document.importNode(fresh, true));
    }
  } catch {
    // Offline: it stays as it is until the page is opened again.
  }
  isRenewing = false;
}
document.addEventListener("htmx:afterSettle", renewEmpty);
