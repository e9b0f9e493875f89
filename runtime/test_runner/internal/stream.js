'use strict';
// TestsStream: the events of a run, in Node's shapes. The root test of a process has one; reporters read it.

const { Readable } = require('stream');

class TestsStream extends Readable {
  #buffer = [];
  #canPush = false;

  constructor() {
    super({ __proto__: null, objectMode: true, highWaterMark: Number.MAX_SAFE_INTEGER });
  }

  _read() {
    this.#canPush = true;
    while (this.#buffer.length > 0 && this.#canPush) this.#canPush = this.push(this.#buffer.shift());
  }

  /** Emits an event to listeners at once, and to readers in order. */
  send(type, data) {
    this.emit(type, data);
    const event = { type, data };
    if (this.#canPush && this.#buffer.length === 0) this.#canPush = this.push(event);
    else this.#buffer.push(event);
  }

  end() {
    if (this.#canPush && this.#buffer.length === 0) this.push(null);
    else this.#buffer.push(null);
  }

  enqueue(test) {
    this.send('test:enqueue', { __proto__: null, ...identity(test, true) });
  }

  dequeue(test) {
    this.send('test:dequeue', { __proto__: null, ...identity(test, true) });
  }

  start(test) {
    this.send('test:start', { __proto__: null, ...identity(test, false) });
  }

  log(test, message, data) {
    this.send('test:log', {
      __proto__: null, name: test.name, nesting: test.nesting, testId: test.testId, parentId: test.parent?.testId,
      message, data, ...test.location,
    });
  }

  complete(test, details) {
    this.send('test:complete', {
      __proto__: null, ...result(test), details: { __proto__: null, ...details, passed: test.passed }, tags: test.tags,
      ...test.location, ...test.directive(),
    });
  }

  /** test:pass or test:fail. */
  verdict(test, details) {
    const classname = details.classname === undefined ? undefined : { classname: details.classname };
    this.send(test.passed ? 'test:pass' : 'test:fail', {
      __proto__: null, ...result(test), details, tags: test.tags, ...classname, ...test.location, ...test.directive(),
    });
  }

  plan(nesting, location, count) {
    this.send('test:plan', { __proto__: null, nesting, count, ...location });
  }

  diagnostic(nesting, location, message, level = 'info') {
    this.send('test:diagnostic', { __proto__: null, nesting, message, level, ...location });
  }

  summary(file, success, counts, duration) {
    this.send('test:summary', { __proto__: null, success, counts, duration_ms: duration, file });
  }
}

function identity(test, withType) {
  return {
    __proto__: null, nesting: test.nesting, name: test.name, ...(withType ? { type: test.type } : undefined),
    testId: test.testId, parentId: test.parent?.testId, tags: test.tags, ...test.location,
  };
}

function result(test) {
  return {
    __proto__: null, name: test.name, nesting: test.nesting, testNumber: test.testNumber, testId: test.testId,
    parentId: test.parent?.testId,
  };
}

module.exports = { TestsStream };
