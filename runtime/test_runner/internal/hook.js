'use strict';
// Hooks: before(), after(), beforeEach(), afterEach() of a test or suite. Loaded by internal/test_runner/test.

const { Stopper, TestCall, currentScope } = require('internal/test_runner/call');
const { callerLocation, failureTypes, isTestFailure, testFailure } = require('internal/test_runner/utils');
const { kEmptyObject } = require('internal/util');
const { validateAbortSignal, validateNumber } = require('internal/validators');

function validateTimeout(timeout, inherited) {
  if (timeout === undefined || timeout === null || timeout === Infinity) return inherited;
  validateNumber(timeout, 'options.timeout', 0, require('internal/timers').TIMEOUT_MAX);
  return timeout;
}

class TestHook {
  #fn;
  #timeout;
  #signal;
  #stopper;

  constructor(owner, kind, fn, options) {
    if (typeof fn === 'object' && fn !== null) {
      options = fn;
      fn = undefined;
    }
    const { timeout, signal } = options ?? kEmptyObject;
    if (signal !== undefined) validateAbortSignal(signal, 'options.signal');
    this.owner = owner;
    this.kind = kind;
    this.location = callerLocation();
    this.error = null;
    this.finished = false;
    this.#fn = typeof fn === 'function' ? fn : () => {};
    this.#timeout = validateTimeout(timeout, owner.timeout);
    this.#signal = signal;
  }

  get name() {
    return this.kind;
  }

  /** Runs it once for `test`; rejects with the failure that the test is to have. */
  async run(test) {
    this.error = null;
    this.finished = false;
    this.#stopper = new Stopper();
    const abort = () => this.#stopper.stop(testFailure(this.#signal.reason, failureTypes.aborted));
    if (this.#signal?.aborted) abort();
    else this.#stopper.watch(this.#signal, abort);
    this.#stopper.startTimer(this.#timeout);
    try {
      if (this.#signal?.aborted) await this.#stopper.promise;
      const call = new TestCall(this.#fn, [test.context]);
      await call.settle(currentScope.run(this, Reflect.apply, this.#fn, test.context, call.args), this.#stopper.promise);
      if (this.#signal?.aborted) await this.#stopper.promise;
    } catch (error) {
      this.error ??= isTestFailure(error) ? error : testFailure(error, failureTypes.testCode);
    } finally {
      this.#stopper.dispose();
      this.finished = true;
    }
    if (this.error !== null) throw this.#failureOfTest();
  }

  #failureOfTest() {
    const { error } = this;
    const fromUser = error.failureType === failureTypes.testCode || error.failureType === failureTypes.aborted;
    return testFailure(fromUser ? error.cause : `failed running ${this.kind} hook`, failureTypes.hook);
  }

  /** An uncaught error came out of what it started. */
  failUncaught(error) {
    this.error ??= error;
    this.#stopper.stop(error);
  }
}

/** The hooks of a test or suite. */
class HookSet {
  before = [];
  after = [];
  beforeEach = [];
  afterEach = [];
  #beforeRun;

  /** Runs the `before` hooks, once; every test that they are for gets their failure. */
  runBefore(owner) {
    this.#beforeRun ??= this.#runAll(this.before, owner);
    return this.#beforeRun;
  }

  /** A `before` hook of a test that runs already: at once. */
  runLateBefore(hook, owner) {
    const run = hook.run(owner);
    this.#beforeRun = this.#beforeRun === undefined ? run : Promise.all([this.#beforeRun, run]);
    return this.#beforeRun;
  }

  runAfter(owner) {
    return this.#runAll(this.after, owner);
  }

  async #runAll(hooks, owner) {
    for (const hook of hooks) await hook.run(owner);
  }
}

/** Whether any ancestor has such a hook: without one a test starts in the same turn. */
function hasEach(kind, test) {
  for (let owner = test.parent; owner !== null; owner = owner.parent) {
    if (owner.hooks[kind].length > 0) return true;
  }
  return false;
}

/** The beforeEach (outermost first) or afterEach (innermost first) hooks that a test's ancestors have for it. */
async function runEach(kind, test) {
  const sets = [];
  for (let owner = test.parent; owner !== null; owner = owner.parent) sets.push(owner.hooks);
  if (kind === 'beforeEach') sets.reverse();
  for (const set of sets) {
    for (const hook of set[kind]) await hook.run(test);
  }
}

module.exports = { HookSet, TestHook, hasEach, runEach, validateTimeout };
