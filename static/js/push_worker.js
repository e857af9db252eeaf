// Shows what the hub sent to this browser, and opens its page, or where to do it. It keeps nothing and touches no other
// request.
self.addEventListener("install", () => self.skipWaiting());

self.addEventListener("push", (event) => {
  let message = {};
  try {
    message = event.data.json();
  } catch {
    // A browser has to show something for each push, also for one that cannot be read.
  }
  const { title = "Hatpin", body = "", path = "/", actions = [] } = message;
  const buttons = actions.map((one, place) => ({ action: String(place), title: one.title }));
  const addresses = actions.map((one) => one.address);
  event.waitUntil(
    self.registration.showNotification(title, {
      body, tag: "tip", icon: "/static/img/favicon.svg", actions: buttons, data: { path, addresses },
    }),
  );
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  const { path, addresses } = event.notification.data;
  const isButton = event.action !== "";
  const target = new URL(isButton ? addresses[Number(event.action)] : path, self.location.origin);
  // A button leads to the tool in which it is done; the message itself never out of the hub.
  const isAllowed = target.origin === self.location.origin || (isButton && target.protocol === "https:");
  if (isAllowed) event.waitUntil(self.clients.openWindow(target.href));
});
