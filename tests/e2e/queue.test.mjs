// What waits on a phone is never lost, never counted twice, and never hidden: whatever happens to the browser, the network,
// the clock, the device's rights.

import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

import { launch, launchPhone, newPage, phone, scriptErrors, shiftClock } from './lib/browser.mjs';
import { organiser, revokeDevice } from './lib/club.mjs';
import {
  dismiss, drained, holdsAll, openScan, pair, ready, says, sendNow, stored, typeNumber, verdicts, waiting,
} from './lib/device.mjs';
import { badNetwork } from './lib/network.mjs';
import { figures, issue, pairingCode, words } from './lib/office.mjs';
import { number as numberOf } from './lib/qr.mjs';
import { startServer } from './lib/server.mjs';
import { until } from './lib/until.mjs';

const DAY = 86_400_000;
const noted = 'flagged needs_online';

let server;
let browser;
let network;
let work;
let chromium;

before(async () => {
  work = await mkdtemp(join(tmpdir(), 'randpas-queue-'));
  [server, browser] = await Promise.all([startServer(), launch()]);
  network = await badNetwork(server);
});
after(async () => {
  await chromium?.close().catch(() => {});
  await network?.stop();
  await browser?.close();
  await server?.stop();
  await rm(work, { recursive: true, force: true, maxRetries: 5 });
});

/** A paired phone behind the bad network, which is good until a test says otherwise. */
async function pairedPhone(name, { offset } = {}) {
  network.behave = 'pass';
  const page = await newPage(browser, network, { ...phone, acceptDownloads: true });
  if (offset) await shiftClock(page.context(), offset);
  await pair(page, await pairingCode(server), { name });
  return page;
}

/** Closes a phone on which no script failed. */
async function done(page) {
  assert.deepEqual(scriptErrors(page), []);
  await page.context().close();
}

const visits = async () => (await figures(server)).participations;

/** The part of /avond that tells what a person has to look at. */
async function lookAt() {
  const evening = await words(server, 'club', '/avond');
  return evening.slice(evening.indexOf('Kijk hier even naar'), evening.indexOf('Getelde bezoeken'));
}

test('a browser that is killed between verdict and upload still has the scan', { timeout: 180_000 }, async () => {
  const [pass] = await issue(server, 1);
  const before = await visits();
  const profile = join(work, 'profile');
  chromium = await launchPhone(profile);
  let page = await chromium.newPage();
  await pair(page, await pairingCode(server), { server });
  await holdsAll(page);
  await server.halt();
  await openScan(page, server);
  await page.fill('form[data-scan=number]:not([hidden] *) input[name=number]', pass.number);
  await page.click('form[data-scan=number]:not([hidden] *) button');
  await until('the verdict', async () => (await verdicts(page)).length > 0);
  await chromium.kill();

  chromium = await launchPhone(profile);
  page = await chromium.newPage();
  await openScan(page, server);
  assert.equal(await waiting(page), 1);
  await server.start();
  await drained(page);
  assert.equal(await visits(), before + 1);
  await chromium.close();
});

test('a scan that is undone without network never counts', { timeout: 120_000 }, async () => {
  const [pass, other] = await issue(server, 2);
  const before = await visits();
  const page = await pairedPhone('Telefoon die ongedaan maakt');
  network.behave = 'down';
  assert.equal(await typeNumber(page, pass.number), noted);
  assert.equal(await typeNumber(page, other.number), noted);
  await page.click('[data-part=last-undo]');
  await until('the undo is shown', async () => (await verdicts(page)).at(-1) === 'annulled annulled');
  await dismiss(page);
  assert.equal(await says(page, 'status-today'), '1');
  assert.equal(await waiting(page), 3, 'the undo is an event of its own');
  network.behave = 'pass';
  await sendNow(page);
  await drained(page);
  assert.equal(await visits(), before + 1);
  assert.equal((await stored(page, 'letters')).length, 0);
  await done(page);
});

