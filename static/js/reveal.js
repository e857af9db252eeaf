// The reveal: the server sends what is shown now and nothing further; whoever drives it has keys for it.
const show = document.getElementById("show");
const step = show?.querySelector("[data-live=step]");
const drive = show?.querySelector("[data-drive]");
const POLL = 3000;
const SILENCE = 25000;
let polling = null;
let heardAt = Date.now();

function take({ step: html, position, over }) {
  if (html !== undefined && step.innerHTML !== html) {
    step.innerHTML = html;
    step.classList.remove("is-new");
    void step.offsetWidth; // so that the entrance plays again
    step.classList.add("is-new");
  }
  if (drive && /^\d+$/.test(position ?? "")) {
    const at = Number(position);
    drive.dataset.position = at;
    drive.querySelector("[data-next]").value = at + 1;
    drive.querySelector("[data-back]").value = Math.max(0, at - 1);
    drive.querySelector("[data-back]").disabled = at === 0;
  } else if (drive && position === "stopped") location.reload();
  // Who drives stays on the last picture until they leave; others are taken to the standings after a while.
  if (over === "yes") {
    drive?.remove();
    if (show.dataset.over) setTimeout(() => location.assign(show.dataset.over), 12000);
  }
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

// Presses are sent without leaving the picture; what is shown comes back as news.
drive?.addEventListener("submit", async (event) => {
  const button = event.submitter;
  if (!button || button.name === "stop") return;
  event.preventDefault();
  const body = new FormData(drive);
  body.set(button.name, button.value);
  const answer = await fetch(drive.action, { method: "POST", body, headers: { "HX-Request": "true" } });
  if (answer.ok) ask();
  else location.reload();
});

document.addEventListener("keydown", (event) => {
  if (!drive?.isConnected || event.target.closest("button, a, input") || event.ctrlKey || event.metaKey || event.altKey) return;
  const key = { ArrowRight: "next", PageDown: "next", " ": "next", ArrowLeft: "back", PageUp: "back" }[event.key];
  const button = key && drive.querySelector(`[data-${key}]`);
  if (!button || button.disabled) return;
  event.preventDefault();
  drive.requestSubmit(button);
});

if (show) {
  watch();
  setInterval(() => { if (Date.now() - heardAt > SILENCE) poll(); }, 5000);
}
