// Shows what is pushed while no page is open, and opens the page when somebody clicks on it.

self.addEventListener('install', () => self.skipWaiting());
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));

self.addEventListener('push', (event) => event.waitUntil(show(event.data)));

async function show(data) {
  const { title, body, tag, path } = data.json();
  await self.registration.showNotification(title, { body, tag, data: { path } });
}

self.addEventListener('notificationclick', (event) => {
  event.notification.close();
  event.waitUntil(open(event.notification.data.path));
});

/** Shows the page in a window that is there, or else in a new one. */
async function open(path) {
  const windows = await self.clients.matchAll({ type: 'window' });
  const [window] = windows.filter((window) => 'navigate' in window);
  if (!window) return self.clients.openWindow(path);
  await window.focus();
  if (new URL(window.url).pathname !== path) await window.navigate(path);
}
