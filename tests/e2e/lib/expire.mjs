// Time, for one pass in the database: what no command does and no test can wait for.

import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { base45 } from './qr.mjs';

/** Makes a pass one that has expired. The server must be down; the last program out folds SQLite's log into its file. */
export async function expirePass(server, { credential }) {
  const path = join(server.data, 'randpas.sqlite');
  await server.cli('figures', 'passes_issued');
  if (await stat(`${path}-wal`).then(({ size }) => size > 0, () => false)) throw new Error('the database is still in use');
  const file = await readFile(path);
  // A row of `pass` ends with the signed body; before it stand its two days, as texts of ten letters. No index has them.
  // A page that was split may hold a row once more, as a leftover.
  const body = base45(credential.slice('RND1:'.length));
  let rows = 0;
  for (let at = file.indexOf(body); at >= 0; at = file.indexOf(body, at + 1)) {
    const start = Math.max(0, at - 200);
    const days = [...file.subarray(start, at).toString('latin1').matchAll(/(\d{4}-\d\d-\d\d){2}/g)].at(-1);
    if (!days) continue;
    file.write('2020-01-012022-12-31', start + days.index, 'latin1');
    rows += 1;
  }
  if (rows === 0) throw new Error('the pass is not in the file');
  await writeFile(path, file);
}
