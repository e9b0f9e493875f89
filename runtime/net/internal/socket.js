// net.Socket: a Duplex over a TCP or Pipe handle. Connecting is in connect.js, the bytes are in stream_handle.js.
'use strict';

const stream = require('stream');
const { symbols } = require('internal/async_hooks');
const { codes, ErrnoException, genericNodeError } = require('internal/errors');
const {
  validateFunction, validateInt32, validateNumber,
} = require('internal/validators');
const { kTimeout } = require('internal/timers');
const { kDeserialize, kTransfer } = require('internal/messaging/transferable');
const { BoundSocket } = require('internal/net/bound_socket');
const { kNormalizedArgs, normalizeArgs } = require('internal/net');
const {
  adoptHandle, initUserBuffer, kBuffer, kBytesRead, kBytesWritten, kReading, releaseHandle, shutdown,
  startReading, writeChunk, writeChunks,
} = require('internal/net/stream_handle');

const binding = internalBinding('net');

const kLastWriteQueueSize = Symbol('lastWriteQueueSize');
const kSetNoDelay = Symbol('kSetNoDelay');
const kSetKeepAlive = Symbol('kSetKeepAlive');
const kResetting = Symbol('kResetting');
const kIsBound = Symbol('kIsBound');  // by a BoundSocket
const kSetTos = Symbol('kSetTOS');

function createHandle(fd) {
  const type = binding.guessHandleType(fd);
  if (type === 'pipe') return new binding.Pipe(false);
  if (type === 'tcp') return new binding.TCP();
  throw new codes.ERR_INVALID_FD_TYPE(type.toUpperCase());
}

function checkSocketOptions(options) {
  if (options.objectMode) {
    throw new codes.ERR_INVALID_ARG_VALUE('options.objectMode', options.objectMode, 'is not supported');
  }
  for (const name of ['readableObjectMode', 'writableObjectMode']) {
    if (options[name]) {
      throw new codes.ERR_INVALID_ARG_VALUE(`options.${name}`, options[name], 'is not supported');
    }
  }
  if (options.keepAliveInitialDelay !== undefined) {
    validateNumber(options.keepAliveInitialDelay, 'options.keepAliveInitialDelay');
  }
}

function Socket(options) {
  if (!(this instanceof Socket)) return new Socket(options);
  if (typeof options === 'number') options = { fd: options };
  else options = { ...options };
  checkSocketOptions(options);
  if (options.keepAliveInitialDelay < 0) options.keepAliveInitialDelay = 0;

  this.connecting = false;
  this._hadError = false;
  this._parent = null;
  this._host = null;
  this._handle = null;
  this[kLastWriteQueueSize] = 0;
  this[kTimeout] = null;
  this.timeout = undefined;

  // What belongs to the socket is not for Duplex, which would take `signal` and the like as its own.
  options.allowHalfOpen = Boolean(options.allowHalfOpen);
  options.emitClose = false;
  options.autoDestroy = true;
  options.decodeStrings = false;
  stream.Duplex.call(this, options);

  if (options.handle) {
    this._handle = takeHandle(this, options);
  } else if (options.fd !== undefined) {
    openDescriptor(this, options.fd);
  }
  this[kSetNoDelay] = Boolean(options.noDelay);
  this[kSetKeepAlive] = keepAliveSettings(
    options.keepAlive, options.keepAliveInitialDelay, options.keepAliveInterval, options.keepAliveCount);
  this[kSetTos] = options.typeOfService;
  if (this[kSetTos] !== undefined) validateInt32(this[kSetTos], 'options.typeOfService', 0, 255);

  this.on('end', onReadableStreamEnd);
  initUserBuffer(this, options.onread);
  this[kBytesRead] = 0;
  this[kBytesWritten] = 0;
  this._pendingData = null;
  this._pendingEncoding = '';
  this._sockname = null;
  this._peername = null;
  this.server = null;
  this._server = null;
  if (this._handle) initSocketHandle(this);
  if (this._handle && options.readable !== false && !options.noRead) startOrHold(this, options);
}
Object.setPrototypeOf(Socket.prototype, stream.Duplex.prototype);
Object.setPrototypeOf(Socket, stream.Duplex);

/** What the handle's setKeepAlive() gets: [on, seconds, seconds between probes, probes]. */
function keepAliveSettings(enable, initialDelay, interval, count) {
  return [
    Boolean(enable), Math.trunc(initialDelay / 1000) || 0,
    interval === undefined ? undefined : Math.trunc(interval / 1000), count === undefined ? undefined : Math.trunc(count),
  ];
}

