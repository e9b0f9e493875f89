'use strict';

// Between the streams of Node and those of the web: what fromWeb() and toWeb() return. Loaded on first use.

const { Buffer } = require('buffer');
const {
  AbortError,
  codes: { ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE, ERR_STREAM_PREMATURE_CLOSE },
} = require('internal/errors');
const { isAnyArrayBuffer } = require('internal/util/types');
const { validateBoolean, validateObject } = require('internal/validators');
const { CountQueuingStrategy, ByteLengthQueuingStrategy } = require('internal/webstreams/queuing_strategies');
const { ReadableStream, isReadableStream } = require('internal/webstreams/readable_stream');
const { WritableStream, isWritableStream } = require('internal/webstreams/writable_stream');
const { destroyer } = require('internal/stream/destroy');
const { eos } = require('internal/stream/end_of_stream');
const {
  isDestroyed,
  isReadable,
  isReadableFinished,
  isWritable,
  isWritableEnded,
  isWritableNodeStream,
} = require('internal/stream/utils');

// What is thrown in a promise reaction of ours is nobody's rejection.
function throwLater(error) {
  process.nextTick(() => {
    throw error;
  });
}

// A stream that is over may still report an error, which is of no interest.
function ignoreErrors(stream) {
  if (!stream.listeners('error').includes(nop)) stream.on('error', nop);
}

function nop() {}

// A stream that closed early, as the standard names it.
function abortFor(error) {
  if (error?.code !== 'ERR_STREAM_PREMATURE_CLOSE') return error;
  return new AbortError(undefined, { cause: error });
}

// ---- A Writable as a WritableStream ----

// `hooks`, for built-ins: checkChunk(chunk) throws what errors both sides, mapError(error) is what programs see.
function newWritableStreamFromStreamWritable(streamWritable, { checkChunk, mapError = abortFor } = {}) {
  // A ServerResponse has no state, but is written like a Writable.
  if (typeof streamWritable?._writableState !== 'object' && !isWritableNodeStream(streamWritable)) {
    throw new ERR_INVALID_ARG_TYPE('streamWritable', 'stream.Writable', streamWritable);
  }
  if (isDestroyed(streamWritable) || !isWritable(streamWritable)) {
    ignoreErrors(streamWritable);
    const closed = new WritableStream();
    closed.close();
    return closed;
  }
  const { writableHighWaterMark: highWaterMark, writableObjectMode } = streamWritable;
  const strategy = writableObjectMode ? new CountQueuingStrategy({ highWaterMark }) : { highWaterMark };
  let controller;
  let drained;
  let closed;

  // Of a duplex both sides: a transform may fail after its last write.
  const cleanup = eos(streamWritable, {}, (error) => {
    error = mapError(abortFor(error));
    cleanup();
    ignoreErrors(streamWritable);
    if (error != null) {
      drained?.reject(error);
      if (closed !== undefined) {
        closed.reject(error);
        closed = undefined;
      }
      controller?.error(error);
      controller = undefined;
      return;
    }
    if (closed !== undefined) {
      closed.resolve();
      closed = undefined;
      return;
    }
    controller?.error(new AbortError());
    controller = undefined;
  });
  streamWritable.on('drain', () => drained?.resolve());

  return new WritableStream({
    start(c) {
      controller = c;
    },
    write(chunk) {
      try {
        checkChunk?.(chunk);
      } catch (error) {
        destroyer(streamWritable, error);
        throw error;
      }
      if (!writableObjectMode && isAnyArrayBuffer(chunk)) chunk = new Uint8Array(chunk);
      // Made first: an old stream may emit 'drain' from inside write().
      const room = drained = Promise.withResolvers();
      // A write that failed at once has no 'drain' to wait for: the next one is told.
      try {
        if (!streamWritable.writableNeedDrain &&
            (streamWritable.write(chunk) || streamWritable.writableNeedDrain === false)) room.resolve();
      } catch (error) {
        drained = undefined;
        throw error;
      }
      return room.promise.finally(() => {
        drained = undefined;
      });
    },
    abort(reason) {
      destroyer(streamWritable, reason);
    },
    close() {
      if (closed === undefined && !streamWritable.writableFinished) {
        closed = Promise.withResolvers();
        const { promise } = closed;
        if (!isWritableEnded(streamWritable)) streamWritable.end();
        return promise;
      }
      controller = undefined;
      return undefined;
    },
  }, strategy);
}

// ---- A WritableStream as a Writable ----

// The methods of a Writable over a writer. `state` says when the web stream has closed.
function writerMethods(writer, isClosed) {
  // What the callback throws belongs to the stream, not to our promises.
  const report = (stream, callback) => (error) => {
    try {
      callback(error);
    } catch (thrown) {
      process.nextTick(() => destroyer(stream, thrown));
    }
  };
  return {
    writev(chunks, callback) {
      const done = report(this, callback);
      const writeAll = () => Promise.all(chunks.map(({ chunk }) => writer.write(chunk)));
      writer.ready.then(() => writeAll().then(() => done(), done), done);
    },
    write(chunk, encoding, callback) {
      const done = report(this, callback);
      writer.ready.then(() => writer.write(chunk).then(() => done(), done), done);
    },
    final(callback) {
      const done = report(this, callback);
      if (!isClosed()) writer.close().then(() => done(), done);
    },
  };
}