test('the queue as a file counts once, whether the organiser or the phone is first', { timeout: 180_000 }, async () => {
  const passes = await issue(server, 3);
  const before = await visits();
  const page = await pairedPhone('Telefoon zonder netwerk');
  network.behave = 'down';
  for (const { number } of passes) assert.equal(await typeNumber(page, number), noted);
  await page.click('[data-do=queue]');
  await until('the queue lists them', () =>
    page.evaluate(() => document.querySelectorAll('[data-part=queue-rows] > li').length === 3),
  );
  assert.match(await says(page, 'queue-rows'), new RegExp(`${passes[0].number} · Genoteerd`));
  const [download] = await Promise.all([page.waitForEvent('download'), page.click('[data-do=export]')]);
  assert.match(download.suggestedFilename(), /^randpas-wachtrij-\d{4}-\d\d-\d\d\.json$/);
  const file = join(work, download.suggestedFilename());
  await download.saveAs(file);
  assert.equal(JSON.parse(await readFile(file, 'utf8')).format, 'randpas-queue-1');

  const club = await organiser(browser, server);
  const upload = async () => {
    await club.goto('/avond');
    await club.locator('#wachtrij-opladen summary').click();
    await club.locator('#wachtrij-opladen input[type=file]').setInputFiles(file);
    await Promise.all([club.waitForURL(/\/avond\/wachtrij/), club.locator('#wachtrij-opladen form button').click()]);
    return club.locator('main').innerText();
  };
  const receipt = await upload();
  assert.match(receipt, /3 scans in het bestand\./);
  assert.match(receipt, /3 scans tellen mee\./);
  assert.equal(await visits(), before + 3);
  await upload();
  assert.equal(await visits(), before + 3, 'uploaded twice');

  network.behave = 'pass';
  await page.click('[data-do=send]');
  await drained(page);
  assert.equal(await visits(), before + 3, 'and handed over by the phone itself');
  await until('an empty queue says so', () => says(page, 'queue-none'));
  assert.deepEqual(club.complaints, []);
  await club.context().close();
  await done(page);
});

test('what the server takes back stays to be seen until somebody has seen it', { timeout: 120_000 }, async () => {
  const nobodys = numberOf(BigInt(Date.now()));
  const before = await visits();
  const page = await pairedPhone('Telefoon met een vreemd nummer');
  network.behave = 'down';
  assert.equal(await typeNumber(page, nobodys), noted);
  network.behave = 'pass';
  await sendNow(page);
  await drained(page);
  await until('the line tells it', async () => /1 te bekijken/.test(await says(page, 'status-to-see')));
  assert.equal(await says(page, 'status-today'), '0', 'it does not count');
  assert.equal(await visits(), before);
  await page.reload();
  await ready(page);
  assert.match(await says(page, 'status-to-see'), /1 te bekijken/, 'still there');
  await page.click('[data-do=queue]');
  const [row] = await until('the letter', () =>
    page.evaluate(() => {
      const rows = [...document.querySelectorAll('[data-part=letters] > li')].map((one) => one.innerText);
      return rows.length === 1 && rows;
    }),
  );
  assert.ok(row.replaceAll('-', '').includes(nobodys), row);
  assert.match(row, /\./, 'with a sentence that says why');
  await page.click('[data-do=letter-seen]');
  await until('it is seen', async () => (await stored(page, 'letters')).length === 0);
  await page.reload();
  await ready(page);
  assert.equal(await says(page, 'status-to-see'), null);
  await done(page);
});

test('scans of a revoked device wait for the organiser, who lets them count', { timeout: 180_000 }, async () => {
  const passes = await issue(server, 2);
  const before = await visits();
  const name = 'Telefoon die wordt ingetrokken';
  const page = await pairedPhone(name);
  network.behave = 'down';
  for (const { number } of passes) assert.equal(await typeNumber(page, number), noted);
  const club = await organiser(browser, server);
  await revokeDevice(club, name);
  network.behave = 'pass';
  await sendNow(page);
  await drained(page);
  await until('the phone is told', () => says(page, 'revoked'));
  assert.ok(await page.evaluate(() => document.querySelector('[data-do=start]').disabled), 'and scans no more');
  assert.equal(await visits(), before, 'nothing counts by itself');

  await club.goto('/avond');
  for (const left of [2, 1]) {
    const held = club.locator('#wachten form[action="/avond/meetellen"]');
    assert.equal(await held.count(), left);
    await Promise.all([club.waitForURL(/gedaan=counted/), held.first().locator('button').click()]);
    await club.goto('/avond');
  }
  assert.equal(await club.locator('#wachten').count(), 0);
  assert.equal(await visits(), before + 2);
  assert.deepEqual(club.complaints, []);
  await club.context().close();
  await done(page);
});

test('the service worker hands over what waits while no page is open, and the page learns of it', { timeout: 120_000 }, async () => {
  const [pass] = await issue(server, 1);
  const before = await visits();
  const page = await pairedPhone('Telefoon in een broekzak');
  await holdsAll(page);
  network.behave = 'down';
  assert.equal(await typeNumber(page, pass.number), noted);
  await until('the request is laid out', async () => (await stored(page, 'outgoing')).length > 0);
  await page.goto('/over');
  network.behave = 'pass';
  // The browser's own moment is minutes away; its developer tools can bring it about.
  const tools = await page.context().newCDPSession(page);
  const registration = new Promise((accept) => {
    tools.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
      const ours = registrations.find(({ scopeURL }) => scopeURL.startsWith(network.url));
      if (ours) accept(ours.registrationId);
    });
  });
  await tools.send('ServiceWorker.enable');
  await tools.send('ServiceWorker.dispatchSyncEvent', {
    origin: network.url, registrationId: await registration, tag: 'randpas-outbox', lastChance: false,
  });
  await until('the server has it', async () => (await visits()) === before + 1);
  await openScan(page, network);
  await drained(page);
  assert.equal((await stored(page, 'answers')).length, 0, 'the answer was taken in');
  assert.equal((await stored(page, 'outgoing')).length, 0);
  assert.equal(await visits(), before + 1);
  await done(page);
});

