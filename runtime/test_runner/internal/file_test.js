'use strict';
// A test file that runs in a process of its own: its events arrive on the child's standard output, between whatever
// else the file prints there. Loaded by internal/test_runner/runner.

const path = require('path');
const { Buffer } = require('buffer');
const { DefaultDeserializer } = require('v8');
const { Test } = require('internal/test_runner/test');
const { TestsStream } = require('internal/test_runner/stream');
const { frameHeader } = require('internal/test_runner/reporter/v8-serializer');
const { decode } = require('internal/test_runner/error_codec');
const { failureTypes, testFailure } = require('internal/test_runner/utils');

// See internal/test_runner/reporter/v8-serializer.
const kHeader = frameHeader();
const kPrefixLength = kHeader.length + 4;

// The rest waits until the files before this one have been reported.
const immediateTypes = new Set([
  'test:enqueue', 'test:dequeue', 'test:complete', 'test:log', 'test:stdout', 'test:stderr', 'test:summary',
]);
// The child's own totals.
const kTotal = /^(?:tests|suites|pass|fail|cancelled|skipped|todo|duration_ms) |^Randomized test order seed: /;

class FileTest extends Test {
  #pending = Buffer.alloc(0);
  #waiting = [];
  #failedSubtests = 0;
  #hasSubtests = false;
  #isSuperseded = false;

  constructor({ harness, parent = null, ...init }) {
    super({ options: {}, ...init, harness, parent });
    this.entryFile = path.resolve(this.location?.file ?? this.name);
    if (parent === null) this.reporter = new TestsStream();
  }

  isClearToSend() {
    return this.parent === null || this.isBeingReported();
  }

  // ---- From bytes to events.

  parseMessage(chunk) {
    this.#pending = this.#pending.length === 0 ? chunk : Buffer.concat([this.#pending, chunk]);
    this.#parsePending();
  }

  /** The child has closed its output: what is no message is text. */
  drain() {
    this.#parsePending();
    while (this.#pending.length > 0) {
      this.#text(String.fromCharCode(this.#pending[0]));
      this.#pending = this.#pending.subarray(1);
      this.#parsePending(true);
    }
  }

  #parsePending(isLast = false) {
    while (this.#pending.length > 0) {
      const start = this.#pending.indexOf(kHeader);
      if (start !== 0) {
        if (!this.#takeText(start, isLast)) return;
        continue;
      }
      if (this.#pending.length < kPrefixLength) return;
      const end = kPrefixLength + this.#pending.readUInt32BE(kHeader.length);
      if (this.#pending.length < end) return;
      const message = this.#pending.subarray(kPrefixLength, end);
      this.#pending = this.#pending.subarray(end);
      this.#receive(message);
    }
  }

  /** Text up to `end`, or all of it but a first byte of a header; whether there is more to parse. */
  #takeText(end, isLast) {
    const length = this.#pending.length;
    let stop = end === -1 ? length : end;
    if (end === -1 && !isLast && this.#pending[length - 1] === kHeader[0]) stop--;
    if (stop > 0) this.#text(this.#pending.toString('utf8', 0, stop));
    this.#pending = this.#pending.subarray(stop);
    return end !== -1;
  }

  #text(message) {
    this.send('test:stdout', { __proto__: null, file: this.name, message });
  }

  #receive(message) {
    const deserializer = new DefaultDeserializer(message);
    deserializer.readHeader();
    const { type, data } = deserializer.readValue();
    if (data.details?.error !== undefined) data.details.error = decode(data.details.error);
    if (data.nesting === 0 && (type === 'test:plan' || (type === 'test:diagnostic' && kTotal.test(data.message)))) return;
    this.send(type, data);
  }

  // ---- From events to the report.

  /** Watch mode runs the file anew before this run is over. */
  supersede() {
    this.#isSuperseded = true;
    this.#waiting = [];
  }

  send(type, data) {
    if (this.#isSuperseded) return;
    data.entryFile = this.entryFile;
    if (immediateTypes.has(type) || (this.isClearToSend() && this.#waiting.length === 0)) this.#forward(type, data);
    else this.#waiting.push({ type, data });
  }

  #forward(type, data) {
    if (type === 'test:pass' || type === 'test:fail') this.#countSubtest(type, data);
    this.root.reporter.send(type, data);
  }

  #countSubtest(type, data) {
    this.#hasSubtests = true;
    const { harness } = this;
    const isTodo = data.todo !== undefined;
    const isSkipped = data.skip !== undefined;
    const passed = type === 'test:pass';
    if (!passed && !isTodo) this.#failedSubtests++;
    if (data.nesting === 0) data.testNumber = harness.counts.topLevel + 1;
    const { failureType } = data.details.error ?? {};
    harness.countResult({
      nesting: data.nesting, isSuite: data.details.type === 'suite', isSkipped, isTodo, passed,
      cancelled: !passed && isCancellation(failureType),
    });
  }

  reportReadySubtests() {
    if (!this.isClearToSend()) return;
    for (const { type, data } of this.#waiting.splice(0)) this.#forward(type, data);
  }

  /** The file itself is a test only when it defines none, or fails in another way. */
  report() {
    if (this.#isSuperseded) return;
    this.reportReadySubtests();
    const failedByItself = !this.passed && this.error?.failureType !== failureTypes.subtestsFailed;
    if (this.#hasSubtests && !failedByItself) return;
    super.report();
    this.harness.countResult({
      nesting: 0, isSuite: false, isSkipped: this.skipped, isTodo: this.isTodo, passed: this.passed, cancelled: this.cancelled,
    });
  }

  /** The child is gone. */
  exitFailure(exitCode, signal) {
    const { subtestsFailed, testCode } = failureTypes;
    const buffered = this.#waiting.some(({ type, data }) => type === 'test:fail' && data.todo === undefined);
    const error = testFailure('test failed', this.#failedSubtests > 0 || buffered ? subtestsFailed : testCode);
    error.exitCode = exitCode;
    error.signal = signal;
    error.stack = undefined;
    return error;
  }
}

const isCancellation = (failureType) => failureType === failureTypes.cancelledByParent ||
  failureType === failureTypes.aborted || failureType === failureTypes.timeout;

module.exports = { FileTest };
