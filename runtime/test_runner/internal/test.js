'use strict';
// Test: one test of the tree, from its creation to its report. The root of the tree is one too: it is the process's (or
// run()'s) and never runs itself. Loaded with node:test.

const { Stopper, TestCall, currentScope } = require('internal/test_runner/call');
const { HookSet, TestHook, hasEach, runEach, validateTimeout } = require('internal/test_runner/hook');
const { TestPlan } = require('internal/test_runner/plan');
const { hasFilters, isFiltered } = require('internal/test_runner/filter');
const { tracing, traceRun } = require('internal/test_runner/tracing');
const { canonicalTags, createSeededGenerator, failureTypes, isTestFailure, testFailure } = require('internal/test_runner/utils');
const { expectation } = require('internal/test_runner/expectation');
const { codes } = require('internal/errors');
const { queueMicrotask } = require('internal/process/tick');
const { validateAbortSignal, validateUint32 } = require('internal/validators');

const kNanosecondsPerMillisecond = 1e6;
const noop = () => {};
const kOnlyWarning = "'only' and 'runOnly' require the --test-only command-line option.";

function validateConcurrency(concurrency, inherited) {
  switch (typeof concurrency) {
    case 'number':
      validateUint32(concurrency, 'options.concurrency', true);
      return concurrency;
    case 'boolean':
      return concurrency ? Infinity : 1;
    default:
      if (concurrency === undefined || concurrency === null) return inherited;
      throw new codes.ERR_INVALID_ARG_TYPE('options.concurrency', ['boolean', 'number'], concurrency);
  }
}

function tagsOf(options, parent) {
  const inherited = parent?.tags ?? [];
  if (options.tags === undefined) return inherited;
  const own = canonicalTags(options.tags, 'options.tags');
  if (own.length > 0) {
    require('internal/util').emitExperimentalWarning('Test tags');
  }
  return Object.freeze([...new Set([...inherited, ...own])]);
}

const now = () => process.hrtime.bigint();

class Test {
  isSuite = false;
  type = 'test';
  // The tree.
  subtests = [];
  pendingSubtests = [];
  unfinishedSubtests = new Set();
  activeSubtests = 0;
  hooks = new HookSet();
  #subtestsDone;
  // Its state.
  startTime;
  endTime;
  passed = false;
  error = null;
  cancelled = false;
  hasRun = false;
  finished = false;
  reported = false;
  filtered = false;
  attempt = 0;
  // What an earlier attempt knows of it.
  replayed;
  runOnlySubtests = false;
  #hooksAreDue = true;
  #diagnostics = [];
  #context;
  #controller;
  // The report: which subtest is next, how many had a number, whether test:start was sent.
  reportIndex = 0;
  #numbered = { index: 0, count: 0 };
  #number;
  // With a random order: who draws the next subtest, how many were drawn.
  #random;
  #drawn = 0;
  #startReported = false;

  /**
   * @param {{ name: string, options: any, fn?: Function, parent: Test | null, harness: any, location?: any }} init
   */
  constructor({ name, options, fn, parent, harness, location }) {
    this.name = name;
    this.parent = parent;
    this.harness = harness;
    this.root = parent?.root ?? this;
    this.nesting = parent === null ? -1 : parent.nesting + 1;
    this.location = location;
    this.concurrency = validateConcurrency(options.concurrency, parent?.concurrency ?? 1);
    this.timeout = validateTimeout(options.timeout, parent?.timeout ?? Infinity);
    if (options.signal !== undefined) validateAbortSignal(options.signal, 'options.signal');
    this.outerSignal = options.signal;
    this.tags = tagsOf(options, parent);
    this.expectation = expectation(options.expectFailure, parent?.expectation);
    this.plan = options.plan === undefined ? null : new TestPlan(options.plan);
    this.testId = harness.newTestId?.() ?? 0;
    this.attempt = harness.rerun?.attempt ?? 0;
    this.#setDirectives(options);
    this.fn = this.skipped || typeof fn !== 'function' ? noop : fn;
    this.stopper = new Stopper();
    if (parent !== null) this.#join(parent);
  }

