// Randpas service worker. The server writes the build id into this file and sends it with `no-cache`.
//
// Four kinds of memory:
//  - randpas-<build>  files of one build (style, fonts, pictograms, wasm); the build before it is kept as well, because
//                     a page of that build may still be open at a door;
//  - randpas-mine     the holder's own page, /pas; gone with "verwijder van deze telefoon";
//  - randpas-shell    the scanner's page, /scan, which names an organiser; gone after logging out;
//  - randpas-device   /scan and /koppel of a paired phone, fetched without cookies, so that they name nobody; there from
//                     pairing to unpairing, whoever logs in or out.
// Nothing that was POSTed, nothing under /api/ and no other page is ever kept.
//
// Background Sync: the page of a paired phone lays signed requests in IndexedDB; they are posted as they are, and the
// answers laid beside them. What either means only the page knows.

const BUILD = 'randpas-__BUILD_ID__';
const MINE = 'randpas-mine';
const SHELL = 'randpas-shell';
const DEVICE = 'randpas-device';

/** Pages that open without network, and where each is kept. */
const PAGES = { '/pas': MINE, '/scan': SHELL };

/** Pages of a paired phone. */
const DEVICE_PAGES = ['/scan', '/koppel'];

/** What every page needs; a missing one does not stop the others. */
const FIRST = [
  '/offline',
  '/icons.svg',
  '/favicon.svg',
  '/manifest.webmanifest',
  '/pwa.js',
  '/fonts/atkinson-400.woff2',
  '/fonts/atkinson-700.woff2',
];

/** What the scanner fetches only once it scans, or is paired. */
const SCANNER = [
  '/scan.webmanifest',
  '/icons/frame.svg',
  '/decoder-worker.js',
  '/pkg/decoder.js',
  '/pkg/decoder_bg.wasm',
];

/** How long a network that answers slowly may hold up a page that we have. */
const PATIENCE_MS = 3000;

const isFile = (path) => /^\/(pkg|fonts|icons)\/|^\/[^/]+\.(svg|js|webmanifest)$/.test(path) && path !== '/sw.js';

const sound = (response) => response.ok && response.type === 'basic' && !response.redirected;

async function keepFiles(paths) {
  const cache = await caches.open(BUILD);
  const keep = async (path) => {
    if (await cache.match(path)) return;
    const response = await fetch(path, { cache: 'no-cache' });
    if (sound(response)) await cache.put(path, response);
  };
  await Promise.allSettled(paths.map(keep));
}

/** Fetches one of PAGES and keeps it, with the files that it names. */
async function keepPage(path) {
  const response = await fetch(path, { redirect: 'manual', headers: { Accept: 'text/html' } });
  const html = await rememberPage(path, response.clone());
  // A reader who may not scan does not pay for the decoder.
  const scans = path === '/scan' && !html.includes('data-scan="closed"');
  await keepFiles(scans ? [...filesOf(html), ...SCANNER] : filesOf(html));
}

const filesOf = (html) => [...html.matchAll(/\/pkg\/[\w./-]+/g)].map((found) => found[0]);

/** Fetches the pages of a paired phone, with everything that scanning needs; a page counts as kept after its files. */
async function keepDevice() {
  const cache = await caches.open(DEVICE);
  await keepFiles([...FIRST, ...SCANNER]);
  const keep = async (path) => {
    const response = await fetch(path, { credentials: 'omit', cache: 'no-cache', headers: { Accept: 'text/html' } });
    if (!sound(response)) return;
    const html = await response.clone().text();
    await keepFiles(filesOf(html));
    await cache.put(path, response);
  };
  await Promise.allSettled(DEVICE_PAGES.map(keep));
}

/** Keeps the newest answer; an answer that sends the reader away means that the old one is no longer theirs. */
async function rememberPage(path, response) {
  const cache = await caches.open(PAGES[path]);
  if (sound(response)) {
    await cache.put(path, response.clone());
    return response.text();
  }
  if (response.type === 'opaqueredirect' || response.status === 401 || response.status === 403) {
    await cache.delete(path);
  }
  return '';
}

/** Own build first, then the network, then what an earlier build left. */
async function file(request) {
  const key = new URL(request.url).pathname;
  const cache = await caches.open(BUILD);
  const kept = await cache.match(key);
  if (kept) return kept;
  const earlier = () => caches.match(key);
  try {
    const response = await fetch(request);
    if (sound(response)) await cache.put(key, response.clone());
    return response.ok ? response : (await earlier()) ?? response;
  } catch (problem) {
    const old = await earlier();
    if (old) return old;
    throw problem;
  }
}

/** A paired phone opens its scanner at once, with or without network, and looks for a newer one meanwhile. */
async function pageOf(event, path) {
  if (DEVICE_PAGES.includes(path) && (await caches.has(DEVICE))) {
    const kept = await (await caches.open(DEVICE)).match(path);
    if (kept && path === '/scan') {
      event.waitUntil(keepDevice().catch(() => undefined));
      return kept;
    }
    if (kept) return fetch(event.request).catch(() => kept);
  }
  return path in PAGES ? page(event, path) : fetch(event.request).catch(offline);
}

