// axe finds nothing, on any page, light or dark, on a phone or at a desk.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { AxeBuilder } from '@axe-core/playwright';

import { launch, newPage } from './lib/browser.mjs';
import { pair } from './lib/device.mjs';
import { club, pairingCode } from './lib/office.mjs';
import { issuePass, logIn } from './lib/pages.mjs';
import { startServer } from './lib/server.mjs';

let server;
let browser;
const sessions = {};
let card;
let poster;

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
  ['/cijfers', undefined],
  ['/cijfers', 'coordinator'],
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
        await page.goto({ card, poster }[path] ?? path);
        await isAccessible(page, `${path}, ${colorScheme}, ${width} px`);
        await page.context().close();
      }
    }
  });
}

test('a paired phone: /scan, its queue, and /koppel', { timeout: 120_000 }, async () => {
  const page = await newPage(browser, server, { viewport: { width: 390, height: 844 }, reducedMotion: 'reduce' });
  await pair(page, await pairingCode(server));
  for (const colorScheme of ['light', 'dark']) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await isAccessible(page, `/scan, paired, ${colorScheme}`);
    await page.click('[data-do=queue]');
    await isAccessible(page, `the queue, ${colorScheme}`);
    await page.click('[data-do=unpair]');
    await isAccessible(page, `the queue, asking, ${colorScheme}`);
    await page.click('[data-do=unpair-no]');
    await page.click('[data-do=queue-close]');
  }
  await page.goto('/koppel');
  await page.locator('[data-part=pair-paired]').waitFor();
  await isAccessible(page, '/koppel, paired');
  await page.context().close();
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
