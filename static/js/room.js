// The live room: news come as an event stream; where that does not work the page asks every ten seconds.
// What a person did stays theirs: it is put into the shared news here and comes back with each own act.
import { morph } from "./morph.js";

const room = document.getElementById("room");
const ownData = document.getElementById("own");
let own = ownData ? JSON.parse(ownData.textContent) : { tasks: {}, answers: {}, votes: [], questions: [], pins: [], helps: [], runs: false };
const POLL = 10000;

// News wait while something is pressed: a button replaced under the finger would not be clicked.
let pressing = false;
let waiting = null;
document.addEventListener("pointerdown", () => { pressing = true; });
for (const end of ["pointerup", "pointercancel"]) {
  document.addEventListener(end, () => setTimeout(() => {
    pressing = false;
    if (waiting) show(waiting);
  }, 50));
}

function show(sections) {
  waiting = pressing ? { ...waiting, ...sections } : null;
  if (waiting) return;
  // After its end the room stays open for a quarter of an hour, and nobody has to leave before.
  if (sections.phase) room.dataset.phase = sections.phase;
  if (sections.shows) room.dataset.shows = sections.shows;
  if (sections.closed === "") room.dataset.isOpen = "yes";
  const isClosed = sections.closed === "yes" && room.dataset.isOpen === "yes";
  if (isClosed && !room.dataset.over) for (const box of room.querySelectorAll("[data-live]")) box.replaceChildren();
  if (isClosed && room.dataset.over) {
    // Nobody loses what is half written: it can still be copied.
    if (!isTyping()) return location.assign(room.dataset.over);
    setTimeout(() => show(sections), 3000);
    return;
  }
  for (const [name, html] of Object.entries(sections)) {
    const box = room.querySelector(`[data-live="${name}"]`);
    if (!box) continue;
    keepingFocus(() => morph(box, html, dress));
    window.htmx?.process(box);
  }
  keepingFocus(steer);
  tell();
  fit();
}

// On the wall all of it is in sight: what is long is written smaller, and of the questions the first is whole.
function fit() {
  if (!room.dataset.shows) return;
  for (let size = 1; size > 0.45; size -= 0.05) {
    room.style.setProperty("--fit", size.toFixed(2));
    const asked = room.querySelector(".screen-questions");
    const isCut = asked && asked.firstElementChild.offsetHeight > asked.parentElement.clientHeight;
    if (room.scrollHeight <= room.clientHeight && !isCut) return;
  }
}

// Where the element that had the focus is gone, the nearest around it takes it: never another button.
const PLACES = "[data-task], [data-pin], [data-question], [data-round], .room-steer, [data-live], section";

function keepingFocus(change) {
  const held = document.activeElement;
  const places = [];
  for (let place = held?.closest(PLACES); place; place = place.parentElement.closest(PLACES)) places.push(place);
  change();
  if (!places.length || held.isConnected && held.checkVisibility() && !held.disabled) return;
  // Done and not done are one switch in two buttons.
  const twin = held.closest("[data-own=task]")?.querySelector("button:not([hidden])");
  if (twin?.isConnected) return twin.focus({ preventScroll: true });
  const place = places.find((each) => each.isConnected && each.checkVisibility());
  if (!place) return;
  place.tabIndex = -1;
  place.focus({ preventScroll: true });
}

function isTyping() {
  const held = document.activeElement;
  return Boolean(held && held.matches("input[type=text], textarea") && held.value);
}

// Own acts, put into what is the same for everybody.
function dress(box) {
  for (const form of box.querySelectorAll("[data-own]")) {
    const { own: kind, id } = form.dataset;
    const button = form.querySelector("button");
    // Pressing what is pressed takes it back.
    if (kind === "vote") {
      const isPressed = own.votes.includes(id);
      button.setAttribute("aria-pressed", String(isPressed));
      Object.assign(button, { name: isPressed ? "undo" : "", value: isPressed ? "1" : "" });
    }
    if (kind === "pin") {
      const mine = own.pins.includes(id), helping = own.helps.includes(id);
      const may = { others: !mine, both: mine || helping, helper: helping, author: mine || own.runs };
      for (const each of form.querySelectorAll("[data-for]")) each.hidden = !may[each.dataset.for];
    }
    if (kind === "task") {
      const at = own.tasks[id];
      for (const each of form.querySelectorAll("[data-when]")) each.hidden = (each.dataset.when === "done") !== Boolean(at);
      form.querySelector("[data-at]").textContent = at ?? "";
    }
    if (kind === "answer" && id in own.answers) {
      form.querySelectorAll("button").forEach((option, n) => {
        const isMine = n === own.answers[id];
        option.disabled = true;
        option.setAttribute("aria-pressed", String(isMine));
        option.querySelector(".live-mine").hidden = !isMine;
      });
    }
  }
  for (const words of box.querySelectorAll("[data-team]")) {
    words.textContent = own.team?.[words.closest("[data-task]").dataset.task] ?? "";
    words.hidden = !words.textContent;
  }
  for (const quiz of box.querySelectorAll("[data-round]")) {
    const mine = quiz.querySelector(`[data-option="${own.answers[quiz.dataset.round]}"]`);
    mine?.classList.add("is-mine");
    mine?.querySelector(".live-mine")?.removeAttribute("hidden");
  }
  for (const each of box.querySelectorAll("[data-for=runs]")) each.hidden = !own.runs;
  tellHidden();
  for (const each of box.querySelectorAll("[data-for=asker]")) {
    each.hidden = !own.questions.includes(each.closest("[data-question]").dataset.question);
  }
  for (const button of box.querySelectorAll("[data-copy]")) button.hidden = !navigator.clipboard;
}

