// A phone with little data: what the pass page fetches, all together, and that it needs no WebAssembly.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { launch, newPage, phone } from './lib/browser.mjs';
import { issuePass, logIn, passQr } from './lib/pages.mjs';
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

/** Every transfer of a first visit in bytes on the wire, by the browser's own count. */
async function transfers(page, path) {
  const client = await page.context().newCDPSession(page);
  await client.send('Network.enable');
  const urls = new Map();
  const bytes = new Map();
  client.on('Network.requestWillBeSent', ({ requestId, request }) => urls.set(requestId, request.url));
  client.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    const url = urls.get(requestId) ?? '?';
    bytes.set(url, (bytes.get(url) ?? 0) + encodedDataLength);
  });
  await page.goto(path);
  await page.waitForLoadState('networkidle');
  return bytes;
}

test('/pas weighs at most 60 kB and needs no wasm', { timeout: 60_000 }, async (context) => {
  const counter = await newPage(browser, server, phone);
  await logIn(counter, 'balie');
  const { claim } = await issuePass(counter);
  const holder = await newPage(browser, server, phone);
  const answer = await holder.request.get(claim, { maxRedirects: 0 });
  assert.equal(answer.status(), 303);

  const fetched = await transfers(holder, '/pas');
  assert.ok(await passQr(holder).isVisible());
  const total = [...fetched.values()].reduce((sum, one) => sum + one, 0);
  const list = [...fetched].map(([url, size]) => `${(size / 1000).toFixed(1)} kB ${url}`).join('\n');
  context.diagnostic(`${(total / 1000).toFixed(1)} kB of 60 kB\n${list}`);
  assert.ok(total <= 60_000, `${total} bytes:\n${list}`);
  assert.deepEqual([...fetched.keys()].filter((url) => url.includes('.wasm')), []);
  for (const url of fetched.keys()) assert.equal(new URL(url).origin, server.url, 'nothing from elsewhere');
});

test('only the scanner fetches wasm', { timeout: 60_000 }, async () => {
  for (const path of ['/', '/aanmelden', '/activiteiten', '/cijfers']) {
    const page = await newPage(browser, server, phone);
    const fetched = await transfers(page, path);
    assert.deepEqual([...fetched.keys()].filter((url) => url.includes('.wasm')), [], path);
    await page.context().close();
  }
});
