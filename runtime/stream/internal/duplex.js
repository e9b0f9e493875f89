'use strict';

// stream.Duplex: a Readable that is a Writable too. Part of the start-up snapshot (sockets are duplexes).

const { Readable, startReading, takeReadableOptions } = require('internal/stream/readable');
const { Writable, onWritten, startWriting, takeWritableOptions } = require('internal/stream/writable');
const { ReadableState } = require('internal/stream/readable_state');
const { WritableState } = require('internal/stream/writable_state');
const { Stream } = require('internal/stream/legacy');
const { construct } = require('internal/stream/destroy');
const { defineDuplexProperties } = require('internal/stream/writable_properties');

function Duplex(options) {
  if (!(this instanceof Duplex)) return new Duplex(options);
  this._events ??= {
    close: undefined,
    error: undefined,
    prefinish: undefined,
    finish: undefined,
    drain: undefined,
    data: undefined,
    end: undefined,
    readable: undefined,
  };
  this._readableState = new ReadableState(options, true);
  this._writableState = new WritableState(options, true, (error) => onWritten(this, error));

  if (options) {
    // True: the writable side stays open when the readable one has ended.
    this.allowHalfOpen = options.allowHalfOpen !== false;
    if (options.readable === false) switchOff(this._readableState, 'readable', 'endEmitted');
    if (options.writable === false) switchOff(this._writableState, 'writable', 'finished');
    takeWritableOptions(this, options);
    takeReadableOptions(this, options);
  } else {
    this.allowHalfOpen = true;
  }
  Stream.call(this, options);
  if (this._construct !== undefined) {
    construct(this, () => {
      startReading(this);
      startWriting(this);
    });
  }
}
Object.setPrototypeOf(Duplex.prototype, Readable.prototype);
Object.setPrototypeOf(Duplex, Readable);

function switchOff(state, side, done) {
  state[side] = false;
  state.ended = true;
  state[done] = true;
  if (side === 'writable') state.ending = true;
}

for (const name of ['write', 'cork', 'uncork', 'setDefaultEncoding', '_write', '_writev', 'end', 'destroy']) {
  Duplex.prototype[name] = Writable.prototype[name];
}

defineDuplexProperties(Duplex.prototype);
Object.defineProperty(Duplex.prototype, 'destroyed', {
  __proto__: null,
  get() {
    if (this._readableState === undefined || this._writableState === undefined) return false;
    return this._readableState.destroyed && this._writableState.destroyed;
  },
  set(value) {
    if (this._readableState && this._writableState) {
      this._readableState.destroyed = value;
      this._writableState.destroyed = value;
    }
  },
});

Duplex.fromWeb = function(pair, options) {
  return require('internal/webstreams/adapters').newStreamDuplexFromReadableWritablePair(pair, options);
};

Duplex.toWeb = function(duplex, options) {
  return require('internal/webstreams/adapters').newReadableWritablePairFromDuplex(duplex, options);
};

Duplex.from = function(body) {
  return require('internal/stream/duplexify').duplexify(body, 'body');
};

module.exports = { Duplex };
