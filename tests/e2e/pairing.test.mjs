// A phone joins a club without an account: by the link in a QR code, once; and the club can take its rights away again.

import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

import { launch, launchWithCamera, newPage, phone, scriptErrors } from './lib/browser.mjs';
import { card, organiser, revokeDevice, rollKey } from './lib/club.mjs';
import { drained, pair, ready, says, sendNow, typeNumber } from './lib/device.mjs';
import { film } from './lib/film.mjs';
import { badNetwork } from './lib/network.mjs';
import { figures, issue, pairingCode } from './lib/office.mjs';
import { readQr } from './lib/qr.mjs';
import { startServer } from './lib/server.mjs';
import { until } from './lib/until.mjs';

let server;
let browser;
let club;
let work;

before(async () => {
  work = await mkdtemp(join(tmpdir(), 'randpas-pairing-'));
  [server, browser] = await Promise.all([startServer(), launch()]);
  club = await organiser(browser, server);
});
after(async () => {
  await browser?.close();
  await server?.stop();
  await rm(work, { recursive: true, force: true });
});

const visits = async () => (await figures(server)).participations;

/** The organiser's page with a new code: the link in its QR, and the code as it is printed. */
async function newCode() {
  await club.goto('/toestellen');
  await Promise.all([
    club.waitForURL(/\/toestellen\/koppel/),
    club.locator('form[action="/toestellen/koppel"] button').click(),
  ]);
  const [code] = /[0-9A-Z]{4}-[0-9A-Z]{4}/.exec(await club.locator('.pairing-code').innerText());
  return { code, link: await readQr(club.locator('.claim__qr svg.qr').first()) };
}

/** Types a code on /koppel; gives the words of the trouble it brings. */
async function refusedWith(code) {
  const page = await newPage(browser, server, phone);
  await page.goto('/koppel');
  await page.locator('[data-pair=submit]:enabled').waitFor();
  await page.fill('[data-pair=form] [name=code]', code);
  await page.click('[data-pair=submit]');
  await page.locator('[data-part=pair-trouble]').waitFor();
  const told = await page.locator('[data-part=pair-trouble-words]').innerText();
  assert.equal(new URL(page.url()).pathname, '/koppel');
  await page.context().close();
  return told;
}

test('an organiser shows a code, a phone opens its link, and it is paired without an account', { timeout: 120_000 }, async () => {
  const { code, link } = await newCode();
  assert.equal(link, `${server.url}/koppel#${code.replace('-', '')}`, 'behind the #, so that no log has it');
  const page = await newPage(browser, server, phone);
  await page.goto(link);
  await page.locator('[data-pair=submit]:enabled').waitFor();
  assert.equal(await page.inputValue('[data-pair=form] [name=code]'), code);
  assert.ok(await page.inputValue('[data-pair=form] [name=naam]'), 'a name is there already');
  await page.fill('[data-pair=form] [name=naam]', 'Telefoon van de kassa');
  await page.click('[data-pair=submit]');
  await page.waitForURL((url) => url.pathname === '/scan');
  await ready(page);
  assert.deepEqual(await page.context().cookies(), [], 'no account, no cookie');
  await page.goto('/koppel');
  await page.locator('[data-part=pair-paired]').waitFor();
  assert.match(await page.locator('[data-part=pair-organiser]').innerText(), /Wakkere Wemmelaar/);

  await club.goto('/toestellen');
  assert.match(await card(club, 'Telefoon van de kassa').innerText(), /gekoppeld/);

  assert.match(await refusedWith(code), /Met deze code is al een toestel gekoppeld/);
  assert.match(await refusedWith('ZZZZ-ZZZZ'), /Deze code kennen we niet/);
  assert.match(await refusedWith('ZZZ'), /niet volledig/);
  assert.deepEqual([...page.complaints, ...club.complaints], []);
  await page.context().close();
});

test('a code is taken as people type it', { timeout: 60_000 }, async () => {
  const code = await pairingCode(server);
  const page = await newPage(browser, server, phone);
  await page.goto('/koppel');
  await page.locator('[data-pair=submit]:enabled').waitFor();
  await page.fill('[data-pair=form] [name=code]', ` ${code.toLowerCase().replace('-', ' ').replaceAll('0', 'o').replaceAll('1', 'l')}`);
  await page.click('[data-pair=submit]');
  await page.waitForURL((url) => url.pathname === '/scan');
  await ready(page);
  await page.context().close();
});

