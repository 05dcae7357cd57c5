// Printing, and the service worker. No page needs this script to do its work.
(() => {
  const all = (selector) => document.querySelectorAll(selector);
  for (const button of all('[data-print]')) {
    button.hidden = false;
    button.addEventListener('click', () => window.print());
  }
  const workers = navigator.serviceWorker;
  if (!workers) return;
  for (const form of all('[data-forget]')) {
    form.addEventListener('submit', () => workers.controller?.postMessage('forget'));
  }
  const offer = (worker) => {
    for (const hint of all('[data-update]')) {
      hint.hidden = false;
      hint.querySelector('a')?.addEventListener('click', (event) => {
        event.preventDefault();
        workers.addEventListener('controllerchange', () => location.reload());
        worker.postMessage('update');
      });
    }
  };
  addEventListener('load', async () => {
    const place = await workers.register('/sw.js');
    if (place.waiting) offer(place.waiting);
    place.addEventListener('updatefound', () => {
      const next = place.installing;
      next?.addEventListener('statechange', () => {
        if (next.state === 'installed' && workers.controller) offer(next);
      });
    });
    (await workers.ready).active?.postMessage({ keep: location.pathname });
  });
})();
