// A whole evening without a server: paired, scanned with the camera, the phone's browser gone and back, and the figures
// right in the end without anybody lifting a hand.

import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

import { launchPhone, scriptErrors } from './lib/browser.mjs';
import { drained, holdsAll, openScan, pair, says, stored, verdicts, waiting } from './lib/device.mjs';
import { figures, issue, pairingCode, revokePass, words } from './lib/office.mjs';
import { rebuildJwt, signPass } from './lib/qr.mjs';
import { startServer } from './lib/server.mjs';
import { until } from './lib/until.mjs';
import { makeFilm } from './y4m/make.mjs';

const FOREIGN = 'https://www.example.org/kortingsbon?id=4711';

let server;
let work;
let phone;

before(async () => {
  work = await mkdtemp(join(tmpdir(), 'randpas-evening-'));
  server = await startServer();
});
after(async () => {
  await phone?.close().catch(() => {});
  await server?.stop();
  await rm(work, { recursive: true, force: true, maxRetries: 5 });
});

/** A pass of years ago, under the key that still signs. */
async function expiredPass() {
  const [{ jwt, credential }] = await issue(server, 1);
  const { iss: issuer, idx } = JSON.parse(Buffer.from(jwt.split('.')[1], 'base64url'));
  const { kid } = rebuildJwt(credential, issuer).body;
  return signPass(join(server.data, 'keys', `pass-${kid}.key`), {
    issuer, kid, index: idx + 1, tag: 0x1234_5678_9abc, from: '2021-01-01', until: '2023-12-31',
  });
}

const tally = (all) => Object.fromEntries([...new Set(all)].sort().map((one) => [one, all.filter((other) => other === one).length]));

test('ten passes scanned without a server become the right eight visits, all by themselves', { timeout: 420_000 }, async () => {
  const [revoked, ...good] = await issue(server, 9);
  await revokePass(server, revoked.number);
  const expired = await expiredPass();
  const before = await figures(server);
  const [first, ...others] = good.map(({ credential }) => credential);
  const shown = [first, ...others.slice(0, 3), revoked.credential, first, expired.credential, FOREIGN, ...others.slice(3)];
  const film = await makeFilm(shown, join(work, 'evening.y4m'), {
    seconds: 2.6, gap: 0.4, fps: 5, width: 640, height: 360, size: 0.8, turn: 8, tilt: 8,
  });
  const profile = join(work, 'profile');

  phone = await launchPhone(profile, { film });
  let page = await phone.newPage();
  await pair(page, await pairingCode(server), { server });
  await holdsAll(page);

  await server.halt();
  await openScan(page, server);
  await page.click('[data-do=start]');
  const wanted = ['duplicate already_counted', 'refused revoked', 'refused expired', 'refused foreign_qr'];
  // The film goes round: what a slow machine missed comes back, and what was counted is told so.
  const seen = await until('every code has its verdict', async () => {
    const all = await verdicts(page);
    return all.filter((one) => one === 'counted ok').length >= 8 && wanted.every((one) => all.includes(one)) && all;
  }, 240_000);
  await page.click('[data-do=stop]');
  assert.equal(tally(seen)['counted ok'], 8, JSON.stringify(seen));
  assert.deepEqual(Object.keys(tally(seen)), ['counted ok', ...wanted].sort());
  assert.equal(seen.indexOf('duplicate already_counted') > seen.indexOf('counted ok'), true);
  const waits = await waiting(page);
  assert.ok(waits >= 12, `every scan waits: ${waits}`);
  assert.equal(await says(page, 'status-today'), '8');
  const events = (await stored(page, 'events')).map(({ text }) => JSON.parse(text));
  assert.equal(events.length, waits);
  assert.ok(!JSON.stringify(events).includes('example.org'), 'nobody else’s code is kept');
  assert.deepEqual(scriptErrors(page), []);
  await phone.close();

  phone = await launchPhone(profile);
  page = await phone.newPage();
  await openScan(page, server);
  assert.equal(await waiting(page), waits, 'all of it is still there');
  assert.equal(await says(page, 'status-today'), '8');

  await server.start();
  await drained(page);
  assert.deepEqual(await figures(server), {
    participations: before.participations + 8,
    participants: before.participants + 8,
  });
  assert.equal(await says(page, 'status-to-see'), null, 'nothing was taken back');
  assert.equal((await stored(page, 'letters')).length, 0);
  assert.match(await says(page, 'status-sent-at'), /^\d\d\.\d\d$/);
  assert.deepEqual(scriptErrors(page), []);
  await phone.close();

  const evening = await words(server, 'club', '/avond');
  assert.doesNotMatch(evening, /kwam(en)? nooit aan|past niet bij/, 'no gap');
  assert.match(evening, /Dit was geen Randpas/, 'what was refused is told to the organiser');
});
