'use strict';
// The `stream/iter` module, with --experimental-stream-iter: byte streams that are iterables of batches.
// Evaluated when a program first asks for it; its parts are in internal/iter.

const { emitExperimentalWarning } = require('internal/util');
const { broadcast, Broadcast } = require('internal/stream/iter/broadcast');
const { fromReadable, toReadable, toReadableSync } = require('internal/stream/iter/classic_source');
const { fromWritable, toWritable } = require('internal/stream/iter/classic_writer');
const consumers = require('internal/stream/iter/consumers');
const { duplex } = require('internal/stream/iter/duplex');
const { from, fromSync } = require('internal/stream/iter/from');
const { merge } = require('internal/stream/iter/merge');
const { pipeTo, pipeToSync } = require('internal/stream/iter/pipe_to');
const {
  broadcastProtocol, drainableProtocol, shareProtocol, shareSyncProtocol, toAsyncStreamable, toStreamable,
} = require('internal/stream/iter/protocols');
const { pull, pullSync } = require('internal/stream/iter/pull');
const { push } = require('internal/stream/iter/push');
const { share, Share } = require('internal/stream/iter/share');
const { shareSync, SyncShare } = require('internal/stream/iter/share_sync');

const {
  array, arrayBuffer, arrayBufferSync, arraySync, bytes, bytesSync, ondrain, tap, tapSync, text, textSync,
} = consumers;

emitExperimentalWarning('stream/iter');

const functions = {
  push, duplex,
  from, fromSync,
  pull, pullSync, pipeTo, pipeToSync,
  bytes, text, arrayBuffer, array, bytesSync, textSync, arrayBufferSync, arraySync,
  merge, broadcast, share, shareSync,
  tap, tapSync, ondrain,
};
const protocols = {
  toStreamable, toAsyncStreamable, broadcastProtocol, shareProtocol, shareSyncProtocol, drainableProtocol,
};

module.exports = {
  Stream: Object.freeze({ __proto__: null, ...functions, ...protocols }),
  ...protocols,
  ...functions,
  Broadcast,
  Share,
  SyncShare,
  fromReadable,
  fromWritable,
  toReadable,
  toReadableSync,
  toWritable,
};
