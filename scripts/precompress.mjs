// Writes a .br and a .gz beside every text or wasm file of the site, so that the server never compresses a static file
// while somebody waits and a phone on a slow line gets the smallest form. Usage: precompress.mjs SITE

import { readFile, readdir, writeFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

const COMPRESSIBLE = new Set(['.css', '.html', '.ico', '.js', '.json', '.mjs', '.svg', '.txt', '.wasm', '.webmanifest', '.xml']);
// Below this a compressed answer saves no packet.
const SMALLEST = 500;

const compressors = {
  br: (bytes) =>
    promisify(brotliCompress)(bytes, {
      params: {
        [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
        [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS,
        [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
      },
    }),
  gz: (bytes) => promisify(gzip)(bytes, { level: constants.Z_BEST_COMPRESSION }),
};

async function* files(folder) {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* files(path);
    else if (COMPRESSIBLE.has(extname(path))) yield path;
  }
}

const site = process.argv[2];
if (!site) {
  console.error('usage: precompress.mjs SITE');
  process.exit(2);
}

let count = 0;
let before = 0;
let after = 0;
for await (const path of files(site)) {
  const bytes = await readFile(path);
  if (bytes.length < SMALLEST) continue;
  const [br] = await Promise.all(
    Object.entries(compressors).map(async ([extension, compress]) => {
      const small = await compress(bytes);
      if (small.length < bytes.length) await writeFile(`${path}.${extension}`, small);
      return small.length;
    }),
  );
  count += 1;
  before += bytes.length;
  after += br;
}
console.log(`  ${count} files, ${(before / 1000).toFixed(0)} kB, ${(after / 1000).toFixed(0)} kB with brotli`);
