// The scanner at the door: far and tilted codes, several in a row, no network, a scanner that types, a reader that dies.

import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

import { launch, launchWithCamera, newPage, phone } from './lib/browser.mjs';
import { logIn } from './lib/pages.mjs';
import { startServer } from './lib/server.mjs';
import { typeAsScanner } from './lib/wedge.mjs';
import { makeFilm } from './y4m/make.mjs';

/** A service worker would answer what these tests hold up. */
const heldUp = { serviceWorkers: 'block' };
const FOREIGN = 'https://www.example.org/kortingsbon?id=4711';

let server;
let browser;
let work;
let passes;

before(async () => {
  work = await mkdtemp(join(tmpdir(), 'randpas-film-'));
  [server, browser] = await Promise.all([startServer(), launch()]);
  const lines = await server.cli('pass', 'issue', '--count', '12', '--municipality', '23102', '--json');
  passes = lines.trim().split('\n').map((line) => JSON.parse(line));
});
after(async () => {
  await browser?.close();
  await server?.stop();
  await rm(work, { recursive: true, force: true });
});

/** The scanner's page, logged in as the club. */
async function openScanner(from, options) {
  const page = await newPage(from, server, { ...phone, permissions: ['camera'], ...options });
  await logIn(page, 'club');
  await page.goto('/scan');
  await page.locator('[data-do=start]:enabled').waitFor();
  // Every verdict that was on the screen, in order.
  await page.evaluate(() => {
    window.verdicts = [];
    const panel = document.querySelector('[data-part=verdict]');
    new MutationObserver(() => {
      if (!panel.hidden) window.verdicts.push(`${panel.dataset.verdict} ${panel.dataset.reason}`);
    }).observe(panel, { attributeFilter: ['hidden'] });
  });
  return page;
}

async function withCamera(texts, options, seen) {
  const film = await makeFilm(texts, join(work, `${Math.random()}.y4m`), options);
  const camera = await launchWithCamera(film);
  try {
    const page = await openScanner(camera);
    await page.locator('[data-do=start]').click();
    await seen(page);
    assert.deepEqual(page.complaints, []);
  } finally {
    await camera.close();
    await rm(film);
  }
}

const verdicts = (page, count) =>
  page
    .waitForFunction((wanted) => window.verdicts.length >= wanted && window.verdicts, count, { timeout: 60_000 })
    .then((all) => all.jsonValue());

for (const [name, options] of [
  ['at 16 % of the frame height', { size: 0.16 }],
  ['tilted by 25 degrees', { tilt: 25, turn: -25, size: 0.4 }],
  ['blurred and noisy', { blur: 1, noise: 20, size: 0.4 }],
]) {
  test(`reads a pass ${name}`, { timeout: 120_000 }, async () => {
    const { credential } = passes.pop();
    await withCamera(credential, options, async (page) => {
      assert.deepEqual(await verdicts(page, 1), ['counted ok']);
    });
  });
}

test('one after the other, ours and not ours, and back to scanning by itself', { timeout: 120_000 }, async () => {
  const texts = [passes.pop().credential, FOREIGN, passes.pop().credential];
  await withCamera(texts, { seconds: 3, gap: 1 }, async (page) => {
    const seen = await verdicts(page, 3);
    assert.equal(seen.filter((verdict) => verdict === 'counted ok').length, 2);
    assert.ok(seen.includes('refused foreign_qr'));
    await page.locator('[data-part=verdict]').waitFor({ state: 'hidden' });
    assert.ok(await page.locator('[data-part=video]').isVisible());
    await page.locator('[data-do=stop]').click();
    await page.locator('[data-part=scanner]').waitFor({ state: 'hidden' });
  });
});

test('without network the scan waits, says so, and counts once when it is back', { timeout: 120_000 }, async () => {
  const { number } = passes.pop();
  const page = await openScanner(browser, heldUp);
  const sent = [];
  await page.route('**/api/v1/check-ins', async (route) => {
    sent.push(route.request().postDataJSON().scan_id);
    // The first one is counted, but its answer is lost.
    if (sent.length === 1) await route.fetch();
    if (sent.length < 3) await route.abort();
    else await route.continue();
  });
  const form = page.locator('form[data-scan=number]:visible');
  await form.locator('input[name=number]').fill(number.toLowerCase());
  await form.locator('button').click();
  const panel = page.locator('[data-verdict=waiting]:visible');
  await panel.waitFor();
  assert.match(await panel.innerText(), /Geen netwerk\. Deze scan is nog niet geteld\. Probeer opnieuw\./);
  await page.locator('[data-do=retry]:visible').click();
  await page.locator('[data-verdict=counted]:visible').waitFor();
  assert.equal(new Set(sent).size, 1, 'the same scan every time');
  await page.context().close();
});

test('a scanner that types is heard anywhere on the page, whatever the keyboard', { timeout: 60_000 }, async () => {
  const page = await openScanner(browser);
  await typeAsScanner(page, passes.pop().credential);
  assert.deepEqual(await verdicts(page, 1), ['counted ok']);
  await page.locator('[data-part=verdict]').waitFor({ state: 'hidden' });
  await typeAsScanner(page, passes.pop().credential, 'azerty');
  assert.deepEqual((await verdicts(page, 2))[1], 'counted ok');
  await page.locator('[data-part=verdict]').waitFor({ state: 'hidden' });
  await typeAsScanner(page, '5410041040807');
  assert.deepEqual((await verdicts(page, 3))[2], 'refused foreign_qr');
  assert.deepEqual(page.complaints, []);
  await page.context().close();
});

test('a reader that dies is replaced, and the page says what to do meanwhile', { timeout: 120_000 }, async () => {
  const film = await makeFilm(passes.pop().credential, join(work, 'reader.y4m'));
  const camera = await launchWithCamera(film);
  const page = await openScanner(camera, heldUp);
  let broken = true;
  await page.context().route('**/decoder-worker.js', (route) =>
    broken
      ? route.fulfill({ contentType: 'text/javascript', body: 'postMessage({ fatal: "unreachable" });' })
      : route.continue(),
  );
  await page.locator('[data-do=start]').click();
  await page.locator('[data-do=reload]:visible').waitFor();
  broken = false;
  assert.deepEqual(await verdicts(page, 1), ['counted ok']);
  await page.locator('[data-part=slow-sheet]').waitFor({ state: 'hidden' });
  await camera.close();
});
