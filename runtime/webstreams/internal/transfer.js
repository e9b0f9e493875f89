'use strict';

// Streams across threads and structuredClone(). What is transferred stays here, locked, and is piped into a message
// port; the stream on the other side is fed from the port's other end. Loaded on first use.
//
// Messages: {type: 'chunk' | 'close' | 'error' | 'pull', value}. As in the standard.

const { MessageChannel } = require('internal/messaging');
const { ReadableStream } = require('internal/webstreams/readable_stream');
const { WritableStream } = require('internal/webstreams/writable_stream');
const { TransformStream } = require('internal/webstreams/transform_stream');
const { pipeTo } = require('internal/webstreams/pipe');
const { kState, markHandled } = require('internal/webstreams/util');

const kPorts = Symbol('kPorts');
const kPipeOptions = { preventAbort: false, preventCancel: false, preventClose: false, signal: undefined };

function dataCloneError(message) {
  const { DOMException } = require('internal/dom_exception');
  return new DOMException(message, 'DataCloneError');
}

// A reason that cannot be cloned is replaced by the error that says so.
function postError(port, value) {
  try {
    port.postMessage({ type: 'error', value });
  } catch (error) {
    port.postMessage({ type: 'error', value: error });
  }
}

function postOrFail(port, type, value) {
  try {
    port.postMessage({ type, value });
  } catch (error) {
    postError(port, error);
    throw error;
  }
}

function listen(port, handlers, onMessageError) {
  port.onmessage = ({ data }) => handlers[data.type]?.(data.value);
  port.onmessageerror = () => {
    const error = dataCloneError('Internal transferred stream error');
    postError(port, error);
    onMessageError(error);
    port.close();
  };
  // A stream that nobody reads does not hold the process.
  port.unref();
}

/** A source that reads from a port. */
function sourceFrom(port) {
  return {
    start(controller) {
      listen(port, {
        chunk: (value) => controller.enqueue(value),
        close: () => {
          controller.close();
          port.close();
        },
        error: (value) => {
          controller.error(value);
          port.close();
        },
      }, (error) => controller.error(error));
    },
    pull() {
      port.postMessage({ type: 'pull' });
    },
    cancel(reason) {
      try {
        postOrFail(port, 'error', reason);
      } finally {
        port.close();
      }
    },
  };
}

/** A sink that writes to a port, a chunk for each pull from the other side. */
function sinkTo(port) {
  let pulled = Promise.withResolvers();
  return {
    start(controller) {
      listen(port, {
        pull: () => pulled.resolve(),
        error: (value) => {
          controller.error(value);
          pulled.resolve();
        },
      }, (error) => {
        controller.error(error);
        pulled.resolve();
      });
    },
    async write(chunk) {
      await pulled.promise;
      pulled = Promise.withResolvers();
      try {
        postOrFail(port, 'chunk', chunk);
      } catch (error) {
        port.close();
        throw error;
      }
    },
    close() {
      port.postMessage({ type: 'close' });
      port.close();
    },
    abort(reason) {
      try {
        postOrFail(port, 'error', reason);
      } finally {
        port.close();
      }
    },
  };
}

/** kTransferList of readable and writable streams: the far end of the port goes along. */
function transferList(stream) {
  const { port1, port2 } = new MessageChannel();
  Object.defineProperty(stream, kPorts, { __proto__: null, value: { port1, port2 }, configurable: true });
  return [port2];
}

function takePorts(stream, name) {
  const ports = stream[kPorts];
  delete stream[kPorts];
  if (stream[kState].locked) {
    ports.port1.close();
    ports.port2.close();
    throw dataCloneError(`Cannot transfer a locked ${name}`);
  }
  return ports;
}

function transferReadable(stream) {
  const { port1, port2 } = takePorts(stream, 'ReadableStream');
  const writable = new WritableStream(sinkTo(port1));
  markHandled(pipeTo(stream[kState], writable[kState], kPipeOptions));
  return { data: { port: port2 }, deserializeInfo: 'internal/webstreams/transfer:TransferredReadableStream' };
}

function transferWritable(stream) {
  const { port1, port2 } = takePorts(stream, 'WritableStream');
  const readable = new ReadableStream(sourceFrom(port1), { highWaterMark: 0 });
  markHandled(pipeTo(readable[kState], stream[kState], kPipeOptions));
  return { data: { port: port2 }, deserializeInfo: 'internal/webstreams/transfer:TransferredWritableStream' };
}

function transferTransform(stream) {
  const { readable, writable } = stream;
  if (readable.locked || writable.locked) throw dataCloneError('Cannot transfer a locked TransformStream');
  return {
    data: { readable, writable },
    deserializeInfo: 'internal/webstreams/transfer:TransferredTransformStream',
  };
}

// Made empty on the other side and filled by kDeserialize, which moves the state of a proper stream over.
function TransferredReadableStream() {
  return new ReadableStream();
}

function TransferredWritableStream() {
  return new WritableStream();
}

function TransferredTransformStream() {
  return new TransformStream();
}

function takeOver(stream, other) {
  stream[kState] = other[kState];
  stream[kState].stream = stream;
}

function receiveReadable(stream, { port }) {
  takeOver(stream, new ReadableStream(sourceFrom(port), { highWaterMark: 0 }));
}

function receiveWritable(stream, { port }) {
  takeOver(stream, new WritableStream(sinkTo(port)));
}

function receiveTransform(stream, { readable, writable }) {
  stream[kState].readable = readable;
  stream[kState].writable = writable;
}

module.exports = {
  TransferredReadableStream,
  TransferredTransformStream,
  TransferredWritableStream,
  receiveReadable,
  receiveTransform,
  receiveWritable,
  transferList,
  transferReadable,
  transferTransform,
  transferWritable,
};
