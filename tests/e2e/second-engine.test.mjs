// The same evening in the second engine, which has no camera to play a film: numbers are typed, noted, and looked up later.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { drained, holdsAll, openScan, pair, says, typeNumber, waiting } from './lib/device.mjs';
import { scriptErrors } from './lib/browser.mjs';
import { expirePass } from './lib/expire.mjs';
import { launch, newProfile, removeProfile } from './lib/firefox.mjs';
import { figures, issue, pairingCode, revokePass, words } from './lib/office.mjs';
import { startServer } from './lib/server.mjs';
import { until } from './lib/until.mjs';

let server;
let profile;
let firefox;

before(async () => {
  [server, profile] = await Promise.all([startServer(), newProfile()]);
});
after(async () => {
  await firefox?.kill();
  await server?.stop();
  if (profile) await removeProfile(profile);
});

/** A number with one symbol changed, so that its check symbol is wrong. */
const mistyped = (number) => `${number[0] === '7' ? '8' : '7'}${number.slice(1)}`;

test('numbers typed in Firefox without a server become the right eight visits, all by themselves', { timeout: 420_000 }, async () => {
  const [revoked, expired, ...good] = await issue(server, 10);
  await revokePass(server, revoked.number);
  await server.halt();
  await expirePass(server, expired);
  await server.start();
  const before = await figures(server);

  firefox = await launch(profile);
  let page = await firefox.newPage(server);
  await pair(page, await pairingCode(server), { server });
  await holdsAll(page);
  assert.ok(await page.evaluate(() => navigator.storage.persisted()), 'the browser was asked to keep it, and does');

  await server.halt();
  await openScan(page, server);
  const noted = 'flagged needs_online';
  for (const { number } of good.slice(0, 4)) assert.equal(await typeNumber(page, number), noted);
  assert.equal(await typeNumber(page, revoked.number.toLowerCase().replaceAll('-', ' ')), noted);
  assert.equal(await typeNumber(page, good[0].number), 'duplicate already_counted', 'the phone remembers whom it noted');
  assert.equal(await typeNumber(page, expired.number), noted);
  assert.equal(await typeNumber(page, mistyped(good[0].number)), 'refused malformed');
  assert.equal(await typeNumber(page, 'Waar is de kassa?'), 'refused foreign_qr');
  for (const { number } of good.slice(4)) assert.equal(await typeNumber(page, number), noted);
  assert.equal(await waiting(page), 11, 'ten passes and the repeat; a slip of the finger is no scan');
  assert.match(await says(page, 'last'), /Genoteerd/);
  assert.deepEqual(scriptErrors(page), []);
  await firefox.close();

  firefox = await launch(profile);
  page = await firefox.newPage(server);
  await openScan(page, server);
  assert.equal(await waiting(page), 11, 'all of it is still there');

  await server.start();
  await drained(page);
  assert.deepEqual(await figures(server), {
    participations: before.participations + 8,
    participants: before.participants + 8,
  });

  await page.click('[data-do=queue]');
  const letters = await until('two scans to see', () =>
    page.evaluate(() => {
      const rows = [...document.querySelectorAll('[data-part=letters] > li')].map((row) => row.innerText);
      return rows.length === 2 && rows;
    }),
  );
  const about = ({ number }) => letters.find((row) => row.includes(number)) ?? '';
  assert.match(about(revoked), /Deze pas is stopgezet\./, letters.join('\n'));
  assert.match(about(expired), /Deze pas is niet meer geldig\./, letters.join('\n'));
  assert.deepEqual(scriptErrors(page), []);
  await firefox.close();

  const evening = await words(server, 'club', '/avond');
  assert.doesNotMatch(evening, /kwam(en)? nooit aan|past niet bij/, 'no gap');
  for (const { number } of [revoked, expired]) assert.ok(evening.includes(number), 'refused, and told to the organiser');
});
