// Asking: the question moves into the conversation at once, the answer follows as it is written, and the box is
// free for the next one. What the stream tells is text; what stays is the exchange as the server renders it.
const ask = document.getElementById("ask");
const box = document.getElementById("id_question");
const exchanges = document.getElementById("exchanges");
const error = ask.querySelector("[data-ask-error]");
const panes = document.querySelector(".panes");
const send = ask.querySelector("[data-ask-send]");
const stop = ask.querySelector("[data-ask-stop]");
const announcer = document.getElementById("announcer");
const SETTLE_MILLISECONDS = 600;
const leftKey = `hatpin:asked:${ask.dataset.notebook}:${ask.dataset.reader}`;
let pending = null;
let isPutBack = false;

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
const asked = window.location.hash;
show(asked.startsWith("#exchange-") ? "conversation" : asked === "#studio" || asked.startsWith("#aid-") ? "studio" : panes.dataset.pane);

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

// Hidden from readers: the answer is announced once, when it is whole.
function pendingExchange(question) {
  const article = document.createElement("div");
  article.className = "exchange";
  article.setAttribute("aria-hidden", "true");
  const asked = document.createElement("p");
  asked.className = "question";
  asked.textContent = question;
  const answer = document.createElement("p");
  answer.className = "answer-text";
  answer.hidden = true;
  const thinking = document.createElement("p");
  thinking.className = "thinking";
  const pin = document.createElement("span");
  pin.className = "thinking-pin";
  const words = document.createElement("span");
  words.textContent = ask.dataset.thinking;
  thinking.append(pin, words);
  article.append(asked, answer, thinking);
  return article;
}

function addSentence(sentence) {
  const answer = pending.element.querySelector(".answer-text");
  const words = document.createElement("span");
  words.textContent = sentence.text;
  answer.append(words);
  if (!sentence.supported) {
    words.className = "unsupported";
    const remark = document.createElement("span");
    remark.className = "remark";
    remark.textContent = ask.dataset.unsupported;
    answer.append(" ", remark);
  }
  for (const n of sentence.citations) {
    const cite = document.createElement("span");
    cite.className = "cite";
    cite.textContent = n;
    answer.append(cite);
  }
  answer.append(" ");
  if (answer.hidden) {
    answer.hidden = false;
    pending.element.querySelector(".thinking span:last-child").textContent = ask.dataset.writing;
    announcer.textContent = ask.dataset.writing;
  }
  follow();
}

// While it is written the end stays in sight, but never at the price of the question's own line.
function follow() {
  const isOwn = getComputedStyle(exchanges).overflowY === "auto";
  const floor = isOwn ? exchanges.getBoundingClientRect().bottom : ask.getBoundingClientRect().top;
  const ceiling = isOwn ? exchanges.getBoundingClientRect().top : 0;
  const place = pending.element.getBoundingClientRect();
  const by = Math.min(place.bottom + 8 - floor, place.top - ceiling - 8);
  if (by > 0) (isOwn ? exchanges : window).scrollBy({ top: by, behavior: "instant" });
}

function say(text, kind = "wrong") {
  error.replaceChildren();
  if (!text) return;
  const line = document.createElement("p");
  line.className = kind;
  line.textContent = text;
  error.append(line);
}

// Enter asks, Shift and Enter make a new line; on a touch keyboard Enter stays a new line.
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

ask.addEventListener("submit", (event) => {
  event.preventDefault();
  if (pending) return;
  if (box.value.trim()) {
    put(box.value, new FormData(ask));
  } else {
    say(ask.dataset.blank);
    box.focus();
  }
});

exchanges.addEventListener("submit", (event) => {
  const form = event.target.closest("[data-alone]");
  if (!form) return;
  event.preventDefault();
  if (pending) return;
  const data = new FormData(ask);
  data.set("question", form.elements.question.value);
  data.set("follow_up", "no");
  put(form.elements.question.value, data);
});

// It appears where "Ask" was: the second half of a double click does not mean it.
stop.addEventListener("click", () => {
  if (pending && performance.now() - pending.since > SETTLE_MILLISECONDS) pending.leaving.abort();
});

