// What the cases of bad input share: bytes over a plain socket to a server in the same process, and what comes of them.
'use strict';

const http = require('http');
const net = require('net');

/** Sends each of `parts` in a segment of its own; resolves with all that came back when the connection is over. */
function exchange(port, parts, { end = false } = {}) {
  return new Promise((resolve) => {
    const socket = net.connect(port, '127.0.0.1');
    let answer = '';
    socket.setEncoding('latin1');
    socket.setNoDelay(true);
    socket.on('data', (chunk) => { answer += chunk; });
    socket.on('error', () => {});
    socket.on('close', () => resolve(answer));
    socket.on('connect', () => sendNext(socket, [].concat(parts), end));
  });
}

function sendNext(socket, parts, end) {
  if (socket.destroyed || parts.length === 0) {
    if (end) socket.end();
    return;
  }
  socket.write(parts[0], 'latin1');
  setTimeout(sendNext, 15, socket, parts.slice(1), end);
}

/** The status lines and bodies of answers, on one line, without what differs from run to run. */
function summary(answer) {
  const statuses = answer.match(/HTTP\/1\.1 \d+ [^\r]*/g) ?? [];
  return statuses.map((line) => line.slice(9)).join(' | ') || '(nothing)';
}

/**
 * Runs [name, bytes] one after the other against a server that echoes bodies, and prints what the program saw: the
 * requests, the client errors, the answers.
 */
async function probe(cases, options = {}) {
  const seen = [];
  const server = http.createServer(options, (req, res) => {
    const chunks = [];
    req.on('data', (chunk) => chunks.push(chunk));
    req.on('error', (error) => seen.push(`request error ${error.code}`));
    req.on('end', () => {
      const body = Buffer.concat(chunks).toString('latin1');
      seen.push(`${req.method} ${req.url} ${JSON.stringify(body)}`);
      res.end(body);
    });
  });
  server.on('clientError', (error, socket) => {
    seen.push(`clientError ${error.code} ${JSON.stringify(error.reason ?? null)}`);
    if (socket.writable) socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n');
    else socket.destroy();
  });
  server.keepAliveTimeout = 50;
  server.keepAliveTimeoutBuffer = 0;
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  for (const [name, bytes, how] of cases) {
    const answer = await exchange(server.address().port, bytes, how);
    console.log(`${name}: ${seen.splice(0).join(', ') || '(no request)'} -> ${summary(answer)}`);
  }
  // The server is as good as before.
  const answer = await exchange(server.address().port, 'GET /after HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n');
  console.log(`afterwards: ${seen.splice(0).join(', ')} -> ${summary(answer)}`);
  server.close();
}

/** A server on a free port of the loopback address, listening. */
function serve(options, listener) {
  return new Promise((resolve) => {
    const server = http.createServer(options, listener);
    server.listen(0, '127.0.0.1', () => resolve(server));
  });
}

// Machines that run tests are busy.
const kPatience = 4;
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms * kPatience));

module.exports = { exchange, probe, serve, sleep, summary };
