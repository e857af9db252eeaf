// The studio makes from the sources that are switched on in their list, as the conversation asks them.
const form = document.getElementById("studio-form");
const scope = form?.querySelector("[data-studio-scope]");
const whole = scope?.textContent;

function boxes() {
  return [...document.querySelectorAll("[data-source]")];
}

function tell() {
  if (!scope) return;
  const all = boxes();
  const chosen = all.filter((box) => box.checked).length;
  const some = scope.dataset.some.replace("{chosen}", chosen).replace("{all}", all.length);
  const text = chosen === all.length ? whole : chosen ? some : scope.dataset.none;
  if (scope.textContent !== text) scope.textContent = text;
}

function chosen() {
  const all = boxes();
  const on = all.filter((box) => box.checked);
  return on.length && on.length < all.length ? on.map((box) => box.value) : [];
}

form?.addEventListener("htmx:configRequest", (event) => {
  if (boxes().length && !boxes().some((box) => box.checked)) {
    event.preventDefault();
    return;
  }
  for (const id of chosen()) event.detail.formData.append("source", id);
});
// Once asked for, it stands first in the list; the form steps back so that one sees it being made.
form?.addEventListener("htmx:afterRequest", (event) => {
  const fold = form.closest("details");
  if (!event.detail.successful || document.querySelector("#aids [role=alert]")) return;
  fold.open = false;
  fold.querySelector("summary").focus();
});
document.addEventListener("change", tell);
document.addEventListener("htmx:afterSettle", tell);
tell();
