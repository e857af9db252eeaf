// Files are sent one by one, each with its own line; what the server refuses is said beside the file.
const form = document.querySelector("[data-upload]");
const input = form.querySelector("input[type='file']");
const drop = form.querySelector("[data-drop]");
const rows = form.querySelector("[data-uploads]");
const largest = Number(form.dataset.maxMb) * 1024 * 1024;
const count = document.createElement("p");
count.className = "upload-count";
const waiting = [];
let isSending = false;

form.querySelector("[data-send]").hidden = true;
drop.classList.add("is-live");

function row(file) {
  const element = document.createElement("div");
  element.className = "upload-row";
  const name = document.createElement("span");
  name.className = "name";
  name.textContent = file.name;
  const state = document.createElement("span");
  state.className = "soft number";
  const pin = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  pin.setAttribute("class", "pin");
  pin.setAttribute("aria-hidden", "true");
  for (const [tag, kind] of [["line", "pin-track"], ["line", "pin-line"], ["circle", "pin-head"]]) {
    const part = document.createElementNS("http://www.w3.org/2000/svg", tag);
    part.setAttribute("class", kind);
    const places = tag === "line" ? { x1: "0", x2: kind === "pin-track" ? "100%" : "0%", y1: "50%", y2: "50%" } : { cx: "0%", cy: "50%", r: "6" };
    for (const [attribute, value] of Object.entries(places)) part.setAttribute(attribute, value);
    pin.append(part);
  }
  element.append(name, state, pin);
  rows.append(element);
  return {
    element,
    progress(part) {
      const share = `${Math.round(part * 100)}%`;
      pin.children[1].setAttribute("x2", share);
      pin.children[2].setAttribute("cx", share);
      state.textContent = `${form.dataset.sending}, ${Math.round(part * 100)} %`;
    },
    wrong(text) {
      element.classList.add("is-wrong");
      state.className = "wrong";
      state.textContent = text;
      // The same reason is given once, above the names it holds for.
      const same = [...rows.querySelectorAll(".is-wrong")].find((other) => other !== element && other.querySelector(".wrong").textContent === text);
      if (same) {
        same.prepend(same.querySelector(".wrong"));
        same.append(name);
        element.remove();
      }
      const refused = rows.querySelectorAll(".is-wrong .name").length;
      if (refused > 1) {
        count.textContent = `${form.dataset.refused} ${refused}`;
        rows.prepend(count);
      }
      // More than fits is scrolled, by keyboard too.
      if (rows.scrollHeight > rows.clientHeight) rows.tabIndex = 0;
    },
  };
}

function take(page) {
  const fresh = page.getElementById("sources");
  if (!fresh) return;
  const old = document.getElementById("sources");
  const node = document.importNode(fresh, true);
  old.replaceWith(node);
  window.htmx?.process(node);
  const tab = document.querySelector("[data-tab='sources']");
  const freshTab = page.querySelector("[data-tab='sources']");
  if (tab && freshTab) tab.textContent = freshTab.textContent;
  const empty = document.querySelector("[data-empty]");
  const freshEmpty = page.querySelector("[data-empty]");
  if (empty && freshEmpty) {
    freshEmpty.hidden = empty.hidden;
    empty.replaceWith(document.importNode(freshEmpty, true));
  }
  document.dispatchEvent(new CustomEvent("htmx:afterSettle"));
}

function send(file) {
  const line = row(file);
  if (file.size > largest) {
    line.wrong(form.dataset.tooBig);
    return Promise.resolve();
  }
  line.progress(0);
  return new Promise((resolve) => {
    const data = new FormData();
    data.append("csrfmiddlewaretoken", form.querySelector("[name='csrfmiddlewaretoken']").value);
    data.append("file", file);
    const request = new XMLHttpRequest();
    request.upload.addEventListener("progress", (event) => {
      if (event.lengthComputable) line.progress(event.loaded / event.total);
    });
    request.addEventListener("error", () => { line.wrong(form.dataset.lost); resolve(); });
    request.addEventListener("load", () => {
      const page = new DOMParser().parseFromString(request.responseText, "text/html");
      if (request.status < 300 && page.getElementById("sources")) {
        line.element.remove();
        take(page);
      } else {
        const said = page.querySelector(".errors-list li, [data-problem]")?.textContent.trim() ?? "";
        line.wrong((said.startsWith(`${file.name}: `) ? said.slice(file.name.length + 2) : said) || form.dataset.wrong);
        take(page);
      }
      resolve();
    });
    request.open("POST", form.action);
    request.send(data);
  });
}

async function sendAll(files) {
  waiting.push(...files);
  if (isSending) return;
  isSending = true;
  rows.replaceChildren();
  rows.removeAttribute("tabindex");
  while (waiting.length) await send(waiting.shift());
  isSending = false;
}

input.addEventListener("change", () => {
  const files = [...input.files];
  input.value = "";
  sendAll(files);
});

for (const kind of ["dragenter", "dragover"]) {
  drop.addEventListener(kind, (event) => {
    event.preventDefault();
    drop.classList.add("is-over");
  });
}
drop.addEventListener("dragleave", (event) => {
  if (!drop.contains(event.relatedTarget)) drop.classList.remove("is-over");
});
drop.addEventListener("drop", (event) => {
  event.preventDefault();
  drop.classList.remove("is-over");
  if (event.dataTransfer.files.length) sendAll([...event.dataTransfer.files]);
});
// A file dropped beside the zone must not replace the page.
for (const kind of ["dragover", "drop"]) window.addEventListener(kind, (event) => event.preventDefault());
window.addEventListener("beforeunload", (event) => {
  if (isSending) event.preventDefault();
});
