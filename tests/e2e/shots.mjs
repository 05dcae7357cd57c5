// Pictures of every page, to be looked at: `node shots.mjs` writes output/<width>-<scheme>/<page>.png for 320, 390 and 1280 px,
// light and dark. `node shots.mjs docs` makes the few pictures of the README in docs/images instead.

import { mkdir, mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

import { launch, launchWithCamera, newPage, phone } from './lib/browser.mjs';
import { pair, typeNumber } from './lib/device.mjs';
import { film } from './lib/film.mjs';
import { badNetwork } from './lib/network.mjs';
import { club, issue, pairingCode } from './lib/office.mjs';
import { issuePass, logIn, passQr } from './lib/pages.mjs';
import { number, readQr } from './lib/qr.mjs';
import { startServer } from './lib/server.mjs';
import { typeAsScanner } from './lib/wedge.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const forDocs = process.argv[2] === 'docs';
const server = await startServer();
const browser = await launch('--use-fake-ui-for-media-stream', '--use-fake-device-for-media-stream');
const sessions = {};
const poster = `/activiteiten/${(await club(server)).activity}/affiche`;
let card;

async function signIn() {
  for (const who of ['balie', 'club', 'coordinator']) {
    const page = await newPage(browser, server);
    await logIn(page, who);
    if (who === 'balie') {
      const { claim } = await issuePass(page, { firstName: 'Amina' });
      card = new URL(page.url()).pathname;
      const holder = await newPage(browser, server);
      await holder.goto(claim);
      sessions.holder = await holder.context().storageState();
    }
    sessions[who] = await page.context().storageState();
    await page.context().close();
  }
}

const pages = () => [
  ['home', '/'],
  ['aanmelden', '/aanmelden'],
  ['balie', '/balie', 'balie'],
  ['kaart', card, 'balie'],
  ['pas', '/pas', 'holder'],
  ['pas-leeg', '/pas'],
  ['activiteiten', '/activiteiten'],
  ['activiteiten-club', '/activiteiten', 'club'],
  ['scan', '/scan', 'club'],
  ['scan-dicht', '/scan'],
  ['koppel', '/koppel'],
  ['toestellen', '/toestellen', 'club'],
  ['toestellen-kies', '/toestellen', 'coordinator'],
  ['avond', '/avond', 'club'],
  ['nakomers', '/avond/nakomers', 'club'],
  ['affiche', poster, 'club'],
  ['cijfers', '/cijfers', 'coordinator'],
  ['cijfers-gemeente', '/cijfers?periode=project&gemeente=23102&vergelijk=2025'],
  ['cijfers-kruis', '/cijfers/participants?periode=project&per=gemeente&per=leeftijd'],
  ['cijfers-klein', '/cijfers/participations?per=gemeente&per=maand'],
  ['cijfers-cohorten', '/cijfers/retention?periode=project'],
  ['cijfers-weg', '/cijfers/funnel?periode=project'],
  ['cijfers-verschil', '/cijfers/change?vergelijk=2025&per=gemeente'],
  ['cijfers-grens', '/cijfers/crossings?periode=project'],
  ['cijfers-euro', '/cijfers/threshold_euro?per=gemeente'],
  ['cijfers-verankering', '/cijfers/anchoring?periode=project', 'coordinator'],
  ['cijfers-onbekend', '/cijfers/deelnemerz'],
  ['cijfers-eigen', '/cijfers/eigen', 'club'],
  ['cijfers-methode', '/cijfers/methode'],
  ['404', '/bestaat-niet'],
];

async function shoot(folder, name, path, who, { width, height, colorScheme, fullPage, at, scale = 1 }) {
  const page = await newPage(browser, server, {
    viewport: { width, height },
    deviceScaleFactor: scale,
    isMobile: width < 600,
    hasTouch: width < 600,
    colorScheme,
    reducedMotion: 'reduce',
    storageState: sessions[who],
    permissions: ['camera'],
  });
  await page.goto(path, { waitUntil: 'networkidle' }).catch(() => {});
  await mkdir(folder, { recursive: true });
  const file = join(folder, `${name}.png`);
  if (at) await page.locator(at).first().evaluate((element) => element.scrollIntoView());
  await page.screenshot({ path: file, fullPage });
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  const complaints = [...page.complaints, ...(wide > 0 ? [`scrolls sideways by ${wide} px`] : [])];
  console.log(`${file}  ${Math.round((await stat(file)).size / 1000)} kB  ${complaints.join(' | ')}`);
  await page.context().close();
}

/**
 * A paired phone in an evening without network, picture by picture; the numbers that it scanned stay behind on the server
 * for the pictures of /toestellen and /avond.
 */
async function shootPhone(folder, { width, height, colorScheme }) {
  const network = await badNetwork(server);
  const page = await newPage(browser, network, {
    viewport: { width, height }, isMobile: width < 600, hasTouch: width < 600, colorScheme, reducedMotion: 'reduce',
    timezoneId: 'Europe/Brussels',
  });
  await mkdir(folder, { recursive: true });
  const shoot = async (name) => {
    await page.evaluate(() => scrollTo(0, 0));
    await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    console.log(`${join(folder, name)}.png  ${wide > 0 ? `scrolls sideways by ${wide} px` : ''}`);
  };
  await pair(page, await pairingCode(server), { name: `Telefoon van Jan (${width}, ${colorScheme})` });
  await shoot('toestel');
  const passes = await issue(server, 2);
  network.behave = 'down';
  await typeNumber(page, passes[0].number);
  await typeAsScanner(page, passes[1].credential);
  await page.locator('[data-part=verdict][data-verdict=counted]').waitFor();
  // Its symbol comes from a file of its own.
  await page.waitForTimeout(500);
  await page.screenshot({ path: join(folder, 'toestel-geteld.png') });
  await page.locator('[data-part=verdict]').waitFor({ state: 'hidden' });
  await typeNumber(page, number(123_456_789n));
  await shoot('toestel-wacht');
  await page.click('[data-do=queue]');
  await page.locator('[data-part=queue-rows] > li').first().waitFor();
  await page.screenshot({ path: join(folder, 'wachtrij.png') });
  network.behave = 'pass';
  await page.click('[data-do=send]');
  await page.locator('[data-part=queue-none]').waitFor();
  await page.screenshot({ path: join(folder, 'wachtrij-leeg.png') });
  await page.goto('/koppel');
  await page.locator('[data-part=pair-paired]').waitFor();
  await shoot('koppel-gekoppeld');
  await page.context().close();
  await network.stop();
}

/** The page with a pairing code. */
async function shootCode(folder, { width, height, colorScheme }) {
  const page = await newPage(browser, server, {
    viewport: { width, height }, colorScheme, storageState: sessions.club, reducedMotion: 'reduce',
  });
  await page.goto('/toestellen');
  await page.locator('form[action="/toestellen/koppel"] button').click();
  await page.waitForURL(/\/toestellen\/koppel/);
  await page.screenshot({ path: join(folder, 'code.png'), fullPage: true });
  await page.context().close();
}

/** The green screen, as the camera of a club brings it about. */
async function shootVerdict(folder) {
  const work = await mkdtemp(join(tmpdir(), 'randpas-film-'));
  const holder = await newPage(browser, server, { storageState: sessions.holder });
  await holder.goto('/pas');
  const picture = await film(await readQr(passQr(holder)), join(work, 'pas.y4m'));
  const camera = await launchWithCamera(picture);
  const page = await newPage(camera, server, { ...phone, deviceScaleFactor: 1, permissions: ['camera'], reducedMotion: 'reduce' });
  await logIn(page, 'club');
  await page.goto('/scan');
  await page.locator('.scan-start button').first().click();
  await page.locator('[data-verdict=counted]:visible').first().waitFor({ timeout: 60_000 });
  await page.screenshot({ path: join(folder, 'geteld.png') });
  await camera.close();
  await rm(work, { recursive: true });
}

try {
  await signIn();
  if (forDocs) {
    const folder = resolve(here, '../../docs/images');
    const screen = { width: 390, height: 844, colorScheme: 'light' };
    await shoot(folder, 'pas', '/pas', 'holder', screen);
    await shootVerdict(folder);
    await shoot(folder, 'cijfers', '/cijfers', 'coordinator', { ...screen, at: '.figure' });
  } else {
    for (const width of [320, 390, 1280])
      for (const colorScheme of ['light', 'dark']) {
        const folder = join(here, 'output', `${width}-${colorScheme}`);
        const screen = { width, height: width < 600 ? 844 : 800, colorScheme, fullPage: true };
        await shootPhone(folder, screen);
        await shootCode(folder, screen);
        for (const [name, path, who] of pages()) await shoot(folder, name, path, who, screen);
      }
  }
} finally {
  await browser.close();
  await server.stop();
}
