// Says how far a large report has got. Without scripts the form is simply sent.
for (const form of document.querySelectorAll("[data-import]")) {
  const state = form.querySelector("[data-state]");
  const button = form.querySelector("button[type='submit']");
  const say = (text) => {
    state.hidden = false;
    state.textContent = text;
  };
  const again = (text) => {
    say(text);
    button.disabled = false;
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    button.disabled = true;
    const request = new XMLHttpRequest();
    request.upload.addEventListener("progress", (sent) => {
      if (sent.lengthComputable) say(`${form.dataset.sending}, ${Math.round((sent.loaded / sent.total) * 100)} %`);
    });
    request.upload.addEventListener("load", () => say(form.dataset.reading));
    request.addEventListener("error", () => again(form.dataset.lost));
    request.addEventListener("load", () => {
      if (request.status < 300) {
        window.location.assign(form.action);
        return;
      }
      const page = new DOMParser().parseFromString(request.responseText, "text/html");
      again(page.querySelector(".errors-list li, [data-problem]")?.textContent.trim() || form.dataset.wrong);
    });
    request.open("POST", form.action);
    request.send(new FormData(form));
  });
}
