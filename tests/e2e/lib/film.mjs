// A short film for Chromium's fake camera: a hand holds a code before the lens, a little tilted, never quite still.

import { open } from 'node:fs/promises';

import QRCode from 'qrcode';

const WIDTH = 1280;
const HEIGHT = 720;
const FRAMES = 12;
const QUIET = 4;

/** Writes `path` (YUV4MPEG2, 4:2:0) with the code of `text`; `share` is the code's part of the frame's height. */
export async function film(text, path, { share = 0.55, degrees = 9 } = {}) {
  const { modules } = QRCode.create(text, { errorCorrectionLevel: 'M' });
  const file = await open(path, 'w');
  try {
    await file.write(`YUV4MPEG2 W${WIDTH} H${HEIGHT} F15:1 Ip A1:1 C420jpeg\n`);
    for (let frame = 0; frame < FRAMES; frame += 1) {
      const swing = Math.sin((frame / FRAMES) * 2 * Math.PI);
      await file.write('FRAME\n');
      await file.write(picture(modules, {
        side: share * HEIGHT,
        angle: ((degrees + swing) * Math.PI) / 180,
        left: WIDTH * 0.52 + 6 * swing,
        top: HEIGHT * 0.48 - 4 * swing,
      }));
    }
  } finally {
    await file.close();
  }
  return path;
}

function picture(modules, { side, angle, left, top }) {
  const frame = Buffer.alloc((WIDTH * HEIGHT * 3) / 2, 128);
  const all = modules.size + 2 * QUIET;
  const [cos, sin, scale] = [Math.cos(angle), Math.sin(angle), modules.size / side];
  for (let y = 0; y < HEIGHT; y += 1) {
    for (let x = 0; x < WIDTH; x += 1) {
      // Where on the code, in modules, does this pixel look? Four looks a pixel soften the edges as a lens does.
      let light = 0;
      for (const [dx, dy] of [[0.25, 0.25], [0.75, 0.25], [0.25, 0.75], [0.75, 0.75]]) {
        const [px, py] = [x + dx - left, y + dy - top];
        const column = Math.floor((cos * px + sin * py) * scale + all / 2);
        const row = Math.floor((cos * py - sin * px) * scale + all / 2);
        light += shade(modules, all, column, row, x);
      }
      frame[y * WIDTH + x] = light / 4;
    }
  }
  return frame;
}

/** A dim hall, a pale card, a lamp from the right. */
function shade(modules, all, column, row, x) {
  const lamp = (x / WIDTH) * 40;
  if (column < 0 || row < 0 || column >= all || row >= all) return 60 + lamp;
  const [inColumn, inRow] = [column - QUIET, row - QUIET];
  const inside = inColumn >= 0 && inRow >= 0 && inColumn < modules.size && inRow < modules.size;
  return inside && modules.get(inRow, inColumn) ? 25 + lamp / 2 : 190 + lamp;
}
