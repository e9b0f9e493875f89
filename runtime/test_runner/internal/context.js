'use strict';
// What a test or suite function gets: TestContext and SuiteContext. Loaded when the first one is called.

const { codes } = require('internal/errors');
const { validateFunction, validateNumber, validateObject, validateString } = require('internal/validators');
const { kEmptyObject } = require('internal/util');
const { clearTimeout, setTimeout } = require('internal/test_runner/call');
const { TestPlan } = require('internal/test_runner/plan');
const { callerLocation } = require('internal/test_runner/utils');

const kDefaultInterval = 50;
const kDefaultTimeout = 1000;

function workerId() {
  const id = process.env.NODE_TEST_WORKER_ID;
  return id === undefined ? undefined : Number(id);
}

class TestContext {
  #test;
  #assert;

  constructor(test) {
    this.#test = test;
  }

  get signal() {
    return this.#test.signal;
  }

  get name() {
    return this.#test.name;
  }

  get filePath() {
    return this.#test.harness.entryFile;
  }

  get fullName() {
    return this.#test.fullName;
  }

  get error() {
    const { error } = this.#test;
    return error === null ? null : error.cause ?? error;
  }

  get passed() {
    return this.#test.error === null && this.#test.hasRun;
  }

  get attempt() {
    return this.#test.attempt;
  }

  get tags() {
    return this.#test.tags;
  }

  get workerId() {
    return workerId();
  }

  get assert() {
    this.#assert ??= require('internal/test_runner/assert').assertionsOf(this, this.#test);
    return this.#assert;
  }

  get mock() {
    return require('internal/test_runner/mock/mock').trackerOf(this.#test);
  }

  diagnostic(message) {
    this.#test.diagnostic(message);
  }

  log(message, data) {
    validateString(message, 'message');
    this.#test.root.reporter.log(this.#test, message, data);
  }

  plan(count, options = kEmptyObject) {
    if (this.#test.plan !== null) throw new codes.ERR_TEST_FAILURE('cannot set plan more than once', 'testCodeFailure');
    this.#test.plan = new TestPlan(count, options);
  }

  runOnly(value) {
    this.#test.runOnlySubtests = !!value;
    if (value && this.#test.harness.config.honorsOnly) this.#test.harness.config.onlyInUse = true;
  }

  skip(message) {
    this.#test.skipped = true;
    this.#test.message = message;
  }

  todo(message) {
    this.#test.isTodo = true;
    this.#test.message = message;
  }

  test(name, options, fn) {
    return this.#test.harness.subtest(this.#test, name, options, fn, callerLocation());
  }

  before(fn, options) {
    this.#test.createHook('before', fn, options);
  }

  after(fn, options) {
    this.#test.createHook('after', fn, options);
  }

  beforeEach(fn, options) {
    this.#test.createHook('beforeEach', fn, options);
  }

  afterEach(fn, options) {
    this.#test.createHook('afterEach', fn, options);
  }

  waitFor(condition, options = kEmptyObject) {
    validateFunction(condition, 'condition');
    validateObject(options, 'options');
    const { interval = kDefaultInterval, timeout = kDefaultTimeout } = options;
    validateNumber(interval, 'options.interval', 0, require('internal/timers').TIMEOUT_MAX);
    validateNumber(timeout, 'options.timeout', 0, require('internal/timers').TIMEOUT_MAX);
    return poll(condition, interval, timeout);
  }
}

/** Calls `condition` until it neither throws nor rejects. */
function poll(condition, interval, timeout) {
  const { promise, resolve, reject } = Promise.withResolvers();
  let lastError;
  let failed = false;
  let nextTry;
  const deadline = setTimeout(() => {
    clearTimeout(nextTry);
    reject(new Error('waitFor() timed out', failed ? { cause: lastError } : undefined));
  }, timeout);
  const attempt = async () => {
    try {
      const value = await condition();
      clearTimeout(deadline);
      resolve(value);
    } catch (error) {
      failed = true;
      lastError = error;
      nextTry = setTimeout(attempt, interval);
    }
  };
  attempt();
  return promise;
}

class SuiteContext {
  #suite;

  constructor(suite) {
    this.#suite = suite;
  }

  get signal() {
    return this.#suite.signal;
  }

  get name() {
    return this.#suite.name;
  }

  get filePath() {
    return this.#suite.harness.entryFile;
  }

  get fullName() {
    return this.#suite.fullName;
  }

  get passed() {
    return this.#suite.passed;
  }

  get attempt() {
    return this.#suite.attempt;
  }

  diagnostic(message) {
    this.#suite.diagnostic(message);
  }

  log(message, data) {
    validateString(message, 'message');
    this.#suite.root.reporter.log(this.#suite, message, data);
  }
}

module.exports = { SuiteContext, TestContext };
