// What a volunteer does with a paired phone, in Chromium and in Firefox: only calls that both pages have.

import { until } from './until.mjs';

/** The page's own field for a number; the camera's lies hidden. */
const NUMBER = 'form[data-scan=number]:not([hidden] *)';

/** Pairs this browser by the link that the organiser's QR code holds; it is on /scan then, ready to scan. */
export async function pair(page, code, { name = 'Telefoon van de test', server } = {}) {
  await page.goto(`${server?.url ?? ''}/koppel#${code.replace('-', '')}`);
  await until('the code of the link is in its field', () =>
    page.evaluate((wanted) => {
      const form = document.querySelector('[data-pair=form]');
      const there = form?.querySelector('[name=code]').value.replace('-', '') === wanted;
      return there && !form.querySelector('[data-pair=submit]').disabled;
    }, code.replace('-', '')),
  );
  await page.fill('[data-pair=form] [name=naam]', name);
  await page.click('[data-pair=submit]');
  await until('the paired phone is on /scan', async () => new URL(page.url()).pathname === '/scan');
  await ready(page);
}

/** Opens /scan, from the server or from the phone's own memory. */
export async function openScan(page, server) {
  await page.goto(`${server?.url ?? ''}/scan`);
  await ready(page);
}

/** The island runs as a paired phone with a package. Every verdict that is shown from now on is kept in order. */
export async function ready(page) {
  await until('the scanner is ready as a paired phone', () =>
    page.evaluate(() => {
      const start = document.querySelector('[data-part=start][data-mode=device] [data-do=start]');
      return start && !start.disabled;
    }),
  );
  await page.evaluate(() => {
    if (window.verdicts) return;
    window.verdicts = [];
    const panel = document.querySelector('[data-part=verdict]');
    new MutationObserver(() => {
      if (!panel.hidden) window.verdicts.push(`${panel.dataset.verdict} ${panel.dataset.reason}`);
    }).observe(panel, { attributeFilter: ['hidden'] });
  });
}

/** The phone holds all that it needs to open and scan without a server. */
export async function holdsAll(page) {
  await until('the service worker holds the scanner', () =>
    page.evaluate(async () => {
      if (!navigator.serviceWorker.controller) return false;
      const wanted = ['/scan', '/koppel', '/decoder-worker.js', '/pkg/decoder.js', '/pkg/decoder_bg.wasm'];
      const scripts = [...document.querySelectorAll('link[href^="/pkg/"], script[src]')];
      const names = [...wanted, ...scripts.map((one) => new URL(one.src || one.href).pathname)];
      const found = await Promise.all(names.map((name) => caches.match(name)));
      return found.every(Boolean);
    }),
  );
}

/** The verdicts so far. */
export const verdicts = (page) => page.evaluate(() => window.verdicts);

/** What `[data-part=name]` says; null when it is hidden. */
export const says = (page, name) =>
  page.evaluate((part) => {
    const found = document.querySelector(`[data-part=${part}]`);
    return found?.checkVisibility({ visibilityProperty: true }) ? found.innerText.trim() : null;
  }, name);

/** Types a number as a person does; gives verdict and reason. The screen is free again afterwards. */
export async function typeNumber(page, number) {
  const before = (await verdicts(page)).length;
  await page.fill(`${NUMBER} input[name=number]`, number);
  await page.click(`${NUMBER} button`);
  const all = await until(`a verdict on ${number}`, async () => {
    const seen = await verdicts(page);
    return seen.length > before && seen;
  });
  await dismiss(page);
  return all.at(-1);
}

/** Closes the verdict, as the button "Volgende pas" does. */
export async function dismiss(page) {
  await page.evaluate(() => document.querySelector('[data-part=verdict-next]').click());
  await until('the verdict is gone', () => page.evaluate(() => document.querySelector('[data-part=verdict]').hidden));
}

/** How many scans wait on this phone, as its line says. */
export const waiting = async (page) => Number(await says(page, 'status-waiting'));

/** Waits, without touching anything, until nothing waits any more. */
export const drained = (page, timeout = 120_000) =>
  until('the queue is empty', async () => (await says(page, 'status-waiting')) === '0', timeout);

/** What a store of the phone's database holds. */
export const stored = (page, store) =>
  page.evaluate(
    (name) =>
      new Promise((accept, reject) => {
        const request = indexedDB.open('randpas-device');
        request.onerror = () => reject(request.error);
        request.onsuccess = () => {
          const database = request.result;
          const all = database.transaction(name).objectStore(name).getAll();
          all.onerror = () => reject(all.error);
          all.onsuccess = () => {
            database.close();
            accept(all.result.map((one) => (typeof one === 'object' ? JSON.parse(JSON.stringify(one)) : one)));
          };
        };
      }),
    store,
  );

/** Presses "Verzend nu", wherever it lies. */
export const sendNow = (page) => page.evaluate(() => document.querySelector('[data-do=send]').click());
