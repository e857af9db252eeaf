// After each exchange the reader goes on where something new stands: the answer, the feedback, or what went wrong.
// The whole conversation is put in anew, so the answer is also read out from a place that stays.
document.addEventListener("htmx:afterSwap", (event) => {
  const box = document.getElementById("role-play");
  if (!box || event.detail.target?.id !== "role-play") return;
  const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  const told = box.querySelector("[data-refusal], [data-feedback]");
  const field = box.querySelector("[data-say] textarea");
  const heard = told ? null : box.querySelector(".said-partner[data-last] p");
  document.getElementById("announcer").textContent = heard?.textContent ?? "";
  (told ?? field ?? box.querySelector("[data-last]"))?.focus({ preventScroll: true });
  (told ?? box.querySelector("[data-last]"))?.scrollIntoView({ block: "center", behavior: calm ? "instant" : "smooth" });
});

// Enter says it, Shift and Enter begin a new line; where a word is being composed Enter belongs to that.
document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  const form = event.target.closest?.("[data-say]");
  if (!form || event.target.tagName !== "TEXTAREA" || !event.target.value.trim()) return;
  event.preventDefault();
  form.requestSubmit();
});
