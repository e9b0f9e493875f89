'use strict';
// Suite: describe(). Its function runs at once and defines tests; they run when it is the suite's turn.
// Loaded with node:test.

const { currentScope } = require('internal/test_runner/call');
const { Test, now } = require('internal/test_runner/test');
const { tracing, traceRun } = require('internal/test_runner/tracing');
const { decideSuite, hasFilters } = require('internal/test_runner/filter');
const { failureTypes, testFailure } = require('internal/test_runner/utils');

class Suite extends Test {
  isSuite = true;
  type = 'suite';
  isBuilt = false;
  // A timeout from further out is for each of its tests, not for all of them.
  #hasTimeout;

  constructor(init) {
    super(init);
    this.#hasTimeout = typeof init.options.timeout === 'number';
    this.building = this.#build();
  }

  /** Only while its function defines them. */
  get acceptsSubtests() {
    return !this.isBuilt;
  }

  makeContext() {
    const { SuiteContext } = require('internal/test_runner/context');
    return new SuiteContext(this);
  }

  async #build() {
    const { config } = this.harness;
    try {
      if (this.error === null && !(config.honorsOnly && config.onlyInUse && this.only === false)) {
        await currentScope.run(this, Reflect.apply, this.fn, this.context, [this.context]);
      }
    } catch (error) {
      this.fail(testFailure(error, failureTypes.testCode));
    }
    this.isBuilt = true;
  }

  /** Resolves when its tests and those of its suites are known. */
  async whenBuilt() {
    await this.building;
    for (const subtest of this.subtests) {
      if (subtest.isSuite && !subtest.isBuilt) await subtest.whenBuilt();
    }
  }

  get needsDecision() {
    const { config } = this.harness;
    return config.onlyInUse || hasFilters(config);
  }

  decideFilter() {
    if (this.needsDecision) decideSuite(this, this.harness.config, this.parent.runOnlySubtests);
  }

  async run() {
    this.startTime = now();
    await this.whenBuilt();
    if (this.error === null) {
      if (this.#hasTimeout) this.stopper.startTimer(this.timeout);
      if (tracing.hasSubscribers) await traceRun(this, () => this.#runTests());
      else await this.#runTests();
    }
    this.postRun();
  }

  async #runTests() {
    try {
      if (this.parent.hooks.before.length > 0) await this.parent.hooks.runBefore(this.parent);
      if (!this.skipped) await this.hooks.runBefore(this);
      await Promise.race([this.#startAll(), this.stopper.promise]);
    } catch (error) {
      this.failWith(error);
    }
    try {
      if (!this.skipped) await this.hooks.runAfter(this);
    } catch (error) {
      this.failWith(error);
    }
    this.pass();
  }

  #startAll() {
    return Promise.all(this.subtests.map((subtest) => new Promise((resolve) => { resolve(subtest.start()); })));
  }
}

module.exports = { Suite };
