'use strict';
// broadcast(): one writer, any number of consumers that all get everything. Broadcast.from() feeds one from a source.
// Evaluated with the first file of `stream/iter` that is asked for.

const { codes: { ERR_INVALID_RETURN_VALUE, ERR_INVALID_STATE } } = require('internal/errors');
const { AbortController } = require('internal/abort_controller');
const { untilAborted, whenAborted } = require('internal/stream/iter/abort');
const { bufferOptions, isObject, neverWaits, transformsAndOptions } =
  require('internal/stream/iter/arguments');
const { byteLength } = require('internal/stream/iter/bytes');
const { Consumer, consumerSource, done } = require('internal/stream/iter/consumer');
const { from, hasProtocol } = require('internal/stream/iter/from');
const { DrainWaiters, Ending, PendingWrites } = require('internal/stream/iter/pending');
const { broadcastProtocol } = require('internal/stream/iter/protocols');
const { QueueWriter } = require('internal/stream/iter/queue_writer');
const { pipeline } = require('internal/stream/iter/pull');
const { SharedBuffer } = require('internal/stream/iter/shared_buffer');

const kDefaultBudget = 65536;

// closing: ended, but consumers have something to read. closed: also when cancelled.
const kOpen = 'open';
const kClosing = 'closing';
const kClosed = 'closed';
const kFailed = 'failed';

function cancelledError() {
  const { DOMException } = require('internal/dom_exception');
  return new DOMException('Broadcast cancelled', 'AbortError');
}

class Channel {
  #buffer;
  #policy;
  #state = kOpen;
  #error;
  // { error } for consumers that come too late.
  #stopped;
  #writes;
  #drains = new DrainWaiters();
  #ending = new Ending();
  #unfollow;
  #onCancel;
  total = 0;

  constructor({ budget, backpressure, signal }) {
    this.#buffer = new SharedBuffer(budget);
    this.#policy = backpressure;
    this.#writes = new PendingWrites(backpressure, () => this.#flow());
    this.#unfollow = whenAborted(signal, (reason) => this.cancel(reason));
  }

  // The writer's side

  get closing() {
    return this.#state === kClosing;
  }

  get canWrite() {
    return this.#state === kOpen ? neverWaits(this.#policy) || this.#buffer.hasRoom : null;
  }

