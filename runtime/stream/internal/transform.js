'use strict';

// stream.Transform and PassThrough: a duplex whose output is made from its input. The input waits while the output is
// full, so the two highWaterMarks act as one.

const { codes: { ERR_METHOD_NOT_IMPLEMENTED } } = require('internal/errors');
const { Duplex } = require('internal/stream/duplex');
const { highWaterMarkFrom } = require('internal/stream/state');

// The callback of the _transform that is to be called when somebody reads.
const kCallback = Symbol('kCallback');

function Transform(options) {
  if (!(this instanceof Transform)) return new Transform(options);

  // A readable side of size 0 cannot hold what a _transform makes: pretend, by giving it all to the writable side.
  const readableHighWaterMark = options ? highWaterMarkFrom(options, 'readableHighWaterMark', true, true) : null;
  if (readableHighWaterMark === 0) {
    options = {
      ...options,
      highWaterMark: null,
      readableHighWaterMark,
      writableHighWaterMark: options.writableHighWaterMark || 0,
    };
  }
  Duplex.call(this, options);
  // _read only passes a callback on, so a push from _transform may emit at once.
  this._readableState.sync = false;
  this[kCallback] = null;

  if (options) {
    if (typeof options.transform === 'function') this._transform = options.transform;
    if (typeof options.flush === 'function') this._flush = options.flush;
  }
  this.on('prefinish', prefinish);
}
Object.setPrototypeOf(Transform.prototype, Duplex.prototype);
Object.setPrototypeOf(Transform, Duplex);

function final(cb) {
  if (typeof this._flush !== 'function' || this.destroyed) {
    this.push(null);
    cb?.();
    return;
  }
  this._flush((err, data) => {
    if (err) {
      if (cb) cb(err); else this.destroy(err);
      return;
    }
    if (data != null) this.push(data);
    this.push(null);
    cb?.();
  });
}

// A subclass with a _final of its own still gets its flush.
function prefinish() {
  if (this._final !== final) final.call(this);
}

Transform.prototype._final = final;

Transform.prototype._transform = function(chunk, encoding, callback) {
  throw new ERR_METHOD_NOT_IMPLEMENTED('_transform()');
};

Transform.prototype._write = function(chunk, encoding, callback) {
  const readable = this._readableState;
  const writable = this._writableState;
  const before = readable.length;

  this._transform(chunk, encoding, (err, value) => {
    if (err) {
      callback(err);
      return;
    }
    if (value != null) this.push(value);
    if (readable.ended) {
      // push(null) from inside: nothing more is read, and the last callback must not come before the 'end'.
      process.nextTick(callback);
    } else if (writable.ended || before === readable.length || readable.length < readable.highWaterMark) {
      callback();
    } else {
      this[kCallback] = callback;
    }
  });
};

Transform.prototype._read = function() {
  if (this[kCallback]) {
    const callback = this[kCallback];
    this[kCallback] = null;
    callback();
  }
};

function PassThrough(options) {
  if (!(this instanceof PassThrough)) return new PassThrough(options);
  Transform.call(this, options);
}
Object.setPrototypeOf(PassThrough.prototype, Transform.prototype);
Object.setPrototypeOf(PassThrough, Transform);

PassThrough.prototype._transform = function(chunk, encoding, cb) {
  cb(null, chunk);
};

module.exports = { PassThrough, Transform };
