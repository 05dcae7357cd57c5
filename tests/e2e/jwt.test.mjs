// A JWT rebuilt from the QR text, by docs/protocol.md alone, verifies with an independent library and our published keys.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';

import { createRemoteJWKSet, decodeJwt, jwtVerify } from 'jose';

import { number, rebuildJwt } from './lib/qr.mjs';
import { startServer } from './lib/server.mjs';

let server;
let passes;

before(async () => {
  server = await startServer();
  const output = await server.cli('pass', 'issue', '--count', '20', '--municipality', '23102', '--json');
  passes = output.trim().split('\n').map((line) => JSON.parse(line));
});
after(() => server?.stop());

test('the rebuilt JWT is the issued one, and verifies', async () => {
  const keys = createRemoteJWKSet(new URL('/.well-known/jwks.json', server.url));
  for (const pass of passes) {
    const { iss } = decodeJwt(pass.jwt);
    const { jwt, body } = rebuildJwt(pass.credential, iss);
    assert.equal(jwt, pass.jwt);
    assert.equal(number(body.tag), pass.number.replaceAll('-', ''));
    const { payload, protectedHeader } = await jwtVerify(jwt, keys, { issuer: iss, algorithms: ['EdDSA'] });
    assert.equal(payload.sub, pass.number.replaceAll('-', ''));
    assert.equal(payload.idx, body.index);
    assert.equal(protectedHeader.alg, 'EdDSA');
    // Nothing about a person, and nothing that nobody asked for.
    assert.deepEqual(Object.keys(payload), ['iss', 'sub', 'idx', 'knd', 'nbf', 'exp']);
  }
});

test('the golden vectors rebuild the same', async () => {
  const { credentials } = JSON.parse(await readFile(new URL('../vectors/credential.json', import.meta.url)));
  assert.ok(credentials.length > 0);
  for (const vector of credentials) {
    const { jwt, body } = rebuildJwt(vector.qr_text, vector.issuer);
    assert.equal(jwt, vector.jwt, vector.name);
    assert.equal(number(body.tag), vector.number.replaceAll('-', ''), vector.name);
  }
});

test('one changed symbol of the code does not verify', async () => {
  const keys = createRemoteJWKSet(new URL('/.well-known/jwks.json', server.url));
  const { credential, jwt } = passes[0];
  const { iss } = decodeJwt(jwt);
  const at = 60;
  const other = credential[at] === 'A' ? 'B' : 'A';
  const forged = rebuildJwt(credential.slice(0, at) + other + credential.slice(at + 1), iss);
  await assert.rejects(jwtVerify(forged.jwt, keys, { issuer: iss }), { code: 'ERR_JWS_SIGNATURE_VERIFICATION_FAILED' });
});