  tryWrite(batch) {
    if (this.#state !== kOpen) return false;
    const size = byteLength(batch);
    if (size > 0 && !this.#buffer.hasRoom) {
      if (this.#policy === 'drop-newest') {
        this.total += size;
        return true;
      }
      if (this.#policy !== 'drop-oldest') return false;
      this.#buffer.dropOldest();
    }
    this.#accept(batch);
    return true;
  }

  #accept(batch) {
    const size = byteLength(batch);
    this.total += size;
    if (size === 0) return;
    this.#buffer.push(batch);
    for (const consumer of this.#buffer.readers()) {
      // To take makes room, and a write that is let in comes here again: it may have served this consumer already.
      while (consumer.reads.length > 0 && this.#buffer.hasNext(consumer)) {
        consumer.reads.shift().resolve(this.#take(consumer));
      }
    }
  }

  write(batch, signal) {
    if (signal?.aborted) return Promise.reject(signal.reason);
    if (this.tryWrite(batch)) return Promise.resolve();
    if (this.#state === kOpen) return this.#writes.add(batch, signal);
    return Promise.reject(
      this.#state === kFailed ? this.#error : new ERR_INVALID_STATE.TypeError('Writer is closed'));
  }

  endSync() {
    if (this.#state === kOpen) {
      this.#state = kClosing;
      this.#drains.resolveAll(false);
      this.#flow();
    }
    return this.#state === kClosed ? this.total : -1;
  }

  end(signal) {
    if (signal?.aborted) return Promise.reject(signal.reason);
    const total = this.endSync();
    if (total >= 0) return Promise.resolve(total);
    return this.#state === kFailed ? Promise.reject(this.#error) : this.#ending.wait(signal);
  }

  fail(reason = new ERR_INVALID_STATE.TypeError('Failed')) {
    if (this.#state !== kOpen && this.#state !== kClosing) return;
    this.#error = reason;
    this.#stop(kFailed, { error: reason });
    this.#writes.rejectAll(reason);
    this.#drains.rejectAll(reason);
    this.#ending.reject(reason);
  }

  drained() {
    if (this.canWrite === null) return null;
    return this.canWrite ? Promise.resolve(true) : this.#drains.wait();
  }

  // Both sides

  onCancel(callback) {
    this.#onCancel = callback;
  }

  /** Without a reason consumers just end. */
  cancel(reason) {
    if (this.#state !== kOpen && this.#state !== kClosing) return;
    this.#stop(kClosed, reason === undefined ? undefined : { error: reason });
    this.#writes.rejectAll(cancelledError());
    this.#drains.resolveAll(false);
    this.#ending.reject(reason ?? cancelledError());
    this.#onCancel?.();
  }

  #stop(state, stopped) {
    this.#state = state;
    this.#stopped = stopped;
    this.#unfollow?.();
    for (const consumer of this.#buffer.removeAllReaders()) consumer.close(stopped);
    this.#buffer.clear();
  }

  /** What there may be to do when room was made, a consumer left or a write was withdrawn. */
  #flow() {
    this.#writes.promote(() => this.#buffer.hasRoom, (batch) => this.#accept(batch));
    if (this.canWrite) this.#drains.resolveAll(true);
    if (this.#state !== kClosing || this.#writes.length > 0) return;
    for (const consumer of this.#buffer.readers()) {
      if (consumer.reads.length > 0 && !this.#buffer.hasNext(consumer)) this.#finish(consumer);
    }
    if (this.#buffer.readerCount > 0) return;
    this.#state = kClosed;
    this.#unfollow();
    this.#ending.resolve(this.total);
  }

  #finish(consumer) {
    this.#buffer.removeReader(consumer);
    consumer.close();
  }

  // The consumers' side

  get consumerCount() {
    return this.#buffer.readerCount;
  }

  add() {
    const consumer = new Consumer();
    if (this.#stopped) {
      consumer.close(this.#stopped);
      return consumer;
    }
    this.#buffer.addReader(consumer);
    // One that comes after the end gets what nobody has taken.
    if (this.#state === kClosed && !this.#buffer.hasNext(consumer)) this.#finish(consumer);
    return consumer;
  }

  #take(consumer) {
    const { batch, freed } = this.#buffer.next(consumer);
    if (freed) this.#flow();
    return { __proto__: null, done: false, value: batch };
  }

  read(consumer) {
    if (consumer.stopped) return Promise.reject(consumer.stopped.error);
    if (!this.#buffer.has(consumer)) return Promise.resolve(done());
    if (this.#buffer.hasNext(consumer)) return Promise.resolve(this.#take(consumer));
    return new Promise((resolve, reject) => {
      consumer.reads.push({ resolve, reject });
      if (this.#state === kClosing) this.#flow();
      else if (this.#state === kClosed) this.#finish(consumer);
    });
  }

  /** The consumer is gone, or its signal took it away. */
  remove(consumer, stopped) {
    if (!this.#buffer.has(consumer)) return;
    this.#buffer.removeReader(consumer);
    consumer.close(stopped);
    this.#flow();
  }
}

class BroadcastWriter extends QueueWriter {}

class Broadcaster {
  #channel;

  constructor(channel) {
    this.#channel = channel;
  }

  get consumerCount() {
    return this.#channel.consumerCount;
  }

  push(...args) {
    const { transforms, options: { signal } } = transformsAndOptions(args);
    const channel = this.#channel;
    let consumer;
    if (signal?.aborted) {
      consumer = new Consumer();
      consumer.close({ error: signal.reason });
    } else {
      consumer = channel.add();
      consumer.unfollow = whenAborted(signal, (error) => channel.remove(consumer, { error }));
    }
    const source = consumerSource(() => channel.read(consumer), () => channel.remove(consumer));
    return transforms.length > 0 ? pipeline(source, transforms, signal) : source;
  }

  cancel(reason) {
    this.#channel.cancel(reason);
  }

  [Symbol.dispose]() {
    this.#channel.cancel();
  }
}

function makeBroadcast(options) {
  const channel = new Channel(bufferOptions(options, kDefaultBudget));
  return {
    channel,
    result: { __proto__: null, writer: new BroadcastWriter(channel), broadcast: new Broadcaster(channel) },
  };
}

function broadcast(options = {}) {
  return makeBroadcast(options).result;
}

/** Writes all of a source, at the pace of the slowest consumer, until the broadcast is cancelled. */
async function feed(channel, source) {
  const controller = new AbortController();
  channel.onCancel(() => controller.abort());
  try {
    for await (const batch of untilAborted(source, controller.signal)) await channel.write(batch);
    await channel.end();
  } catch (error) {
    // Of a broadcast that was cancelled this changes nothing.
    channel.fail(error);
  }
}

const Broadcast = {
  __proto__: null,
  from(input, options = {}) {
    if (hasProtocol(input, broadcastProtocol)) {
      const custom = input[broadcastProtocol](options);
      if (!isObject(custom)) {
        throw new ERR_INVALID_RETURN_VALUE('an object', "[Symbol.for('Stream.broadcastProtocol')]", custom);
      }
      return { __proto__: null, writer: { __proto__: null }, broadcast: custom };
    }
    const source = from(input);
    const { channel, result } = makeBroadcast(options);
    feed(channel, source);
    return result;
  },
};

module.exports = { Broadcast, broadcast };
