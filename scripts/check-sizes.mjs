// The weight budgets: what a phone downloads does not depend on the machine that built it, so it is asserted in
// `make test`. Run with `node --test scripts/check-sizes.mjs`; SITE names the built site (default target/site).
// kB are 1,000 bytes. The weight of a whole page (/pas) is measured by the browser tests, which see all it fetches.

import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { brotliCompressSync, constants } from 'node:zlib';

const pkg = join(process.env.SITE ?? 'target/site', 'pkg');
const code = readdirSync(pkg, { recursive: true })
  .map(String)
  .filter((name) => /\.(js|wasm)$/.test(name));
const isDecoder = (name) => name.startsWith('decoder');

function weigh(names) {
  assert.ok(names.some((name) => name.endsWith('.wasm')), `${pkg} holds no .wasm file: run \`make build\``);
  let raw = 0;
  let brotli = 0;
  for (const name of names) {
    const bytes = readFileSync(join(pkg, name));
    raw += bytes.length;
    brotli += brotliCompressSync(bytes, {
      params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length },
    }).length;
  }
  return { raw: raw / 1000, brotli: brotli / 1000 };
}

function budget(promise, names, form, limit) {
  test(`${promise} (at most ${limit} kB ${form})`, (context) => {
    const kb = weigh(names)[form];
    context.diagnostic(`${kb.toFixed(1)} kB of ${limit} kB`);
    assert.ok(kb <= limit, `${kb.toFixed(1)} kB ${form}, ${(kb - limit).toFixed(1)} kB over the budget: ${names.join(', ')}`);
  });
}

const bundle = code.filter((name) => !isDecoder(name));
const decoder = code.filter(isDecoder);
budget('the browser bundle stays small to run', bundle, 'raw', 350);
budget('the browser bundle stays small to fetch', bundle, 'brotli', 120);
budget('the QR decoder stays small to fetch', decoder, 'brotli', 160);
