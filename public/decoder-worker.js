// Reads QR codes apart from the page: a crash on one strange picture ends this worker, and the page starts another.
// Page to worker: {id, bitmap: ImageBitmap, photo?} or {id, width, height, rgba: ArrayBuffer, photo?}.
// Worker to page: {ready: true} once; then for each picture {id, ok: true, text, ms} or {id, ok: false, ms};
// {fatal: reason} is its last word: it reads nothing any more and wants to be replaced.

import init, { Decoder } from '/pkg/decoder.js';

// A photo of more than this a side holds nothing more to read, and costs a phone its memory.
const LARGEST_PHOTO = 3000;

// Empty pictures that a new module reads before the first real one.
const WARM_UPS = 3;

let decoder;
let canvas;
let dead = false;

function die(error) {
  dead = true;
  postMessage({ fatal: String(error?.message ?? error) });
}

// Set before the module is there: what arrives meanwhile waits for it.
const ready = init({ module_or_path: '/pkg/decoder_bg.wasm' }).then(() => {
  decoder = new Decoder();
  // A module that has just arrived reads its first picture several times as slowly as its tenth. Let that be empty ones,
  // while the camera still starts: nobody waits at the door for them.
  const empty = new Uint8Array(1280 * 720 * 4).fill(255);
  for (let turn = 0; turn < WARM_UPS; turn += 1) decoder.frame(empty, 1280, 720);
  postMessage({ ready: true });
}).catch(die);

onmessage = async ({ data }) => {
  await ready;
  if (dead) return;
  const started = performance.now();
  try {
    const { rgba, width, height } = pixels(data);
    const text = data.photo ? decoder.photo(rgba, width, height) : decoder.frame(rgba, width, height);
    const ms = performance.now() - started;
    postMessage(text === undefined ? { id: data.id, ok: false, ms } : { id: data.id, ok: true, text, ms });
  } catch (error) {
    // WebAssembly cannot recover from a panic: its memory may be half-written.
    die(error);
  }
};

function pixels({ bitmap, rgba, width, height, photo }) {
  if (!bitmap) return { rgba: new Uint8Array(rgba), width, height };
  const scale = photo ? Math.min(1, LARGEST_PHOTO / Math.max(bitmap.width, bitmap.height)) : 1;
  const [across, down] = [bitmap.width, bitmap.height].map((side) => Math.max(1, Math.round(side * scale)));
  if (canvas?.width !== across || canvas?.height !== down) canvas = new OffscreenCanvas(across, down);
  const context = canvas.getContext('2d', { willReadFrequently: true });
  // A PNG may be black modules on nothing.
  context.fillStyle = '#fff';
  context.fillRect(0, 0, across, down);
  context.drawImage(bitmap, 0, 0, across, down);
  bitmap.close();
  return { rgba: context.getImageData(0, 0, across, down).data, width: across, height: down };
}
