'use strict';
// Helpers of the test runner: kinds of failure, where a test was written, name patterns, seeded random order.
// Loaded with node:test.

const { codes } = require('internal/errors');

// Why a test failed: `failureType` of its error.
const failureTypes = {
  callbackAndPromise: 'callbackAndPromisePresent',
  cancelledByParent: 'cancelledByParent',
  aborted: 'testAborted',
  parentFinished: 'parentAlreadyFinished',
  subtestsFailed: 'subtestsFailed',
  testCode: 'testCodeFailure',
  timeout: 'testTimeoutFailure',
  multipleCallbacks: 'multipleCallbackInvocations',
  hook: 'hookFailed',
  expected: 'expectedFailure',
  uncaughtException: 'uncaughtException',
  unhandledRejection: 'unhandledRejection',
};

const kMaxRandomSeed = 0xFFFF_FFFF;
const kMaxCallerDepth = 64;
const kRegExpLiteral = /^\/(.*)\/([a-z]*)$/;
const kInternalFrames = /\n[ \t]+at [^\n]*\bnode:internal\/[^\n]*/g;

/** The error of a failed test. Frames of the runner itself are of no interest to a reader. */
function testFailure(reason, failureType) {
  const error = new codes.ERR_TEST_FAILURE(reason, failureType);
  const { get, set } = Object.getOwnPropertyDescriptor(error, 'stack');
  // Later, when somebody looks: how V8 names the functions depends on when it is asked.
  Object.defineProperty(error, 'stack', {
    __proto__: null, configurable: true, enumerable: false, set,
    get: () => Reflect.apply(get, error, [])?.replace(kInternalFrames, ''),
  });
  return error;
}

const isTestFailure = (error) => error?.code === 'ERR_TEST_FAILURE' && 'failureType' in error;

/**
 * A pattern of --test-name-pattern: a regular expression, as a literal or only its source.
 * @param {string} text
 * @param {string} name how the argument is called in the error
 */
function convertStringToRegExp(text, name) {
  const literal = kRegExpLiteral.exec(text);
  const source = literal?.[1] ?? text;
  const flags = literal?.[2] ?? '';
  try {
    return new RegExp(source, flags);
  } catch (error) {
    throw new codes.ERR_INVALID_ARG_VALUE(name, text, `is an invalid regular expression. ${error.message}`);
  }
}

/** Where a program called the test API: the first frame that is not a built-in's. */
function callerLocation() {
  const { getCallSites } = require('util');
  const { getOptionValue } = require('internal/options');
  const sourceMap = getOptionValue('--enable-source-maps');
  for (const site of getCallSites(kMaxCallerDepth, { sourceMap })) {
    if (site.scriptName.startsWith('node:')) continue;
    // Text of --eval has no place that could be looked at.
    if (site.scriptName === '' || site.scriptName.startsWith('[eval')) return undefined;
    return { line: site.lineNumber, column: site.columnNumber, file: toPath(site.scriptName) };
  }
  return undefined;
}

function toPath(name) {
  return name.startsWith('file:') ? require('internal/url').fileURLToPath(name) : name;
}

/**
 * A generator of numbers in [0, 1) that a seed determines: mulberry32.
 * @param {number} seed taken modulo 2 ** 32
 */
function createSeededGenerator(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6D2B79F5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / (kMaxRandomSeed + 1);
  };
}

const createRandomSeed = () => Math.floor(Math.random() * (kMaxRandomSeed + 1));

/** Lowercased labels, each once, in the order of their first appearance. */
function canonicalTags(tags, name) {
  const { validateArray, validateString } = require('internal/validators');
  validateArray(tags, name);
  const seen = new Set();
  for (let i = 0; i < tags.length; i++) {
    validateString(tags[i], `${name}[${i}]`);
    if (tags[i] === '') throw new codes.ERR_INVALID_ARG_VALUE(`${name}[${i}]`, tags[i], 'must not be an empty string');
    seen.add(tags[i].toLowerCase());
  }
  return [...seen];
}

module.exports = {
  callerLocation,
  canonicalTags,
  convertStringToRegExp,
  createRandomSeed,
  createSeededGenerator,
  failureTypes,
  isTestFailure,
  kMaxRandomSeed,
  testFailure,
  toPath,
};
