'use strict';
// The harness of a process: the root test, what ends the run, and errors that no test caught. Made by the first test(),
// describe() or hook, or by run(). Loaded with node:test.

const { Test, now } = require('internal/test_runner/test');
const { Suite } = require('internal/test_runner/suite');
const { TestsStream } = require('internal/test_runner/stream');
const { currentScope } = require('internal/test_runner/call');
const { traceRoot } = require('internal/test_runner/tracing');
// Taken before a test can put its mocks in their place.
const { clearInterval, setInterval } = require('timers');
const { callerLocation, failureTypes, testFailure } =
  require('internal/test_runner/utils');
const { exitCodes: { kGenericUserError } } = internalBinding('process');

const kPendingMessage = 'Promise resolution is still pending but the event loop has already resolved';

const newCounts = () => ({
  __proto__: null, tests: 0, failed: 0, passed: 0, cancelled: 0, skipped: 0, todo: 0, topLevel: 0, suites: 0,
});

class Harness {
  counts = newCounts();
  success = true;
  coverage = null;
  #lastTestId = -1;
  #ended = false;
  #idle;
  #keepAlive;
  #deciding;
  #endTrace;
  #rerunToWrite;
  #ready;

  /**
   * @param {object} config see internal/test_runner/options
   * @param {{ entryFile?: string, isRunner?: boolean, ready?: Promise<void>, timeout?: number, signal?: AbortSignal,
   *           concurrency?: number }} [options] `isRunner`: its tests are files, whose own tests are what counts
   */
  constructor(config, { entryFile, isRunner = false, ready = Promise.resolve(), ...options } = {}) {
    this.config = config;
    this.entryFile = entryFile;
    this.isRunner = isRunner;
    this.#ready = ready;
    this.root = new Test({ name: '<root>', options, parent: null, harness: this });
    this.root.startTime = now();
    this.root.reporter = new TestsStream();
    this.root.runOnlySubtests = config.only;
    this.#endTrace = traceRoot(this.root);
    if (config.coverage?.enabled) {
      const { TestCoverage } = require('internal/test_runner/coverage');
      this.coverage = new TestCoverage(config.coverage, config.cwd ?? process.cwd(), isRunner);
    }
    if (config.rerunFile !== undefined) this.#startRerun(config);
  }