// Questions that whoever runs the hour has hidden, to be shown again.
function tellHidden() {
  const fold = room.querySelector("[data-hidden]");
  if (!fold || !own.hidden) return;
  fold.hidden = own.hidden.length === 0;
  const list = fold.querySelector("ul"), made = fold.querySelector("template");
  list.replaceChildren(...own.hidden.map(({ id, text }) => {
    const item = made.content.cloneNode(true);
    item.querySelector("[data-text]").textContent = text;
    const form = item.querySelector("form");
    const blank = form.getAttribute("action"), at = blank.lastIndexOf(made.dataset.blank);
    form.setAttribute("action", blank.slice(0, at) + id + blank.slice(at + made.dataset.blank.length));
    form.setAttribute("hx-post", form.getAttribute("action"));
    return item;
  }));
  window.htmx?.process(list);
}

// The forms of whoever runs the hour go on with it: what would do nothing cannot be pressed, and a step that was
// chosen stays chosen until it runs.
const choose = document.getElementById("id_step");

function steer() {
  if (!own.runs) return;
  const running = room.querySelector("[data-step]")?.dataset;
  if (choose && running) {
    for (const option of choose.options) option.disabled = option.value !== "" && option.value === running.step;
    if (choose.selectedOptions[0]?.disabled) {
      const next = [...choose.options].find((option) => Number(option.value) > Number(running.step));
      choose.value = next?.value ?? "";
    }
    room.querySelector("[data-start]").disabled = choose.value === "";
    const more = room.querySelector("[data-more]");
    more.hidden = running.step === "";
    more.elements.step.value = running.step;
    more.elements.extra.value = running.extra;
  }
  const after = room.querySelector("[data-after]");
  if (!after) return;
  after.value = room.querySelector("[data-round]")?.dataset.round ?? own.after;
  room.querySelector("[data-next]").disabled = own.waits === 0;
  room.querySelector("[data-close]").hidden = !room.querySelector("[data-own=answer]");
  room.querySelector("[data-waiting]").textContent = own.waiting;
}

choose?.addEventListener("change", steer);

// A question that waits for one's answer stands above everything; readers hear what is new: a step began, a question
// was opened or closed.
const said = new Map();

function tell() {
  room.toggleAttribute("data-asked", Boolean(room.querySelector(".live-option:not(:disabled)")));
  const status = room.querySelector("[data-status]");
  if (!status) return;
  const news = [];
  for (const box of room.querySelectorAll("[data-live]")) {
    const words = box.querySelector("[data-says]")?.dataset.says ?? "";
    if (words && said.has(box) && said.get(box) !== words) news.push(words);
    said.set(box, words);
  }
  if (news.length) status.textContent = news.join(" ");
}

// Forms that came as news have no token of their own.
document.addEventListener("htmx:configRequest", (event) => {
  event.detail.headers["X-CSRFToken"] = document.querySelector("[name=csrfmiddlewaretoken]").value;
});

const refusal = document.getElementById("room-refusal");
document.addEventListener("htmx:afterRequest", (event) => {
  if (event.detail.successful) {
    if (refusal) refusal.hidden = true;
    // Read here, as the form that sent it may have been replaced by news meanwhile and would tell nobody.
    const trigger = event.detail.xhr.getResponseHeader("HX-Trigger");
    if (trigger?.includes("room:own")) {
      own = JSON.parse(trigger)["room:own"];
      keepingFocus(() => {
        dress(room);
        steer();
      });
      tell();
    }
    const sent = event.detail.requestConfig.elt;
    if (sent.matches("[data-asks]")) {
      const ids = [...sent.querySelectorAll("input[type=text][id]")].map((field) => field.id);
      sent.reset();
      for (const id of ids) if (document.getElementById(id)) document.getElementById(id).value = "";
    }
  }
});
document.addEventListener("htmx:responseError", (event) => {
  if (!refusal || !event.detail.xhr.getResponseHeader("Content-Type")?.startsWith("text/plain")) return;
  refusal.textContent = event.detail.xhr.responseText;
  refusal.hidden = false;
  refusal.focus();
});

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  await navigator.clipboard.writeText(button.parentElement.querySelector("[data-prompt]").textContent);
  button.textContent = room.dataset.copied;
});

// Some proxies hold a stream back: without a word from it for so long the page asks.
const SILENCE = 25000;
let polling = null;
let heardAt = Date.now();
const line = room?.querySelector("[data-line]");

async function ask() {
  try {
    const answer = await fetch(room.dataset.news, { headers: { Accept: "application/json" } });
    if (answer.ok && answer.headers.get("Content-Type")?.includes("json")) show(await answer.json());
    else if (answer.redirected || answer.status === 404) location.reload();
  } catch {
    // No network: it is asked again.
  }
}

function poll() {
  if (polling) return;
  polling = setInterval(ask, POLL);
  if (line) line.hidden = false;
  ask();
}

setInterval(() => { if (room && Date.now() - heardAt > SILENCE) poll(); }, 5000);

function watch() {
  const stream = new EventSource(room.dataset.stream);
  const heard = () => {
    heardAt = Date.now();
    clearInterval(polling);
    polling = null;
    if (line) line.hidden = true;
  };
  stream.addEventListener("beat", heard);
  stream.addEventListener("state", (event) => {
    heard();
    show(JSON.parse(event.data));
  });
  stream.addEventListener("error", () => {
    if (stream.readyState === EventSource.CLOSED) {
      poll();
      setTimeout(watch, 60000);
    }
  });
  window.addEventListener("pagehide", () => stream.close(), { once: true });
}

if (room) {
  dress(room);
  steer();
  tell();
  fit();
  document.fonts.ready.then(fit);
  window.addEventListener("resize", fit);
  watch();
}
