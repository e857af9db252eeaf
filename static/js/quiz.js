// A quiz by keyboard: 1 to 4 chooses, Enter answers or goes on.
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches('input[type="text"], textarea')) return;
  const options = document.querySelectorAll("[data-quiz] input[type=radio]");
  if (/^[1-9]$/.test(event.key) && options[event.key - 1]) {
    options[event.key - 1].checked = true;
    options[event.key - 1].focus();
  } else if (event.key === "Enter" && !event.target.closest("a, button, input, summary, textarea")) {
    document.querySelector("[data-next]")?.click();
  }
});

document.querySelector(window.location.hash === "#answer" ? "#answer" : "[autofocus]")?.focus();
