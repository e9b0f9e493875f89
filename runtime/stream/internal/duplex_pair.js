'use strict';

// stream.duplexPair: two duplexes, each readable where the other is written. Loaded on first use.

const { Duplex } = require('internal/stream/duplex');

class DuplexSide extends Duplex {
  other = null;
  // Of the write that waits for the other side to read.
  #callback = null;

  _read() {
    const callback = this.#callback;
    if (callback) {
      this.#callback = null;
      callback();
    }
  }

  _write(chunk, encoding, callback) {
    if (chunk.length === 0) {
      process.nextTick(callback);
    } else {
      this.other.push(chunk);
      this.other.#callback = callback;
    }
  }

  _final(callback) {
    this.other.on('end', callback);
    this.other.push(null);
  }

  _destroy(err, callback) {
    const { other } = this;
    if (other !== null && !other.destroyed) {
      // Let the other side see an end; an error stays on the side it happened.
      process.nextTick(endOther, other, err);
    }
    callback(err);
  }
}

function endOther(other, err) {
  if (other.destroyed) return;
  if (err) other.destroy(); else other.push(null);
}

/**
 * @param {object} [options] of both sides
 * @returns {[Duplex, Duplex]}
 */
function duplexPair(options) {
  const a = new DuplexSide(options);
  const b = new DuplexSide(options);
  a.other = b;
  b.other = a;
  return [a, b];
}

module.exports = { duplexPair };
