// What somebody with an account does at another desk meanwhile, and what the command line says: no browser needed.

import { request } from 'playwright-core';

import { demo, password } from './pages.mjs';

/** Who logged in where, once: a log-in is slow on purpose. */
const sessions = new Map();

/** The cookies of somebody who is logged in, for a browser's `storageState`. */
export async function session(server, who) {
  const key = `${server.data} ${who}`;
  if (!sessions.has(key)) {
    const client = await request.newContext({ baseURL: server.url, extraHTTPHeaders: { origin: server.url } });
    const answer = await client.post('/aanmelden', { form: { email: demo(who), wachtwoord: password }, maxRedirects: 0 });
    if (answer.status() !== 303) throw new Error(`${who} could not log in: ${answer.status()}`);
    sessions.set(key, await client.storageState());
    await client.dispose();
  }
  return sessions.get(key);
}

/** Does something as somebody who is logged in; `act` gets a client with their cookies. */
export async function as(server, who, act) {
  const client = await request.newContext({
    baseURL: server.url,
    extraHTTPHeaders: { origin: server.url },
    storageState: await session(server, who),
  });
  try {
    return await act(client);
  } finally {
    await client.dispose();
  }
}

/** Revokes a pass, as the counter does. */
export const revokePass = (server, number) =>
  as(server, 'balie', async (client) => {
    const answer = await client.post(`/balie/pas/${number}/status`, { form: { status: 'revoked' } });
    if (!answer.ok()) throw new Error(`${number} was not revoked: ${answer.status()}`);
  });

/** The words of a page, as that person sees them. */
export const words = (server, who, path) =>
  as(server, who, async (client) => {
    const answer = await client.get(path);
    if (!answer.ok()) throw new Error(`${path}: ${answer.status()}`);
    const html = (await answer.text()).replaceAll(/<(script|style|svg)[\s\S]*?<\/\1>/g, '').replaceAll(/<!--.*?-->/g, '');
    return html
      .replaceAll(/<[^>]*>/g, ' ')
      .replaceAll(/&#(x[0-9a-f]+|\d+);/gi, (_, code) => String.fromCodePoint(Number(code[0] === 'x' ? `0${code}` : code)))
      .replaceAll('&amp;', '&')
      .replaceAll(/\s+/g, ' ');
  });

/** The club of the demo's `club` account, and its activity that takes scans all day. */
export async function club(server) {
  const answer = await fetch(`${server.url}/api/v1/activities?open_now=true&search=Wakkere&limit=200`);
  const { items } = await answer.json();
  const daily = items.find((one) => one.organiser.includes('Wakkere') && one.name === 'Vrij fitnessen');
  if (!daily) throw new Error('the demo club has nothing open now');
  return { organiser: daily.organiser_id, activity: daily.id, name: daily.organiser };
}

/** A pairing code, by the command line. */
export async function pairingCode(server, role = 'counter') {
  const { organiser } = await club(server);
  const output = await server.cli('pairing', 'create', '--organiser', organiser, '--role', role);
  const [code] = /\b[0-9A-Z]{4}-[0-9A-Z]{4}\b/.exec(output) ?? [];
  if (!code) throw new Error(`no pairing code in: ${output}`);
  return code;
}

/** New passes: number, credential, jwt. */
export async function issue(server, count) {
  const lines = await server.cli('pass', 'issue', '--count', `${count}`, '--municipality', '23102', '--json');
  return lines.trim().split('\n').map((line) => JSON.parse(line));
}

const month = () => new Date().toLocaleDateString('sv-SE', { timeZone: 'Europe/Brussels' }).slice(0, 7);

/** Participations and participants of this month, by the command line. */
export async function figures(server) {
  const figure = async (code) =>
    JSON.parse(await server.cli('figures', code, '--period', month(), '--format', 'json')).total.value;
  return { participations: await figure('participations'), participants: await figure('participants') };
}