  /** The process that runs the tests asks which have passed; the one that reports them writes it down. */
  #startRerun({ rerunFile, isChild }) {
    const { Rerun } = require('internal/test_runner/rerun');
    const rerun = new Rerun(rerunFile);
    if (!this.isRunner) this.rerun = rerun;
    if (isChild) return;
    rerun.listen(this.root.reporter);
    this.#rerunToWrite = rerun;
  }

  newTestId() {
    return ++this.#lastTestId;
  }

  /** test() or suite() at any place: the parent is what runs. */
  define(Class, name, options, fn, overrides, location) {
    const scope = currentScope.getStore();
    const parent = (scope?.owner ?? scope) ?? this.root;
    const given = normalize(name, options, fn, overrides);
    const owner = parent.harness === this ? parent : this.root;
    const test = owner.createSubtest(Class, given.name, given.options, given.fn, location);
    if (test.parent.isSuite) return Promise.resolve();
    this.#holdProcess();
    return test.parent === this.root ? this.#startWhenReady(test) : this.#start(test);
  }

  /** t.test(): it starts at once. */
  subtest(parent, name, options, fn, location) {
    const given = normalize(name, options, fn);
    const test = parent.createSubtest(Test, given.name, given.options, given.fn, location);
    test.decideFilter();
    return test.start();
  }

  /** A file as a test: it has run already. */
  startFile(test) {
    this.#startWhenReady(test);
  }

  // A test that has not finished keeps the process alive, whatever it waits for.
  #holdProcess() {
    this.#keepAlive ??= setInterval(() => {}, require('internal/timers').TIMEOUT_MAX);
  }

  // The tests of a module are all defined before the first one runs.
  async #startWhenReady(test) {
    await this.#ready;
    await this.#start(test);
  }

  async #start(test) {
    // A suite that is still being defined holds up what comes after it only where its tests are chosen.
    if (test.isSuite && test.needsDecision) this.#deciding = Promise.all([this.#deciding, test.whenBuilt()]);
    if (this.#deciding !== undefined) await this.#deciding;
    test.decideFilter();
    await test.start();
  }

  count(test) {
    if (this.isRunner) return;
    this.countResult({
      nesting: test.nesting, isSuite: test.isSuite, isSkipped: test.skipped, isTodo: test.isTodo, passed: test.passed,
      cancelled: test.cancelled,
    });
  }

  countResult({ nesting, isSuite, isSkipped, isTodo, passed, cancelled }) {
    const { counts } = this;
    if (nesting === 0) counts.topLevel++;
    if (!passed && !isTodo && !isSkipped) this.success = false;
    if (isSuite) {
      counts.suites++;
      return;
    }
    counts.tests++;
    if (isSkipped) counts.skipped++;
    else if (isTodo) counts.todo++;
    else if (cancelled) counts.cancelled++;
    else if (passed) counts.passed++;
    else counts.failed++;
  }

  /** Every test that is known has finished: `after` hooks of the process, once. */
  onIdle(root) {
    if (this.#keepAlive !== undefined) clearInterval(this.#keepAlive);
    this.#keepAlive = undefined;
    if (!this.isRunner) this.#idle ??= this.#runAfterHooks(root);
  }

  async #runAfterHooks(root) {
    try {
      await root.hooks.runAfter(root);
    } catch (error) {
      this.#failRoot(error, root.hooks.after.find((hook) => hook.error !== null));
    }
    if (this.config.forceExit && !this.config.isTest) await this.#exitNow();
  }

  async whenIdle() {
    this.onIdle(this.root);
    await this.#idle;
  }

  abort(reason) {
    for (const test of this.root.subtests) test.cancel(testFailure(reason, failureTypes.aborted));
  }

  #failRoot(error, hook) {
    const { root } = this;
    root.fail(error);
    root.location = hook?.location ?? { file: this.entryFile };
  }

  async #exitNow() {
    const { reporter } = this.root;
    const closed = this.outputClosed ?? new Promise((resolve) => { reporter.once('close', resolve); });
    this.end();
    await closed;
    process.exit();
  }

  /** The run is over: nothing can wake what still waits. */
  end() {
    if (this.#ended) return;
    this.#ended = true;
    this.detach?.();
    this.#endTrace();
    const { root } = this;
    const ownError = root.error;
    root.postRun(testFailure(kPendingMessage, failureTypes.cancelledByParent));
    root.reportReadySubtests();
    if (ownError !== null) this.#reportRootFailure(ownError);
    if (root.error !== null && root.error.failureType !== failureTypes.subtestsFailed) this.success = false;
    this.#reportTotals();
  }

  // A hook of the process failed: no test has the blame.
  #reportRootFailure(error) {
    const { root } = this;
    root.reporter.send('test:fail', {
      __proto__: null, name: this.entryFile, nesting: 0, testNumber: root.subtestCount + 1, testId: root.testId,
      parentId: undefined, details: { __proto__: null, duration_ms: root.duration, type: undefined, error },
      tags: root.tags, ...root.location,
    });
    this.success = false;
  }

  #reportTotals() {
    this.#reportCounts();
    this.#rerunToWrite?.write();
    this.root.reporter.end();
  }

  // ---- Watch mode: a round is all that runs before nothing is left to run.

  startRound() {
    this.counts = newCounts();
    this.success = true;
    this.root.startTime = now();
  }

  reportRound() {
    this.#reportCounts();
    this.counts = newCounts();
  }

  #reportCounts() {
    const { root, counts } = this;
    const { reporter } = root;
    reporter.plan(0, undefined, this.isRunner ? counts.topLevel : root.subtestCount);
    root.reportDiagnostics();
    const say = (message, level) => reporter.diagnostic(0, undefined, message, level);
    const summary = this.#summarizeCoverage(say);
    if (this.config.randomSeed !== undefined) say(`Randomized test order seed: ${this.config.randomSeed}`);
    say(`tests ${counts.tests}`);
    say(`suites ${counts.suites}`);
    say(`pass ${counts.passed}`);
    say(`fail ${counts.failed}`);
    say(`cancelled ${counts.cancelled}`);
    say(`skipped ${counts.skipped}`);
    say(`todo ${counts.todo}`);
    say(`duration_ms ${root.duration}`);
    if (summary !== undefined) this.#reportCoverage(summary, say);
    if (!this.success) this.onFailure?.();
    reporter.summary(this.isRunner ? undefined : this.entryFile, this.success, counts, root.duration);
  }

  #summarizeCoverage(say) {
    if (this.coverage === null) return undefined;
    try {
      return this.coverage.summary();
    } catch (error) {
      say(`Warning: Could not report code coverage. ${error}`);
      process.exitCode = kGenericUserError;
      return undefined;
    } finally {
      this.coverage.cleanUp();
    }
  }

  #reportCoverage(summary, say) {
    const { checkThresholds } = require('internal/test_runner/coverage');
    if (!checkThresholds(summary, say)) {
      process.exitCode = kGenericUserError;
      this.success = false;
    }
    this.root.reporter.send('test:coverage', { __proto__: null, nesting: 0, summary });
  }

  // ---- The process.

  /** The run ends with the process; errors that nobody catches belong to tests. */
  attachToProcess() {
    const onException = (error) => this.#onUncaught(error, failureTypes.uncaughtException);
    const onRejection = (error) => this.#onUncaught(error, failureTypes.unhandledRejection);
    const onInterrupt = () => this.#onInterrupt();
    const finish = async () => {
      if (this.root.subtests.length === 0) await this.whenIdle();
      this.end();
    };
    const listeners = {
      __proto__: null, uncaughtException: onException, unhandledRejection: onRejection, beforeExit: finish,
    };
    // A file that a signal is to end may never come back to its event loop.
    const { getOptionValue } = require('internal/options');
    if (getOptionValue('--test')) {
      listeners.SIGINT = onInterrupt;
      listeners.SIGTERM = onInterrupt;
    }
    for (const name of Object.keys(listeners)) process.on(name, listeners[name]);
    this.detach = () => {
      for (const name of Object.keys(listeners)) process.off(name, listeners[name]);
    };
    process.on('exit', () => this.end());
    this.onFailure = () => { process.exitCode = kGenericUserError; };
  }

  async #onInterrupt() {
    const tests = [];
    collectRunning(this.root, tests);
    if (tests.length > 0) this.root.reporter.send('test:interrupted', { __proto__: null, tests });
    this.end();
    await this.outputClosed;
    await this.onInterrupt?.();
    process.exit(kGenericUserError);
  }

  #onUncaught(error, failureType) {
    const test = currentScope.getStore();
    if (test !== undefined && test !== this.root && !test.finished) {
      test.failUncaught(testFailure(error, failureType));
      return;
    }
    // In a process that runs test files only reporters can have done it.
    if (this.isRunner) throw error;
    if (test === undefined || test === this.root) {
      this.root.diagnostic('Error: A resource generated asynchronous activity after the test ended. ' +
        `This activity created the error "${error}" which triggered an ${failureType} event, caught by the test runner.`);
    } else {
      const what = test.owner === undefined ? 'Test' : 'Test hook';
      this.root.diagnostic(`Error: ${what} "${test.name}"${placeOf(test.location)} generated asynchronous activity after ` +
        `the test ended. This activity created the error "${error}" and would have caused the test to fail, but instead ` +
        `triggered an ${failureType} event.`);
    }
    process.exitCode = kGenericUserError;
  }
}

