// After each exchange the reader goes on where something new stands: the answer, the feedback, or what went wrong.
document.addEventListener("htmx:afterSwap", (event) => {
  const box = document.getElementById("role-play");
  if (!box || event.detail.target?.id !== "role-play") return;
  const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  const told = box.querySelector("[data-refusal], [data-feedback]");
  const field = box.querySelector("[data-say] textarea");
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
