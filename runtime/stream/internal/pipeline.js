'use strict';

// stream.pipeline: connects streams, iterables, generator functions and web streams, and destroys all of them when one
// fails. Loaded on first use.

const {
  AbortError,
  aggregateTwoErrors,
  codes: {
    ERR_INVALID_ARG_TYPE,
    ERR_INVALID_RETURN_VALUE,
    ERR_MISSING_ARGS,
    ERR_STREAM_DESTROYED,
    ERR_STREAM_PREMATURE_CLOSE,
    ERR_STREAM_UNABLE_TO_PIPE,
  },
} = require('internal/errors');
const { validateAbortSignal, validateFunction } = require('internal/validators');
const { addAbortListener } = require('internal/events/abort_listener');
const { AbortController } = require('internal/abort_controller');
const { eos } = require('internal/stream/end_of_stream');
const { destroyer } = require('internal/stream/destroy');
const {
  isClosed,
  isDestroyed,
  isIterable,
  isNodeStream,
  isReadable,
  isReadableFinished,
  isReadableNodeStream,
  isReadableStream,
  isTransformStream,
  isWebStream,
} = require('internal/stream/utils');

function pipeline(...streams) {
  const callback = streams.pop();
  validateFunction(callback, 'streams[stream.length - 1]');
  return runPipeline(streams, once(callback));
}

function once(callback) {
  let called = false;
  return (...args) => {
    if (called) return;
    called = true;
    callback(...args);
  };
}

/**
 * @param {any[]} streams
 * @param {(err: Error | undefined, value?: any) => void} callback
 * @param {{signal?: AbortSignal, end?: boolean}} [opts]
 */
function runPipeline(streams, callback, opts) {
  if (streams.length === 1 && Array.isArray(streams[0])) streams = streams[0];
  if (streams.length < 2) throw new ERR_MISSING_ARGS('streams');
  validateAbortSignal(opts?.signal, 'options.signal');
  return new Pipeline(streams, callback, opts).connect();
}

// Says that a member was ended from outside: what the member itself says of it, an error of its destroy() for one, says
// more.
function isUnspecific(err) {
  return err.code === 'ERR_STREAM_PREMATURE_CLOSE' || err.name === 'AbortError';
}

class Pipeline {
  // For the functions among the members.
  controller = new AbortController();
  error = undefined;
  value = undefined;
  // How many ends are still to be heard of.
  pending = 0;
  destroys = [];
  // Take our listeners off the last stream, which goes on living.
  cleanups = [];
  abortListener = undefined;

  constructor(streams, callback, opts) {
    this.streams = streams;
    this.callback = callback;
    this.signal = opts?.signal;
    this.endsLast = opts?.end;
    this.finish = (err) => this.settle(err, --this.pending === 0);
    this.fail = (err) => this.settle(err, false);
  }

  settle(err, isFinal) {
    if (err && (!this.error || isUnspecific(this.error))) this.error = err;
    if (!this.error && !isFinal) return;
    while (this.destroys.length > 0) this.destroys.shift()(this.error);
    this.abortListener?.[Symbol.dispose]();
    this.controller.abort();
    if (isFinal) {
      if (!this.error) for (const cleanup of this.cleanups) cleanup();
      process.nextTick(this.callback, this.error, this.value);
    }
  }

  // Nothing is connected when one of the members is beyond it.
  checkDestinations() {
    for (let i = 1; i < this.streams.length; ++i) {
      const stream = this.streams[i];
      if (isNodeStream(stream) && isReadableNodeStream(this.streams[i - 1]) && (isClosed(stream) || isDestroyed(stream))) {
        throw new ERR_STREAM_UNABLE_TO_PIPE();
      }
    }
  }

  connect() {
    this.checkDestinations();
    const onAbort = () => this.fail(new AbortError(undefined, { cause: this.signal?.reason }));
    if (this.signal && !this.signal.aborted) this.abortListener = addAbortListener(this.signal, onAbort);

    let current;
    for (let i = 0; i < this.streams.length; ++i) current = this.add(i, current);

    if (this.signal?.aborted) process.nextTick(onAbort);
    return current;
  }