test('a phone whose storage was wiped says so, and can be paired again', { timeout: 120_000 }, async () => {
  const page = await pairedPhone('Telefoon die vergeet');
  await page.goto('/over');
  await page.evaluate(
    () =>
      new Promise((accept, reject) => {
        const request = indexedDB.deleteDatabase('randpas-device');
        request.onsuccess = () => accept();
        request.onerror = () => reject(request.error);
      }),
  );
  await page.goto('/scan');
  await until('the loss is told', async () => /De browser heeft de opslag gewist/.test(await says(page, 'lost')));
  await pair(page, await pairingCode(server), { name: 'Telefoon die vergat' });
  assert.equal(await says(page, 'lost'), null);
  await done(page);
});

test('a clock that is a day off changes no day', { timeout: 180_000 }, async () => {
  const passes = await issue(server, 3);
  const before = await visits();
  const suspect = /De klok van het toestel kan niet juist zijn/;
  for (const [pass, offset] of [[passes[0], DAY], [passes[1], -DAY]]) {
    const page = await pairedPhone(`Telefoon in ${offset > 0 ? 'morgen' : 'gisteren'}`, { offset });
    network.behave = 'down';
    assert.equal(await typeNumber(page, pass.number), noted);
    network.behave = 'pass';
    await sendNow(page);
    await drained(page);
    const today = await words(server, 'club', `/avond?nummer=${pass.number}`);
    assert.match(today, new RegExp(`\\d\\d?\\.\\d\\d · [^·]+ · ${pass.number}`), 'counted today');
    await done(page);
  }
  assert.equal(await visits(), before + 2);
  assert.doesNotMatch(await lookAt(), suspect, 'a clock that is always off is corrected');

  const page = await pairedPhone('Telefoon waarvan de klok verspringt');
  network.behave = 'down';
  await shiftClock(page.context(), DAY);
  await openScan(page, network);
  assert.equal(await typeNumber(page, passes[2].number), noted);
  network.behave = 'pass';
  await sendNow(page);
  await drained(page);
  assert.equal(await visits(), before + 3);
  const today = await words(server, 'club', `/avond?nummer=${passes[2].number}`);
  assert.match(today, new RegExp(`\\d\\d?\\.\\d\\d · [^·]+ · ${passes[2].number}`), 'counted today as well');
  assert.match(await lookAt(), suspect, 'and told to the organiser');
  await done(page);
});

test('a phone says how old its data is after a day and after a week', { timeout: 120_000 }, async () => {
  const page = await pairedPhone('Telefoon met oude gegevens');
  assert.equal(await says(page, 'age-old'), null);
  network.behave = 'down';
  await shiftClock(page.context(), DAY + 3_600_000);
  await openScan(page, network);
  assert.match(await says(page, 'age-old'), /meer dan een dag oud/);
  await shiftClock(page.context(), 7 * DAY);
  await openScan(page, network);
  assert.match(await says(page, 'age-stale'), /meer dan een week oud/);
  assert.equal(await says(page, 'age-old'), null);
  const [pass] = await issue(server, 1);
  assert.equal(await typeNumber(page, pass.number), noted, 'it still counts');
  network.behave = 'pass';
  await sendNow(page);
  await drained(page);
  await until('the data is fresh again', async () => (await says(page, 'age-stale')) === null);
  await done(page);
});

test('lost answers, half answers, half requests and a storm of 503: every scan is there once', { timeout: 240_000 }, async () => {
  const faults = ['lose', 'half', 'cut', 'storm', 'lose', 'half'];
  const passes = await issue(server, faults.length);
  const before = await visits();
  const page = await pairedPhone('Telefoon in een kelder');
  for (const [nth, fault] of faults.entries()) {
    network.behave = fault;
    const times = network.seen[fault];
    await typeNumber(page, passes[nth].number);
    await sendNow(page);
    await until(`the network did its worst (${fault})`, () => network.seen[fault] > times);
  }
  assert.equal(await waiting(page), faults.length, 'nothing leaves the queue without an answer');
  network.behave = 'pass';
  await sendNow(page);
  await drained(page);
  assert.equal(await visits(), before + faults.length);
  assert.equal((await stored(page, 'letters')).length, 0);
  assert.doesNotMatch(await lookAt(), /Telefoon in een kelder’ (kwam|kwamen) nooit aan|van ‘Telefoon in een kelder’ past niet/);
  await done(page);
});
