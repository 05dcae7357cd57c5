// Printing and the service worker. No page needs it.
const all = (selector, act) => document.querySelectorAll(selector).forEach(act);
const workers = navigator.serviceWorker;

all('[data-print]', (button) => {
  button.hidden = false;
  button.onclick = () => print();
});

all('[data-forget]', (form) => {
  form.onsubmit = () => workers?.controller?.postMessage('forget');
});

const offer = (worker) => all('[data-update]', (hint) => {
  hint.hidden = false;
  hint.querySelector('a').onclick = () => {
    workers.oncontrollerchange = () => location.reload();
    worker.postMessage('update');
    return false;
  };
});

if (workers) addEventListener('load', async () => {
  const place = await workers.register('/sw.js');
  if (place.waiting) offer(place.waiting);
  place.onupdatefound = () => {
    const next = place.installing;
    next.onstatechange = () => next.state === 'installed' && workers.controller && offer(next);
  };
  (await workers.ready).active.postMessage({ keep: location.pathname });
});
