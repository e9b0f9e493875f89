'use strict';
// `--test`: runs the test files that the command line names. Loaded by internal/modules/run_main.

const { getOptionValue } = require('internal/options');
const { readConfig } = require('internal/test_runner/options');
const { attachReporters } = require('internal/test_runner/reporting');
const { exitCodes: { kGenericUserError } } = internalBinding('process');

function runOptions(config, patterns) {
  const isIsolated = config.isolation !== 'none';
  const { coverage } = config;
  return {
    __proto__: null,
    concurrency: isIsolated ? config.concurrency ?? true : 1,
    forceExit: config.forceExit,
    globPatterns: patterns,
    globalSetupPath: config.globalSetup,
    isolation: config.isolation,
    only: config.only,
    // Which of the two was given is for run() to know: it may refuse it.
    ...(getOptionValue('--test-random-seed') === '' ? { randomize: getOptionValue('--test-randomize') } :
      { randomSeed: config.randomSeed }),
    rerunFailuresFilePath: config.rerunFile,
    shard: config.shard,
    testNamePatterns: config.namePatterns,
    testSkipPatterns: config.skipPatterns,
    testTagFilters: config.tagFilters,
    timeout: config.timeout,
    watch: config.watch,
    coverage: coverage.enabled,
    coverageExcludeGlobs: coverage.excludeGlobs,
    coverageIncludeGlobs: coverage.includeGlobs,
    lineCoverage: coverage.lines,
    branchCoverage: coverage.branches,
    functionCoverage: coverage.functions,
  };
}

function checkPatterns(patterns) {
  if (patterns.length === 0) return true;
  const { findTestFiles } = require('internal/test_runner/files');
  if (findTestFiles(patterns, process.cwd()).length > 0) return true;
  internalBinding('process').writeStderr(`Could not find '${patterns.join(', ')}'\n`);
  process.exitCode = kGenericUserError;
  return false;
}

/** @param {string[]} patterns the arguments after the options */
function runTests(patterns) {
  const config = readConfig();
  if (!checkPatterns(patterns)) return;
  const { run } = require('internal/test_runner/runner');
  const stream = run({
    ...runOptions(config, patterns),
    attach(harness) {
      harness.config.reporters = config.reporters;
      if (harness.isRunner) harness.attachToProcess();
      attachReporters(harness);
    },
  });
  stream.on('test:summary', (summary) => {
    if (!summary.success) process.exitCode = kGenericUserError;
  });
}

module.exports = { runTests };
