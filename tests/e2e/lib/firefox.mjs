// Firefox, the second engine: WebDriver BiDi to the one this machine has, in a profile that outlives the browser.
// Chromium's file is browser.mjs; what a page can do is called here as it is there.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';

import puppeteer from 'puppeteer-core';

import { watch } from './browser.mjs';

export const executable = process.env.FIREFOX || '/usr/bin/firefox-esr';

/** Long enough for a machine that compiles beside it. */
const patience = 20_000;

const settings = {
  // Nothing that Firefox does of its own: no calls home, no first-run pages, no offers.
  'app.normandy.enabled': false,
  'app.update.disabledForTesting': true,
  'browser.aboutwelcome.enabled': false,
  'browser.newtabpage.enabled': false,
  'browser.safebrowsing.malware.enabled': false,
  'browser.safebrowsing.phishing.enabled': false,
  'browser.shell.checkDefaultBrowser': false,
  'browser.startup.homepage_override.mstone': 'ignore',
  'browser.startup.page': 0,
  'browser.translations.automaticallyPopup': false,
  'datareporting.policy.dataSubmissionEnabled': false,
  'extensions.update.enabled': false,
  'media.gmp-manager.updateEnabled': false,
  'network.captive-portal-service.enabled': false,
  'network.connectivity-service.enabled': false,
  'services.settings.server': 'data:,#remote-settings-dummy/v1',
  'signon.rememberSignons': false,
  'toolkit.telemetry.enabled': false,
  // After a kill: neither safe mode nor the old tabs.
  'browser.sessionstore.resume_from_crash': false,
  'toolkit.startup.max_resumed_crashes': -1,
  // Nobody is there to answer: no camera, and storage that stays, as after a person's "allow".
  'permissions.default.camera': 2,
  'permissions.default.persistent-storage': 1,
  'intl.accept_languages': 'nl-BE, nl',
};

/** A fresh profile: a folder in which IndexedDB, service workers and cookies stay until `removeProfile`. */
export async function newProfile(more = {}) {
  const profile = await mkdtemp(join(tmpdir(), 'randpas-firefox-'));
  const lines = Object.entries({ ...settings, ...more }).map(
    ([name, value]) => `user_pref("${name}", ${JSON.stringify(value)});\n`,
  );
  await writeFile(join(profile, 'user.js'), lines.join(''));
  return profile;
}

export const removeProfile = (profile) => rm(profile, { recursive: true, force: true, maxRetries: 5 });

/** Starts Firefox on this profile; one browser a profile at a time. */
export async function launch(profile) {
  // setpriv: Firefox ends when this process does, however that ends. HOME: nobody's own Firefox plays a part.
  const child = spawn(
    'setpriv',
    ['--pdeathsig', 'KILL', executable, '--headless', '--no-remote', '--profile', profile, '--remote-debugging-port=0'],
    {
      detached: true,
      stdio: ['ignore', 'ignore', 'pipe'],
      env: { ...process.env, HOME: profile, MOZ_CRASHREPORTER_DISABLE: '1' },
    },
  );
  const ended = new Promise((accept) => child.once('close', accept).once('error', accept));
  try {
    const browserWSEndpoint = `${await address(child)}/session`;
    const driver = await puppeteer.connect({ browserWSEndpoint, protocol: 'webDriverBiDi', defaultViewport: null });
    return {
      driver,
      /** A new tab; all tabs share the profile. */
      newPage: (server) => newPage(driver, server),
      /** Ends it as a person does. */
      async close() {
        await driver.close().catch(() => {});
        if (!(await within(patience, ended))) {
          await kill(child, ended);
          throw new Error('Firefox did not close');
        }
      },
      /** Takes it away, as an empty battery does: nothing gets to say goodbye. */
      async kill() {
        await kill(child, ended);
        await driver.disconnect().catch(() => {});
      },
    };
  } catch (error) {
    await kill(child, ended);
    throw error;
  }
}

/** Where Firefox listens, from what it says. */
function address(child) {
  let output = '';
  return new Promise((accept, reject) => {
    createInterface({ input: child.stderr }).on('line', (line) => {
      output += `${line}\n`;
      const [, url] = /WebDriver BiDi listening on (ws:\S+)/.exec(line) ?? [];
      if (url) accept(url);
    });
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`Firefox ended with ${code}:\n${output}`)));
    setTimeout(() => reject(new Error(`Firefox did not say that it listens:\n${output}`)), 3 * patience).unref();
  });
}

