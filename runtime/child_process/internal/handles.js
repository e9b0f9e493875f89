'use strict';
// What can be sent over an IPC channel beside a message: for each kind, how it leaves one process (send), what is
// left to do once the other has it (sent), how it becomes an object there (received), and what the sender has back
// when there is no other any more (takeBack).

const { Buffer } = require('buffer');
const { codes: { ERR_INVALID_HANDLE_TYPE } } = require('internal/errors');
const { SocketListReceive, SocketListSend } = require('internal/child_process/socket_list');

function noop() {}

/** What a socket has read and nobody has taken yet, in base64; undefined for nothing. */
function takeReadBytes(socket) {
  if (socket.readableLength === 0) return undefined;
  const chunks = [];
  for (let chunk; (chunk = socket.read()) !== null;) {
    chunks.push(typeof chunk === 'string' ? Buffer.from(chunk, socket.readableEncoding) : chunk);
  }
  return Buffer.concat(chunks).toString('base64');
}

function socketOf(handle, { read }) {
  const { Socket } = require('net');
  const socket = new Socket({ handle, readable: true, writable: true });
  if (typeof read === 'string') socket.unshift(Buffer.from(read, 'base64'));
  return socket;
}

function sendListOf(target, key) {
  target._channelLists ??= { send: new Map(), got: new Map() };
  const { send } = target._channelLists;
  let list = send.get(key);
  const isNew = list === undefined;
  if (isNew) {
    list = new SocketListSend(target, key);
    send.set(key, list);
    list.once('exit', () => send.delete(key));
  }
  return [list, isNew];
}

function receiveListOf(target, key) {
  target._channelLists ??= { send: new Map(), got: new Map() };
  const { got } = target._channelLists;
  let list = got.get(key);
  if (list === undefined) {
    list = new SocketListReceive(target, key);
    got.set(key, list);
  }
  return list;
}

const kinds = {
  '__proto__': null,

  'net.Native': {
    send: (handle) => handle,
    sent: noop,
    takeBack: noop,
    received(target, message, handle, done) {
      done(handle);
    },
  },

  'net.Server': {
    send: (server) => server._handle,
    sent: noop,
    takeBack: noop,
    received(target, message, handle, done) {
      const { Server } = require('net');
      const server = new Server();
      server.listen(handle, () => done(server));
    },
  },

  'net.Socket': {
    send(socket, { message, options, target }) {
      const handle = socket._handle;
      if (!handle) return null;
      // The server this connection came from wants to count it where it is, and to know when it ends.
      if (socket.server && typeof socket.server._setupWorker === 'function') {
        message.key = socket.server._connectionKey;
        const [list, isNew] = sendListOf(target, message.key);
        if (isNew) socket.server._setupWorker(list);
        if (!options.keepOpen) socket.server._connections--;
      }
      if (!options.keepOpen) {
        // Node, which does not know of them, loses these bytes.
        message.read = takeReadBytes(socket);
        // The socket is the other process's now; whoever still has the object finds it without a connection.
        handle.onread = noop;
        handle.readStop();
        socket._handle = null;
        socket.setTimeout(0);
        // An HTTP server that had the connection is done with it.
        if (socket.parser !== undefined) socket.parser = null;
        if (socket._httpMessage !== undefined) socket._httpMessage = null;
      }
      return handle;
    },
    sent(handle, { keepOpen }) {
      if (!keepOpen) handle.close();
    },
    takeBack: (handle, { keepOpen }, message) => (keepOpen ? undefined : socketOf(handle, message)),
    received(target, message, handle, done) {
      const socket = socketOf(handle, message);
      if (message.key) receiveListOf(target, message.key).add({ socket });
      done(socket);
    },
  },

  'dgram.Native': {
    send: (handle) => handle,
    sent: noop,
    takeBack: noop,
    received(target, message, handle, done) {
      done(handle);
    },
  },

  'dgram.Socket': {
    send(socket, { message }) {
      message.dgramType = socket.type;
      return nativeDgramHandle(socket);
    },
    sent: noop,
    takeBack: noop,
    received(target, message, handle, done) {
      const { Socket } = require('dgram');
      const socket = new Socket(message.dgramType);
      socket.bind(handle, () => done(socket));
    },
  },
};

function nativeDgramHandle(socket) {
  const { kStateSymbol } = require('internal/dgram');
  return socket[kStateSymbol].handle;
}

function isNative(handle, className, bindingName) {
  return handle instanceof internalBinding(bindingName)[className];
}

/** The kind of what a program wants to send, or an error when it cannot be sent. */
function kindOf(handle) {
  const net = require('net');
  if (handle instanceof net.Socket) return 'net.Socket';
  if (handle instanceof net.Server) return 'net.Server';
  if (isNative(handle, 'TCP', 'net') || isNative(handle, 'Pipe', 'net')) return 'net.Native';
  const dgram = require('dgram');
  if (handle instanceof dgram.Socket) return 'dgram.Socket';
  if (isNative(handle, 'UDP', 'dgram')) return 'dgram.Native';
  throw new ERR_INVALID_HANDLE_TYPE();
}

/** Takes the handle that came with the last read of the channel's pipe. */
function acceptPending(pipe, pendingType) {
  const { Pipe, TCP, kPendingPipe, kPendingTcp, kPendingUdp } = internalBinding('net');
  let handle;
  if (pendingType === kPendingTcp) {
    handle = new TCP();
  } else if (pendingType === kPendingPipe) {
    handle = new Pipe(false);
  } else if (pendingType === kPendingUdp) {
    const { UDP } = internalBinding('dgram');
    handle = new UDP();
  } else {
    return null;
  }
  if (pipe.accept(handle) !== 0) {
    handle.close();
    return null;
  }
  return handle;
}

module.exports = { acceptPending, kindOf, kinds };
