'use strict';
// The rules of a BlockList that was cloned, in shared memory: its clones, in whatever thread, are one list.
// Run once per realm, when the first list is cloned or received.

const { Buffer } = require('buffer');

// What the header holds.
const kLock = 0;
const kVersion = 1;
const kLengths = 2;
const kHeaderWords = 4;

const kMaxText = 32 * 1024 * 1024;
// A change is a matter of microseconds: who holds the lock for longer was terminated.
const kPatienceMs = 1000;

class SharedRules {
  /**
   * @param {object} memory
   * @param {Int32Array} memory.header
   * @param {SharedArrayBuffer[]} memory.texts the rules as JSON; the even versions are in the first, the odd in the second
   */
  constructor(memory) {
    this.memory = memory;
    this.seen = -1;
  }

  static make(rules) {
    const text = () => new SharedArrayBuffer(0, { maxByteLength: kMaxText });
    const header = new Int32Array(new SharedArrayBuffer(4 * kHeaderWords));
    const shared = new SharedRules({ header, texts: [text(), text()] });
    shared.write(rules, 0);
    return shared;
  }

  /** The rules, if somebody changed them since the last look. */
  news() {
    const { header, texts } = this.memory;
    for (;;) {
      const version = Atomics.load(header, kVersion);
      if (version === this.seen) return undefined;
      const text = Buffer.from(texts[version & 1], 0, Atomics.load(header, kLengths + (version & 1))).latin1Slice();
      // It is whole if nobody has begun the next but one, in its place.
      if (Atomics.load(header, kVersion) !== version) continue;
      this.seen = version;
      return JSON.parse(text);
    }
  }

  /**
   * Makes a change that nobody else makes at the same time.
   * @param {() => string[]} change gives the new rules
   */
  change(change) {
    const { header } = this.memory;
    while (Atomics.compareExchange(header, kLock, 0, 1) !== 0) {
      if (Atomics.wait(header, kLock, 1, kPatienceMs) === 'timed-out') break;
    }
    try {
      this.write(change(), Atomics.load(header, kVersion) + 1);
    } catch (error) {
      this.seen = -1;  // what the change did here before it failed is not to stay
      throw error;
    } finally {
      Atomics.store(header, kLock, 0);
      Atomics.notify(header, kLock, 1);
    }
  }

  write(rules, version) {
    const { header, texts } = this.memory;
    const json = JSON.stringify(rules);
    const text = texts[version & 1];
    if (text.byteLength < json.length) text.grow(json.length);
    Buffer.from(text, 0, json.length).latin1Write(json);
    Atomics.store(header, kLengths + (version & 1), json.length);
    Atomics.store(header, kVersion, version);
    this.seen = version;
  }
}

module.exports = { SharedRules };
