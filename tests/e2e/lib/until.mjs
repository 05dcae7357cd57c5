// Waiting for what becomes true, in any browser and on the server.

import { setTimeout as sleep } from 'node:timers/promises';

/** Long enough for two cores with a compiler beside them. */
const patience = 60_000;

/** The first truth that `look` gives; what `look` throws meanwhile is kept for the message. */
export async function until(what, look, timeout = patience) {
  const end = Date.now() + timeout;
  for (let last; ; await sleep(50)) {
    try {
      last = await look();
      if (last) return last;
    } catch (error) {
      last = error.message;
    }
    if (Date.now() > end) throw new Error(`not within ${timeout} ms: ${what}; last seen: ${last}`);
  }
}
