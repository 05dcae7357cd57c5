// placeholder until tests/e2e/y4m is there
export async function film(text, path) {
  const { makeFilm } = await import('../y4m/make.mjs');
  await makeFilm(text, path);
  return path;
}
