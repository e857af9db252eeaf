// Rows of a form: added by button or Enter, moved by Alt and an arrow. Without this a few empty rows are there.
const list = document.querySelector("[data-rows]");
const prefix = list.dataset.rows;
const total = document.getElementById(`id_${prefix}-TOTAL_FORMS`);
const most = Number(document.getElementById(`id_${prefix}-MAX_NUM_FORMS`).value);
const add = document.querySelector("[data-add]");
const blank = document.querySelector("template[data-row]");

const rows = () => [...list.querySelectorAll(":scope > li")];

function number() {
  rows().forEach((row, n) => {
    const place = row.querySelector(`[name$="-ORDER"]`);
    const holds = row.querySelector(`[name$="-name"]`).value;
    // An empty row without a place counts as last.
    place.value = holds || place.value ? n + 1 : "";
  });
}

function append(after) {
  const count = Number(total.value);
  if (count >= most) return;
  const made = document.createElement("template");
  made.innerHTML = blank.innerHTML.replaceAll("__prefix__", String(count));
  const row = made.content.querySelector("li");
  total.value = String(count + 1);
  if (after) after.after(row);
  else list.append(row);
  const lane = (after ?? rows().at(-2))?.querySelector(`[name$="-lane"]`);
  if (lane) row.querySelector(`[name$="-lane"]`).value = lane.value;
  number();
  row.querySelector(`[name$="-name"]`).focus();
}

function move(row, by) {
  const other = by < 0 ? row.previousElementSibling : row.nextElementSibling;
  if (!other) return;
  if (by < 0) other.before(row);
  else other.after(row);
  number();
}

add.hidden = false;
document.querySelector("[data-keys]").hidden = false;
add.addEventListener("click", () => append());
list.addEventListener("keydown", (event) => {
  const row = event.target.closest("li");
  if (!row) return;
  if (event.key === "Enter" && event.target.matches("input:not([type=checkbox])")) {
    event.preventDefault();
    append(row);
  } else if (event.altKey && ["ArrowUp", "ArrowDown"].includes(event.key)) {
    event.preventDefault();
    const held = event.target;
    move(row, event.key === "ArrowUp" ? -1 : 1);
    held.focus();
  }
});
list.addEventListener("change", (event) => {
  if (event.target.matches(`[name$="-lane"]`)) {
    const known = document.getElementById("lanes");
    const value = event.target.value.trim();
    if (value && ![...known.options].some((option) => option.value === value)) known.append(new Option(value, value));
  }
});
list.closest("form").addEventListener("submit", number);
