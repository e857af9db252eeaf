// Hands the pass to the page that opened this window, and to no other: the browser compares its origin.
const place = document.getElementById("connect");
if (!window.opener) {
  document.getElementById("lost").hidden = false;
  for (const form of place.querySelectorAll("form, [role=status]")) form.hidden = true;
} else if (place.dataset.token) {
  window.opener.postMessage({ hatpinPass: place.dataset.token }, place.dataset.origin);
  delete place.dataset.token;
  window.setTimeout(() => window.close(), 1500);
}