  #setDirectives({ skip, todo, only }) {
    this.skipped = skip !== undefined && skip !== false && skip !== null;
    this.isTodo = (todo !== undefined && todo !== false && todo !== null) || this.parent?.isTodo === true;
    if (typeof skip === 'string') this.message = skip;
    else if (typeof todo === 'string') this.message = todo;
    this.only = only;
    this.#hooksAreDue = !this.skipped;
  }

  #join(parent) {
    const { config } = this.harness;
    parent.subtests.push(this);
    parent.unfinishedSubtests.add(this);
    if (config.honorsOnly && this.only === true) {
      config.onlyInUse = true;
      for (let one = parent; one.isSuite || one.parent === null; one = one.parent) {
        one.runOnlySubtests = true;
        if (one.parent === null) break;
      }
    }
    parent.plan?.increment();
    if (this.outerSignal?.aborted) this.#onOuterAbort();
    else this.stopper.watch(this.outerSignal, () => this.#onOuterAbort());
  }

  #onOuterAbort() {
    this.cancel(testFailure(this.outerSignal.reason, failureTypes.aborted));
  }

  // ---- What users see of it.

  get context() {
    this.#context ??= this.makeContext();
    return this.#context;
  }

  makeContext() {
    const { TestContext } = require('internal/test_runner/context');
    return new TestContext(this);
  }

  get signal() {
    if (this.#controller === undefined) {
      const { AbortController } = require('internal/abort_controller');
      this.#controller = new AbortController();
      if (this.cancelled) this.#controller.abort();
    }
    return this.#controller.signal;
  }

  /** The names of its ancestors and itself. */
  ancestry(separator) {
    const names = [];
    for (let one = this; one.parent !== null; one = one.parent) names.push(one.name);
    return names.reverse().join(separator);
  }

  get fullName() {
    return this.parent === null ? this.name : this.ancestry(' > ');
  }

  diagnostic(message) {
    this.#diagnostics.push(message);
  }

  createHook(kind, fn, options) {
    const hook = new TestHook(this, kind, fn, options);
    this.hooks[kind].push(hook);
    if (kind === 'before' && this.startTime !== undefined && !this.isSuite) {
      this.hooks.runLateBefore(hook, this).catch(() => this.fail(hook.error));
    }
  }

  get acceptsSubtests() {
    return !this.finished;
  }

  /** @param {typeof Test} Class */
  createSubtest(Class, name, options, fn, location) {
    let parent = this;
    while (!parent.acceptsSubtests && parent.parent !== null) parent = parent.parent;
    const test = new Class({ name, options, fn, parent, harness: this.harness, location });
    if (parent !== this) {
      test.fail(testFailure('test could not be started because its parent finished', failureTypes.parentFinished));
    }
    return test;
  }

  // ---- Running.

  /** Decides whether it runs at all; later for what is in a suite, whose other tests matter. */
  decideFilter() {
    const { config } = this.harness;
    if (config.onlyInUse || config.honorsOnly || hasFilters(config)) {
      this.filtered = isFiltered(this, config, this.parent.runOnlySubtests);
    }
  }

  /** Leaves the tree as if it had never been there. */
  drop() {
    this.finished = true;
    this.passed = true;
    this.parent.subtestFinished(this);
  }

  /** Passes as it did in an earlier attempt; so do its subtests. */
  replay(entry) {
    this.replayed = entry;
    this.plan = null;
    this.fn = async () => {
      const path = require('path');
      await Promise.all((entry.children ?? []).map(({ name, file, line, column }) => {
        const location = { __proto__: null, line, column, file: path.resolve(file) };
        return this.harness.subtest(this, name, undefined, noop, location);
      }));
    };
  }

  /** Runs it now or when its parent's concurrency allows. */
  start() {
    const { parent } = this;
    if (this.filtered) {
      this.drop();
      return Promise.resolve();
    }
    this.harness.rerun?.prepare(this);
    this.root.reporter.enqueue(this);
    const isDrawn = this.harness.config.randomSeed !== undefined;
    if (!isDrawn && parent.activeSubtests < parent.concurrency) {
      this.#dequeue();
      return this.run();
    }
    const { promise, resolve } = Promise.withResolvers();
    parent.pendingSubtests.push({ test: this, resolve });
    // When all that start in this turn are there to be drawn.
    if (isDrawn) queueMicrotask(() => parent.#startPending());
    return promise;
  }

  #dequeue() {
    this.root.reporter.dequeue(this);
    this.parent.activeSubtests++;
  }

  #nextPending() {
    const { randomSeed } = this.harness.config;
    if (randomSeed === undefined) return this.pendingSubtests.shift();
    this.#random ??= createSeededGenerator(randomSeed);
    const [entry] = this.pendingSubtests.splice(Math.floor(this.#random() * this.pendingSubtests.length), 1);
    // They are reported as they are drawn.
    this.subtests.splice(this.subtests.indexOf(entry.test), 1);
    this.subtests.splice(this.#drawn++, 0, entry.test);
    return entry;
  }

  #startPending() {
    while (this.pendingSubtests.length > 0 && this.activeSubtests < this.concurrency && this.endTime === undefined) {
      const { test, resolve } = this.#nextPending();
      if (test.finished) {
        resolve();
        continue;
      }
      test.#dequeue();
      // Not `resolve` itself: stacks would lead to whoever waits for all tests.
      test.run().then(() => { resolve(); });
    }
  }

  async run() {
    this.startTime = now();
    if (this.error === null) {
      this.stopper.startTimer(this.timeout);
      if (tracing.hasSubscribers) await traceRun(this, () => this.#attempt());
      else await this.#attempt();
      this.stopper.dispose();
      require('internal/test_runner/mock/mock').resetTracker(this);
    }
    this.postRun();
  }

  async #attempt() {
    try {
      if (this.parent.hooks.before.length > 0) await this.parent.hooks.runBefore(this.parent);
      if (this.#hooksAreDue && hasEach('beforeEach', this)) await runEach('beforeEach', this);
      const call = new TestCall(this.fn, [this.context]);
      await call.settle(
        currentScope.run(this, Reflect.apply, this.fn, this.context, call.args), this.stopper.promise);
      await this.waitForSubtests();
      if (this.plan !== null) await Promise.race([this.plan.check(), this.stopper.promise]);
    } catch (error) {
      this.failWith(error);
    }
    this.hasRun = true;
    await this.#settleHooks();
    this.pass();
  }

  async #settleHooks() {
    try {
      if (this.#hooksAreDue && hasEach('afterEach', this)) await runEach('afterEach', this);
    } catch (error) {
      this.failWith(error);
    }
    try {
      if (this.hooks.after.length > 0) await this.hooks.runAfter(this);
    } catch (error) {
      this.failWith(error);
    }
  }

  async waitForSubtests() {
    while (this.unfinishedSubtests.size > 0) {
      this.#subtestsDone = Promise.withResolvers();
      await Promise.race([this.#subtestsDone.promise, this.stopper.promise]);
    }
  }

  // ---- The outcome.

  failWith(error) {
    if (!isTestFailure(error)) {
      this.fail(testFailure(error, failureTypes.testCode));
    } else if (error.failureType === failureTypes.timeout) {
      this.cancel(error);
    } else {
      this.fail(error);
    }
  }

  fail(error) {
    if (this.error !== null) return;
    if (this.expectation !== null && error.failureType !== failureTypes.cancelledByParent) {
      const mismatch = this.expectation.mismatch(error);
      if (mismatch === undefined) {
        this.expectation.met = true;
        return;
      }
      error = mismatch;
    }
    this.passed = false;
    this.error = error;
  }

  pass() {
    if (this.error !== null) return;
    if (this.expectation !== null && !this.expectation.met && !this.skipped && !this.isTodo) {
      this.error = testFailure('test was expected to fail but passed', failureTypes.expected);
      return;
    }
    this.passed = true;
  }

  /** Ends it from outside. */
  cancel(error) {
    if (this.endTime !== undefined) return;
    this.fail(error ?? testFailure(
      'test did not finish before its parent and was cancelled', failureTypes.cancelledByParent));
    this.cancelled = true;
    this.#abort(this.error ?? error);
  }

  /** An uncaught error came out of what it started. */
  failUncaught(error) {
    this.fail(error);
    this.#abort(error);
  }

  #abort(error) {
    this.stopper.stop(error);
    this.#controller?.abort();
  }

  /** Everything has run: what did not finish is cancelled, and the outcome goes to the parent and the reporter. */
  postRun(pendingError) {
    if (this.finished) return;
    this.endTime = now();
    this.startTime ??= this.endTime;
    const failed = this.#settleSubtests(pendingError);
    if (failed > 0 && (this.passed || this.parent === null)) {
      this.passed = false;
      this.fail(testFailure(`${failed} subtest${failed > 1 ? 's' : ''} failed`, failureTypes.subtestsFailed));
      this.passed = this.error === null;
    }
    this.stopper.dispose();
    this.finished = true;
    // What it has started may go on, and can hear that nobody waits for it.
    this.#controller?.abort();
    if (this.parent === null) return;
    this.root.reporter.complete(this, this.details());
    this.harness.count(this);
    this.parent.activeSubtests--;
    this.parent.subtestFinished(this);
  }

  #settleSubtests(pendingError) {
    let failed = 0;
    for (const { resolve } of this.pendingSubtests.splice(0)) resolve();
    for (const subtest of this.subtests) {
      if (!subtest.finished) {
        subtest.cancel(pendingError);
        subtest.postRun(pendingError);
      }
      if (!subtest.passed && !subtest.isTodo) failed++;
    }
    return failed;
  }

  subtestFinished(subtest) {
    this.unfinishedSubtests.delete(subtest);
    this.reportReadySubtests();
    if (this.endTime === undefined) this.#startPending();
    if (this.unfinishedSubtests.size > 0) return;
    this.#subtestsDone?.resolve();
    if (this.parent === null) this.harness.onIdle(this);
  }

  // ---- Reporting, in the order of definition.

  isBeingReported() {
    if (this.parent === null) return true;
    return this.parent.#nextReported() === this && this.parent.isBeingReported();
  }

  #nextReported() {
    while (this.subtests[this.reportIndex]?.filtered) this.reportIndex++;
    return this.subtests[this.reportIndex];
  }

  reportReadySubtests() {
    if (!this.isBeingReported()) return;
    for (let next = this.#nextReported(); next !== undefined; next = this.#nextReported()) {
      next.reportReadySubtests();
      if (!next.finished) return;
      next.report();
      this.reportIndex++;
    }
  }

  #reportStart() {
    if (this.#startReported || this.parent === null) return;
    this.#startReported = true;
    this.parent.#reportStart();
    this.root.reporter.start(this);
  }

  report() {
    const { reporter } = this.root;
    this.#reportStart();
    const count = this.subtestCount;
    if (count > 0) reporter.plan(this.nesting + 1, this.location, count);
    reporter.verdict(this, this.details());
    for (const message of this.#diagnostics) reporter.diagnostic(this.nesting, this.location, message);
    const wantsOnly = this.only === true || this.parent.runOnlySubtests;
    if (wantsOnly && !this.harness.config.honorsOnly) reporter.diagnostic(this.nesting, this.location, kOnlyWarning);
    this.reported = true;
  }

  /** How many of its subtests are not filtered. */
  get subtestCount() {
    let count = 0;
    for (const { filtered } of this.subtests) if (!filtered) count++;
    return count;
  }

  get testNumber() {
    this.#number ??= this.parent.#numberOf(this);
    return this.#number;
  }

  // Siblings are numbered in order, each once.
  #numberOf(test) {
    const state = this.#numbered;
    while (state.index < this.subtests.length) {
      const one = this.subtests[state.index++];
      if (!one.filtered) one.#number = ++state.count;
      if (one === test) break;
    }
    return test.#number;
  }

  directive() {
    if (this.skipped) return { __proto__: null, skip: this.message ?? true };
    if (this.isTodo) return { __proto__: null, todo: this.message ?? true };
    if (this.expectation !== null) return { __proto__: null, expectFailure: this.expectation.label ?? true };
    return undefined;
  }

  get duration() {
    const end = this.endTime ?? now();
    return Number(end - (this.startTime ?? end)) / kNanosecondsPerMillisecond;
  }

  details() {
    const details = { __proto__: null, duration_ms: this.duration, type: this.type };
    if (!this.passed) details.error = this.error;
    if (this.replayed !== undefined && this.passed) {
      details.duration_ms = this.replayed.duration_ms;
      details.passed_on_attempt = this.replayed.passed_on_attempt;
    }
    if (this.parent.parent !== null) details.classname = this.parent.ancestry('.');
    return details;
  }

  reportDiagnostics() {
    for (const message of this.#diagnostics.splice(0)) this.root.reporter.diagnostic(0, undefined, message);
  }
}

module.exports = { Test, now };
