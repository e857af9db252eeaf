// Words said in place of typed ones: recorded, sent once, and put into the box to be checked. Nothing is sent by itself.
const button = document.querySelector("[data-voice]");
const says = document.querySelector("[data-voice-says]");
const name = button.querySelector("[data-voice-name]");
const box = document.getElementById(button.dataset.voiceFor || "id_question");
const LONGEST_MILLISECONDS = 120_000;
let recorder = null;
let isBusy = false;

function show(state, text) {
  button.dataset.state = state;
  button.setAttribute("aria-pressed", String(state === "recording"));
  button.setAttribute("aria-disabled", String(state === "listening"));
  name.textContent = state === "recording" ? button.dataset.stop : button.dataset.start;
  says.textContent = text;
  says.classList.toggle("wrong", state === "wrong");
}

async function record() {
  let sound;
  try {
    sound = await navigator.mediaDevices.getUserMedia({ audio: true });
  } catch (fault) {
    show("wrong", fault.name === "NotFoundError" ? button.dataset.missing : button.dataset.denied);
    return;
  }
  const parts = [];
  recorder = new MediaRecorder(sound, { audioBitsPerSecond: 32_000 });
  const end = window.setTimeout(() => recorder?.stop(), LONGEST_MILLISECONDS);
  recorder.addEventListener("dataavailable", (event) => parts.push(event.data));
  recorder.addEventListener("stop", () => {
    window.clearTimeout(end);
    for (const track of sound.getTracks()) track.stop();
    const kind = recorder.mimeType;
    recorder = null;
    hear(new Blob(parts, { type: kind }));
  });
  recorder.start();
  show("recording", button.dataset.recording);
}

async function hear(sound) {
  show("listening", button.dataset.listening);
  const data = new FormData();
  data.append("audio", sound, "question");
  let answer;
  try {
    const response = await fetch(button.dataset.url, {
      method: "POST",
      body: data,
      headers: { "X-CSRFToken": box.form.querySelector("[name='csrfmiddlewaretoken']").value },
      credentials: "same-origin",
    });
    answer = await response.json().catch(() => ({}));
    if (!response.ok || !answer.text) {
      show("wrong", answer.detail || button.dataset.wrong);
      return;
    }
  } catch {
    show("wrong", button.dataset.lost);
    return;
  }
  box.value = box.value.trim() ? `${box.value.trim()} ${answer.text}` : answer.text;
  show("", button.dataset.heard);
  box.focus();
}

button.addEventListener("click", async () => {
  if (recorder) {
    recorder.stop();
    return;
  }
  if (isBusy || button.dataset.state === "listening") return;
  isBusy = true;
  await record();
  isBusy = false;
});
box.addEventListener("input", () => {
  if (!recorder && button.dataset.state !== "listening") show("", "");
});

// Without a microphone's interface, or on a page that is not secure, there is no button.
button.hidden = !(navigator.mediaDevices?.getUserMedia && window.MediaRecorder);
