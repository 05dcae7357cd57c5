// Films of QR codes for Chromium's fake camera (--use-file-for-fake-video-capture): uncompressed I420 in a .y4m, which
// the browser plays in a loop.
//
//   node tests/e2e/y4m/make.mjs --out pass.y4m [--size 0.6] [--turn 25] [--tilt 25] [--blur 1] [--noise 6]
//        [--seconds 1] [--gap 0.5] [--fps 10] [--width 1280] [--height 720] TEXT…
//
// Several texts are shown one after the other, with an empty picture between them.

import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';

import QRCode from 'qrcode';

/** Modules of white around a code. */
const QUIET = 4;

const defaults = {
  /** Side of the code with its quiet zone, as a part of the frame's height. */
  size: 0.6,
  /** Turned in the picture, and tilted out of it around the vertical axis: degrees. */
  turn: 0,
  tilt: 0,
  /** Radius of the blur in pixels, and largest deviation of the noise in grey values. */
  blur: 0,
  noise: 4,
  /** How long each code is shown, and how long nothing between two. */
  seconds: 1,
  gap: 0.5,
  fps: 10,
  width: 1280,
  height: 720,
  level: 'M',
};

/** Writes a film of one text or of several; gives the path. */
export async function makeFilm(texts, path, options = {}) {
  const scene = { ...defaults, ...options };
  const codes = [texts].flat();
  const file = createWriteStream(path);
  const done = finished(file);
  const put = async (bytes) => {
    if (!file.write(bytes)) await once(file, 'drain');
  };
  await put(`YUV4MPEG2 W${scene.width} H${scene.height} F${scene.fps}:1 Ip A1:1 C420jpeg\n`);
  const colourless = Buffer.alloc(2 * Math.ceil(scene.width / 2) * Math.ceil(scene.height / 2), 128);
  const random = randomBytes(1);
  const show = async (picture, seconds) => {
    for (let frame = 0; frame < Math.round(seconds * scene.fps); frame += 1) {
      await put('FRAME\n');
      await put(noisy(picture, scene.noise, random));
      await put(colourless);
    }
  };
  for (const text of codes) {
    await show(blurred(draw(QRCode.create(text, { errorCorrectionLevel: scene.level }).modules, scene), scene), scene.seconds);
    if (codes.length > 1) await show(draw(null, scene), scene.gap);
  }
  file.end();
  await done;
  return path;
}

/** Grey picture of a code on a plane in front of a pinhole camera, 3×3 rays a pixel; without code, what is behind. */
function draw(modules, { width, height, size, turn, tilt }) {
  const [behind, light, dark] = [96, 240, 16];
  const picture = Buffer.alloc(width * height, behind);
  if (!modules) return picture;
  const all = modules.size + 2 * QUIET;
  const side = size * height;
  const far = width * 0.78;
  const [cosTurn, sinTurn] = [Math.cos(radians(turn)), Math.sin(radians(turn))];
  const [cosTilt, sinTilt] = [Math.cos(radians(tilt)), Math.sin(radians(tilt))];
  const ray = (x, y) => {
    // The plane through (0, 0, far), tilted: where does the ray (x, y, far) meet it?
    const facing = far * cosTilt + x * sinTilt;
    const scale = (far * cosTilt) / facing;
    const across = (x * scale) / cosTilt;
    const down = y * scale;
    const column = ((across * cosTurn + down * sinTurn) / side + 0.5) * all - QUIET;
    const row = ((down * cosTurn - across * sinTurn) / side + 0.5) * all - QUIET;
    if (Math.min(column, row) < -QUIET || Math.max(column, row) >= modules.size + QUIET) return behind;
    if (Math.min(column, row) < 0 || Math.max(column, row) >= modules.size) return light;
    return modules.data[Math.floor(row) * modules.size + Math.floor(column)] ? dark : light;
  };
  const steps = [-1 / 3, 0, 1 / 3];
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const [right, below] = [x + 0.5 - width / 2, y + 0.5 - height / 2];
      if (Math.max(Math.abs(right), Math.abs(below)) > side) continue;
      let sum = 0;
      for (const dy of steps) for (const dx of steps) sum += ray(right + dx, below + dy);
      picture[y * width + x] = Math.round(sum / 9);
    }
  }
  return picture;
}

const radians = (degrees) => (degrees * Math.PI) / 180;

/** A box blur in both directions, twice. */
function blurred(picture, { width, height, blur }) {
  if (!blur) return picture;
  const reach = Math.max(1, Math.round(blur));
  let from = picture;
  for (const [step, count, lines, lineStep] of [0, 1].flatMap(() => [
    [1, width, height, width],
    [width, height, width, 1],
  ])) {
    const to = Buffer.alloc(from.length);
    for (let line = 0; line < lines; line += 1) {
      for (let place = 0; place < count; place += 1) {
        let sum = 0;
        for (let d = -reach; d <= reach; d += 1) {
          sum += from[line * lineStep + Math.min(count - 1, Math.max(0, place + d)) * step];
        }
        to[line * lineStep + place * step] = Math.round(sum / (2 * reach + 1));
      }
    }
    from = to;
  }
  return from;
}

function noisy(picture, most, random) {
  if (!most) return picture;
  return picture.map((value) => Math.min(255, Math.max(0, value + Math.round(((random() - 128) / 128) * most))));
}

/** The same noise every time. */
function randomBytes(seed) {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state >>> 24;
  };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const numbers = Object.keys(defaults).filter((name) => typeof defaults[name] === 'number');
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: Object.fromEntries(['out', 'level', ...numbers].map((name) => [name, { type: 'string' }])),
  });
  if (!values.out || positionals.length === 0) {
    console.error('Usage: node make.mjs --out FILE.y4m [--size 0.6] [--turn 25] [--tilt 25] … TEXT…');
    process.exit(2);
  }
  const { out, level = defaults.level, ...given } = values;
  const options = Object.fromEntries(Object.entries(given).map(([name, value]) => [name, Number(value)]));
  await makeFilm(positionals, out, { level, ...options });
}
