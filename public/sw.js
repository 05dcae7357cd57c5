// Randpas service worker. The server writes the build id into this file and sends it with `no-cache`.
//
// Three kinds of memory:
//  - randpas-<build>  files of one build (style, fonts, pictograms, wasm); the build before it is kept as well, because
//                     a page of that build may still be open at a door;
//  - randpas-mine     the holder's own page, /pas; gone with "verwijder van deze telefoon";
//  - randpas-shell    the scanner's page, /scan, which names an organiser; gone after logging out.
// Nothing that was POSTed, nothing under /api/ and no other page is ever kept.

const BUILD = 'randpas-__BUILD_ID__';
const MINE = 'randpas-mine';
const SHELL = 'randpas-shell';

/** Pages that open without network, and where each is kept. */
const PAGES = { '/pas': MINE, '/scan': SHELL };

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

/** What the scanner fetches only once it scans. */
const SCANNER = ['/decoder-worker.js', '/pkg/decoder.js', '/pkg/decoder_bg.wasm'];

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
  const files = [...html.matchAll(/\/pkg\/[\w./-]+/g)].map((found) => found[0]);
  // A reader who may not scan gets a page without scripts, and does not pay for the decoder.
  const scans = path === '/scan' && files.some((name) => name.endsWith('.js'));
  await keepFiles(scans ? [...files, ...SCANNER] : files);
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
  const builds = (await caches.keys()).filter((name) => name.startsWith('randpas-') && name !== MINE && name !== SHELL);
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
  event.waitUntil(dropOldBuilds().then(() => self.clients.claim()));
});

// Never skipWaiting of our own accord: somebody may be scanning. A person who taps "Vernieuw" sends 'update'.
self.addEventListener('message', (event) => {
  if (event.data === 'update') self.skipWaiting();
  if (event.data === 'forget') event.waitUntil(caches.delete(MINE));
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
    if (pathname in PAGES) event.respondWith(page(event, pathname));
    else if (!pathname.startsWith('/api/')) event.respondWith(fetch(request).catch(offline));
    return;
  }
  if (isFile(pathname)) event.respondWith(file(request));
});
