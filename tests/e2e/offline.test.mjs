// The server is really gone, not emulated: the pass still opens, and so does the scanner's shell.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { launch, newPage, phone } from './lib/browser.mjs';
import { issuePass, logIn, passQr } from './lib/pages.mjs';
import { readQr } from './lib/qr.mjs';
import { startServer } from './lib/server.mjs';

let server;
let browser;

before(async () => {
  [server, browser] = await Promise.all([startServer(), launch()]);
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

/** Opens a page until its service worker holds it. */
async function visit(page, path) {
  await page.goto(path);
  await page.evaluate(() => navigator.serviceWorker.ready);
  await page.reload();
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
  await page.waitForLoadState('networkidle');
}

test('a pass that was opened once opens without the server', { timeout: 90_000 }, async () => {
  const counter = await newPage(browser, server, phone);
  await logIn(counter, 'balie');
  const { claim } = await issuePass(counter, { firstName: 'Selam' });
  const holder = await newPage(browser, server, phone);
  await holder.goto(claim);
  await visit(holder, '/pas');
  const before = await readQr(passQr(holder));

  const club = await newPage(browser, server, phone);
  await logIn(club, 'club');
  await visit(club, '/scan');

  await server.halt();
  try {
    await holder.reload();
    assert.equal(await readQr(passQr(holder)), before);
    assert.match(await holder.locator('main').innerText(), /Selam/);

    await club.reload();
    assert.ok(await club.locator('main').innerText(), 'the scanner opens');
    assert.equal(new URL(club.url()).pathname, '/scan');
  } finally {
    await server.start();
  }
});

test('what was never opened says so instead of failing', { timeout: 60_000 }, async () => {
  const page = await newPage(browser, server, phone);
  await visit(page, '/');
  await server.halt();
  try {
    await page.goto('/cijfers');
    assert.match(await page.locator('body').innerText(), /verbinding|internet|netwerk|offline/i);
  } finally {
    await server.start();
  }
});

test('removing the passes from this phone removes them from its cache', { timeout: 60_000 }, async () => {
  const counter = await newPage(browser, server, phone);
  await logIn(counter, 'balie');
  const { claim } = await issuePass(counter, { firstName: 'Ngozi' });
  const holder = await newPage(browser, server, phone);
  await holder.goto(claim);
  await visit(holder, '/pas');
  await holder.locator('form[action^="/pas/verwijderen"] button').first().click();
  await holder.waitForLoadState('networkidle');
  await server.halt();
  try {
    await holder.goto('/pas').catch(() => {});
    assert.doesNotMatch(await holder.locator('body').innerText(), /Ngozi/);
  } finally {
    await server.start();
  }
});

test('the manifest makes it an app with a Dutch name, icons and shortcuts', async () => {
  const page = await newPage(browser, server, phone);
  await page.goto('/');
  const href = await page.locator('link[rel=manifest]').getAttribute('href');
  const manifest = await (await page.request.get(href)).json();
  assert.equal(manifest.lang?.slice(0, 2), 'nl');
  assert.ok(manifest.name && manifest.short_name && manifest.start_url && manifest.display === 'standalone');
  assert.ok(manifest.icons.some((icon) => icon.purpose?.includes('maskable')));
  for (const { src } of manifest.icons) assert.equal((await page.request.get(src)).status(), 200, src);
  assert.ok(manifest.shortcuts.length > 0);
  for (const { url } of manifest.shortcuts) assert.ok((await page.request.get(url)).status() < 400, url);
  const worker = await page.request.get('/sw.js');
  assert.match(worker.headers()['cache-control'], /no-cache/);
});
