'use strict';

// The standard streams between a worker and its parent. What one side writes leaves at once, in a message; the write is
// done when the other side's stream wants more, so that who does not read slows down who writes. Run in both.

const { Readable, Writable } = require('stream');

class ReadableWorkerStdio extends Readable {
  #ask;
  #owed = 0;

  /** ask(): the other side may write on. */
  constructor(ask) {
    super();
    this.#ask = ask;
  }

  _read() {
    if (this.#owed === 0) return;
    this.#owed = 0;
    this.#ask();
  }

  /** What the other side wrote; null is the end. */
  receive({ chunk, encoding }) {
    this.#owed++;
    if (this.destroyed) this._read();
    else this.push(chunk, encoding);
  }
}

class WritableWorkerStdio extends Writable {
  #send;
  #onWait;
  #waiting = [];

  /** send(chunk, encoding); onWait(stream, whether it waits for the other side). */
  constructor(send, onWait) {
    super({ decodeStrings: false });
    this.#send = send;
    this.#onWait = onWait;
  }

  _write(chunk, encoding, callback) {
    this.#send(chunk, encoding);
    this.#wait(callback);
  }

  _writev(chunks, callback) {
    for (const { chunk, encoding } of chunks) this.#send(chunk, encoding);
    this.#wait(callback);
  }

  _final(callback) {
    this.#send(null);
    callback();
  }

  #wait(callback) {
    this.#waiting.push(callback);
    if (this.#onWait(this, true) === false) this.proceed();
  }

  /** The other side wants more, or will never say so. */
  proceed() {
    const waiting = this.#waiting;
    this.#waiting = [];
    if (waiting.length > 0) this.#onWait(this, false);
    // Also at the end of a thread whose program may have changed how arrays are iterated.
    for (let i = 0; i < waiting.length; i++) waiting[i]();
  }
}

module.exports = { ReadableWorkerStdio, WritableWorkerStdio };
