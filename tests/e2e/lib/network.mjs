// A bad network between phone and server: what the phone's requests to the API go through. Everything else passes.

import { once } from 'node:events';
import { createServer, request } from 'node:http';

/** A proxy with an address of its own; `behave` is asked before every request to `/api/v1/device/…`. */
export async function badNetwork(server) {
  const network = {
    url: '',
    /** What becomes of the next requests: one of `faults`, or a function of (path, how many before) that gives one. */
    behave: 'pass',
    /** How many requests of the phone came by, by what became of them. */
    seen: { pass: 0, lose: 0, half: 0, storm: 0, cut: 0, down: 0 },
    async stop() {
      proxy.close();
      proxy.closeAllConnections();
      await once(proxy, 'close');
    },
  };
  let before = 0;
  const proxy = createServer((incoming, answer) => {
    const ours = incoming.url.startsWith('/api/v1/device/');
    const fault = ours ? (typeof network.behave === 'function' ? network.behave(incoming.url, before++) : network.behave) : 'pass';
    if (ours) network.seen[fault] += 1;
    faults[fault](incoming, answer, server);
  }).listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  network.url = `http://127.0.0.1:${proxy.address().port}`;
  return network;
}

const faults = {
  /** Nothing goes wrong. */
  pass: (incoming, answer, server) =>
    forward(incoming, answer, server, (reply) => {
      answer.writeHead(reply.statusCode, reply.headers);
      reply.pipe(answer);
    }),
  /** The server has done it; its answer is lost. */
  lose: (incoming, answer, server) =>
    forward(incoming, answer, server, (reply) => {
      reply.resume();
      reply.once('end', () => answer.destroy());
    }),
  /** The server has done it; half of its answer arrives. */
  half: (incoming, answer, server) =>
    forward(incoming, answer, server, async (reply) => {
      const body = Buffer.concat(await reply.toArray());
      const { 'transfer-encoding': _, ...headers } = reply.headers;
      answer.writeHead(reply.statusCode, { ...headers, 'content-length': body.length });
      answer.write(body.subarray(0, Math.ceil(body.length / 2)), () => answer.destroy());
    }),
  /** A proxy on the way has no server. */
  storm: (incoming, answer) => {
    incoming.resume();
    answer.writeHead(503, { 'content-type': 'text/html' }).end('<h1>503</h1>');
  },
  /** Half of the request arrives at the server. */
  cut: async (incoming, answer, server) => {
    const body = Buffer.concat(await incoming.toArray());
    const onward = ask(incoming, server);
    onward.on('error', () => {});
    onward.flushHeaders();
    onward.write(body.subarray(0, Math.floor(body.length / 2)), () => {
      onward.destroy();
      answer.destroy();
    });
  },
  /** Nobody is there. */
  down: (incoming, answer) => answer.destroy(),
};

function forward(incoming, answer, server, replied) {
  const onward = ask(incoming, server);
  onward.once('response', replied);
  onward.once('error', () => answer.destroy());
  incoming.pipe(onward);
}

/** The same request, to the server; it still says which address the browser sees. */
function ask(incoming, server) {
  const { hostname, port } = new URL(server.url);
  return request({ hostname, port, method: incoming.method, path: incoming.url, headers: incoming.headers, agent: false });
}