function newStreamWritableFromWritableStream(writableStream, options = {}) {
  if (!isWritableStream(writableStream)) {
    throw new ERR_INVALID_ARG_TYPE('writableStream', 'WritableStream', writableStream);
  }
  validateObject(options, 'options');
  const { highWaterMark, decodeStrings = true, objectMode = false, signal } = options;
  validateBoolean(objectMode, 'options.objectMode');
  validateBoolean(decodeStrings, 'options.decodeStrings');

  const { Writable } = require('internal/stream/writable');
  const writer = writableStream.getWriter();
  let closed = false;
  const methods = writerMethods(writer, () => closed);
  const writable = new Writable({
    highWaterMark,
    objectMode,
    decodeStrings,
    signal,
    writev: methods.writev,
    write: methods.write,
    final: methods.final,
    destroy(error, callback) {
      const done = () => {
        try {
          callback(error);
        } catch (thrown) {
          throwLater(thrown);
        }
      };
      if (closed) done();
      else if (error != null) writer.abort(error).then(done, done);
      else writer.close().then(done, done);
    },
  });
  writer.closed.then(() => {
    closed = true;
    // Not by our end(): nothing can be written any more.
    if (!isWritableEnded(writable)) destroyer(writable, new ERR_STREAM_PREMATURE_CLOSE());
  }, (error) => {
    closed = true;
    destroyer(writable, error);
  });
  return writable;
}

// ---- A Readable as a ReadableStream ----

function toWebChunk(chunk, objectMode) {
  if (!(chunk instanceof Buffer) || objectMode) return chunk;
  return new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength);
}

function strategyFor(streamReadable, given, isBytes) {
  if (isBytes) return { highWaterMark: 0 };
  if (given) return given;
  const { readableHighWaterMark: highWaterMark, readableObjectMode } = streamReadable;
  const Strategy = readableObjectMode ? CountQueuingStrategy : ByteLengthQueuingStrategy;
  return new Strategy({ highWaterMark });
}

function wasRead(stream) {
  return isReadableFinished(stream, false) || !isDestroyed(stream) || stream._readableState.readable === false;
}

// Of a stream that emits nothing more.
function newEndedReadableStream(streamReadable, type) {
  ignoreErrors(streamReadable);
  return new ReadableStream({
    ...type,
    start(controller) {
      const { errored } = streamReadable;
      if (errored) controller.error(errored);
      else if (wasRead(streamReadable)) controller.close();
      else controller.error(abortFor(new ERR_STREAM_PREMATURE_CLOSE()));
    },
  });
}

function newReadableStreamFromStreamReadable(streamReadable, options = {}, { mapError = abortFor } = {}) {
  if (typeof streamReadable?._readableState !== 'object') {
    throw new ERR_INVALID_ARG_TYPE('streamReadable', 'stream.Readable', streamReadable);
  }
  validateObject(options, 'options');
  if (options.type !== undefined && options.type !== 'bytes') {
    throw new ERR_INVALID_ARG_VALUE('options.type', options.type, "must be 'bytes' or undefined");
  }
  const isBytes = options.type === 'bytes';
  const type = isBytes ? { type: 'bytes' } : {};
  if (streamReadable.closed || (!isReadable(streamReadable) && !isDestroyed(streamReadable))) {
    return newEndedReadableStream(streamReadable, type);
  }

  const objectMode = streamReadable.readableObjectMode;
  let controller;
  let wasCanceled = false;
  streamReadable.pause();

  const cleanup = eos(streamReadable, { writable: false }, (error) => {
    error = mapError(abortFor(error));
    cleanup();
    ignoreErrors(streamReadable);
    if (error) {
      controller.error(error);
    } else if (!wasCanceled) {
      controller.close();
      // A reader that waits with its own memory is answered only now.
      controller.byobRequest?.respond(0);
    }
  });
  streamReadable.on('data', (chunk) => {
    chunk = toWebChunk(chunk, objectMode);
    if (typeof chunk === 'string' && isBytes) chunk = Buffer.from(chunk);
    controller.enqueue(isBytes ? new Uint8Array(chunk) : chunk);
    if (controller.desiredSize <= 0) streamReadable.pause();
  });
  streamReadable.pause();

  return new ReadableStream({
    ...type,
    start(c) {
      controller = c;
    },
    pull() {
      streamReadable.resume();
    },
    cancel(reason) {
      wasCanceled = true;
      destroyer(streamReadable, reason);
    },
  }, strategyFor(streamReadable, options.strategy, isBytes));
}

// ---- A ReadableStream as a Readable ----

