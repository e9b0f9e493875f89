'use strict';

// What a parent learns about a worker from outside: heap statistics and snapshots, CPU time, profiles. The worker's
// thread answers between two pieces of JavaScript, or in the middle of one that does not end.

const { codes: {
  ERR_HEAP_PROFILE_HAVE_BEEN_STARTED, ERR_OPERATION_FAILED, ERR_WORKER_NOT_RUNNING,
} } = require('internal/errors');
const { validateNumber, validateObject } = require('internal/validators');

// Inquiry::Kind in runtime/worker/worker.h
const kHeapStatistics = 0;
const kCpuUsage = 1;
const kHeapSnapshot = 2;
const kStartCpuProfile = 3;
const kStopCpuProfile = 4;
const kStartHeapProfile = 5;
const kStopHeapProfile = 6;

class Profile {
  #stop;
  #text;
  constructor(stop) {
    this.#stop = stop;
  }

  stop() {
    this.#text ??= this.#stop();
    return this.#text;
  }

  async [Symbol.asyncDispose]() {
    await this.stop();
  }
}

class CPUProfileHandle extends Profile {}
class HeapProfileHandle extends Profile {}

class Inquiries {
  #handle;
  #pending = new Map();
  #lastId = 0;

  constructor(handle) {
    this.#handle = handle;
    if (handle === null) return;
    handle.onanswer = (id, failed, numbers, text) => {
      const { promise, error } = this.#pending.get(id);
      this.#pending.delete(id);
      if (failed) promise.reject(error());
      else promise.resolve({ numbers, text });
    };
  }

  /** The worker has ended. */
  end() {
    this.#handle = null;
    for (const { promise } of this.#pending.values()) promise.reject(new ERR_WORKER_NOT_RUNNING());
    this.#pending.clear();
  }

  #ask(kind, argument = 0, error = () => new ERR_OPERATION_FAILED('the worker could not answer')) {
    if (this.#handle === null) return Promise.reject(new ERR_WORKER_NOT_RUNNING());
    const promise = Promise.withResolvers();
    const id = ++this.#lastId;
    this.#pending.set(id, { promise, error });
    this.#handle.inquire(id, kind, argument);
    return promise.promise;
  }

  async heapStatistics() {
    const { numbers } = await this.#ask(kHeapStatistics);
    const statistics = require('internal/v8/heap').namedHeapStatistics(numbers);
    // A number in v8.getHeapStatistics(), but not here.
    statistics.does_zap_garbage = Boolean(statistics.does_zap_garbage);
    return statistics;
  }

  cpuUsage(previous) {
    if (previous) {
      validateObject(previous, 'prev');
      validateNumber(previous.user, 'prev.user', 0, Number.MAX_SAFE_INTEGER);
      validateNumber(previous.system, 'prev.system', 0, Number.MAX_SAFE_INTEGER);
    }
    return this.#ask(kCpuUsage).then(({ numbers: [user, system] }) => (
      previous ? { user: user - previous.user, system: system - previous.system } : { user, system }));
  }

  heapSnapshot(exposeInternals, exposeNumericValues) {
    return this.#ask(kHeapSnapshot, Number(exposeInternals) | Number(exposeNumericValues) << 1).then(({ text }) => {
      const { Readable } = require('stream');
      return Readable.from([text], { objectMode: false });
    });
  }

  async startCpuProfile() {
    const { numbers: [id] } = await this.#ask(kStartCpuProfile);
    return new CPUProfileHandle(() => this.#ask(kStopCpuProfile, id).then(({ text }) => text));
  }

  async startHeapProfile() {
    await this.#ask(kStartHeapProfile, 0, () => new ERR_HEAP_PROFILE_HAVE_BEEN_STARTED());
    return new HeapProfileHandle(() => this.#ask(kStopHeapProfile).then(({ text }) => text));
  }
}

module.exports = { Inquiries };
