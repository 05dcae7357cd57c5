// What a third party does with our code: read the picture, take it apart by docs/protocol.md, rebuild the JWT.
// Written from the page alone, so that the page is enough.

import { createPrivateKey, sign } from 'node:crypto';
import { readFile } from 'node:fs/promises';

import jsQR from 'jsqr';
import { PNG } from 'pngjs';

/** The text of the QR code that this element shows, read from its pixels. */
export async function readQr(element) {
  const { data, width, height } = PNG.sync.read(await element.screenshot());
  const found = jsQR(new Uint8ClampedArray(data), width, height);
  if (!found) throw new Error('no QR code in the picture of this element');
  return found.data;
}

const BASE45 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:';
const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

export function base45(text) {
  const values = [...text].map((symbol) => {
    const value = BASE45.indexOf(symbol);
    if (value < 0) throw new Error(`not base45: ${symbol}`);
    return value;
  });
  const bytes = [];
  for (let at = 0; at < values.length; at += 3) {
    const [a, b, c] = values.slice(at, at + 3);
    if (c === undefined) bytes.push(a + 45 * b);
    else bytes.push((a + 45 * b + 2025 * c) >> 8, (a + 45 * b + 2025 * c) & 255);
  }
  return Buffer.from(bytes);
}

/** Ten symbols of five bits from the tag (48 bits, so the first has three), and Luhn mod 32 over them. */
export function number(tag) {
  const symbols = Array.from({ length: 10 }, (_, at) => Number((tag >> BigInt(5 * (9 - at))) & 31n));
  let sum = 0;
  [...symbols].reverse().forEach((value, at) => {
    const twice = at % 2 === 0 ? value * 2 : value;
    sum += Math.floor(twice / 32) + (twice % 32);
  });
  return [...symbols, (32 - (sum % 32)) % 32].map((value) => CROCKFORD[value]).join('');
}

const day = (days) => Date.UTC(2020, 0, 1 + days) / 1000;

/** The canonical JWT of a QR text; `issuer` comes with the keys. */
export function rebuildJwt(text, issuer) {
  if (!text.startsWith('RND1:')) throw new Error('not ours');
  const bytes = base45(text.slice(5));
  const signature = bytes.subarray(16, 80);
  const body = {
    version: bytes[0] >> 4,
    kind: bytes[0] & 15,
    kid: bytes[1],
    index: bytes.readUInt32BE(2),
    tag: BigInt(bytes.readUIntBE(6, 6)),
    from: bytes.readUInt16BE(12),
    until: bytes.readUInt16BE(14),
  };
  const header = `{"typ":"JWT","alg":"EdDSA","kid":"${body.kid}"}`;
  const payload =
    `{"iss":"${issuer}","sub":"${number(body.tag)}","idx":${body.index},"knd":${body.kind},` +
    `"nbf":${day(body.from)},"exp":${day(body.until + 1)}}`;
  const encode = (value) => Buffer.from(value).toString('base64url');
  return { body, jwt: `${encode(header)}.${encode(payload)}.${encode(signature)}` };
}

const days = (date) => (Date.parse(`${date}T00:00:00Z`) - Date.UTC(2020, 0, 1)) / 86_400_000;

/**
 * A personal pass that nobody issued, signed by the server's own key file: what a forger of dates cannot make, and what
 * time makes of every pass. `from` and `until` as `2025-12-31`.
 */
export async function signPass(keyFile, { issuer, from, until, index, tag, kid = 1 }) {
  const body = Buffer.alloc(16);
  body[0] = 0x11;
  body[1] = kid;
  body.writeUInt32BE(index, 2);
  body.writeUIntBE(Number(tag), 6, 6);
  body.writeUInt16BE(days(from), 12);
  body.writeUInt16BE(days(until), 14);
  const unsigned = rebuildJwt(`RND1:${toBase45(Buffer.concat([body, Buffer.alloc(64)]))}`, issuer).jwt;
  const seed = Buffer.from((await readFile(keyFile, 'utf8')).trim(), 'base64');
  const pkcs8 = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), seed]);
  const key = createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' });
  const signature = sign(null, Buffer.from(unsigned.slice(0, unsigned.lastIndexOf('.'))), key);
  return { credential: `RND1:${toBase45(Buffer.concat([body, signature]))}`, number: number(BigInt(tag)) };
}

function toBase45(bytes) {
  let text = '';
  for (let at = 0; at < bytes.length; at += 2) {
    const pair = at + 1 < bytes.length;
    let value = pair ? bytes.readUInt16BE(at) : bytes[at];
    for (let symbol = 0; symbol < (pair ? 3 : 2); symbol += 1) {
      text += BASE45[value % 45];
      value = Math.floor(value / 45);
    }
  }
  return text;
}
