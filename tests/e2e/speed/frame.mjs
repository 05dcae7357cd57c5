// From camera frame to verdict on a slow phone without network: `node tests/e2e/speed/frame.mjs` prints a section for
// docs/benchmarks.md. A paired phone scans with the server stopped; the page's thread runs at a quarter of its speed
// (DevTools' throttling), and the reader's answers are held back until a reader at a quarter of its speed would give them.

import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';

import { launchPhone } from '../lib/browser.mjs';
import { holdsAll, openScan, pair } from '../lib/device.mjs';
import { issue, pairingCode } from '../lib/office.mjs';
import { startServer } from '../lib/server.mjs';
import { until } from '../lib/until.mjs';
import { makeFilm } from '../y4m/make.mjs';

const SLOWER = Number(process.env.SLOWER ?? 4);
const RUNS = Number(process.env.RUNS ?? 3);
const SCANS = 20;
const GOAL_MS = 150;

/** In the page, before anything else: when the last picture was taken, read, judged and painted. */
function instrument(slower) {
  const [grab, BrowserWorker] = [window.createImageBitmap, window.Worker];
  const last = { grabbed: 0, pictured: 0, read: 0, reader: 0 };
  window.scans = [];
  window.createImageBitmap = (source, ...more) => {
    if (source instanceof HTMLVideoElement) last.grabbed = performance.now();
    const picture = grab.call(window, source, ...more);
    picture.then(() => (last.pictured = performance.now()), () => {});
    return picture;
  };
  // A worker has no throttling of its own: its answer comes when a slower one would have given it.
  window.Worker = class extends BrowserWorker {
    set onmessage(heard) {
      super.onmessage = (event) => {
        const { ms = 0 } = event.data;
        setTimeout(() => {
          [last.read, last.reader] = [performance.now(), ms * slower];
          heard.call(this, event);
        }, ms * (slower - 1));
      };
    }
  };
  addEventListener('DOMContentLoaded', () => {
    const panel = document.querySelector('[data-part=verdict]');
    if (!panel) return;
    new MutationObserver(() => {
      if (panel.hidden) return;
      const scan = { ...last, shown: performance.now(), verdict: panel.dataset.verdict };
      requestAnimationFrame(() => {
        scan.framed = performance.now();
        // A task after the frame's callbacks: style, layout and paint of that frame are done.
        const painted = new MessageChannel();
        painted.port1.onmessage = () => {
          window.scans.push({ ...scan, painted: performance.now() });
          document.querySelector('[data-part=verdict-next]').click();
        };
        painted.port2.postMessage(0);
      });
    }).observe(panel, { attributeFilter: ['hidden'] });
  });
}

async function run(server, work, nth) {
  const passes = await issue(server, SCANS);
  const film = join(work, `${nth}.y4m`);
  await makeFilm(passes.map(({ credential }) => credential), film, { seconds: 0.9, gap: 0.3, fps: 10, turn: 8, tilt: 12, blur: 1 });
  const phone = await launchPhone(join(work, `profile-${nth}`), { film });
  await phone.context.addInitScript(instrument, SLOWER);
  const page = await phone.newPage();
  await pair(page, await pairingCode(server), { server });
  await holdsAll(page);
  await server.halt();
  await openScan(page, server);
  const tools = await phone.context.newCDPSession(page);
  await tools.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
  await page.click('[data-do=start]');
  const counted = (all) => all.filter(({ verdict }) => verdict === 'counted');
  const scans = await until(`${SCANS} visits`, async () => {
    const all = await page.evaluate(() => window.scans);
    return counted(all).length >= SCANS && all;
  }, 300_000);
  await phone.close();
  await rm(film);
  await server.start();
  return counted(scans);
}

/** The value that this part of all stays under. */
const quantile = (values, part) => [...values].sort((a, b) => a - b)[Math.max(0, Math.ceil(part * values.length) - 1)];
const ms = (value) => value.toFixed(0);

const work = await mkdtemp(join(tmpdir(), 'randpas-frame-'));
const server = await startServer();
const runs = [];
try {
  for (let nth = 1; nth <= RUNS; nth += 1) runs.push(await run(server, work, nth));
} finally {
  await server.stop();
  await rm(work, { recursive: true, force: true, maxRetries: 5 });
}

const parts = [
  ['**frame to verdict, with its animation frame**', (scan) => scan.framed - scan.grabbed],
  ['the picture out of the video', (scan) => scan.pictured - scan.grabbed],
  ['to the reader and back', (scan) => scan.read - scan.pictured],
  ['of it the reader', (scan) => scan.reader],
  ['judge, write to the disk, show', (scan) => scan.shown - scan.read],
  ['to the animation frame', (scan) => scan.framed - scan.shown],
  ['then laid out and painted', (scan) => scan.painted - scan.framed],
  ['frame to painted verdict', (scan) => scan.painted - scan.grabbed],
];
const all = runs.flat();
const row = (name, values) => `| ${name} | ${values.length} | ${[0.5, 0.95, 1].map((part) => ms(quantile(values, part))).join(' | ')} |`;
const output = (program, ...args) => execFileSync(program, args, { encoding: 'utf8' }).trim();
const machine = /^model name\s*: (.*)$/m.exec(readFileSync('/proc/cpuinfo', 'utf8'))?.[1] ?? cpus()[0].model;
const total = all.map(parts[0][1]);
console.log(
  [
    '## Camera frame to verdict',
    '',
    `- date: ${new Date().toISOString().slice(0, 10)}, version ${output('git', 'rev-parse', '--short', 'HEAD')}`,
    `- machine: ${machine}, ${cpus().length} cores; ${output(process.env.CHROMIUM ?? '/usr/bin/chromium', '--version')}`,
    `- command: \`node tests/e2e/speed/frame.mjs\`: a paired phone, the server stopped, frames of 1280×720, ${RUNS} runs of ` +
      `${SCANS} passes; the page's thread ${SLOWER}× slower by DevTools, the reader's answers held back to be ${SLOWER}× slower`,
    `- goal: p95 ≤ ${GOAL_MS} ms; measured ${ms(quantile(total, 0.95))} ms: ${quantile(total, 0.95) <= GOAL_MS ? 'kept' : '**missed**'}`,
    '',
    '| milliseconds | scans | p50 | p95 | max |',
    '|---|---:|---:|---:|---:|',
    ...parts.map(([name, of]) => row(name, all.map(of))),
    ...runs.map((scans, nth) => row(`run ${nth + 1}, frame to verdict`, scans.map(parts[0][1]))),
  ].join('\n'),
);
