// axe finds nothing, on any page, light or dark, on a phone or at a desk.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { AxeBuilder } from '@axe-core/playwright';

import { launch, newPage } from './lib/browser.mjs';
import { drained, pair, typeNumber } from './lib/device.mjs';
import { club, issue, pairingCode } from './lib/office.mjs';
import { issuePass, logIn } from './lib/pages.mjs';
import { number } from './lib/qr.mjs';
import { startServer } from './lib/server.mjs';

let server;
let browser;
const sessions = {};
let card;
let poster;
let paired;

before(async () => {
  [server, browser] = await Promise.all([startServer(), launch()]);
  poster = `/activiteiten/${(await club(server)).activity}/affiche`;
  for (const who of ['balie', 'club', 'coordinator']) {
    const page = await newPage(browser, server);
    await logIn(page, who);
    if (who === 'balie') {
      const { claim } = await issuePass(page);
      card = new URL(page.url()).pathname;
      await page.goto(claim);
      sessions.holder = await page.context().storageState();
    }
    sessions[who] = await page.context().storageState();
    await page.context().close();
  }
  // So that the lists of devices and scans are not empty.
  paired = await newPage(browser, server, { viewport: { width: 390, height: 844 }, reducedMotion: 'reduce' });
  await pair(paired, await pairingCode(server));
  const [pass] = await issue(server, 1);
  for (const typed of [pass.number, number(123_456_789n)]) await typeNumber(paired, typed);
  await drained(paired);
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

const pages = [
  ['/', undefined],
  ['/aanmelden', undefined],
  ['/activiteiten', undefined],
  ['/activiteiten', 'club'],
  ['/balie', 'balie'],
  ['card', 'balie'],
  ['/pas', undefined],
  ['/pas', 'holder'],
  ['/scan', undefined],
  ['/scan', 'club'],
  ['/koppel', undefined],
  ['/toestellen', 'club'],
  ['/toestellen', 'coordinator'],
  ['/avond', 'club'],
  ['/avond', 'coordinator'],
  ['/avond/nakomers', 'club'],
  ['poster', 'club'],
  ['/controle', undefined],
  ['/cijfers', undefined],
  ['/cijfers', 'coordinator'],
  ['/cijfers?periode=project&gemeente=23102&vergelijk=2025', undefined],
  ['/cijfers/participants?periode=project&per=gemeente&per=leeftijd', undefined],
  ['/cijfers/participations?per=soort-organisator&per=maand', undefined],
  ['/cijfers/retention?periode=project', undefined],
  ['/cijfers/funnel?periode=project', undefined],
  ['/cijfers/change?vergelijk=2025&per=gemeente', 'coordinator'],
  ['/cijfers/crossings?periode=project', undefined],
  ['/cijfers/threshold_euro?per=gemeente', undefined],
  ['/cijfers/anchoring?periode=project', 'coordinator'],
  ['/cijfers/deelnemerz', undefined],
  ['/cijfers/eigen', 'club'],
  ['/cijfers/methode', undefined],
  ['/antwoord?periode=2025-2026', undefined],
  ['/verslagen', 'coordinator'],
  ['/verslagen/final', 'coordinator'],
  ['/verslagen/municipality?gemeente=23102', undefined],
  ['/noemers', 'coordinator'],
  ['/acties', 'coordinator'],
  ['/partners', 'coordinator'],
  ['/begroting', 'coordinator'],
  ['/lerend-netwerk', undefined],
  ['/bestaat-niet', undefined],
];

async function isAccessible(page, what) {
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
    .analyze();
  const found = violations.map(({ id, help, nodes }) => `${id}: ${help}\n${nodes.map((node) => node.html).join('\n')}`);
  assert.deepEqual(found, [], what);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  assert.ok(wide <= 0, `${what} scrolls sideways by ${wide} px`);
  assert.deepEqual(page.complaints, []);
}

for (const [path, who] of pages) {
  test(`${path}${who ? ` as ${who}` : ''}`, { timeout: 120_000 }, async () => {
    for (const colorScheme of ['light', 'dark']) {
      for (const width of [390, 1280]) {
        const page = await newPage(browser, server, {
          colorScheme,
          viewport: { width, height: 844 },
          storageState: sessions[who],
          reducedMotion: 'reduce',
        });
        // Not in the middle of starting up: a page's script may still be changing what axe looks at.
        await page.goto({ card, poster }[path] ?? path, { waitUntil: 'networkidle' });
        await isAccessible(page, `${path}, ${colorScheme}, ${width} px`);
        await page.context().close();
      }
    }
  });
}

test('a paired phone: /scan, its queue with a scan to see, and /koppel', { timeout: 120_000 }, async () => {
  for (const colorScheme of ['light', 'dark']) {
    await paired.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await isAccessible(paired, `/scan, paired, ${colorScheme}`);
    await paired.click('[data-do=queue]');
    await paired.locator('[data-do=letter-seen]').waitFor();
    await isAccessible(paired, `the queue, ${colorScheme}`);
    await paired.click('[data-do=unpair]');
    await isAccessible(paired, `the queue, asking, ${colorScheme}`);
    await paired.click('[data-do=unpair-no]');
    await paired.click('[data-do=queue-close]');
  }
  await paired.goto('/koppel');
  await paired.locator('[data-part=pair-paired]').waitFor();
  await isAccessible(paired, '/koppel, paired');
});

test('the page with a pairing code', { timeout: 60_000 }, async () => {
  const page = await newPage(browser, server, { viewport: { width: 390, height: 844 }, storageState: sessions.club });
  await page.goto('/toestellen');
  await Promise.all([
    page.waitForURL(/\/toestellen\/koppel/),
    page.locator('form[action="/toestellen/koppel"] button').click(),
  ]);
  await isAccessible(page, '/toestellen/koppel');
  await page.context().close();
});
