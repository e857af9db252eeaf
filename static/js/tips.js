// Tells the hub that the day's tip was really on the screen; looking at the page alone writes nothing.
const card = document.querySelector("[data-seen]");
if (card) {
  const watch = new IntersectionObserver(
    (entries) => {
      if (!entries.some((entry) => entry.isIntersecting)) return;
      watch.disconnect();
      const token = card.querySelector("[name=csrfmiddlewaretoken]").value;
      fetch(card.dataset.seen, { method: "POST", headers: { "X-CSRFToken": token }, keepalive: true }).catch(() => {});
    },
    { threshold: 0.3 },
  );
  watch.observe(card);
}

// The card that comes back has "Undo" where "Tried it" was: the second half of a double click must not hit it.
document.addEventListener("htmx:afterSwap", () => {
  const fresh = document.getElementById("tip");
  fresh.classList.add("is-fresh");
  window.setTimeout(() => fresh.classList.remove("is-fresh"), 500);
});
