// Two tabs of one phone, scanning at the same time: one chain.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { launch, newPage, phone, scriptErrors, watch } from './lib/browser.mjs';
import { drained, openScan, pair, stored, typeNumber } from './lib/device.mjs';
import { figures, issue, pairingCode, words } from './lib/office.mjs';
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

test('two tabs that scan at once lose nothing and double nothing', { timeout: 180_000 }, async () => {
  const [both, ...passes] = await issue(server, 13);
  const before = await figures(server);
  const one = await newPage(browser, server, phone);
  await pair(one, await pairingCode(server), { name: 'Telefoon met twee tabbladen' });
  const other = await one.context().newPage();
  watch(other);
  await openScan(other);
  const scan = async (page, numbers) => {
    for (const { number } of numbers) await typeNumber(page, number);
  };
  await Promise.all([scan(one, [both, ...passes.slice(0, 6)]), scan(other, [both, ...passes.slice(6)])]);
  await Promise.all([drained(one), drained(other)]);
  assert.deepEqual(await figures(server), {
    participations: before.participations + 13,
    participants: before.participants + 13,
  });
  assert.equal((await stored(one, 'events')).length, 0);
  assert.equal((await stored(one, 'letters')).length, 0);
  const evening = await words(server, 'club', '/avond');
  assert.doesNotMatch(evening, /kwam(en)? nooit aan|past niet bij/, 'one unbroken chain');
  for (const page of [one, other]) assert.deepEqual(scriptErrors(page), []);
});
