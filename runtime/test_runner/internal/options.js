'use strict';
// The configuration of a run: from the command line or from run(). Loaded by internal/test_runner/harness.

const { codes } = require('internal/errors');
const { getOptionValue } = require('internal/options');
const { canonicalTags, convertStringToRegExp, createRandomSeed, kMaxRandomSeed } =
  require('internal/test_runner/utils');

const builtInReporters = new Map([
  ['spec', 'internal/test_runner/reporter/spec'],
  ['dot', 'internal/test_runner/reporter/dot'],
  ['tap', 'internal/test_runner/reporter/tap'],
  ['junit', 'internal/test_runner/reporter/junit'],
  ['lcov', 'internal/test_runner/reporter/lcov'],
]);

/** What a test process that `--test` started reports with. */
const kChildContext = 'child-v8';

function patternsOf(option) {
  const texts = getOptionValue(option);
  return texts.length === 0 ? null : texts.map((text) => convertStringToRegExp(text, option));
}

/** Pairs of reporter and destination. */
function readReporters() {
  const reporters = [...getOptionValue('--test-reporter')];
  const destinations = [...getOptionValue('--test-reporter-destination')];
  if (process.env.NODE_TEST_CONTEXT === kChildContext) {
    return [{ id: 'internal/test_runner/reporter/v8-serializer', destination: 'stdout' }];
  }
  const given = [...reporters];
  if (reporters.length === 0 && destinations.length === 0) reporters.push('spec');
  if (reporters.length === 1 && destinations.length === 0) destinations.push('stdout');
  if (reporters.length !== destinations.length) {
    throw new codes.ERR_INVALID_ARG_VALUE(
      '--test-reporter', given, "must match the number of specified '--test-reporter-destination'");
  }
  return reporters.map((name, i) => ({ name, id: builtInReporters.get(name), destination: destinations[i] }));
}

function readShard() {
  const text = getOptionValue('--test-shard');
  if (!text) return undefined;
  const parts = /^(\d+)\/(\d+)$/.exec(text);
  if (parts === null) throw new codes.ERR_INVALID_ARG_VALUE('--test-shard', text, 'must be in the form of <index>/<total>');
  const [, index, total] = parts.map(Number);
  return { index, total };
}

function readSeed() {
  const text = getOptionValue('--test-random-seed');
  if (text === '' && !getOptionValue('--test-randomize')) return undefined;
  if (text === '') return createRandomSeed();
  const seed = Number(text);
  if (!Number.isInteger(seed) || seed < 0 || seed > kMaxRandomSeed) {
    throw new codes.ERR_OUT_OF_RANGE('--test-random-seed', `>= 0 && <= ${kMaxRandomSeed}`, seed);
  }
  return seed;
}

function thresholdOf(option) {
  const value = getOptionValue(option);
  require('internal/validators').validateInteger(value, option, 0, 100);
  return value;
}

function coverageConfig() {
  return {
    __proto__: null,
    enabled: getOptionValue('--experimental-test-coverage'),
    excludeGlobs: getOptionValue('--test-coverage-exclude'),
    includeGlobs: getOptionValue('--test-coverage-include'),
    lines: thresholdOf('--test-coverage-lines'),
    branches: thresholdOf('--test-coverage-branches'),
    functions: thresholdOf('--test-coverage-functions'),
  };
}

/** The configuration that the command line gives. */
function readConfig() {
  const isTest = getOptionValue('--test');
  const isChild = process.env.NODE_TEST_CONTEXT === kChildContext;
  const isWatching = Boolean(getOptionValue('--watch'));
  const isolation = getOptionValue('--test-isolation') || 'process';
  const only = getOptionValue('--test-only');
  return {
    __proto__: null,
    isTest,
    isChild,
    isolation,
    only,
    // Without the option, `only` counts where this process alone runs all tests.
    honorsOnly: only || !isChild,
    onlyInUse: only,
    forceExit: getOptionValue('--test-force-exit'),
    globalSetup: getOptionValue('--test-global-setup') || undefined,
    namePatterns: patternsOf('--test-name-pattern'),
    skipPatterns: patternsOf('--test-skip-pattern'),
    tagFilters: canonicalTags([...getOptionValue('--experimental-test-tag-filter')], '--experimental-test-tag-filter'),
    reporters: readReporters(),
    randomSeed: readSeed(),
    rerunFile: getOptionValue('--test-rerun-failures') || undefined,
    shard: readShard(),
    timeout: getOptionValue('--test-timeout') || Infinity,
    concurrency: getOptionValue('--test-concurrency') || undefined,
    updateSnapshots: getOptionValue('--test-update-snapshots'),
    watch: isWatching,
    coverage: coverageConfig(),
  };
}

module.exports = { builtInReporters, kChildContext, readConfig };
