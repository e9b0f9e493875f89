// net.Socket and net.Server on their way to another thread (see internal/messaging/transferable): the descriptor goes,
// and becomes a handle of the receiving thread's loop. Run when one is first transferred.
'use strict';

const { codes: { ERR_WORKER_HANDLE_NOT_TRANSFERABLE }, ErrnoException } = require('internal/errors');
const { Server } = require('internal/net/server');
const {
  Socket, initSocketHandle, kSetKeepAlive, kSetNoDelay, kSetTos,
} = require('internal/net/socket');

const { TCP, duplicate } = internalBinding('net');

// Of a handle that closes its own.
function duplicateDescriptor(handle) {
  const descriptor = duplicate(handle.fd);
  if (descriptor < 0) throw new ErrnoException(descriptor, 'dup');
  return descriptor;
}

function openHandle(descriptor, serves) {
  const handle = new TCP(serves);
  const error = handle.open(descriptor);
  if (error === 0) return handle;
  handle.close();
  throw new ErrnoException(error, 'open');
}

/** Connected, and with nothing read or written that would stay behind. */
function canMove(socket) {
  return socket._handle instanceof TCP && !socket.connecting && !socket.destroyed && socket.bytesRead === 0 &&
    socket.readableLength === 0 && socket.readableEncoding === null && socket.writableLength === 0;
}

function transferSocket(socket) {
  if (!canMove(socket)) throw new ERR_WORKER_HANDLE_NOT_TRANSFERABLE('net.Socket');
  const descriptor = duplicateDescriptor(socket._handle);
  const { allowHalfOpen, [kSetKeepAlive]: keepAlive, [kSetNoDelay]: noDelay, [kSetTos]: typeOfService } = socket;
  socket.destroy();
  return {
    data: { allowHalfOpen, descriptor, keepAlive, noDelay, typeOfService },
    deserializeInfo: 'internal/net/transfer:TransferredSocket',
    descriptor,
  };
}

function receiveSocket(socket, { allowHalfOpen, descriptor, keepAlive, noDelay, typeOfService }) {
  socket._handle = openHandle(descriptor, false);
  socket.allowHalfOpen = allowHalfOpen;
  socket[kSetKeepAlive] = keepAlive;
  socket[kSetNoDelay] = noDelay;
  socket[kSetTos] = typeOfService;
  initSocketHandle(socket);
  socket.read(0);
}

const kServerOptions = ['allowHalfOpen', 'highWaterMark', 'keepAlive', 'keepAliveInitialDelay', 'noDelay', 'pauseOnConnect'];

function transferServer(server) {
  const handle = server._handle;
  if (!(handle instanceof TCP)) throw new ERR_WORKER_HANDLE_NOT_TRANSFERABLE('net.Server');
  const descriptor = duplicateDescriptor(handle);
  handle.close();
  server._handle = null;
  const options = Object.fromEntries(kServerOptions.map((name) => [name, server[name]]));
  return {
    data: { descriptor, options },
    deserializeInfo: 'internal/net/transfer:TransferredServer',
    descriptor,
  };
}

function receiveServer(server, { descriptor, options }) {
  Object.assign(server, options);
  server.listen(openHandle(descriptor, true));
}

// What the receiving side makes first, to be filled by the classes' kDeserialize.
function TransferredSocket() {
  return new Socket();
}

function TransferredServer() {
  return new Server();
}

module.exports = { TransferredServer, TransferredSocket, receiveServer, receiveSocket, transferServer, transferSocket };