/** Network first; what we kept when the network fails or is slow. */
async function page(event, path) {
  const kept = await (await caches.open(PAGES[path])).match(path);
  const fresh = fetch(event.request).then((response) => {
    event.waitUntil(rememberPage(path, response.clone()));
    return response.status >= 500 && kept ? kept : response;
  });
  if (!kept) return fresh.catch(offline);
  const patience = new Promise((resolve) => setTimeout(resolve, PATIENCE_MS, kept));
  const answer = fresh.catch(() => kept);
  event.waitUntil(answer);
  return Promise.race([answer, patience]);
}

async function offline() {
  const kept = await caches.match('/offline');
  if (kept) return kept;
  const text = '<!doctype html><html lang="nl"><meta charset="utf-8">'
    + '<meta name="viewport" content="width=device-width"><title>Geen netwerk · Randpas</title>'
    + '<h1>Geen netwerk</h1><p>Deze pagina heeft netwerk nodig. Probeer het straks opnieuw.</p>'
    + '<p><a href="/pas">Mijn pas</a> werkt ook zonder netwerk.</p></html>';
  return new Response(text, { status: 503, headers: { 'Content-Type': 'text/html; charset=utf-8' } });
}

async function dropOldBuilds() {
  const builds = (await caches.keys()).filter((name) => name.startsWith('randpas-') && ![MINE, SHELL, DEVICE].includes(name));
  const before = builds.filter((name) => name !== BUILD).pop();
  await Promise.all(builds.filter((name) => name !== BUILD && name !== before).map((name) => caches.delete(name)));
}

self.addEventListener('install', (event) => {
  event.waitUntil(keepFiles(FIRST).then(keepOfflineStyle));
});

/** The offline page is worth little without its style, whose name changes with every build. */
async function keepOfflineStyle() {
  const kept = await (await caches.open(BUILD)).match('/offline');
  if (!kept) return;
  const html = await kept.text();
  await keepFiles([...html.matchAll(/\/pkg\/[\w./-]+\.css/g)].map((found) => found[0]));
}

self.addEventListener('activate', (event) => {
  const newer = async () => {
    if (await caches.has(DEVICE)) await keepDevice().catch(() => undefined);
  };
  event.waitUntil(dropOldBuilds().then(() => self.clients.claim()).then(newer));
});

// Never skipWaiting of our own accord: somebody may be scanning. A person who taps "Vernieuw" sends 'update'.
self.addEventListener('message', (event) => {
  if (event.data === 'update') self.skipWaiting();
  if (event.data === 'forget') event.waitUntil(caches.delete(MINE));
  if (event.data === 'paired') event.waitUntil(keepDevice().catch(() => undefined));
  if (event.data === 'unpaired') event.waitUntil(caches.delete(DEVICE));
  if (event.data?.keep in PAGES) event.waitUntil(keepPage(event.data.keep).catch(() => undefined));
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (origin !== self.location.origin) return;
  if (request.method !== 'GET') {
    if (pathname === '/afmelden') event.waitUntil(caches.delete(SHELL));
    if (pathname === '/pas/verwijderen') event.waitUntil(caches.delete(MINE));
    return;
  }
  if (request.mode === 'navigate') {
    if (pathname in PAGES || DEVICE_PAGES.includes(pathname)) event.respondWith(pageOf(event, pathname));
    else if (!pathname.startsWith('/api/')) event.respondWith(fetch(request).catch(offline));
    return;
  }
  if (isFile(pathname)) event.respondWith(file(request));
});

// ── Background Sync of a paired phone ──

const OUTBOX = 'randpas-outbox';

self.addEventListener('sync', (event) => {
  if (event.tag === OUTBOX) event.waitUntil(sendOutgoing());
});

const promised = (request) =>
  new Promise((keep, fail) => {
    request.onsuccess = () => keep(request.result);
    request.onerror = () => fail(request.error);
  });

/** The phone's database, when there is one: opening must not make one. */
function openOutbox() {
  const request = indexedDB.open(DEVICE);
  request.onupgradeneeded = () => request.transaction.abort();
  return promised(request).catch(() => undefined);
}

/** Posts what the page laid out; whatever is not answered with 200 stays, and the browser tries again by itself. */
async function sendOutgoing() {
  const database = await openOutbox();
  if (!database) return;
  try {
    const store = () => database.transaction('outgoing').objectStore('outgoing');
    const keys = await promised(store().getAllKeys());
    for (const key of keys) {
      const body = await promised(store().get(key));
      if (body === undefined) continue;
      const response = await fetch('/api/v1/device/sync', {
        method: 'POST',
        credentials: 'omit',
        headers: { 'Content-Type': 'application/jose', Accept: 'application/json' },
        body,
      });
      if (response.status !== 200) throw new Error(`sync: ${response.status}`);
      const text = await response.text();
      const written = database.transaction(['outgoing', 'answers'], 'readwrite');
      written.objectStore('answers').put(text, key);
      written.objectStore('outgoing').delete(key);
      await new Promise((keep, fail) => {
        written.oncomplete = keep;
        written.onabort = () => fail(written.error);
      });
    }
    if (keys.length > 0) for (const page of await self.clients.matchAll()) page.postMessage(OUTBOX);
  } finally {
    database.close();
  }
}