test('from a locked phone to the first verdict in three taps', { timeout: 180_000 }, async () => {
  const [pass] = await issue(server, 1);
  const camera = await launchWithCamera(await film(pass.credential, join(work, 'pass.y4m')));
  const setUp = await newPage(camera, server, { ...phone, permissions: ['camera'] });
  await pair(setUp, await pairingCode(server), { name: 'Telefoon met drie tikken' });
  await setUp.close();

  let taps = 1; // Unlocking is nobody's but the owner's; the first tap is on the icon: the manifest's shortcut to /scan.
  const manifest = await (await setUp.request.get('/manifest.webmanifest')).json();
  assert.ok(manifest.shortcuts.some(({ url }) => url.startsWith('/scan')));
  const page = await setUp.context().newPage();
  await page.goto('/scan');
  await page.locator('[data-do=start]:enabled').tap();
  taps += 1;
  await page.locator('[data-part=verdict][data-verdict=counted]').waitFor({ timeout: 60_000 });
  assert.ok(taps <= 3);
  await camera.close();
});

test('the phone’s key signs and cannot be read', { timeout: 60_000 }, async () => {
  const page = await newPage(browser, server, phone);
  await pair(page, await pairingCode(server), { name: 'Telefoon met een sleutel' });
  const key = await page.evaluate(
    () =>
      new Promise((accept, reject) => {
        const request = indexedDB.open('randpas-device');
        request.onerror = () => reject(request.error);
        request.onsuccess = () => {
          const found = request.result.transaction('meta').objectStore('meta').get('device');
          found.onsuccess = async () => {
            const { key } = found.result;
            const read = async (format) => crypto.subtle.exportKey(format, key).then(() => true, () => false);
            accept({
              kind: `${key.type} ${key.algorithm.name} ${key.algorithm.namedCurve}`,
              usages: [...key.usages],
              extractable: key.extractable,
              readable: (await read('jwk')) || (await read('pkcs8')),
            });
          };
        };
      }),
  );
  assert.deepEqual(key, { kind: 'private ECDSA P-256', usages: ['sign'], extractable: false, readable: false });
  await page.context().close();
});

test('another key, even when the answer to it is lost, and scans still arrive', { timeout: 120_000 }, async () => {
  const passes = await issue(server, 2);
  const before = await visits();
  const network = await badNetwork(server);
  const name = 'Telefoon die even kwijt was';
  const page = await newPage(browser, network, phone);
  await pair(page, await pairingCode(server), { name });

  await rollKey(club, name);
  assert.match(await card(club, name).innerText(), /krijgt een nieuwe sleutel/);
  network.behave = (path) => (path.endsWith('/key') ? 'lose' : 'pass');
  await sendNow(page);
  await until('the phone sent a new key', () => network.seen.lose > 0);
  network.behave = 'pass';
  await typeNumber(page, passes[0].number);
  await sendNow(page);
  await drained(page);
  await until('the roll is done', async () => {
    await club.goto('/toestellen');
    return !/krijgt een nieuwe sleutel/.test(await card(club, name).innerText());
  });
  await page.reload();
  await ready(page);
  await typeNumber(page, passes[1].number);
  await sendNow(page);
  await drained(page);
  assert.equal(await visits(), before + 2);
  assert.equal(await says(page, 'unknown'), null);
  assert.deepEqual(scriptErrors(page), []);
  await page.context().close();
  await network.stop();
});

test('a revoked phone is told at its next request, and scans no more', { timeout: 120_000 }, async () => {
  const page = await newPage(browser, server, phone);
  const name = 'Telefoon van een oud-vrijwilliger';
  await pair(page, await pairingCode(server), { name });
  await revokeDevice(club, name);
  assert.match(await card(club, name).innerText(), /ingetrokken/);
  await openScanAgain(page);
  await until('it is told', async () => /mag niet meer scannen/.test(await says(page, 'revoked')));
  assert.ok(await page.locator('[data-do=start]').isDisabled());
  await page.context().close();
});

/** Opens /scan on a phone that may have no right to it any more. */
async function openScanAgain(page) {
  await page.goto('/scan');
  await page.locator('[data-part=start][data-mode=device]').waitFor();
  await sendNow(page);
}