function sameSettings(a, b) {
  return a.every((value, i) => value === b[i]);
}

function takeHandle(socket, options) {
  if (!BoundSocket.isBoundSocket(options.handle)) return options.handle;
  socket[kIsBound] = true;
  // Bound, not connected: there is nothing to read yet.
  options.manualStart = true;
  return BoundSocket.adopt(options.handle);
}

function openDescriptor(socket, fd) {
  validateInt32(fd, 'options.fd', 0);
  socket._handle = createHandle(fd);
  const error = socket._handle.open(fd);
  if (error) throw new ErrnoException(error, 'open');
}

function startOrHold(socket, options) {
  if (options.pauseOnCreate) {
    // Somebody else (a cluster worker, a child) reads from it.
    socket._handle[kReading] = false;
    socket._handle.readStop();
    socket.readableFlowing = false;
  } else if (!options.manualStart) {
    socket.read(0);
  }
}

function initSocketHandle(socket) {
  // A socket that was closed before connects anew.
  if (socket.destroyed) socket._undestroy();
  socket._sockname = null;
  if (socket._handle) adoptHandle(socket, socket._handle);
}

// Without allowHalfOpen the other side's end ends ours; what is written afterwards is an error.
function onReadableStreamEnd() {
  if (!this.allowHalfOpen) this.write = writeAfterFIN;
}

function writeAfterFIN(chunk, encoding, callback) {
  if (!this.writableEnded) return stream.Duplex.prototype.write.call(this, chunk, encoding, callback);
  if (typeof encoding === 'function') callback = encoding;
  const error = genericNodeError('This socket has been ended by the other party', { code: 'EPIPE' });
  if (typeof callback === 'function') process.nextTick(callback, error);
  this.destroy(error);
  return false;
}

