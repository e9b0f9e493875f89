'use strict';
// push(): a writer and the readable side of what is written to it, with a buffer of limited size between them.
// Evaluated with the first file of `stream/iter` that is asked for.

const { codes: { ERR_INVALID_STATE } } = require('internal/errors');
const { whenAborted } = require('internal/stream/iter/abort');
const { bufferOptions, kMinBudget, neverWaits, transformsAndOptions } =
  require('internal/stream/iter/arguments');
const { byteLength } = require('internal/stream/iter/bytes');
const { done } = require('internal/stream/iter/consumer');
const { DrainWaiters, Ending, PendingWrites } = require('internal/stream/iter/pending');
const { markValidated } = require('internal/stream/iter/protocols');
const { QueueWriter } = require('internal/stream/iter/queue_writer');
const { pipeline } = require('internal/stream/iter/pull');

// open -> closing -> closed when ended: closing while the buffer is not empty yet.
// failed: by the writer; left: the consumer is gone, by return() or throw().
const kOpen = 'open';
const kClosing = 'closing';
const kClosed = 'closed';
const kFailed = 'failed';
const kLeft = 'left';

/** The buffer and the state between the two sides. A write is in it whole or not at all. */
class PushQueue {
  #budget;
  #policy;
  #state = kOpen;
  // Why nothing more can be written: the writer's or the consumer's reason.
  #error;
  #entries = [];
  #buffered = 0;
  #reads = [];
  #writes;
  #drains = new DrainWaiters();
  #ending = new Ending();
  #unfollow;
  total = 0;

  constructor({ budget, backpressure, signal }) {
    this.#budget = budget;
    this.#policy = backpressure;
    this.#writes = new PendingWrites(backpressure);
    this.#unfollow = whenAborted(signal, (reason) => this.fail(reason));
  }

  get closing() {
    return this.#state === kClosing;
  }

  get canWrite() {
    return this.#state === kOpen ? neverWaits(this.#policy) || this.#hasRoom() : null;
  }

  #hasRoom() {
    return this.#buffered < this.#budget;
  }

  // The writer's side

  /** @returns {boolean} whether the batch was taken, if only to be dropped */
  tryWrite(batch) {
    if (this.#state !== kOpen) return false;
    const size = byteLength(batch);
    if (size > 0 && !this.#hasRoom()) {
      if (this.#policy === 'drop-newest') {
        this.total += size;
        return true;
      }
      if (this.#policy !== 'drop-oldest') return false;
      while (!this.#hasRoom()) this.#buffered -= byteLength(this.#entries.shift());
    }
    this.#accept(batch, size);
    return true;
  }

  #accept(batch, size) {
    this.total += size;
    if (size === 0) return;
    this.#entries.push(batch);
    this.#buffered += size;
    if (this.#reads.length > 0) this.#reads.shift().resolve({ __proto__: null, value: this.#take(), done: false });
  }

  write(batch, signal) {
    if (signal?.aborted) return Promise.reject(signal.reason);
    if (this.tryWrite(batch)) return Promise.resolve();
    switch (this.#state) {
      case kOpen: return this.#writes.add(batch, signal);
      case kClosing: return Promise.reject(new ERR_INVALID_STATE.TypeError('Writer is closing'));
      case kClosed: return Promise.reject(new ERR_INVALID_STATE.TypeError('Writer is closed'));
      default: return Promise.reject(this.#error);
    }
  }

  /** @returns {number} the bytes written, or -1 when that is not all yet, or never will be */
  endSync() {
    if (this.#state === kOpen) {
      this.#state = kClosing;
      this.#writes.rejectAll(new ERR_INVALID_STATE.TypeError('Writer closed'));
      this.#drains.resolveAll(false);
      this.#closeIfDrained();
    } else if (this.#state === kLeft && this.total === 0) {
      return 0;
    }
    return this.#state === kClosed ? this.total : -1;
  }

  end(signal) {
    if (signal?.aborted) return Promise.reject(signal.reason);
    const total = this.endSync();
    if (total >= 0) return Promise.resolve(total);
    return this.#state === kClosing ? this.#ending.wait(signal) : Promise.reject(this.#error);
  }

  #closeIfDrained() {
    if (this.#state !== kClosing || this.#entries.length > 0) return;
    this.#state = kClosed;
    this.#unfollow();
    this.#ending.resolve(this.total);
    for (const { resolve } of this.#reads.splice(0)) resolve(done());
  }

  /** What is in the buffer can still be read. */
  fail(reason = new ERR_INVALID_STATE('Failed')) {
    if (this.#state !== kOpen && this.#state !== kClosing) return;
    this.#stop(kFailed, reason);
    this.#drains.rejectAll(reason);
    for (const { reject } of this.#reads.splice(0)) reject(reason);
  }

  #stop(state, error) {
    this.#state = state;
    this.#error = error;
    this.#unfollow?.();
    this.#writes.rejectAll(error);
    this.#ending.reject(error);
  }

  drained() {
    if (this.canWrite === null) return null;
    return this.canWrite ? Promise.resolve(true) : this.#drains.wait();
  }

  // The consumer's side

  read() {
    if (this.#entries.length > 0) return Promise.resolve({ __proto__: null, value: this.#take(), done: false });
    if (this.#state === kFailed) return Promise.reject(this.#error);
    if (this.#state !== kOpen) return Promise.resolve(done());
    return new Promise((resolve, reject) => this.#reads.push({ resolve, reject }));
  }

  /** All that is buffered, as one batch; the writes that waited take its place. */
  #take() {
    const batch = this.#entries.length === 1 ? this.#entries[0] : this.#entries.flat();
    this.#entries = [];
    this.#buffered = 0;
    this.#writes.promote(() => this.#hasRoom(), (next) => this.#accept(next, byteLength(next)));
    if (this.canWrite) this.#drains.resolveAll(true);
    this.#closeIfDrained();
    return batch;
  }

  /** The consumer is gone: with an error of its own when it threw one. */
  leave(thrown) {
    const settle = (read) => (thrown ? read.reject(thrown.error) : read.resolve(done()));
    if (this.#state === kOpen || this.#state === kClosing) {
      this.#stop(kLeft, thrown ? thrown.error : new ERR_INVALID_STATE.TypeError('Stream closed by consumer'));
      if (thrown) this.#drains.rejectAll(thrown.error);
      else this.#drains.resolveAll(false);
    }
    this.#entries = [];
    this.#buffered = 0;
    this.#reads.splice(0).forEach(settle);
  }
}

class PushWriter extends QueueWriter {}

/** @param {() => void} onIterate called when somebody begins to read */
function readableSide(queue, onIterate) {
  return markValidated({
    __proto__: null,
    [Symbol.asyncIterator]() {
      onIterate();
      return {
        __proto__: null,
        async next() {
          return queue.read();
        },
        async return() {
          queue.leave();
          return done();
        },
        async throw(error) {
          queue.leave({ error });
          throw error;
        },
      };
    },
  });
}

/** push() for duplex(), which needs to know whether its readable side is in use. */
function makePush(options, onIterate = () => {}) {
  const queue = new PushQueue(bufferOptions(options, kMinBudget));
  return { queue, writer: new PushWriter(queue), readable: readableSide(queue, onIterate) };
}

function push(...args) {
  const { transforms, options } = transformsAndOptions(args);
  const { writer, readable } = makePush(options);
  return {
    __proto__: null,
    writer,
    readable: transforms.length > 0 ? pipeline(readable, transforms, options.signal) : readable,
  };
}

module.exports = { makePush, push };