/** SIGKILL to Firefox and all that it started; comes back when all are gone. */
async function kill(child, ended) {
  if (!child.pid || child.exitCode !== null || child.signalCode !== null) return;
  const family = [child.pid, ...(await descendants(child.pid))];
  for (const pid of [-child.pid, ...family]) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch (error) {
      if (error.code !== 'ESRCH') throw error;
    }
  }
  await within(patience, ended);
}

/** The processes under this one. */
async function descendants(root) {
  const children = new Map();
  for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number)) {
    const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
    const parent = Number(/^PPid:\s*(\d+)/m.exec(status)?.[1]);
    children.set(parent, [...(children.get(parent) ?? []), pid]);
  }
  const below = (pid) => (children.get(pid) ?? []).flatMap((child) => [child, ...below(child)]);
  return below(root);
}

/** Whether it happens in time. */
const within = (milliseconds, happens) =>
  new Promise((accept) => {
    const timer = setTimeout(accept, milliseconds, false);
    happens.then(() => {
      clearTimeout(timer);
      accept(true);
    });
  });

/** A tab. Every act waits until it can be done; selectors are CSS and mean the first match that can be seen. */
async function newPage(driver, server) {
  const tab = await driver.newPage();
  await tab.setViewport({ width: 390, height: 844 });
  tab.on('dialog', (dialog) => dialog.accept().catch(() => {}));
  watch(tab);

  /** The first truth that `look` gives; a document that is just being replaced gives none. */
  async function until(what, look, timeout = patience) {
    const end = Date.now() + timeout;
    for (let problem = ''; ; await sleep(50)) {
      const found = await look().catch((error) => void (problem = error.message));
      if (found) return found;
      if (Date.now() < end && driver.connected && !tab.isClosed()) continue;
      const seen = await page.evaluate(() => document.body?.innerText).catch(() => '');
      const when = driver.connected ? `not within ${timeout} ms` : 'Firefox is gone';
      throw new Error(`${what}: ${when}. ${problem}\n── ${tab.url()}\n${seen}`);
    }
  }

  const element = (selector) =>
    until(selector, async () => {
      const found = await tab.evaluateHandle(
        (css) => [...document.querySelectorAll(css)].find((one) => one.checkVisibility({ visibilityProperty: true })),
        selector,
      );
      return found.asElement();
    });

  const page = {
    /** Puppeteer's page, for what is not here. */
    driver: tab,
    complaints: tab.complaints,
    url: () => tab.url(),
    goto: (path) => tab.goto(new URL(path, server?.url).href, { timeout: 2 * patience }),
    reload: () => tab.reload({ timeout: 2 * patience }),
    close: () => tab.close(),
    /** Of several tabs only one is visible; a page may do nothing while it is not. */
    bringToFront: () => tab.bringToFront(),
    evaluate: (look, argument) => tab.evaluate(look, argument),
    /** What the function gives in the page, as soon as it gives something. */
    waitUntil: (look, argument, timeout) => until(`${look}`, () => tab.evaluate(look, argument), timeout),
    waitForURL: (fits) =>
      until(`${fits}`, async () => {
        const { href, done } = await tab.evaluate(() => ({ href: location.href, done: document.readyState === 'complete' }));
        return done && fits(new URL(href));
      }),
    waitFor: async (selector) => void (await element(selector)),
    waitForHidden: (selector) =>
      page.waitUntil(
        (css) => ![...document.querySelectorAll(css)].some((one) => one.checkVisibility({ visibilityProperty: true })),
        selector,
      ),
    innerText: async (selector) => (await element(selector)).evaluate((one) => one.innerText),
    /** With the mouse, once it may be clicked. */
    async click(selector) {
      const one = await element(selector);
      await until(`${selector} enabled`, () => one.evaluate((button) => !button.disabled));
      await one.click();
    },
    /** Key by key, in place of what was there. */
    async fill(selector, text) {
      const one = await element(selector);
      await one.evaluate((field) => (field.focus(), field.select()));
      await tab.keyboard.press('Delete');
      await tab.keyboard.type(text);
    },
    press: (key) => tab.keyboard.press(key),
    /** No network for this tab; its service worker keeps it. To take it from both, halt the server. */
    setOffline: (offline) => tab.setOfflineMode(offline),
    screenshot: (path) => tab.screenshot({ path }),
  };
  return page;
}