  // Connects `previous`, what comes out of the members so far, to member i. Returns what comes out of that.
  add(i, previous) {
    const stream = this.streams[i];
    const isLast = i === this.streams.length - 1;
    const reads = !isLast;
    const place = { i, isLast, reads, end: reads || this.endsLast !== false };

    if (place.end && isNodeStream(stream)) this.guard(stream, reads, i > 0, isLast);
    if (i === 0) return this.startFrom(stream);
    if (typeof stream === 'function') return this.through(stream, previous, place);
    if (isNodeStream(stream)) {
      this.intoNode(stream, previous, place);
      return stream;
    }
    if (isWebStream(stream)) {
      this.intoWeb(stream, previous, place);
      return stream;
    }
    return require('internal/stream/duplex').Duplex.from(stream);
  }

  startFrom(stream) {
    if (typeof stream === 'function') {
      const result = stream({ signal: this.controller.signal });
      if (!isIterable(result)) {
        throw new ERR_INVALID_RETURN_VALUE('Iterable, AsyncIterable or Stream', 'source', result);
      }
      return result;
    }
    if (isIterable(stream) || isReadableNodeStream(stream) || isTransformStream(stream)) return stream;
    return require('internal/stream/duplex').Duplex.from(stream);
  }

  // Sees to it that a stream is destroyed with the others, and that its late errors find a listener.
  guard(stream, reads, writes, isLast) {
    const { destroy, cleanup } = this.makeDestroy(stream, reads, writes);
    this.destroys.push(destroy);
    if (isReadable(stream) && isLast) this.cleanups.push(cleanup);

    const onError = (err) => {
      if (err && err.name !== 'AbortError' && err.code !== 'ERR_STREAM_PREMATURE_CLOSE') this.fail(err);
    };
    stream.on('error', onError);
    if (isReadable(stream) && isLast) this.cleanups.push(() => stream.removeListener('error', onError));
  }

  makeDestroy(stream, reads, writes) {
    let finished = false;
    stream.on('close', () => {
      finished = true;
    });
    const cleanup = eos(stream, { readable: reads, writable: writes }, (err) => {
      finished = !err;
    });
    return {
      destroy: (err) => {
        if (finished) return;
        finished = true;
        destroyer(stream, err || new ERR_STREAM_DESTROYED('pipe'));
      },
      cleanup,
    };
  }

  through(fn, previous, { i, isLast, reads, end }) {
    const input = isTransformStream(previous) ? asyncIterableOf(previous.readable) : asyncIterableOf(previous);
    const result = fn(input, { signal: this.controller.signal });
    if (reads) {
      if (!isIterable(result, true)) throw new ERR_INVALID_RETURN_VALUE('AsyncIterable', `transform[${i - 1}]`, result);
      return result;
    }
    return this.collect(result, end, isLast);
  }

  // The last member is a function: what it returns comes out of a stream of our own.
  collect(result, end, isLast) {
    const { PassThrough } = require('internal/stream/transform');
    const output = new PassThrough({ objectMode: true });
    const then = result?.then;
    if (typeof then === 'function') {
      this.pending++;
      then.call(result, (value) => {
        this.value = value;
        if (value != null) output.write(value);
        if (end) output.end();
        process.nextTick(this.finish);
      }, (err) => {
        output.destroy(err);
        process.nextTick(this.finish, err);
      });
    } else if (isIterable(result, true)) {
      this.pending++;
      pumpToNode(result, output, this.finish, end);
    } else if (isReadableStream(result) || isTransformStream(result)) {
      this.pending++;
      pumpToNode(result.readable || result, output, this.finish, end);
    } else {
      throw new ERR_INVALID_RETURN_VALUE('AsyncIterable or Promise', 'destination', result);
    }
    const { destroy, cleanup } = this.makeDestroy(output, false, true);
    this.destroys.push(destroy);
    if (isLast) this.cleanups.push(cleanup);
    return output;
  }

