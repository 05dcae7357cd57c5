// The main job: a counter issues a pass, a phone shows it, a club scans it with a camera, and the figure goes up.

import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

import QRCode from 'qrcode';

import { launch, launchWithCamera, newPage, phone, desk } from './lib/browser.mjs';
import { film } from './lib/film.mjs';
import { issuePass, logIn, passQr } from './lib/pages.mjs';
import { readQr } from './lib/qr.mjs';
import { startServer } from './lib/server.mjs';

let server;
let browser;
let work;

before(async () => {
  work = await mkdtemp(join(tmpdir(), 'randpas-film-'));
  [server, browser] = await Promise.all([startServer(), launch()]);
});
after(async () => {
  await browser?.close();
  await server?.stop();
  await rm(work, { recursive: true, force: true });
});

const month = () => new Date().toLocaleDateString('sv-SE', { timeZone: 'Europe/Brussels' }).slice(0, 7);

/** The total of a figure, by the command line. */
async function figure(code) {
  const answer = JSON.parse(await server.cli('figures', code, '--period', month(), '--format', 'json'));
  return answer.total.value;
}

/** The headline number of participants of this month on the figures page. */
async function participantsOnPage() {
  const page = await newPage(browser, server, desk);
  await logIn(page, 'coordinator');
  await page.goto(`/cijfers?periode=${month()}`);
  const text = await page.locator('.key__number').first().innerText();
  await page.context().close();
  return Number(text.replaceAll(/\D/g, ''));
}

/** Scans with a camera that sees `picture`, as the club; gives the verdict's element, and how it looked. */
async function scan(picture, seen) {
  const camera = await launchWithCamera(picture);
  try {
    const page = await newPage(camera, server, { ...phone, permissions: ['camera'] });
    await logIn(page, 'club');
    await page.goto('/scan');
    await page.locator('.scan-start button').first().click();
    await seen(page);
    assert.deepEqual(page.complaints, []);
  } finally {
    await camera.close();
  }
}

const verdict = (page) => page.locator('[data-verdict]:visible').first();

test('issue, show, scan, count', { timeout: 180_000 }, async () => {
  const [participants, participations] = [await figure('participants'), await figure('participations')];
  const onPage = await participantsOnPage();

  const counter = await newPage(browser, server, desk);
  await logIn(counter, 'balie');
  const issued = await issuePass(counter);
  assert.ok(issued.fields.length <= 6, `six fields at most: ${issued.fields}`);
  assert.ok(issued.number, 'the card shows the number');
  assert.ok(issued.claim, 'the card shows the claim link');

  const holder = await newPage(browser, server, phone);
  await holder.goto(issued.claim);
  assert.equal(new URL(holder.url()).pathname, '/pas');
  assert.match(await holder.locator('main').innerText(), /Yusuf/);
  const text = await readQr(passQr(holder));
  assert.match(text, /^RND1:/);

  const picture = await film(text, join(work, 'pass.y4m'));
  await scan(picture, async (page) => {
    await verdict(page).waitFor({ timeout: 60_000 });
    assert.equal(await verdict(page).getAttribute('data-verdict'), 'counted');
  });

  assert.equal(await figure('participants'), participants + 1, 'randpas figures participants');
  assert.equal(await figure('participations'), participations + 1, 'one visit, however long the camera looked');
  assert.equal(await participantsOnPage(), onPage + 1, '/cijfers');
  for (const page of [counter, holder]) assert.deepEqual(page.complaints, []);
});

test('undo takes the visit back', { timeout: 180_000 }, async () => {
  const counter = await newPage(browser, server, desk);
  await logIn(counter, 'balie');
  const { claim } = await issuePass(counter, { firstName: 'Mirela' });
  const holder = await newPage(browser, server, phone);
  await holder.goto(claim);
  const picture = await film(await readQr(passQr(holder)), join(work, 'undo.y4m'));
  const before = await figure('participations');
  await scan(picture, async (page) => {
    await verdict(page).waitFor({ timeout: 60_000 });
    assert.equal(await figure('participations'), before + 1);
    await page.getByRole('button', { name: /ongedaan/i }).first().click();
    for (let tries = 0; tries < 50 && (await figure('participations')) !== before; tries += 1) await page.waitForTimeout(200);
    assert.equal(await figure('participations'), before);
  });
});

test('a code that is not ours is told so, and never crashes', { timeout: 180_000 }, async () => {
  const before = await figure('participations');
  const picture = await film('https://www.example.org/kortingsbon?id=4711', join(work, 'foreign.y4m'));
  await scan(picture, async (page) => {
    await verdict(page).waitFor({ timeout: 60_000 });
    assert.equal(await verdict(page).getAttribute('data-verdict'), 'refused');
    assert.equal(await verdict(page).getAttribute('data-reason'), 'foreign_qr');
  });
  assert.equal(await figure('participations'), before);
});

test('a photo of a pass from the gallery counts as well', { timeout: 120_000 }, async () => {
  const counter = await newPage(browser, server, desk);
  await logIn(counter, 'balie');
  await issuePass(counter, { firstName: 'Oksana' });
  const photo = join(work, 'photo.png');
  await writeFile(photo, await QRCode.toBuffer(await readQr(passQr(counter)), { scale: 8, margin: 8 }));
  const before = await figure('participations');
  const club = await newPage(browser, server, phone);
  await logIn(club, 'club');
  await club.goto('/scan');
  await club.locator('input[type=file]').setInputFiles(photo);
  await club.locator('form:has(input[type=file]) button').click();
  await verdict(club).waitFor();
  assert.equal(await verdict(club).getAttribute('data-verdict'), 'counted');
  assert.equal(await figure('participations'), before + 1);
});
