'use strict';
// Between a native session and its socket. Over a net.Socket's or a TLSSocket's own handle the bytes stay in C++; over any
// other Duplex they are carried here.
// Run once per realm by internal/http2/session.

const { setImmediate } = require('timers');
const { kHandle } = require('internal/http2/symbols');
const { kSocket } = require('internal/http2/util');

function isStreamHandle(handle) {
  const { TCP, Pipe } = internalBinding('net');
  return handle instanceof TCP || handle instanceof Pipe;
}

function isTlsStream(handle) {
  // Without TLS in use nobody made one.
  return handle instanceof internalBinding('tls').TlsStream;
}

function isNativeSocket(socket) {
  const net = require('net');
  return socket instanceof net.Socket && socket._handle;
}

// What the socket read before the session had it.
function takeBuffered(handle, socket) {
  for (let chunk = socket.read(); chunk !== null; chunk = socket.read()) handle.receive(chunk);
}

function attach(handle, socket) {
  if (isNativeSocket(socket)) {
    if (isStreamHandle(socket._handle)) {
      handle.attachStream(socket._handle);
      process.nextTick(takeBuffered, handle, socket);
      return;
    }
    if (isTlsStream(socket._handle)) {
      handle.attachTls(socket._handle, (status) => handle.sent(status));
      process.nextTick(takeBuffered, handle, socket);
      return;
    }
  }
  handle.attachDuplex();
  socket.on('data', (chunk) => handle.receive(chunk));
  socket.on('end', () => handle.receive());
  handle.flush();
}

/** Sends over a Duplex; 1: the native session must wait until it hears that the bytes have left. */
function send(session, bytes) {
  const socket = session[kSocket];
  const handle = session[kHandle];
  if (socket === undefined || socket.destroyed || handle === undefined) return 0;
  // The other side gets a turn before there is more.
  socket.write(bytes, () => setImmediate(() => handle.sent(0)));
  return 1;
}

module.exports = { attach, send };
