'use strict';
// A server and a client of HTTP/2 for the cases.

const http2 = require('http2');
const net = require('net');

/** Serves on a free port; `run(client, close)` gets a connected client and what closes both. */
function pair(options, onStream, run) {
  const server = http2.createServer(options.server ?? {});
  if (onStream) server.on('stream', onStream);
  server.listen(0, '127.0.0.1', () => {
    const client = http2.connect(`http://127.0.0.1:${server.address().port}`, options.client);
    client.on('error', (error) => console.log('client error', error.code, error.message));
    const close = () => {
      client.close();
      server.close();
    };
    run(client, close, server);
  });
  return server;
}

/** Resolves with what a stream ended with: status, headers, body, trailers, code. */
function collect(stream) {
  return new Promise((resolve) => {
    const result = { status: undefined, body: '', code: undefined };
    stream.setEncoding('utf8');
    stream.on('response', (headers) => {
      result.status = headers[':status'];
      result.headers = headers;
    });
    stream.on('trailers', (trailers) => { result.trailers = trailers; });
    stream.on('data', (chunk) => { result.body += chunk; });
    stream.on('error', (error) => { result.error = error.message; });
    stream.on('close', () => resolve({ ...result, code: stream.rstCode }));
  });
}

function frame(type, flags, id, payload = Buffer.alloc(0)) {
  const head = Buffer.alloc(9);
  head.writeUIntBE(payload.length, 0, 3);
  head[3] = type;
  head[4] = flags;
  head.writeUInt32BE(id, 5);
  return Buffer.concat([head, payload]);
}

const kPreface = Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n');
const kGet = Buffer.concat([Buffer.from([0x82, 0x86, 0x84, 0x41, 9]), Buffer.from('localhost')]);

/** Sends bytes to a server and resolves with the frames that came until it closed, as "type flags id length". */
function speak(port, bytes, { wait = 300 } = {}) {
  return new Promise((resolve) => {
    const socket = net.connect(port, '127.0.0.1', () => socket.write(bytes));
    let got = Buffer.alloc(0);
    socket.on('data', (chunk) => { got = Buffer.concat([got, chunk]); });
    socket.on('error', () => {});
    setTimeout(() => socket.destroy(), wait);
    socket.on('close', () => {
      const frames = [];
      while (got.length >= 9) {
        const length = got.readUIntBE(0, 3);
        const payload = got.subarray(9, 9 + length);
        frames.push({ type: got[3], flags: got[4], id: got.readUInt32BE(5), payload });
        got = got.subarray(9 + length);
      }
      resolve(frames);
    });
  });
}

module.exports = { collect, frame, kGet, kPreface, pair, speak };
