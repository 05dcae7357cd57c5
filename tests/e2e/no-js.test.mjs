// Everything but the camera works without JavaScript; what was typed is kept when something is wrong.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import QRCode from 'qrcode';

import { desk, launch, newPage } from './lib/browser.mjs';
import { issuePass, logIn, passQr, password, visibleFields } from './lib/pages.mjs';
import { readQr } from './lib/qr.mjs';
import { startServer } from './lib/server.mjs';

let server;
let browser;
// Without motion: Playwright, not a person, takes a view transition for something that lies over the page.
const withoutScripts = { ...desk, javaScriptEnabled: false, reducedMotion: 'reduce' };

before(async () => {
  [server, browser] = await Promise.all([startServer(), launch()]);
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

const verdict = (page) => page.locator('[data-verdict]').first();

test('a wrong password keeps the address', async () => {
  const page = await newPage(browser, server, withoutScripts);
  await page.goto('/aanmelden');
  await page.fill('input[type=email]', 'balie@demo.randpas.example');
  await page.fill('input[type=password]', `${password}x`);
  await page.click('form:has([type=password]) button');
  assert.equal(await page.inputValue('input[type=email]'), 'balie@demo.randpas.example');
  assert.equal(await page.inputValue('input[type=password]'), '');
  assert.ok(await page.locator('[role=alert], .error, [aria-invalid=true]').count(), 'says what is wrong');
});

test('a pass is issued, and wrong input keeps everything typed', async () => {
  const page = await newPage(browser, server, withoutScripts);
  await logIn(page, 'balie');
  await page.goto('/balie');
  const form = page.locator('form:has([name=voornaam])');
  await form.locator('[name=voornaam]').fill('Amina');
  await form.locator('[name=geboortejaar]').fill('1066');
  const [answer] = await Promise.all([
    page.waitForResponse((response) => response.request().method() === 'POST'),
    form.locator('button').last().click(),
  ]);
  assert.equal(answer.status(), 422);
  assert.equal(await page.inputValue('[name=voornaam]'), 'Amina');
  assert.equal(await page.inputValue('[name=geboortejaar]'), '1066');
  assert.ok(await page.locator('[aria-invalid=true]').count(), 'the wrong field is marked');

  const { number } = await issuePass(page, { firstName: 'Amina' });
  assert.ok(number);
  assert.match(await page.locator('main').innerText(), /Amina/);
});

test('a typed number counts', async () => {
  const page = await newPage(browser, server, withoutScripts);
  await logIn(page, 'balie');
  const { number } = await issuePass(page, { firstName: 'Piotr' });
  const club = await newPage(browser, server, withoutScripts);
  await logIn(club, 'club');
  await club.goto('/scan');
  const form = club.locator('form:has([name=number])').first();
  await form.locator('[name=number]').fill(number.toLowerCase().replaceAll('-', ' '));
  await form.locator('button').last().click();
  assert.equal(await verdict(club).getAttribute('data-verdict'), 'counted');

  await club.goto('/scan');
  await form.locator('[name=number]').fill('ABCD');
  await form.locator('button').last().click();
  assert.match(await club.content(), /value="ABCD"/, 'a number with a mistake is kept to be mended');
});

test('a photo of a pass counts; a photo of a cat does not', async () => {
  const page = await newPage(browser, server, withoutScripts);
  await logIn(page, 'balie');
  await issuePass(page, { firstName: 'Leyla' });
  const buffer = await QRCode.toBuffer(await readQr(passQr(page)), { scale: 6, margin: 6 });
  const club = await newPage(browser, server, withoutScripts);
  await logIn(club, 'club');
  const send = async (name, mimeType, bytes) => {
    await club.goto('/scan');
    const form = club.locator('form:has(input[type=file])');
    await form.locator('input[type=file]').setInputFiles({ name, mimeType, buffer: bytes });
    const [answer] = await Promise.all([
      club.waitForResponse((response) => response.request().method() === 'POST'),
      form.locator('button').last().click(),
    ]);
    return answer.status();
  };
  await send('pas.png', 'image/png', buffer);
  assert.equal(await verdict(club).getAttribute('data-verdict'), 'counted');
  for (const [name, type, bytes] of [
    ['kat.png', 'image/png', await QRCode.toBuffer('https://example.org', { scale: 2 })],
    ['leeg.png', 'image/png', Buffer.alloc(0)],
    ['stuk.png', 'image/png', buffer.subarray(0, 60)],
    ['tekst.txt', 'text/plain', Buffer.from('dit is geen foto')],
    ['groot.jpg', 'image/jpeg', Buffer.alloc(14_000_000, 'foto')],
  ]) {
    assert.ok((await send(name, type, bytes)) < 500, name);
    assert.equal(await club.locator('[data-verdict=counted]').count(), 0, name);
    assert.match(await club.locator('main').innerText(), /\S{3,}/, `${name}: a page with words`);
  }
});

test('an activity is added in four fields, and wrong input keeps everything typed', async () => {
  const page = await newPage(browser, server, withoutScripts);
  await logIn(page, 'club');
  await page.goto('/activiteiten');
  const form = page.locator('form:has([name=wat])');
  await page.locator('details:has([name=wat]) summary').click();
  // What, when (day, from, until), where, price.
  assert.deepEqual(await visibleFields(form), ['wat', 'dag', 'van', 'tot', 'waar', 'prijs']);
  await form.locator('[name=wat]').fill('Proefles badminton');
  await form.locator('[name=waar]').fill('Sporthal Wemmel');
  await form.locator('[name=prijs]').fill('drie euro');
  await form.locator('button').last().click();
  assert.equal(await page.inputValue('[name=wat]'), 'Proefles badminton');
  assert.equal(await page.inputValue('[name=waar]'), 'Sporthal Wemmel');
  assert.equal(await page.inputValue('[name=prijs]'), 'drie euro');
  assert.ok(await page.locator('[aria-invalid=true]').count(), 'the wrong fields are marked');

  const soon = new Date(Date.now() + 3_600_000).toLocaleString('sv-SE', { timeZone: 'Europe/Brussels' });
  const later = new Date(Date.now() + 7_200_000).toLocaleString('sv-SE', { timeZone: 'Europe/Brussels' });
  await form.locator('[name=dag]').fill(soon.slice(0, 10));
  await form.locator('[name=van]').fill(soon.slice(11, 16));
  await form.locator('[name=tot]').fill(later.slice(11, 16));
  await form.locator('[name=prijs]').fill('3,50');
  await form.locator('button').last().click();
  assert.match(await page.locator('main').innerText(), /Proefles badminton/);
  assert.match(await page.locator('main').innerText(), /3,50/);

  // It is there to scan at once.
  await page.goto('/scan');
  assert.match(await page.content(), /Proefles badminton/);
});
