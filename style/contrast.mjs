// Computes the contrast of every pair of colours that meet on a page, by day and by night (WCAG 2.2, relative
// luminance). Prints the table of docs/look.md; exit 1 when a pair is below what is asked of it.
// Run: node style/contrast.mjs
import { readFileSync } from 'node:fs';

const [day, night] = readFileSync(new URL('tokens.css', import.meta.url), 'utf8').split('@media (prefers-color-scheme: dark)');
const tokens = (css) => Object.fromEntries([...css.matchAll(/--([\w-]+):\s*(#[0-9a-f]{3,6});/g)].map(([, name, hex]) => [name, hex]));
const light = tokens(day);
const dark = { ...light, ...tokens(night) };

const TEXT = 4.5;
const SHAPE = 3;
const VERDICT = 7;
const PAIRS = [
  [TEXT, 'ink', ['paper', 'surface', 'sunken', 'sun-wash', 'green-wash', 'ok-wash', 'wait-wash', 'stop-wash']],
  [TEXT, 'ink-soft', ['paper', 'surface', 'sunken', 'sun-wash']],
  [TEXT, 'green', ['paper', 'surface', 'sun-wash']],
  [TEXT, 'on-green', ['green', 'green-press']],
  [TEXT, 'on-sun', ['sun']],
  [TEXT, 'ok-text', ['ok-wash']],
  [TEXT, 'wait-text', ['wait-wash']],
  [TEXT, 'stop-text', ['stop-wash', 'paper', 'surface']],
  [VERDICT, 'on-ok', ['ok']],
  [VERDICT, 'on-wait', ['wait']],
  [VERDICT, 'on-stop', ['stop']],
  [VERDICT, 'on-calm', ['calm']],
  [TEXT, 'pass-ink', ['pass-ground', 'pass-ground-2']],
  [TEXT, 'pass-soft', ['pass-ground', 'pass-ground-2']],
  [TEXT, 'map-ink', ['map-0', 'map-1', 'map-2', 'map-3']],
  [TEXT, 'map-ink-strong', ['map-4', 'map-5']],
  [SHAPE, 'line-strong', ['paper', 'surface', 'sunken']],
  [SHAPE, 'bar', ['paper']],
  [SHAPE, 'bar-now', ['paper']],
  [SHAPE, 'hatch', ['paper']],
];

function luminance(hex) {
  const digits = hex.length === 4 ? [...hex.slice(1)].map((digit) => digit + digit) : hex.slice(1).match(/../g);
  const [red, green, blue] = digits.map((pair) => {
    const part = Number.parseInt(pair, 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(scheme, one, other) {
  const [high, low] = [luminance(scheme[one]), luminance(scheme[other])].sort((a, b) => b - a);
  return (high + 0.05) / (low + 0.05);
}

console.log('| text or shape | on | light | dark | asked |\n|---|---|---:|---:|---:|');
for (const [asked, one, others] of PAIRS) {
  for (const other of others) {
    const [byDay, byNight] = [contrast(light, one, other), contrast(dark, one, other)];
    const short = Math.min(byDay, byNight) < asked;
    if (short) process.exitCode = 1;
    console.log(`| \`${one}\` | \`${other}\` | ${byDay.toFixed(1)} | ${byNight.toFixed(1)} | ${asked}${short ? ' **too low**' : ''} |`);
  }
}
