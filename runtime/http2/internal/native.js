'use strict';
// What native sessions call: each function finds the object of JavaScript it is about and tells it.
// Run once per realm by internal/http2/session.

const binding = internalBinding('http2');
const { FastBuffer } = require('internal/buffer');
const { kOwner } = require('internal/http2/symbols');

// The order is that of Http2State::Callback. `this` is the stream, or the native session.
const callbacks = [
  function onStream(id, block, flags, sensitive) {
    return this[kOwner]._onStream(id, block, flags, sensitive);
  },
  function onPush(parent, id, block, flags, sensitive) {
    return this[kOwner]._onPush(parent, id, block, flags, sensitive);
  },
  function onHeaders(category, block, flags, sensitive) {
    this.session?._onHeaders(this, category, block, flags, sensitive);
  },
  function onData(arrayBuffer) {
    return this._received(new FastBuffer(arrayBuffer));
  },
  function onEnd() {
    if (!this.destroyed) this.push(null);
  },
  function onClose(code) {
    this._closedByPeer(code);
  },
  function onWritten() {
    this._written();
  },
  function onTrailers() {
    if (!this.destroyed) this._trailersDue();
  },
  function onSettings(entries) {
    this[kOwner]._onSettings(entries);
  },
  function onSettingsAck() {
    this[kOwner]._onSettingsAck();
  },
  function onPing(payload, ack) {
    this[kOwner]._onPing(new FastBuffer(payload), ack);
  },
  function onGoaway(code, lastId, data) {
    this[kOwner]._onGoaway(code, lastId, data === undefined ? undefined : new FastBuffer(data));
  },
  function onAltsvc(id, origin, value) {
    this[kOwner]._onAltsvc(id, origin, value);
  },
  function onOrigin(origins) {
    this[kOwner]._onOrigin(origins);
  },
  function onFrameError(id, type, error) {
    this[kOwner]._onFrameError(id, type, error);
  },
  function onError(error) {
    this[kOwner]._onError(error);
  },
  function onEof(status, reading) {
    this[kOwner]._onEof(status, reading);
  },
  function onSend(arrayBuffer) {
    return this[kOwner]._onSend(new FastBuffer(arrayBuffer));
  },
  function onIdle() {
    this[kOwner]._onIdle();
  },
  function onDone() {
    this[kOwner]._onDone();
  },
];

let isSet = false;

/** A native session of `owner`. */
function createNativeSession(owner, options) {
  if (!isSet) binding.setCallbacks(callbacks);
  isSet = true;
  const handle = new binding.Http2Session(options);
  handle[kOwner] = owner;
  return handle;
}

function forgetProcess() {
  isSet = false;
}

/** A stream of a native session, which knows it by its id. */
class NativeStream {
  constructor(session, id) {
    this.session = session;
    this.id = id;
  }

  bind(stream) {
    this.session.bind(this.id, stream);
  }

  respond(block, count, flags) {
    return this.session.respond(this.id, block, count, flags);
  }

  info(block, count) {
    return this.session.info(this.id, block, count);
  }

  trailers(block, count) {
    return this.session.trailers(this.id, block, count);
  }

  pushPromise(block, count) {
    return this.session.push(this.id, block, count);
  }

  write(data, encoding, last) {
    return this.session.write(this.id, data, encoding, last);
  }

  writev(list, last) {
    return this.session.writev(this.id, list, last);
  }

  end() {
    return this.session.end(this.id);
  }

  rstStream(code) {
    return this.session.reset(this.id, code);
  }

  resume() {
    this.session.resume(this.id);
  }

  state() {
    return this.session.streamState(this.id);
  }

  statistics() {
    return this.session.streamStatistics(this.id);
  }
}

module.exports = { NativeStream, createNativeSession, forgetProcess };
