// axe finds nothing, on any page, light or dark, on a phone or at a desk.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { AxeBuilder } from '@axe-core/playwright';

import { launch, newPage } from './lib/browser.mjs';
import { issuePass, logIn } from './lib/pages.mjs';
import { startServer } from './lib/server.mjs';

let server;
let browser;
const sessions = {};
let card;

before(async () => {
  [server, browser] = await Promise.all([startServer(), launch()]);
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
  ['/scan', 'club'],
  ['/cijfers', undefined],
  ['/cijfers', 'coordinator'],
  ['/bestaat-niet', undefined],
];

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
        await page.goto(path === 'card' ? card : path);
        const { violations } = await new AxeBuilder({ page })
          .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
          .analyze();
        const found = violations.map(({ id, help, nodes }) => `${id}: ${help}\n${nodes.map((node) => node.html).join('\n')}`);
        assert.deepEqual(found, [], `${path}, ${colorScheme}, ${width} px`);
        const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        assert.ok(wide <= 0, `${path} at ${width} px scrolls sideways by ${wide} px`);
        assert.deepEqual(page.complaints, []);
        await page.context().close();
      }
    }
  });
}
