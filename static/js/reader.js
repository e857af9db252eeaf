// A source on its own page: lead to the quote, and back to the place in the conversation one came from.
const quote = document.getElementById("quote");
if (quote && window.location.hash === "#quote") {
  quote.scrollIntoView({ block: "center", behavior: "instant" });
  quote.focus({ preventScroll: true });
}

const back = document.querySelector("[data-back]");
if (back && document.referrer.split(/[?#]/)[0] === back.href) {
  back.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    window.history.back();
  });
}