  intoNode(stream, previous, { isLast, end }) {
    if (isReadableNodeStream(previous)) {
      if (isClosed(stream) || isDestroyed(stream)) throw new ERR_STREAM_UNABLE_TO_PIPE();
      this.pending += 2;
      const cleanup = this.pipe(previous, stream, end);
      if (isReadable(stream) && isLast) this.cleanups.push(cleanup);
    } else if (isTransformStream(previous) || isReadableStream(previous)) {
      this.pending++;
      pumpToNode(previous.readable || previous, stream, this.finish, end);
    } else if (isIterable(previous)) {
      this.pending++;
      pumpToNode(previous, stream, this.finish, end);
    } else {
      throw new ERR_INVALID_ARG_TYPE(
        'val', ['Readable', 'Iterable', 'AsyncIterable', 'ReadableStream', 'TransformStream'], previous);
    }
  }

  intoWeb(stream, previous, { end }) {
    if (isReadableNodeStream(previous)) {
      this.pending++;
      pumpToWeb(asyncIterableOf(previous), stream, this.finish, end);
    } else if (isReadableStream(previous) || isIterable(previous)) {
      this.pending++;
      pumpToWeb(previous, stream, this.finish, end);
    } else if (isTransformStream(previous)) {
      this.pending++;
      pumpToWeb(previous.readable, stream, this.finish, end);
    } else {
      throw new ERR_INVALID_ARG_TYPE(
        'val', ['Readable', 'Iterable', 'AsyncIterable', 'ReadableStream', 'TransformStream'], previous);
    }
  }

  pipe(source, dest, end) {
    let ended = false;
    dest.on('close', () => {
      if (!ended) this.fail(new ERR_STREAM_PREMATURE_CLOSE());
    });
    source.pipe(dest, { end: false });
    if (end) {
      const onEnd = () => {
        ended = true;
        dest.end();
      };
      if (isReadableFinished(source)) process.nextTick(onEnd); else source.once('end', onEnd);
    } else {
      this.finish();
    }
    eos(source, { readable: true, writable: false }, (err) => {
      const state = source._readableState;
      if (err?.code === 'ERR_STREAM_PREMATURE_CLOSE' && state?.ended && !state.errored && !state.errorEmitted) {
        // Some emit 'close' before 'end': everything was read, so wait for the 'end'.
        source.once('end', this.finish).once('error', this.finish);
      } else {
        this.finish(err);
      }
    });
    return eos(dest, { readable: false, writable: true }, this.finish);
  }
}

function asyncIterableOf(value) {
  if (isIterable(value)) return value;
  if (isReadableNodeStream(value)) return iterateNodeStream(value);
  throw new ERR_INVALID_ARG_TYPE('val', ['Readable', 'Iterable', 'AsyncIterable'], value);
}

// For streams of libraries whose streams cannot be iterated.
async function* iterateNodeStream(stream) {
  yield* require('internal/stream/readable').Readable.prototype[Symbol.asyncIterator].call(stream);
}

async function pumpToNode(iterable, writable, finish, end) {
  let error;
  let wake = null;
  const resume = (err) => {
    if (err) error = err;
    const pending = wake;
    wake = null;
    pending?.();
  };
  const wait = () => new Promise((resolve, reject) => {
    if (error) {
      reject(error);
    } else {
      wake = () => (error ? reject(error) : resolve());
    }
  });
  writable.on('drain', resume);
  const cleanup = eos(writable, { readable: false }, resume);
  try {
    if (writable.writableNeedDrain) await wait();
    for await (const chunk of iterable) {
      if (!writable.write(chunk)) await wait();
    }
    if (end) {
      writable.end();
      await wait();
    }
    finish();
  } catch (err) {
    finish(error !== err ? aggregateTwoErrors(error, err) : err);
  } finally {
    cleanup();
    writable.off('drain', resume);
  }
}

async function pumpToWeb(readable, writable, finish, end) {
  if (isTransformStream(writable)) writable = writable.writable;
  // Not through pipeTo: a source that is no web stream has none.
  const writer = writable.getWriter();
  try {
    for await (const chunk of readable) {
      await writer.ready;
      writer.write(chunk).catch(() => {});
    }
    await writer.ready;
    if (end) await writer.close();
    finish();
  } catch (err) {
    try {
      await writer.abort(err);
      finish(err);
    } catch (abortError) {
      finish(abortError);
    }
  }
}

module.exports = { pipeline, runPipeline };
