// What the organiser does in a browser: the devices, the evening.

import { desk, newPage } from './browser.mjs';
import { session } from './office.mjs';

/** A page of the demo club's organiser. */
export const organiser = async (browser, server) =>
  newPage(browser, server, { ...desk, storageState: await session(server, 'club') });

/** The card of a device on /toestellen. */
export const card = (page, name) => page.locator('.device', { has: page.getByRole('heading', { name, exact: true }) });

/** Opens what is folded away on a device's card. */
export async function manage(page, name) {
  await page.goto('/toestellen');
  const found = card(page, name);
  await found.locator('summary').first().click();
  return found;
}

/** Revokes a device. */
export async function revokeDevice(page, name) {
  const found = await manage(page, name);
  await found.locator('details details summary').click();
  await Promise.all([page.waitForURL(/gedaan=ingetrokken/), found.locator('form[action$="/intrekken"] button').click()]);
}

/** Asks a device for another key. */
export async function rollKey(page, name) {
  const found = await manage(page, name);
  await Promise.all([page.waitForURL(/gedaan=sleutel/), found.locator('form[action$="/sleutel"] button').click()]);
}
