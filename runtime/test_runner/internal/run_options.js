'use strict';
// Checks the options of run(). Loaded by internal/test_runner/runner.

const { codes } = require('internal/errors');
const { isRegExp } = require('internal/util/types');
const {
  validateAbortSignal, validateArray, validateBoolean, validateFunction, validateInteger, validateNumber, validateObject, validateOneOf,
  validateString, validateStringArray, validateUint32,
} = require('internal/validators');
const { canonicalTags, convertStringToRegExp, createRandomSeed } = require('internal/test_runner/utils');

const { ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE } = codes;

const unless = (value, validate, name, ...rest) => {
  if (value !== undefined && value !== null) validate(value, name, ...rest);
};

function checkPatterns(patterns, name) {
  if (patterns === undefined || patterns === null) return null;
  const list = Array.isArray(patterns) ? patterns : [patterns];
  return list.map((pattern, i) => {
    if (isRegExp(pattern)) return pattern;
    const itemName = `${name}[${i}]`;
    if (typeof pattern === 'string') return convertStringToRegExp(pattern, itemName);
    throw new ERR_INVALID_ARG_TYPE(itemName, ['string', 'RegExp'], pattern);
  });
}

function checkShard(shard, watch) {
  if (shard === undefined || shard === null) return undefined;
  validateObject(shard, 'options.shard');
  const { index, total } = shard;
  validateInteger(total, 'options.shard.total', 1);
  validateInteger(index, 'options.shard.index', 1, total);
  if (watch) throw new ERR_INVALID_ARG_VALUE('options.shard', watch, 'shards not supported with watch mode');
  return { index, total };
}

function checkSeed({ randomize, randomSeed, watch, rerunFailuresFilePath }) {
  unless(randomize, validateBoolean, 'options.randomize');
  unless(randomSeed, validateUint32, 'options.randomSeed');
  const hasSeed = randomSeed !== undefined && randomSeed !== null;
  if (!hasSeed && !randomize) return undefined;
  const [name, value] = hasSeed ? ['options.randomSeed', randomSeed] : ['options.randomize', randomize];
  if (watch) throw new ERR_INVALID_ARG_VALUE(name, value, 'is not supported with watch mode');
  if (rerunFailuresFilePath) throw new ERR_INVALID_ARG_VALUE(name, value, 'is not supported with rerun failures mode');
  return hasSeed ? randomSeed : createRandomSeed();
}

function globs(value, name) {
  if (value === undefined || value === null) return [];
  const list = Array.isArray(value) ? value : [value];
  validateStringArray(list, name);
  return list;
}

function checkCoverage(options) {
  const { coverage = false, lineCoverage = 0, branchCoverage = 0, functionCoverage = 0 } = options;
  unless(coverage, validateBoolean, 'options.coverage');
  const excludeGlobs = globs(options.coverageExcludeGlobs, 'options.coverageExcludeGlobs');
  const includeGlobs = globs(options.coverageIncludeGlobs, 'options.coverageIncludeGlobs');
  unless(lineCoverage, validateInteger, 'options.lineCoverage', 0, 100);
  unless(branchCoverage, validateInteger, 'options.branchCoverage', 0, 100);
  unless(functionCoverage, validateInteger, 'options.functionCoverage', 0, 100);
  return {
    __proto__: null, enabled: coverage, excludeGlobs, includeGlobs, lines: lineCoverage, branches: branchCoverage,
    functions: functionCoverage,
  };
}

function checkConflicts({ files, globPatterns, forceExit, watch, isolation, execArgv, env }) {
  if (forceExit && watch) throw new ERR_INVALID_ARG_VALUE('options.forceExit', watch, 'is not supported with watch mode');
  if (globPatterns?.length > 0 && files?.length > 0) {
    throw new ERR_INVALID_ARG_VALUE(
      'options.globPatterns', globPatterns, "is not supported when specifying 'options.files'");
  }
  if (isolation === 'none' && env !== undefined) {
    throw new ERR_INVALID_ARG_VALUE('options.env', env, "is not supported with isolation='none'");
  }
}

function tagFilters(filters) {
  if (filters === undefined || filters === null) return [];
  return canonicalTags(Array.isArray(filters) ? filters : [filters], 'options.testTagFilters');
}

/** The checked options of run(), with defaults. */
function checkRunOptions(options) {
  validateObject(options, 'options');
  const { isolation = 'process', execArgv = [], argv = [], cwd = process.cwd(), files, globPatterns } = options;
  unless(files, validateArray, 'options.files');
  unless(options.watch, validateBoolean, 'options.watch');
  unless(options.forceExit, validateBoolean, 'options.forceExit');
  unless(options.only, validateBoolean, 'options.only');
  unless(globPatterns, validateArray, 'options.globPatterns');
  validateString(cwd, 'options.cwd');
  unless(options.setup, validateFunction, 'options.setup');
  unless(options.signal, validateAbortSignal, 'options.signal');
  validateOneOf(isolation, 'options.isolation', ['process', 'none']);
  validateStringArray(execArgv, 'options.execArgv');
  validateStringArray(argv, 'options.argv');
  unless(options.env, validateObject, 'options.env');
  unless(options.rerunFailuresFilePath, validateString, 'options.rerunFailuresFilePath');
  unless(options.globalSetupPath, validateString, 'options.globalSetupPath');
  checkConflicts({ ...options, isolation });
  if (options.timeout !== undefined && options.timeout !== null && options.timeout !== Infinity) {
    validateNumber(options.timeout, 'options.timeout', 0, require('internal/timers').TIMEOUT_MAX);
  }
  return {
    __proto__: null, ...options, isolation, execArgv, argv, cwd,
    namePatterns: checkPatterns(options.testNamePatterns, 'options.testNamePatterns'),
    skipPatterns: checkPatterns(options.testSkipPatterns, 'options.testSkipPatterns'),
    tagFilters: tagFilters(options.testTagFilters),
    shard: checkShard(options.shard, options.watch),
    randomSeed: checkSeed(options),
    coverage: checkCoverage(options),
  };
}

module.exports = { checkRunOptions };
