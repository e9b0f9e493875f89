'use strict';
// Checks of arguments that the functions of `stream/iter` share.
// Evaluated with the first of its files that is asked for.

const { codes: { ERR_INVALID_ARG_TYPE } } = require('internal/errors');
const { validateAbortSignal, validateInteger, validateObject, validateOneOf } = require('internal/validators');

const kMinBudget = 16384;
const kPolicies = ['strict', 'unbounded', 'drop-oldest', 'drop-newest'];

function isObject(value) {
  return typeof value === 'object' && value !== null;
}

function isTransform(value) {
  return typeof value === 'function' || (isObject(value) && typeof value.transform === 'function');
}

function validateTransforms(transforms) {
  transforms.forEach((transform, i) => {
    if (isTransform(transform)) return;
    throw new ERR_INVALID_ARG_TYPE(`transforms[${i}]`, ['Function', 'Object with transform()'], transform);
  });
}

function validateSignal(signal, name = 'options.signal') {
  if (signal !== undefined) validateAbortSignal(signal, name);
}

function isOptions(value) {
  return isObject(value) && !('transform' in value);
}

/** Splits `(...transforms, options)`. */
function transformsAndOptions(args, { checkSignal = true } = {}) {
  const options = isOptions(args.at(-1)) ? args.at(-1) : undefined;
  const transforms = options === undefined ? args : args.slice(0, -1);
  validateTransforms(transforms);
  if (checkSignal) validateSignal(options?.signal);
  return { transforms, options: options ?? {} };
}

/** The options of everything that buffers. */
function bufferOptions(options, defaultBudget, { withSignal = true } = {}) {
  validateObject(options, 'options');
  const { budget = defaultBudget, backpressure = 'strict', signal } = options;
  validateInteger(budget, 'options.budget', kMinBudget, Number.MAX_SAFE_INTEGER);
  validateOneOf(backpressure, 'options.backpressure', kPolicies);
  if (!withSignal) return { budget, backpressure };
  validateSignal(signal);
  return { budget, backpressure, signal };
}

/** Whether a full buffer does not keep a writer from writing. */
function neverWaits(policy) {
  return policy === 'drop-oldest' || policy === 'drop-newest';
}

/** The signal of one write() or end(): options that are no object count as none. */
function operationSignal(options) {
  const signal = options?.signal;
  validateSignal(signal);
  return signal;
}

module.exports = {
  bufferOptions,
  isObject,
  kMinBudget,
  kPolicies,
  neverWaits,
  operationSignal,
  transformsAndOptions,
  validateSignal,
  validateTransforms,
};
