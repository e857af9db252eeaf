// The reveal: the server sends what is shown now and nothing further; whoever drives it has keys for it.
const show = document.getElementById("show");
const step = show?.querySelector("[data-live=step]");
const drive = show?.querySelector("[data-drive]");
const POLL = 3000;
const SILENCE = 25000;
const STAYS = 12000;
let polling = null;
let heardAt = Date.now();
let isOver = false;
let newest = "";

function take({ step: html, position, over }) {
  if (html !== undefined && html !== newest && step.innerHTML !== html) {
    step.innerHTML = newest = html;
    step.classList.remove("is-new");
    fit();
    void step.offsetWidth; // so that the entrance plays again
    step.classList.add("is-new");
  }
  if (position !== undefined) place(position);
  if (over === "yes") end();
}

function place(position) {
  const isShown = /^\d+$/.test(position);
  if (drive && isShown) {
    const at = Number(position);
    drive.querySelector("[data-next]").value = at + 1;
    drive.querySelector("[data-back]").value = Math.max(0, at - 1);
    drive.querySelector("[data-back]").disabled = at === 0;
  }
  if (!isOver) offer(isShown ? "shown" : position);
}

// The keys for where the show is. Whoever pressed one of the others goes on with these, without a mouse.
function offer(state) {
  const forms = [...show.querySelectorAll("[data-when]")];
  const hadFocus = forms.some((form) => form.contains(document.activeElement));
  for (const form of forms) form.hidden = form.dataset.when !== state;
  if (hadFocus && !forms.some((form) => !form.hidden && form.contains(document.activeElement)))
    forms.find((form) => !form.hidden)?.querySelector(".button-main").focus();
}

// Who drives stays on the last picture until they leave; others are taken to the standings after a while.
function end() {
  if (isOver) return;
  isOver = true;
  offer("over");
  clearInterval(polling);
  if (show.dataset.over) setTimeout(() => location.assign(show.dataset.over), STAYS);
}

// Long names and full tables: type becomes smaller until all of it is seen. A phone is read by scrolling.
function fit() {
  for (let size = 100; size >= 40; size -= 4) {
    show.style.setProperty("--fit", size / 100);
    if (fits()) return;
  }
}

function fits() {
  const page = document.documentElement;
  const isTall = page.scrollHeight > innerHeight && matchMedia("(min-width: 48rem)").matches;
  const isWide = (part) => part.scrollWidth > part.clientWidth + 1;
  return !isTall && ![page, ...step.querySelectorAll("p, th > span")].some(isWide);
}

async function ask() {
  try {
    const answer = await fetch(show.dataset.news, { headers: { Accept: "application/json" } });
    if (answer.ok) take(await answer.json());
  } catch {
    // No network: it is asked again.
  }
}

function poll() {
  if (isOver) return;
  polling ??= setInterval(ask, POLL);
  ask();
}

function watch() {
  const stream = new EventSource(show.dataset.stream);
  const heard = () => {
    heardAt = Date.now();
    clearInterval(polling);
    polling = null;
  };
  stream.addEventListener("beat", heard);
  stream.addEventListener("state", (event) => {
    heard();
    take(JSON.parse(event.data));
  });
  stream.addEventListener("error", () => {
    if (stream.readyState === EventSource.CLOSED) poll();
  });
  window.addEventListener("pagehide", () => stream.close(), { once: true });
}

// Presses are sent without leaving the picture; what is shown comes back as news. A refusal is shown as a page.
async function press(form, button) {
  const body = new FormData(form);
  if (button.name) body.set(button.name, button.value);
  try {
    const answer = await fetch(form.action, { method: "POST", body, headers: { "HX-Request": "true" } });
    if (answer.ok) ask();
    else form.submit();
  } catch {
    poll(); // no network: pressing again is a press
  }
}

show?.addEventListener("submit", (event) => {
  if (!event.submitter) return;
  event.preventDefault();
  press(event.target, event.submitter);
});

document.addEventListener("keydown", (event) => {
  if (!drive || drive.hidden || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === " " && event.target.closest("button, a")) return;
  const key = { ArrowRight: "next", PageDown: "next", " ": "next", ArrowLeft: "back", PageUp: "back" }[event.key];
  const button = key && drive.querySelector(`[data-${key}]`);
  if (!button || button.disabled) return;
  event.preventDefault();
  drive.requestSubmit(button);
});

if (show) {
  fit();
  document.fonts.ready.then(fit);
  window.addEventListener("resize", fit);
  watch();
  setInterval(() => { if (Date.now() - heardAt > SILENCE) poll(); }, 5000);
}