const methods = {
  // Timeouts.

  _unrefTimer() {
    for (let s = this; s !== null && s !== undefined; s = s._parent) {
      if (s[kTimeout]) s[kTimeout].refresh();
    }
  },

  setTimeout(msecs, callback) {
    if (this.destroyed) return this;
    this.timeout = msecs;
    validateTimeout(msecs);
    clearSocketTimeout(this);
    if (callback !== undefined) validateFunction(callback, 'callback');
    if (msecs === 0) {
      if (callback !== undefined) this.removeListener('timeout', callback);
      return this;
    }
    const { setTimeout } = require('timers');
    this[kTimeout] = setTimeout(onSocketTimeout, msecs, this);
    this[kTimeout].unref();
    if (callback !== undefined) this.once('timeout', callback);
    return this;
  },

  _onTimeout() {
    const handle = this._handle;
    if (handle && this[kLastWriteQueueSize] > 0) {
      // A large write that makes progress is no silence.
      const size = handle.writeQueueSize;
      const moved = size !== this[kLastWriteQueueSize];
      this[kLastWriteQueueSize] = size;
      if (moved) {
        this._unrefTimer();
        return;
      }
    }
    this.emit('timeout');
  },

  // Socket options.

  setNoDelay(enable) {
    enable = Boolean(enable === undefined ? true : enable);
    if (!this._handle) {
      this[kSetNoDelay] = enable;
    } else if (this._handle.setNoDelay && enable !== this[kSetNoDelay]) {
      this[kSetNoDelay] = enable;
      this._handle.setNoDelay(enable);
    }
    return this;
  },

  // (enable, initialDelay, interval, count) or an object with them; times in ms.
  setKeepAlive(enable, initialDelay, interval, count) {
    if (enable !== null && typeof enable === 'object') ({ enable, initialDelay, interval, count } = enable);
    const settings = keepAliveSettings(enable, initialDelay, interval, count);
    const before = this[kSetKeepAlive];
    if (!this._handle) {
      this[kSetKeepAlive] = settings;
    } else if (this._handle.setKeepAlive && !sameSettings(before, settings)) {
      this[kSetKeepAlive] = settings;
      this._handle.setKeepAlive(...settings);
    }
    return this;
  },

  setTypeOfService(tos) {
    if (Number.isNaN(tos)) throw new codes.ERR_INVALID_ARG_TYPE('tos', 'number', tos);
    validateInt32(tos, 'tos', 0, 255);
    if (this._handle?.setTypeOfService && tos !== this[kSetTos]) {
      const error = this._handle.setTypeOfService(tos);
      if (error < 0) throw new ErrnoException(error, 'setTypeOfService');
    }
    this[kSetTos] = tos;
    return this;
  },

  getTypeOfService() {
    if (!this._handle?.getTypeOfService) return this[kSetTos] ?? 0;
    const tos = this._handle.getTypeOfService();
    if (tos < 0) throw new ErrnoException(tos, 'getTypeOfService');
    return tos;
  },

  ref() {
    if (!this._handle) this.once('connect', this.ref);
    else if (typeof this._handle.ref === 'function') this._handle.ref();
    return this;
  },

  unref() {
    if (!this._handle) this.once('connect', this.unref);
    else if (typeof this._handle.unref === 'function') this._handle.unref();
    return this;
  },

  // Addresses.

  address() {
    return this._getsockname();
  },

  _getpeername() {
    if (!this._handle || !this._handle.getpeername || this.connecting) return this._peername || {};
    if (!this._peername) {
      const name = this._handle.getpeername();
      if (typeof name !== 'object') return {};
      this._peername = name;
    }
    return this._peername;
  },

  _getsockname() {
    if (!this._handle || !this._handle.getsockname) return {};
    if (!this._sockname) {
      const name = this._handle.getsockname();
      if (typeof name === 'object') this._sockname = name;
      else this._sockname = typeof name === 'string' && this[kIsBound] ? { address: name } : {};
    }
    return this._sockname;
  },

  // Reading.

  _read(n) {
    if (this.connecting || !this._handle) {
      this.once('connect', () => this._read(n));
    } else if (!this._handle[kReading]) {
      startReading(this);
    }
  },

  read(n) {
    // A user buffer is filled by the handle itself; nothing waits in the stream.
    if (this[kBuffer] && !this.connecting && this._handle && !this._handle[kReading]) startReading(this);
    return stream.Duplex.prototype.read.call(this, n);
  },

  pause() {
    if (this[kBuffer] && !this.connecting && this._handle?.[kReading]) {
      this._handle[kReading] = false;
      if (!this.destroyed) {
        const error = this._handle.readStop();
        if (error) this.destroy(new ErrnoException(error, 'read'));
      }
    }
    return stream.Duplex.prototype.pause.call(this);
  },

  resume() {
    if (this[kBuffer] && !this.connecting && this._handle && !this._handle[kReading]) startReading(this);
    return stream.Duplex.prototype.resume.call(this);
  },

  // Writing.

  _write(data, encoding, callback) {
    this._writeGeneric(false, data, encoding, callback);
  },

  _writev(chunks, callback) {
    this._writeGeneric(true, chunks, '', callback);
  },

  _writeGeneric(writev, data, encoding, callback) {
    if (this.connecting) {
      this._pendingData = data;
      this._pendingEncoding = encoding;
      this.once('connect', function connect() {
        this.off('close', onClose);
        this._writeGeneric(writev, data, encoding, callback);
      });
      function onClose() {
        callback(new codes.ERR_SOCKET_CLOSED_BEFORE_CONNECTION());
      }
      this.once('close', onClose);
      return;
    }
    this._pendingData = null;
    this._pendingEncoding = '';
    if (!this._handle) {
      callback(new codes.ERR_SOCKET_CLOSED());
      return false;
    }
    this._unrefTimer();
    if (writev) writeChunks(this, data, callback);
    else writeChunk(this, data, encoding, callback);
    this[kLastWriteQueueSize] = this._handle ? this._handle.writeQueueSize : 0;
  },

  end(data, encoding, callback) {
    stream.Duplex.prototype.end.call(this, data, encoding, callback);
    return this;
  },

  // Ends the sending side once everything is written.
  _final(callback) {
    if (this.connecting) {
      this.once('connect', () => this._final(callback));
      return;
    }
    if (!this._handle) return callback();
    shutdown(this, callback);
  },

  // Closing.

  destroySoon() {
    if (this.writable) this.end();
    if (this.writableFinished) this.destroy();
    else this.once('finish', this.destroy);
  },

  resetAndDestroy() {
    if (!this._handle) {
      this.destroy(new codes.ERR_SOCKET_CLOSED());
      return this;
    }
    if (!(this._handle instanceof binding.TCP)) throw new codes.ERR_INVALID_HANDLE_TYPE();
    if (this.connecting) this.once('connect', () => this._reset());
    else this._reset();
    return this;
  },

  _reset() {
    this[kResetting] = true;
    return this.destroy();
  },

  _destroy(exception, callback) {
    this.connecting = false;
    for (let s = this; s !== null && s !== undefined; s = s._parent) clearSocketTimeout(s);
    if (this._handle) {
      closeHandle(this, Boolean(exception));
      callback(exception);
    } else {
      callback(exception);
      process.nextTick(emitClose, this);
    }
    if (this._server) {
      this._server._connections--;
      this._server._emitCloseIfDrained?.();
    }
  },

  // Connecting.

  connect(...args) {
    const normalized = Array.isArray(args[0]) && args[0][kNormalizedArgs] ? args[0] : normalizeArgs(args);
    return require('internal/net/connect').connectSocket(this, normalized[0], normalized[1]);
  },
};

