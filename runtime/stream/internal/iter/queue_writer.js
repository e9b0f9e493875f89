'use strict';

// The writing end of push() and broadcast(): what it does is its queue's. Loaded by both.

const { operationSignal } = require('internal/stream/iter/arguments');
const { writableBatch, writableChunk } = require('internal/stream/iter/bytes');
const { drainableProtocol } = require('internal/stream/iter/protocols');

class QueueWriter {
  #queue;

  constructor(queue) {
    this.#queue = queue;
  }

  get canWrite() {
    return this.#queue.canWrite;
  }

  write(chunk, options) {
    const signal = operationSignal(options);
    return this.#queue.write([writableChunk(chunk)], signal);
  }

  writev(chunks, options) {
    const signal = operationSignal(options);
    return this.#queue.write(writableBatch(chunks), signal);
  }

  writeSync(chunk) {
    return this.#queue.tryWrite([writableChunk(chunk)]);
  }

  writevSync(chunks) {
    return this.#queue.tryWrite(writableBatch(chunks));
  }

  end(options) {
    return this.#queue.end(operationSignal(options));
  }

  endSync() {
    return this.#queue.endSync();
  }

  fail(reason) {
    this.#queue.fail(reason);
  }

  [drainableProtocol]() {
    return this.#queue.drained();
  }

  async [Symbol.asyncDispose]() {
    if (this.#queue.closing) await this.#queue.end();
    else this.#queue.fail();
  }

  [Symbol.dispose]() {
    this.#queue.fail();
  }
}

module.exports = { QueueWriter };
