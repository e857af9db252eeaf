// Shows what the hub sent to this browser, and opens its page. It keeps nothing and touches no other request.
self.addEventListener("install", () => self.skipWaiting());

self.addEventListener("push", (event) => {
  let message = {};
  try {
    message = event.data.json();
  } catch {
    // A browser has to show something for each push, also for one that cannot be read.
  }
  const { title = "Hatpin", body = "", path = "/" } = message;
  event.waitUntil(
    self.registration.showNotification(title, { body, tag: "tip", icon: "/static/img/favicon.svg", data: { path } }),
  );
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  const target = new URL(event.notification.data.path, self.location.origin);
  if (target.origin === self.location.origin) event.waitUntil(self.clients.openWindow(target.href));
});
