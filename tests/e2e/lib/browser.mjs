// Chromium, always fresh, never fetched: the one this machine has.

import { once } from 'node:events';
import { readlink } from 'node:fs/promises';
import { join } from 'node:path';

import { chromium } from 'playwright-core';

export const executable = process.env.CHROMIUM ?? '/usr/bin/chromium';
export const quiet = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export const phone = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true };
export const desk = { viewport: { width: 1280, height: 800 } };

export function launch(...more) {
  return chromium.launch({ executablePath: executable, headless: true, args: [...quiet, ...more] });
}

/** A Chromium whose camera plays this film. */
export function launchWithCamera(film) {
  return launch(
    '--use-fake-ui-for-media-stream',
    '--use-fake-device-for-media-stream',
    `--use-file-for-fake-video-capture=${film}`,
  );
}

/**
 * Chromium as an installed app on a phone: what it keeps in `profile` (a folder) outlives it, however it ends. The way of
 * firefox.mjs: `newPage(server)`, `close()`, `kill()`. `film`: what its camera sees.
 */
export async function launchPhone(profile, { film, offset } = {}) {
  const camera = ['--use-fake-ui-for-media-stream', '--use-fake-device-for-media-stream'];
  const context = await chromium.launchPersistentContext(profile, {
    ...phone,
    deviceScaleFactor: 1,
    executablePath: executable,
    headless: true,
    locale: 'nl-BE',
    args: film ? [...quiet, ...camera, `--use-file-for-fake-video-capture=${film}`] : quiet,
  });
  context.setDefaultTimeout(30_000);
  if (offset) await shiftClock(context, offset);
  return {
    context,
    async newPage() {
      const page = await context.newPage();
      watch(page);
      return page;
    },
    /** Ends it as a person does. */
    close: () => context.close(),
    /** Takes it away, as an empty battery does: nothing gets to say goodbye. */
    async kill() {
      // The lock is a link to "<host>-<process>"; the browser leads its own group of processes.
      const [, pid] = /-(\d+)$/.exec(await readlink(join(profile, 'SingletonLock'))) ?? [];
      const gone = once(context, 'close');
      process.kill(-Number(pid), 'SIGKILL');
      await gone;
    },
  };
}

/** A clock that is off by this much, on every page of `context` from its next document on. Timers run as they do. */
export const shiftClock = (context, milliseconds) =>
  context.addInitScript((offset) => {
    const Real = Date;
    globalThis.Date = class extends Real {
      constructor(...given) {
        if (given.length === 0) super(Real.now() + offset);
        else super(...given);
      }

      static now() {
        return Real.now() + offset;
      }
    };
  }, milliseconds);

/** What scripts complained of; a server that is away makes the browser complain of itself. */
export const scriptErrors = (page) => page.complaints.filter((one) => one.startsWith('script:'));

/** A page in a context of its own; whatever the page complains of is collected in `page.complaints`. */
export async function newPage(browser, server, options = {}) {
  const context = await browser.newContext({ baseURL: server.url, locale: 'nl-BE', ...options });
  context.setDefaultTimeout(15_000);
  const page = await context.newPage();
  watch(page);
  return page;
}

/** Collects errors of scripts, of the content security policy, and answers with a server error. */
export function watch(page) {
  page.complaints = [];
  page.on('pageerror', (error) => page.complaints.push(`script: ${error.message}`));
  page.on('console', (message) => {
    const text = message.text();
    // The browser also logs every 4xx; a test that provokes one looks at the page instead.
    if (message.type() === 'error' && !/status of 4\d\d/.test(text)) page.complaints.push(`console: ${text}`);
  });
  page.on('response', (response) => {
    if (response.status() >= 500) page.complaints.push(`${response.status()} ${response.url()}`);
  });
}