function readInto(reader) {
  return function read() {
    reader.read().then(({ value, done }) => {
      this.push(done ? null : value);
    }, (error) => destroyer(this, error));
  };
}

function newStreamReadableFromReadableStream(readableStream, options = {}) {
  if (!isReadableStream(readableStream)) {
    throw new ERR_INVALID_ARG_TYPE('readableStream', 'ReadableStream', readableStream);
  }
  validateObject(options, 'options');
  const { highWaterMark, encoding, objectMode = false, signal } = options;
  if (encoding !== undefined && !Buffer.isEncoding(encoding)) {
    throw new ERR_INVALID_ARG_VALUE(encoding, 'options.encoding');
  }
  validateBoolean(objectMode, 'options.objectMode');

  const { Readable } = require('internal/stream/readable');
  const reader = readableStream.getReader();
  let closed = false;
  const readable = new Readable({
    objectMode,
    highWaterMark,
    encoding,
    signal,
    read: readInto(reader),
    destroy(error, callback) {
      const done = () => {
        try {
          callback(error);
        } catch (thrown) {
          throwLater(thrown);
        }
      };
      if (!closed) reader.cancel(error).then(done, done); else done();
    },
  });
  reader.closed.then(() => {
    closed = true;
  }, (error) => {
    closed = true;
    destroyer(readable, error);
  });
  return readable;
}

// ---- Duplexes ----

function newReadableWritablePairFromDuplex(duplex, options = {}, hooks = {}) {
  if (typeof duplex?._writableState !== 'object' || typeof duplex?._readableState !== 'object') {
    throw new ERR_INVALID_ARG_TYPE('duplex', 'stream.Duplex', duplex);
  }
  validateObject(options, 'options');
  const readableOptions = { __proto__: null, type: options.readableType ?? options.type };
  if (isDestroyed(duplex)) {
    const writable = new WritableStream();
    const readable = new ReadableStream(readableOptions.type === undefined ? {} : { type: readableOptions.type });
    writable.close();
    readable.cancel();
    return { readable, writable };
  }
  const writable = isWritable(duplex) ? newWritableStreamFromStreamWritable(duplex, hooks) : new WritableStream();
  if (!isWritable(duplex)) writable.close();
  const readable = isReadable(duplex) ?
    newReadableStreamFromStreamReadable(duplex, readableOptions, hooks) :
    new ReadableStream();
  if (!isReadable(duplex)) readable.cancel();
  return { writable, readable };
}

function newStreamDuplexFromReadableWritablePair(pair = {}, options = {}) {
  validateObject(pair, 'pair');
  const { readable: readableStream, writable: writableStream } = pair;
  if (!isReadableStream(readableStream)) {
    throw new ERR_INVALID_ARG_TYPE('pair.readable', 'ReadableStream', readableStream);
  }
  if (!isWritableStream(writableStream)) {
    throw new ERR_INVALID_ARG_TYPE('pair.writable', 'WritableStream', writableStream);
  }
  validateObject(options, 'options');
  const { allowHalfOpen = false, objectMode = false, encoding, decodeStrings = true, highWaterMark, signal } = options;
  validateBoolean(objectMode, 'options.objectMode');
  if (encoding !== undefined && !Buffer.isEncoding(encoding)) {
    throw new ERR_INVALID_ARG_VALUE(encoding, 'options.encoding');
  }

  const { Duplex } = require('internal/stream/duplex');
  const writer = writableStream.getWriter();
  const reader = readableStream.getReader();
  let writableClosed = false;
  let readableClosed = false;
  const methods = writerMethods(writer, () => writableClosed);
  const duplex = new Duplex({
    allowHalfOpen,
    highWaterMark,
    objectMode,
    encoding,
    decodeStrings,
    signal,
    writev: methods.writev,
    write: methods.write,
    final: methods.final,
    read: readInto(reader),
    destroy(error, callback) {
      const done = () => {
        try {
          callback(error);
        } catch (thrown) {
          throwLater(thrown);
        }
      };
      const closeReader = readableClosed ? undefined : reader.cancel(error);
      const closeWriter = writableClosed ? undefined : writer.abort(error);
      Promise.all([closeWriter, closeReader]).then(done, done);
    },
  });
  writer.closed.then(() => {
    writableClosed = true;
    if (!isWritableEnded(duplex)) destroyer(duplex, new ERR_STREAM_PREMATURE_CLOSE());
  }, (error) => {
    writableClosed = true;
    readableClosed = true;
    destroyer(duplex, error);
  });
  reader.closed.then(() => {
    readableClosed = true;
  }, (error) => {
    writableClosed = true;
    readableClosed = true;
    destroyer(duplex, error);
  });
  return duplex;
}

module.exports = {
  newReadableStreamFromStreamReadable,
  newReadableWritablePairFromDuplex,
  newStreamDuplexFromReadableWritablePair,
  newStreamReadableFromReadableStream,
  newStreamWritableFromWritableStream,
  newWritableStreamFromStreamWritable,
};
