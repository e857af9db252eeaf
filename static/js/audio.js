// The audio overview with the browser's own voices: two of them, the sentence being spoken highlighted.
const player = document.querySelector("[data-audio]");
const turns = [...document.querySelectorAll("[data-turn-of]")];
const speech = window.speechSynthesis;
const MOST_SILENCE = 5000; // milliseconds until a voice has to begin

if (player && !(turns.length && speech)) player.hidden = true;
else if (player) {
  const play = player.querySelector("[data-audio-play]");
  const says = player.querySelector("[data-audio-says]");
  const rate = player.querySelector("[data-audio-rate]");
  const line = player.querySelector(".pin-line");
  const head = player.querySelector(".pin-head");
  const sentences = turns.flatMap((turn) => split(turn));
  let place = 0;
  let isPlaying = false;
  let isSilent = false; // no voice: the place stays marked, for reading along
  let run = 0;
  let waiting = 0;

  // Each sentence gets an element of its own, so that it can be marked; the text stays the same.
  function split(turn) {
    const box = turn.querySelector("[data-turn-text]");
    const parts = new Intl.Segmenter(turn.dataset.lang, { granularity: "sentence" }).segment(box.textContent);
    const spans = [...parts].map(({ segment }) => {
      const span = document.createElement("span");
      span.textContent = segment;
      return span;
    });
    box.replaceChildren(...spans);
    return spans.map((span) => ({ span, turn }));
  }

  function voiceFor(turn) {
    const own = speech.getVoices().filter((voice) => voice.lang.toLowerCase().startsWith(turn.dataset.lang));
    const near = own.filter((voice) => voice.localService);
    const pool = near.length > 1 ? near : own;
    return pool.length ? pool[turn.dataset.turnOf === "B" ? pool.length - 1 : 0] : null;
  }

  function mark() {
    for (const { span } of sentences) span.classList.remove("is-spoken");
    const percent = (100 * place) / sentences.length;
    line.setAttribute("x2", `${percent}%`);
    head.setAttribute("cx", `${percent}%`);
    const current = sentences[place];
    if (!(isPlaying || isSilent) || !current) return;
    current.span.classList.add("is-spoken");
    const box = current.span.getBoundingClientRect();
    if (box.top < player.getBoundingClientRect().bottom || box.bottom > window.innerHeight - 40) {
      const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
      current.span.scrollIntoView({ block: "center", behavior: calm ? "instant" : "smooth" });
    }
  }

  function name() {
    play.textContent = isPlaying ? play.dataset.pause : play.dataset.play;
    play.setAttribute("aria-pressed", String(isPlaying));
  }

  function stop() {
    isPlaying = false;
    run += 1;
    window.clearTimeout(waiting);
    speech.cancel();
    mark();
    name();
  }

  function fallSilent() {
    isSilent = true;
    says.textContent = says.dataset.none;
    stop();
  }

  function speak() {
    const mine = (run += 1);
    window.clearTimeout(waiting);
    speech.cancel();
    const current = sentences[place];
    if (!current) {
      place = 0;
      stop();
      return;
    }
    const words = new SpeechSynthesisUtterance(current.span.textContent);
    const voice = voiceFor(current.turn);
    words.lang = current.turn.dataset.lang;
    if (voice) words.voice = voice;
    else if (speech.getVoices().length) says.textContent = says.dataset.none;
    words.rate = Number(rate.value);
    words.pitch = current.turn.dataset.turnOf === "B" ? 0.9 : 1.1;
    const next = () => {
      if (mine !== run || !isPlaying) return;
      place += 1;
      speak();
    };
    words.addEventListener("end", next);
    words.addEventListener("error", (event) => {
      if (event.error === "interrupted" || event.error === "canceled") return;
      if (mine === run) fallSilent();
    });
    words.addEventListener("start", () => {
      window.clearTimeout(waiting);
      if (voice) [isSilent, says.textContent] = [false, ""];
    });
    waiting = window.setTimeout(() => mine === run && fallSilent(), MOST_SILENCE);
    mark();
    speech.speak(words);
  }

  function start() {
    isPlaying = true;
    name();
    speak();
  }

  function jump(by) {
    const turn = sentences[Math.min(place, sentences.length - 1)].turn;
    const to = turns[Math.max(0, Math.min(turns.length - 1, turns.indexOf(turn) + by))];
    place = sentences.findIndex((sentence) => sentence.turn === to);
    if (isPlaying) speak();
    else mark();
  }

  play.addEventListener("click", () => (isPlaying ? stop() : start()));
  player.querySelector("[data-audio-back]").addEventListener("click", () => jump(-1));
  player.querySelector("[data-audio-on]").addEventListener("click", () => jump(1));
  rate.addEventListener("change", () => isPlaying && speak());
  document.addEventListener("click", (event) => {
    const span = event.target.closest("[data-turn-text] span");
    if (!span) return;
    place = sentences.findIndex((sentence) => sentence.span === span);
    start();
  });
  window.addEventListener("pagehide", () => speech.cancel());
  name();
}
