// Pages that ask for news: when the answer is a whole page (signed out meanwhile), open it instead of putting it inside.
document.addEventListener("htmx:beforeSwap", (event) => {
  if (event.detail.isError) return;
  const text = event.detail.xhr.responseText.trimStart().slice(0, 15).toLowerCase();
  if (!text.startsWith("<!doctype html")) return;
  event.detail.shouldSwap = false;
  window.location.reload();
});
