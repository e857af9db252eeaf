// Lets this browser show tips as messages of its own. It asks only when the button is pressed.
const button = document.querySelector("[data-push]");
const state = document.getElementById("push-state");

if (button && "serviceWorker" in navigator && "PushManager" in window && "Notification" in window) {
  document.getElementById("push").hidden = false;
  button.addEventListener("click", subscribe);
}

async function subscribe() {
  button.disabled = true;
  state.textContent = "";
  try {
    if ((await Notification.requestPermission()) !== "granted") {
      state.textContent = button.dataset.denied;
      return;
    }
    await navigator.serviceWorker.register(button.dataset.worker);
    const worker = await ready(await navigator.serviceWorker.getRegistration(button.dataset.worker));
    const subscription = await worker.pushManager.subscribe({
      userVisibleOnly: true,
      applicationServerKey: button.dataset.key,
    });
    const answer = await fetch(button.dataset.push, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRFToken": document.querySelector("#places [name=csrfmiddlewaretoken]").value },
      body: JSON.stringify({ channel: "web_push", address: JSON.stringify(subscription) }),
    });
    if (answer.ok) {
      window.location.hash = "places";
      window.location.reload();
      return;
    }
    const problem = await answer.json().catch(() => ({}));
    state.textContent = problem.detail || button.dataset.failed;
  } catch {
    state.textContent = button.dataset.failed;
  } finally {
    button.disabled = false;
  }
}

// A worker that is just being installed cannot subscribe yet.
async function ready(registration) {
  const worker = registration.installing || registration.waiting;
  if (worker) {
    await new Promise((resolve) => {
      if (worker.state === "activated") resolve();
      worker.addEventListener("statechange", () => worker.state === "activated" && resolve());
    });
  }
  return registration;
}
