'use strict';
// duplex(): two channels, each with a writer that the other reads.
// Evaluated with the first file of `stream/iter` that is asked for.

const { validateObject } = require('internal/validators');
const { validateSignal } = require('internal/stream/iter/arguments');
const { makePush } = require('internal/stream/iter/push');

function directionOptions({ budget, backpressure, signal }, own) {
  return { budget: own?.budget ?? budget, backpressure: own?.backpressure ?? backpressure, signal };
}

/** @param {{ reading: boolean }} incoming the state of the direction that this channel reads */
function makeChannel(outgoing, incoming) {
  let closed = false;
  const close = async () => {
    if (closed) return;
    closed = true;
    outgoing.queue.endSync();
    // What nobody has begun to read may still be read after the close.
    if (incoming.reading) incoming.queue.leave();
  };
  return {
    __proto__: null,
    get writer() { return outgoing.writer; },
    get readable() { return incoming.readable; },
    close,
    [Symbol.asyncDispose]() { return close(); },
  };
}

function makeDirection(options) {
  const direction = { reading: false };
  return Object.assign(direction, makePush(options, () => { direction.reading = true; }));
}

function duplex(options = {}) {
  validateObject(options, 'options');
  const { a, b, signal } = options;
  if (a !== undefined) validateObject(a, 'options.a');
  if (b !== undefined) validateObject(b, 'options.b');
  validateSignal(signal);
  const aToB = makeDirection(directionOptions(options, a));
  const bToA = makeDirection(directionOptions(options, b));
  return [makeChannel(aToB, bToA), makeChannel(bToA, aToB)];
}

module.exports = { duplex };
