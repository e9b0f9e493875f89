// The JS side of a native stream handle (runtime/net/stream_handle.h): reads become push(), writes become write().
// Used by net.Socket, tty streams and everything that wraps a handle into a Duplex.
'use strict';

const { FastBuffer } = require('internal/buffer');
const { ErrnoException } = require('internal/errors');
const { kOwner } = require('internal/net');

const kReading = Symbol('kReading');
const kBuffer = Symbol('kBuffer');
const kBufferCb = Symbol('kBufferCb');
const kBufferGen = Symbol('kBufferGen');
const kBytesRead = Symbol('kBytesRead');
const kBytesWritten = Symbol('kBytesWritten');

const { UV_EOF, UV_ENOTCONN } = internalBinding('net');

const kEncodings = {
  __proto__: null,
  'buffer': 0,
  'latin1': 1,
  'binary': 1,
  'ascii': 1,
  'utf8': 2,
  'utf-8': 2,
  'ucs2': 3,
  'ucs-2': 3,
  'utf16le': 3,
  'utf-16le': 3,
};

function noop() {}

// The `onread` of every handle; `this` is the handle.
function onStreamRead(nread, arrayBuffer, pendingType) {
  const stream = this[kOwner];
  stream._unrefTimer?.();
  if (nread > 0) {
    if (pendingType !== 0 && stream._onPendingHandle !== undefined) stream._onPendingHandle(pendingType);
    if (arrayBuffer === undefined) {
      readIntoUserBuffer(this, stream, nread);
    } else if (!stream.destroyed && !stream.push(new FastBuffer(arrayBuffer)) && this[kReading]) {
      stopReading(this, stream);
    }
    return;
  }
  if (nread !== UV_EOF) {
    stream.destroy(new ErrnoException(nread, 'read'));
    return;
  }
  endOfInput(stream);
}

function readIntoUserBuffer(handle, stream, nread) {
  const buffer = stream[kBuffer];
  const answer = stream[kBufferCb](nread, buffer);
  if (answer === false && handle[kReading]) stopReading(handle, stream);
  if (stream.destroyed || stream[kBufferGen] === null) return;
  const next = stream[kBufferGen]();
  const { isUint8Array } = require('internal/util/types');
  if (next !== buffer && isUint8Array(next)) {
    stream[kBuffer] = next;
    handle.useUserBuffer(next);
  }
}

function stopReading(handle, stream) {
  handle[kReading] = false;
  if (stream.destroyed) return;
  const error = handle.readStop();
  if (error) stream.destroy(new ErrnoException(error, 'read'));
}

function endOfInput(stream) {
  if (stream._readableState.endEmitted) return;
  // `end` comes only to who reads; a stream that nobody reads is pushed through it here.
  stream.push(null);
  stream.read(0);
}

function startReading(stream) {
  const handle = stream._handle;
  handle[kReading] = true;
  const error = handle.readStart();
  if (error) stream.destroy(new ErrnoException(error, 'read'));
}

/** Writes one chunk (a string or Uint8Array); `done(error)` is called now when it left at once. */
function writeChunk(stream, data, encoding, done) {
  const handle = stream._handle;
  const kind = typeof data === 'string' ? encodingOf(encoding) : 0;
  if (kind === undefined) {
    const { Buffer } = require('buffer');
    data = Buffer.from(data, encoding);
  }
  finishWrite(stream, handle, handle.write(data, kind ?? 0, onWritten(stream, done)), done);
}

/** Writes several chunks as Writable's _writev gets them. */
function writeChunks(stream, chunks, done) {
  const { Buffer } = require('buffer');
  const list = new Array(chunks.length * 2);
  for (let i = 0; i < chunks.length; i++) {
    let { chunk, encoding } = chunks[i];
    let kind = typeof chunk === 'string' ? encodingOf(encoding) : 0;
    if (kind === undefined) {
      chunk = Buffer.from(chunk, encoding);
      kind = 0;
    }
    list[2 * i] = chunk;
    list[2 * i + 1] = kind;
  }
  const handle = stream._handle;
  finishWrite(stream, handle, handle.writev(list, onWritten(stream, done)), done);
}

function encodingOf(encoding) {
  return kEncodings[encoding] ?? kEncodings[`${encoding}`.toLowerCase()];
}

function finishWrite(stream, handle, result, done) {
  if (result < 0) {
    done(new ErrnoException(result, 'write'));
  } else if (result === 0) {
    stream._unrefTimer?.();
    done();
  }
}

function onWritten(stream, done) {
  return (status) => {
    if (stream.destroyed) {
      done(status < 0 ? new ErrnoException(status, 'write') : null);
      return;
    }
    if (status < 0) {
      done(new ErrnoException(status, 'write'));
      return;
    }
    stream._unrefTimer?.();
    done();
  };
}

/** Ends the sending side of a stream's handle. */
function shutdown(stream, done) {
  // How it went does not matter: an end that could not be sent shows when the stream is read.
  const error = stream._handle.shutdown(() => done());
  // ENOTCONN: the peer reset the connection meanwhile, there is nothing left to end.
  if (error === UV_ENOTCONN) return done();
  if (error) done(new ErrnoException(error, 'shutdown'));
}

/** Reads `onread` of the options of a socket: {buffer: Uint8Array | () => Uint8Array, callback}. */
function initUserBuffer(stream, onread) {
  stream[kBuffer] = null;
  stream[kBufferCb] = null;
  stream[kBufferGen] = null;
  if (onread === null || typeof onread !== 'object') return;
  if (typeof onread.callback !== 'function') return;
  const { isUint8Array } = require('internal/util/types');
  if (typeof onread.buffer === 'function') {
    stream[kBuffer] = true;
    stream[kBufferGen] = onread.buffer;
  } else if (isUint8Array(onread.buffer)) {
    stream[kBuffer] = onread.buffer;
  } else {
    return;
  }
  stream[kBufferCb] = onread.callback;
}

/** Connects a handle to its stream. */
function adoptHandle(stream, handle) {
  handle[kOwner] = stream;
  handle[kReading] = false;
  handle.onread = onStreamRead;
  let buffer = stream[kBuffer];
  if (!buffer) return;
  if (buffer === true) {
    buffer = stream[kBufferGen]();
    const { isUint8Array } = require('internal/util/types');
    if (!isUint8Array(buffer)) return;
    stream[kBuffer] = buffer;
  }
  handle.useUserBuffer(buffer);
}

function releaseHandle(handle) {
  handle.onread = noop;
}

module.exports = {
  adoptHandle,
  encodingOf,
  initUserBuffer,
  kBuffer,
  kBytesRead,
  kBytesWritten,
  kReading,
  onStreamRead,
  releaseHandle,
  shutdown,
  startReading,
  writeChunk,
  writeChunks,
};
