// One Randpas server with demo data of its own, on a free port, ended with the test.

import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../../..');
export const binary = process.env.RANDPAS_BIN ?? join(process.env.CARGO_TARGET_DIR ?? join(root, 'target'), 'release/randpas');

/** The environment of the program under test: nothing of this machine decides which database it uses. */
function environment() {
  const { DATABASE_URL, RANDPAS_PASS_KEY, ...rest } = process.env;
  return rest;
}

export async function freePort() {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address();
  probe.close();
  return port;
}

/** A folder with demo data: a copy of the one that run.sh made, else made here. */
async function demoData() {
  const folder = await mkdtemp(join(tmpdir(), 'randpas-e2e-'));
  if (process.env.RANDPAS_DEMO) await cp(process.env.RANDPAS_DEMO, folder, { recursive: true });
  else await promisify(execFile)(binary, ['demo', '--data', folder], { env: environment() });
  return folder;
}

export async function startServer() {
  const data = await demoData();
  let child;
  let output = '';

  const server = {
    url: '',
    data,
    /** Runs `randpas …` on this server's data; gives standard output. */
    async cli(...args) {
      const { stdout } = await promisify(execFile)(binary, [...args, '--data', data], { env: environment() });
      return stdout;
    },
    /** Starts it, again on the same port after a halt. */
    async start() {
      const address = server.url ? new URL(server.url).host : `127.0.0.1:${await freePort()}`;
      child = spawn(binary, ['serve', '--addr', address, '--data', data], { env: environment() });
      child.stderr.on('data', (text) => (output += text));
      const lines = createInterface({ input: child.stdout });
      const ready = new Promise((accept, reject) => {
        lines.on('line', (line) => {
          output += `${line}\n`;
          const [, url] = /Listening on (\S+)/.exec(line) ?? [];
          if (url) accept(url.startsWith('http') ? url : `http://${url}`);
        });
        child.once('error', reject);
        child.once('exit', (code) => reject(new Error(`the server ended with ${code}:\n${output}`)));
        setTimeout(() => reject(new Error(`the server did not say that it listens:\n${output}`)), 30_000).unref();
      });
      server.url = (await ready).replace(/\/$/, '');
    },
    /** Takes it away, as a tunnel takes away the network. */
    async halt() {
      if (!child || child.exitCode !== null) return;
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
    },
    async stop() {
      await server.halt();
      await rm(data, { recursive: true, force: true });
    },
    output: () => output,
  };
  await server.start();
  return server;
}
