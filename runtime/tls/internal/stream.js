'use strict';
// The JS half of a native TlsStream: what makes it the handle of a socket. Over a net.Socket's own handle the bytes stay in
// C++; over any other Duplex they are carried here.
// Run once per realm by internal/tls/socket.

const { TlsStream } = internalBinding('tls');
const { FastBuffer } = require('internal/buffer');


const kBelow = Symbol('kBelow');  // the stream handle that the bytes go through, if there is one
const kDuplex = Symbol('kDuplex');  // or the Duplex
const kSocketBelow = Symbol('kSocketBelow');  // the net.Socket that owns the handle below
const kClosed = Symbol('kClosed');

function noop() {}

// What a socket asks its handle that only the one below can answer.
for (const name of [
  'ref', 'unref', 'hasRef', 'getsockname', 'getpeername', 'setNoDelay', 'setKeepAlive', 'setTypeOfService',
  'getTypeOfService', 'setBlocking', 'fchmod',
]) {
  TlsStream.prototype[name] = { [name](...args) {
    const below = this[kBelow];
    return below?.[name] === undefined ? undefined : below[name](...args);
  } }[name];
}

Object.defineProperty(TlsStream.prototype, 'fd', {
  __proto__: null, configurable: true, enumerable: true, get() { return this[kBelow]?.fd ?? -1; },
});

// A write is done after it has returned, as it is where bytes wait: programs that count on that see what they expect.
for (const name of ['write', 'writev']) {
  const native = TlsStream.prototype[name];
  TlsStream.prototype[name] = { [name](...args) {
    const result = native.apply(this, args);
    if (result !== 0) return result;
    const callback = args[args.length - 1];
    process.nextTick(callback, 0);
    return 1;
  } }[name];
}

/** What is wrong with the peer's certificate: an Error, or null. */
TlsStream.prototype.verifyError = function verifyError() {
  const code = this.verifyErrorCode;
  return code === undefined ? null : Object.assign(new Error(this.verifyErrorReason), { code });
};

/** Ends the sending side: close_notify, then the end of the stream below. */
TlsStream.prototype.shutdown = function shutdown(callback) {
  this.endCleartext();
  const below = this[kBelow];
  if (below !== undefined) return below.shutdown(callback);
  const duplex = this[kDuplex];
  if (duplex === undefined || duplex.destroyed || duplex.writableEnded) {
    process.nextTick(callback, 0);
  } else {
    duplex.end(() => callback(0));
  }
  return 0;
};

/** Closes what is below, too. */
TlsStream.prototype.close = function close(callback = noop) {
  if (this[kClosed]) return;
  this[kClosed] = true;
  const below = this[kBelow];
  const owner = this[kSocketBelow] ?? this[kDuplex];
  this.destroySsl();
  if (owner !== undefined) {
    if (owner.closed) process.nextTick(callback);
    else owner.once('close', () => callback());
    owner.destroy();
  } else if (below !== undefined) {
    below.close(callback);
  } else {
    process.nextTick(callback);
  }
};

TlsStream.prototype.reset = function reset(callback) {
  this.close(callback);
  return 0;
};

/** Puts a TlsStream on a stream handle; `owner` is the net.Socket that has it, if any. */
function attachToHandle(wrap, handle, owner) {
  wrap[kBelow] = handle;
  wrap[kSocketBelow] = owner;
  wrap.attach(handle);
}

/** Says whose handle a TlsStream will be put on, once it is there. */
function setOwner(wrap, owner) {
  wrap[kSocketBelow] = owner;
}

/** Puts a TlsStream on a Duplex. */
function attachToDuplex(wrap, duplex, tlsSocket) {
  wrap[kDuplex] = duplex;
  wrap.onencrypted = (arrayBuffer, id) => {
    if (duplex.destroyed || duplex.writableEnded) {
      process.nextTick(() => wrap.encryptedWritten(id, -32));
      return;
    }
    duplex.write(new FastBuffer(arrayBuffer), (error) => wrap.encryptedWritten(id, error ? -32 : 0));
  };
  duplex.pause();
  wrap.onreadstart = () => duplex.resume();
  wrap.onreadstop = () => duplex.pause();
  duplex.on('data', (chunk) => {
    if (typeof chunk === 'string') chunk = require('buffer').Buffer.from(chunk);
    if (!wrap[kClosed]) wrap.receive(chunk);
  });
  duplex.on('end', () => {
    if (!wrap[kClosed]) wrap.receive(undefined);
  });
  duplex.on('error', (error) => tlsSocket._emitTLSError(error));
  duplex.on('close', () => tlsSocket.destroy());
}

module.exports = { attachToDuplex, attachToHandle, setOwner };
