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
  const at = file.indexOf(base45(credential.slice('RND1:'.length)));
  const days = /(\d{4}-\d\d-\d\d){2}/.exec(file.subarray(at - 200, at).toString('latin1'));
  if (at < 0 || !days) throw new Error('the pass is not in the file');
  file.write('2020-01-012022-12-31', at - 200 + days.index, 'latin1');
  await writeFile(path, file);
}
