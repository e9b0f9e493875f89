'use strict';

// stream.compose: a pipeline as one duplex, written at its head and read at its tail. Loaded on first use.

const { codes: { ERR_INVALID_ARG_VALUE, ERR_MISSING_ARGS } } = require('internal/errors');
const { validateAbortSignal, validateObject } = require('internal/validators');
const { Duplex } = require('internal/stream/duplex');
const { Sides, take } = require('internal/stream/sides');
const { addAbortSignalNoValidate } = require('internal/stream/add_abort_signal');
const { destroyer } = require('internal/stream/destroy');
const { eos } = require('internal/stream/end_of_stream');
const { runPipeline } = require('internal/stream/pipeline');
const {
  isNodeStream,
  isReadable,
  isReadableStream,
  isTransformStream,
  isWebStream,
  isWritable,
  isWritableStream,
} = require('internal/stream/utils');

const canRead = (stream) => Boolean(isReadable(stream) || isReadableStream(stream) || isTransformStream(stream));
const canWrite = (stream) => Boolean(isWritable(stream) || isWritableStream(stream) || isTransformStream(stream));

function compose(...streams) {
  if (streams.length === 0) throw new ERR_MISSING_ARGS('streams');
  if (streams.length === 1) return Duplex.from(streams[0]);

  const given = [...streams];
  const last = streams.length - 1;
  if (typeof streams[0] === 'function') streams[0] = Duplex.from(streams[0]);
  if (typeof streams[last] === 'function') streams[last] = Duplex.from(streams[last]);
  streams.forEach((stream, i) => {
    if (!isNodeStream(stream) && !isWebStream(stream)) return;  // pipeline() says what is wrong with it.
    if (i < last && !canRead(stream)) throw new ERR_INVALID_ARG_VALUE(`streams[${i}]`, given[i], 'must be readable');
    if (i > 0 && !canWrite(stream)) throw new ERR_INVALID_ARG_VALUE(`streams[${i}]`, given[i], 'must be writable');
  });
  return connect(streams);
}

function connect(streams) {
  let sides;
  const head = streams[0];
  const tail = runPipeline(streams, (err) => sides.finished(err));
  const writable = canWrite(head);
  const readable = canRead(tail);

  const duplex = new Duplex({
    // Object mode on both sides, where the streams have it.
    writableObjectMode: !!head?.writableObjectMode,
    readableObjectMode: !!tail?.readableObjectMode,
    writable,
    readable,
  });
  sides = new Sides(duplex, { readable, writable });

  if (writable) {
    sides.writeTo(head);
    // What was ended at the head has arrived when the tail is over.
    eos(isTransformStream(tail) ? tail.readable : tail, () => take(sides, 'onFinish')?.());
  }
  if (readable) sides.readFrom(tail);
  sides.destroyWith((err) => {
    if (isNodeStream(tail)) destroyer(tail, err);
  });
  return duplex;
}

/** Readable.prototype.compose. */
function composeOne(source, stream, options) {
  if (options != null) validateObject(options, 'options');
  if (options?.signal != null) validateAbortSignal(options.signal, 'options.signal');
  if (isNodeStream(stream) && !isWritable(stream)) {
    throw new ERR_INVALID_ARG_VALUE('stream', stream, 'must be writable');
  }
  const composed = compose(source, stream);
  if (options?.signal) addAbortSignalNoValidate(options.signal, composed);
  return composed;
}

module.exports = { compose, composeOne };
