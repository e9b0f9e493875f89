'use strict';
// The names by which objects take part in `stream/iter` without importing it.
// Evaluated with the first of its files that is asked for.

// Our own sources and transforms: what they yield is batches and need not be looked at again.
const validated = new WeakSet();

function markValidated(object) {
  validated.add(object);
  return object;
}

module.exports = {
  toStreamable: Symbol.for('Stream.toStreamable'),
  toAsyncStreamable: Symbol.for('Stream.toAsyncStreamable'),
  broadcastProtocol: Symbol.for('Stream.broadcastProtocol'),
  shareProtocol: Symbol.for('Stream.shareProtocol'),
  shareSyncProtocol: Symbol.for('Stream.shareSyncProtocol'),
  drainableProtocol: Symbol.for('Stream.drainableProtocol'),
  isValidated: (object) => validated.has(object),
  markValidated,
};