function placeOf(location) {
  if (location === undefined) return '';
  const path = require('path');
  return ` at ${path.relative(process.cwd(), location.file)}:${location.line}:${location.column}`;
}

function collectRunning(test, found) {
  for (const subtest of test.subtests) {
    if (subtest.finished || subtest.startTime === undefined) continue;
    if (subtest.unfinishedSubtests.size > 0) collectRunning(subtest, found);
    else found.push({ __proto__: null, name: subtest.name, nesting: subtest.nesting, ...subtest.location });
  }
}

/** The arguments of test() may start with any of the three; the options may name the other two. */
function normalize(name, options, fn, overrides) {
  if (typeof name === 'function') {
    fn = name;
    options = undefined;
    name = undefined;
  } else if (name !== null && typeof name === 'object') {
    fn = options;
    options = name;
    name = undefined;
  } else if (typeof options === 'function') {
    fn = options;
    options = undefined;
  }
  const merged = { __proto__: null, ...options, ...overrides };
  if (typeof merged.fn === 'function') ({ fn } = merged);
  if (merged.name !== undefined) ({ name } = merged);
  if (typeof fn !== 'function') fn = undefined;
  if (typeof name !== 'string' || name === '') name = fn?.name || '<anonymous>';
  return { name, options: merged, fn };
}

// ---- The harness of this process.

let current;

/** The harness that test() and its kin use. */
function processHarness() {
  if (current === undefined) {
    const { readConfig } = require('internal/test_runner/options');
    const config = readConfig();
    const entryFile = process.argv[1];
    current = new Harness(config, { entryFile, ready: bootstrap(config), timeout: config.timeout });
    // Under --test only hooks are defined here, by preloaded modules; run() takes them over.
    if (!config.isTest) {
      current.attachToProcess();
      require('internal/test_runner/reporting').attachReporters(current);
    }
  }
  return current;
}

async function bootstrap(config) {
  // The module that defines the tests runs first.
  await undefined;
  if (config.globalSetup === undefined || config.isChild) return;
  const globals = require('internal/test_runner/global_setup');
  await globals.setUp(config.globalSetup, process.cwd());
  process.once('beforeExit', () => globals.tearDown());
}

/** Makes a harness the process's. It has the hooks of the one before; whether that one has tests, which still run. */
function setProcessHarness(harness) {
  const isNested = current !== undefined && current.root.subtests.length > 0;
  if (current !== undefined && !isNested) harness.root.hooks = current.root.hooks;
  current = harness;
  return isNested;
}

function hookFunction(kind) {
  return (fn, options) => {
    const harness = processHarness();
    const scope = currentScope.getStore();
    ((scope?.owner ?? scope) ?? harness.root).createHook(kind, fn, options);
  };
}

function definer(Class) {
  const test = (name, options, fn) => processHarness().define(Class, name, options, fn, undefined, callerLocation());
  for (const option of ['expectFailure', 'skip', 'todo', 'only']) {
    const overrides = { __proto__: null, [option]: true };
    test[option] = (name, options, fn) => processHarness().define(Class, name, options, fn, overrides, callerLocation());
    Object.defineProperty(test[option], 'name', { __proto__: null, value: '' });
  }
  return test;
}

/** The context of the test or suite whose code runs. */
function getTestContext() {
  const scope = currentScope.getStore();
  return (scope?.owner ?? scope)?.context;
}

module.exports = { Harness, Suite, Test, definer, getTestContext, hookFunction, processHarness, setProcessHarness };
