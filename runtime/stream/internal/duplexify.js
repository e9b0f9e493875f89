'use strict';

// Duplex.from: a duplex of whatever can be read, written, iterated, called or awaited. Loaded on first use.

const {
  AbortError,
  codes: { ERR_INVALID_ARG_TYPE, ERR_INVALID_RETURN_VALUE },
} = require('internal/errors');
const { AbortController } = require('internal/abort_controller');
const { Duplex } = require('internal/stream/duplex');
const { Readable } = require('internal/stream/readable');
const { Writable } = require('internal/stream/writable');
const { Sides, take } = require('internal/stream/sides');
const { destroyer } = require('internal/stream/destroy');
const { eos } = require('internal/stream/end_of_stream');
const { from } = require('internal/stream/from');
const {
  isDuplexNodeStream,
  isIterable,
  isNodeStream,
  isReadable,
  isReadableNodeStream,
  isReadableStream,
  isWritable,
  isWritableNodeStream,
  isWritableStream,
} = require('internal/stream/utils');

class Duplexify extends Duplex {}

function isBlob(value) {
  return require('internal/blob').isBlob(value);
}

function duplexify(body, name) {
  if (isDuplexNodeStream(body)) return body;
  if (isReadableNodeStream(body)) return ofPair({ readable: body });
  if (isWritableNodeStream(body)) return ofPair({ writable: body });
  if (isNodeStream(body)) return ofPair({ writable: false, readable: false });
  if (isReadableStream(body)) return ofPair({ readable: Readable.fromWeb(body) });
  if (isWritableStream(body)) return ofPair({ writable: Writable.fromWeb(body) });
  if (typeof body === 'function') return ofFunction(body, name);
  if (isBlob(body)) return duplexify(body.arrayBuffer());
  if (isIterable(body)) return from(Duplexify, body, { objectMode: true, writable: false });
  if (isReadableStream(body?.readable) && isWritableStream(body?.writable)) return Duplexify.fromWeb(body);
  if (typeof body?.writable === 'object' || typeof body?.readable === 'object') {
    return ofPair({
      readable: sideOf(body.readable, isReadableNodeStream),
      writable: sideOf(body.writable, isWritableNodeStream),
    });
  }
  if (typeof body?.then === 'function') return ofPromise(body);

  throw new ERR_INVALID_ARG_TYPE(name, [
    'Blob', 'ReadableStream', 'WritableStream', 'Stream', 'Iterable', 'AsyncIterable', 'Function',
    '{ readable, writable } pair', 'Promise',
  ], body);
}

function sideOf(stream, isRightKind) {
  if (!stream) return undefined;
  return isRightKind(stream) ? stream : duplexify(stream);
}

function ofPromise(promise) {
  const duplex = new Duplexify({ objectMode: true, writable: false, read() {} });
  promise.then((value) => {
    if (value != null) duplex.push(value);
    duplex.push(null);
  }, (err) => destroyer(duplex, err));
  return duplex;
}

// The function gets what is written as an async iterable; what it yields is read.
function ofFunction(fn, name) {
  const { value, write, final, destroy } = feed(fn);
  // A constructor of a transform, called as a function.
  if (isDuplexNodeStream(value)) return value;
  if (isIterable(value)) return from(Duplexify, value, { objectMode: true, write, final, destroy });

  if (typeof value?.then !== 'function') {
    throw new ERR_INVALID_RETURN_VALUE('Iterable, AsyncIterable or AsyncFunction', name, value);
  }
  const promise = value.then((result) => {
    if (result != null) throw new ERR_INVALID_RETURN_VALUE('nully', 'body', result);
  }, (err) => destroyer(duplex, err));
  const duplex = new Duplexify({
    objectMode: true,
    readable: false,
    write,
    final(cb) {
      // Finished when the function is.
      final(() => promise.then(() => process.nextTick(cb, null), (err) => process.nextTick(cb, err)));
    },
    destroy,
  });
  return duplex;
}

function feed(fn) {
  const controller = new AbortController();
  const { signal } = controller;
  let next = Promise.withResolvers();

  const value = fn((async function* () {
    while (true) {
      const { chunk, done, cb } = await next.promise;
      process.nextTick(cb);
      if (done) return;
      if (signal.aborted) throw new AbortError(undefined, { cause: signal.reason });
      next = Promise.withResolvers();
      yield chunk;
    }
  })(), { signal });

  return {
    value,
    write(chunk, encoding, cb) {
      next.resolve({ chunk, done: false, cb });
    },
    final(cb) {
      next.resolve({ done: true, cb });
    },
    destroy(err, cb) {
      controller.abort();
      // The function may be waiting for a chunk that will not come.
      next.promise.catch(() => {});
      next.reject(err ?? new AbortError());
      cb(err);
    },
  };
}

function ofPair(pair) {
  const source = pair.readable && typeof pair.readable.read !== 'function' ?
    Readable.wrap(pair.readable) :
    pair.readable;
  const target = pair.writable;
  const readable = !!isReadable(source);
  const writable = !!isWritable(target);

  const duplex = new Duplexify({
    readableObjectMode: !!source?.readableObjectMode,
    writableObjectMode: !!target?.writableObjectMode,
    readable,
    writable,
  });
  const sides = new Sides(duplex, { readable, writable });
  if (writable) {
    eos(target, (err) => {
      if (err) destroyer(source, err);
      sides.finished(err);
    });
    sides.writeTo(target);
    target.on('finish', () => take(sides, 'onFinish')?.());
  }
  if (readable) {
    eos(source, (err) => {
      if (err) destroyer(target, err);
      sides.finished(err);
    });
    sides.readFrom(source);
  }
  sides.destroyWith((err) => {
    if (sides.closed) return;
    destroyer(target, err);
    destroyer(source, err);
  });
  return duplex;
}

module.exports = { duplexify };