function setBusy(isBusy) {
  const had = document.activeElement === (isBusy ? send : stop);
  send.hidden = isBusy;
  stop.hidden = !isBusy;
  if (had) (isBusy ? stop : box).focus();
}

// The names and data of the events, as the lines arrive.
async function* events(response) {
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    const blocks = (rest + value).split("\n\n");
    rest = blocks.pop();
    for (const block of blocks) {
      const found = block.match(/^event: (\w+)\ndata: (.*)$/s);
      if (found) yield [found[1], JSON.parse(found[2])];
    }
  }
}

async function put(question, data) {
  say("");
  pending = { question, element: pendingExchange(question), leaving: new AbortController(), since: performance.now() };
  exchanges.querySelector("[data-empty]")?.setAttribute("hidden", "");
  exchanges.append(pending.element);
  announcer.textContent = ask.dataset.thinking;
  if (box.value === question) box.value = "";
  setBusy(true);
  bring(pending.element, "end");
  try {
    const response = await fetch(ask.action, {
      method: "POST",
      body: new URLSearchParams(data),
      headers: { Accept: "text/event-stream" },
      credentials: "same-origin",
      signal: pending.leaving.signal,
    });
    if (!response.headers.get("Content-Type")?.startsWith("text/event-stream")) {
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      giveBack(page.querySelector("[data-problem]")?.textContent.trim() || ask.dataset.wrong);
      return;
    }
    for await (const [name, told] of events(response)) {
      if (name === "sentence") addSentence(told);
      else if (name === "error") giveBack(told.detail || ask.dataset.wrong);
      else if (name === "exchange") settle(told.html);
      if (!pending) return;
    }
    giveBack(ask.dataset.lost);
  } catch {
    if (pending?.leaving.signal.aborted) giveBack(ask.dataset.stopped, "soft");
    else giveBack(ask.dataset.lost);
  }
}

function giveBack(text, kind) {
  if (!pending) return;
  pending.element.remove();
  if (!box.value) box.value = pending.question;
  pending = null;
  isPutBack = true;
  setBusy(false);
  exchanges.querySelector("[data-empty]")?.removeAttribute("hidden");
  announcer.textContent = "";
  say(text, kind);
  box.focus();
}

function settle(html) {
  const page = new DOMParser().parseFromString(html, "text/html");
  const newest = document.importNode(page.querySelector(".exchange"), true);
  if (pending.element.querySelector(".answer-text").hidden) newest.classList.add("is-new");
  pending.element.remove();
  pending = null;
  isPutBack = false;
  keepLeft("");
  setBusy(false);
  exchanges.querySelector("[data-empty]")?.remove();
  exchanges.append(newest);
  window.htmx?.process(newest);
  announcer.textContent = "";
  document.dispatchEvent(new CustomEvent("htmx:afterSettle"));
  bring(newest, "start");
  document.querySelector("[data-forget]")?.removeAttribute("hidden");
  box.focus({ preventScroll: true });
}

// Whoever leaves while an answer is written finds the question in the box again, until it was answered.
function keepLeft(question) {
  try {
    if (question.trim()) window.sessionStorage.setItem(leftKey, question);
    else window.sessionStorage.removeItem(leftKey);
  } catch {
    // No room or not allowed: then it is lost with the page.
  }
}

function left() {
  try {
    return window.sessionStorage.getItem(leftKey) ?? "";
  } catch {
    return "";
  }
}

function putBack() {
  const question = left();
  if (!question) return;
  const asked = exchanges.querySelector(".exchange:last-child .question")?.textContent ?? "";
  const words = (text) => text.trim().split(/\s+/).join(" ");
  if (words(asked) === words(question)) {
    keepLeft(""); // answered just before the page was gone
    return;
  }
  if (!box.value.trim()) box.value = question;
  isPutBack = true;
  say(ask.dataset.stopped, "soft");
}

window.addEventListener("pagehide", () => {
  keepLeft(pending?.question ?? (isPutBack ? box.value : ""));
  pending?.leaving.abort();
});
putBack();

// Sources that became ready or failed are told once.
const states = new Map();
function noteStates() {
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
