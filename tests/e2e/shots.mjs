// Pictures of every page, to be looked at: `node shots.mjs` writes output/<width>-<scheme>/<page>.png for 320, 390 and 1280 px,
// light and dark. `node shots.mjs docs` makes the few pictures of the README in docs/images instead.

import { mkdir, mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

import { launch, launchWithCamera, newPage, phone } from './lib/browser.mjs';
import { film } from './lib/film.mjs';
import { issuePass, logIn, passQr } from './lib/pages.mjs';
import { readQr } from './lib/qr.mjs';
import { startServer } from './lib/server.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const forDocs = process.argv[2] === 'docs';
const server = await startServer();
const browser = await launch('--use-fake-ui-for-media-stream', '--use-fake-device-for-media-stream');
const sessions = {};
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
  ['cijfers', '/cijfers', 'coordinator'],
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
      for (const colorScheme of ['light', 'dark'])
        for (const [name, path, who] of pages())
          await shoot(join(here, 'output', `${width}-${colorScheme}`), name, path, who, {
            width, height: width < 600 ? 844 : 800, colorScheme, fullPage: true,
          });
  }
} finally {
  await browser.close();
  await server.stop();
}
