'use strict';
// http.Server on a connection of its own, native (TCP) and not (a Duplex). The properties: the answers do not depend on
// how the bytes are cut up or what they travel through; each request that the handler saw is answered once, in order; a
// refusal is one of the protocol's status lines; the connection closes when the client ends. The input is what the client
// sends.

const assert = require('assert');
const { Buffer } = require('buffer');
const http = require('http');
const net = require('net');
const { duplexPair } = require('stream');
const { setImmediate } = require('timers');

const MAX_INPUT = 4096;

function makeServer(seen) {
  const server = http.createServer({ keepAliveTimeout: 0, maxHeaderSize: 1024, requestTimeout: 0, headersTimeout: 0 });
  server.on('request', (request, response) => {
    let size = 0;
    request.on('data', (chunk) => { size += chunk.length; });
    request.on('end', () => {
      seen.push(`${request.method} ${request.url} ${size}`);
      response.sendDate = false;
      if (request.url.length % 2) response.write('first,');
      response.end(`${request.method} ${size}`);
    });
    request.on('error', () => {});
  });
  server.on('upgrade', (request, socket) => {
    seen.push(`upgrade ${request.url}`);
    socket.resume().end('HTTP/1.1 101 Switching Protocols\r\n\r\n');
  });
  server.on('connect', (request, socket) => {
    seen.push(`connect ${request.url}`);
    socket.resume().end('HTTP/1.1 200 Connected\r\n\r\n');
  });
  return server;
}

function collect(stream) {
  return new Promise((resolve) => {
    const chunks = [];
    stream.on('data', (chunk) => chunks.push(chunk));
    stream.on('error', () => {});
    stream.on('close', () => resolve(Buffer.concat(chunks).latin1Slice()));
  });
}

function turn() {
  return new Promise((resolve) => { setImmediate(resolve); });
}

async function send(stream, data, step) {
  for (let at = 0; at < data.length && !stream.destroyed && stream.writable; at += step) {
    stream.write(data.subarray(at, at + step));
    if (step < data.length) await turn();
  }
}

async function overTcp(data, step) {
  const seen = [];
  const server = makeServer(seen);
  await new Promise((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  const client = net.connect(server.address().port, '127.0.0.1');
  client.setNoDelay();
  const answers = collect(client);
  await send(client, data, step);
  if (client.writable) client.end();
  const text = await answers;
  server.closeAllConnections();
  await new Promise((resolve) => { server.close(resolve); });
  return { seen, text };
}

async function overDuplex(data, step) {
  const seen = [];
  const server = makeServer(seen);
  const [client, other] = duplexPair();
  server.emit('connection', other);
  const answers = collect(client);
  // Not ended: a Duplex has no order of data and end that a reader must see, and an end aborts what is not answered.
  await send(client, data, step);
  for (let n = 0; n < 20 && !other.destroyed; n++) await turn();
  const { destroyed } = other;
  client.destroy();
  other.destroy();
  return { seen, text: await answers, destroyed };
}

/**
 * Whether the last answer is a refusal, which closes the connection. Of a Duplex that is destroyed at once, so that the
 * refusal may be lost behind a "100 Continue" that nobody has read yet.
 */
function isRefused({ text, destroyed }) {
  const last = text.match(/HTTP\/1\.1 \d{3} /g)?.at(-1);
  if (last === undefined) return false;
  return !/ (100|101|200) $/.test(last) || (destroyed && last.includes('100'));
}

const isSwitch = (line) => /^(upgrade|connect) /.test(line);

/** A request ends after its event, and another protocol begins at once: a request before it may end behind that, as in Node. */
function inOrder(seen) {
  return [...seen.filter((line) => !isSwitch(line)), ...seen.filter(isSwitch)];
}

/** What comes behind a request that is refused is seen only when it was in the same read. */
function checkSame(a, b) {
  const count = isRefused(a) || isRefused(b) ? Math.min(a.seen.length, b.seen.length) : Infinity;
  assert.deepStrictEqual(inOrder(a.seen).slice(0, count), inOrder(b.seen).slice(0, count));
}

function checkAnswers(outcome) {
  const { seen, text } = outcome;
  const heads = text.match(/HTTP\/1\.1 \d{3} /g) ?? [];
  // A refusal takes the answers of the same read with it, as in Node. So does another protocol.
  if (!seen.some(isSwitch) && !isRefused(outcome)) assert.ok(heads.length >= seen.length, `${seen}\n${text}`);
  for (const head of heads) assert.match(head, /^HTTP\/1\.1 (100|101|200|400|408|413|417|431) $/);
}

module.exports = async function httpServerProperty(bytes) {
  const data = Buffer.from(bytes.subarray(0, MAX_INPUT));
  const whole = await overTcp(data, data.length || 1);
  checkAnswers(whole);
  // A piece a turn of the loop; long inputs in few pieces.
  const cut = await overTcp(data, Math.max(1, data.length >> 4));
  checkSame(cut, whole);
  const other = await overDuplex(data, data.length || 1);
  checkAnswers(other);
  checkSame(other, whole);
};
