// Chromium, always fresh, never fetched: the one this machine has.

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
