// The picture of a PDF page beside its text: whether it is open is remembered by the browser, and pages are
// turned in place. Without this script the picture still opens, and its links lead to the pictures alone.
const KEY = "hatpin:picture";

function remembered() {
  try {
    return window.localStorage.getItem(KEY) === "open";
  } catch {
    return false;
  }
}

function remember(isOpen) {
  try {
    window.localStorage.setItem(KEY, isOpen ? "open" : "closed");
  } catch {
    // A browser that keeps nothing: it opens closed the next time.
  }
}

function openRemembered() {
  if (!remembered()) return;
  for (const picture of document.querySelectorAll("[data-picture]")) picture.open = true;
}

function turn(picture, step) {
  const numbers = picture.dataset.numbers.split(" ").map(Number);
  const place = numbers.indexOf(Number(picture.dataset.number)) + step;
  const number = numbers[place];
  if (number === undefined) return;
  const addressOf = (page) => picture.querySelector("[data-large]").href.replace(/\/\d+\.png/, `/${page}.png`);
  const image = picture.querySelector("img");
  const large = picture.querySelector("[data-large]");
  const label = picture.querySelector("[data-label]");
  large.href = addressOf(number);
  large.hidden = false;
  picture.querySelector(".picture-failed")?.remove();
  image.classList.add("is-loading");
  delete image.dataset.again;
  image.alt = image.dataset.alt.replace("NUMBER", number);
  image.src = large.href;
  picture.dataset.number = number;
  label.textContent = label.dataset.label.replace("NUMBER", number);
  for (const link of picture.querySelectorAll("[data-turn]")) {
    const next = numbers[place + Number(link.dataset.turn)];
    const hadFocus = link === document.activeElement;
    link.hidden = next === undefined;
    if (next !== undefined) link.href = addressOf(next);
    else if (hadFocus) picture.querySelector("[data-turn]:not([hidden])").focus();
  }
}

// The answer to a picture that did not come says why; it may also have been drawn meanwhile.
async function fail(image) {
  const address = image.src;
  const picture = image.closest("[data-picture]");
  let text = "";
  try {
    const response = await fetch(address, { credentials: "same-origin" });
    if (response.ok && !image.dataset.again) {
      image.dataset.again = "yes";
      image.src = address;
      return;
    }
    if (response.status === 503) text = await response.text();
  } catch {
    // Offline: the sentence of every picture that cannot be shown.
  }
  if (image.src !== address) return;
  const sentence = document.createElement("p");
  sentence.className = "picture-failed soft";
  sentence.setAttribute("role", "status");
  sentence.textContent = text || picture.dataset.failed;
  const large = picture.querySelector("[data-large]");
  large.hidden = true;
  picture.querySelector(".picture-failed")?.remove();
  large.after(sentence);
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-picture] [data-turn]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  event.preventDefault();
  turn(link.closest("[data-picture]"), Number(link.dataset.turn));
});

// These events do not bubble.
document.addEventListener("toggle", (event) => {
  if (event.target.matches("[data-picture]")) remember(event.target.open);
}, true);
document.addEventListener("load", (event) => {
  if (event.target.matches?.("[data-picture] img")) event.target.classList.remove("is-loading");
}, true);
document.addEventListener("error", (event) => {
  if (event.target.matches?.("[data-picture] img")) fail(event.target);
}, true);

document.addEventListener("source:shown", openRemembered);
openRemembered();