function closeHandle(socket, hadError) {
  const handle = socket._handle;
  socket[kBytesRead] = handle.bytesRead;
  socket[kBytesWritten] = handle.bytesWritten;
  const closed = () => socket.emit('close', hadError);
  if (socket[kResetting]) {
    socket[kResetting] = false;
    const error = handle.reset(closed);
    if (error) {
      socket.emit('error', new ErrnoException(error, 'reset'));
      handle.close(closed);
    }
  } else {
    handle.close(closed);
  }
  releaseHandle(handle);
  socket._handle = null;
  socket._sockname = null;
}

function emitClose(socket) {
  socket.emit('close', false);
}

function validateTimeout(msecs) {
  validateNumber(msecs, 'msecs');
  if (msecs < 0 || !Number.isFinite(msecs)) {
    throw new codes.ERR_OUT_OF_RANGE('msecs', 'a non-negative finite number', msecs);
  }
}

function onSocketTimeout(socket) {
  socket._onTimeout();
}

function clearSocketTimeout(socket) {
  if (!socket[kTimeout]) return;
  const { clearTimeout } = require('timers');
  clearTimeout(socket[kTimeout]);
  socket[kTimeout] = null;
}

for (const name of Object.keys(methods)) {
  Object.defineProperty(Socket.prototype, name, {
    __proto__: null, value: methods[name], writable: true, configurable: true, enumerable: true,
  });
}

// To another thread.
Object.defineProperties(Socket.prototype, {
  [kDeserialize]: { __proto__: null, value(data) { require('internal/net/transfer').receiveSocket(this, data); } },
  [kTransfer]: { __proto__: null, value() { return require('internal/net/transfer').transferSocket(this); } },
});

function defineGetter(name, get, extra) {
  Object.defineProperty(Socket.prototype, name, {
    __proto__: null, configurable: true, enumerable: true, get, ...extra,
  });
}

// For async_hooks: the handle's.
defineGetter(symbols.async_id_symbol, function() {
  return this._handle?.getAsyncId?.() ?? -1;
}, { enumerable: false });
defineGetter('_connecting', function() {
  return this.connecting;
}, { enumerable: false });
defineGetter('pending', function() {
  return !this._handle || this.connecting;
}, { enumerable: false });
defineGetter('readyState', function() {
  if (this.connecting) return 'opening';
  if (this.readable && this.writable) return 'open';
  if (this.readable) return 'readOnly';
  return this.writable ? 'writeOnly' : 'closed';
}, { enumerable: false });
defineGetter('bufferSize', function() {
  return this._handle ? this.writableLength : undefined;
}, { enumerable: false });
defineGetter('bytesRead', function() {
  return this._handle ? this._handle.bytesRead : this[kBytesRead];
});
defineGetter('_bytesDispatched', function() {
  return this._handle ? this._handle.bytesWritten : this[kBytesWritten];
});
// What left, and what waits to.
defineGetter('bytesWritten', function() {
  let bytes = this._bytesDispatched;
  if (bytes === undefined) return undefined;
  const { Buffer } = require('buffer');
  const sizeOf = (chunk, encoding) => (typeof chunk === 'string' ? Buffer.byteLength(chunk, encoding) : chunk.length);
  for (const entry of this._writableState?.getBuffer?.() ?? []) bytes += sizeOf(entry.chunk, entry.encoding);
  const pending = this._pendingData;
  if (Array.isArray(pending)) {
    for (const entry of pending) bytes += sizeOf(entry.chunk, entry.encoding);
  } else if (pending) {
    bytes += sizeOf(pending, this._pendingEncoding);
  }
  return bytes;
});
defineGetter('remoteAddress', function() {
  return this._getpeername().address;
});
defineGetter('remoteFamily', function() {
  return this._getpeername().family;
});
defineGetter('remotePort', function() {
  return this._getpeername().port;
});
defineGetter('localAddress', function() {
  return this._getsockname().address;
});
defineGetter('localPort', function() {
  return this._getsockname().port;
});
defineGetter('localFamily', function() {
  return this._getsockname().family;
});

module.exports = {
  Socket,
  initSocketHandle,
  kIsBound,
  keepAliveSettings,
  kSetKeepAlive,
  kSetNoDelay,
  kSetTos,
  kTimeout,
};
