// A film for Chromium's fake camera: a hand holds a code before the lens, turned and tilted a little.

import { makeFilm } from '../y4m/make.mjs';

/** Writes `path`; gives it back. */
export async function film(text, path) {
  await makeFilm(text, path, { size: 0.6, turn: 8, tilt: 12, blur: 1, noise: 6, seconds: 2 });
  return path;
}
