// What a third party does with our code: read the picture, take it apart by docs/protocol.md, rebuild the JWT.
// Written from the page alone, so that the page is enough.

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
