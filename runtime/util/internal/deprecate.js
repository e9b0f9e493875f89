'use strict';

// Run with internal/util; makes the wrappers that warn, once each, about deprecated and experimental features.
// Whether a warning is printed, thrown or dropped is for process.emitWarning() to decide.

const { validateString } = require('internal/validators');

/** Codes that were warned about; a code warns once however many functions carry it. */
const warnedCodes = new Set();
const warnedExperiments = new Set();

function isPendingDeprecation() {
  const { getOptionValue } = require('internal/options');
  return getOptionValue('--pending-deprecation') && !process.noDeprecation;
}

function alwaysEmit() {
  return true;
}

/**
 * A function that emits the warning the first time it is called.
 * @param {string} code
 * @param {string} message
 * @param {Function} deprecated the frames up to this function are left out of the warning's stack
 * @param {() => boolean} [shouldEmit]
 */
function getDeprecationWarningEmitter(code, message, deprecated, shouldEmit = alwaysEmit) {
  let warned = false;
  return function() {
    if (warned || !shouldEmit()) return;
    warned = true;
    if (code === undefined) {
      process.emitWarning(message, 'DeprecationWarning', deprecated);
    } else if (!warnedCodes.has(code)) {
      warnedCodes.add(code);
      process.emitWarning(message, 'DeprecationWarning', code, deprecated);
    }
  };
}

function wrap(fn, message, code, modifyPrototype, shouldEmit) {
  function deprecated(...args) {
    if (process.noDeprecation !== true) emit();
    if (new.target) return Reflect.construct(fn, args, new.target);
    return Reflect.apply(fn, this, args);
  }
  const emit = getDeprecationWarningEmitter(code, message, deprecated, shouldEmit);
  if (modifyPrototype) {
    // Static members stay reachable, `instanceof` and subclasses keep working.
    Object.setPrototypeOf(deprecated, fn);
    if (fn.prototype) deprecated.prototype = fn.prototype;
  }
  Object.defineProperty(deprecated, 'length', {
    __proto__: null, ...Object.getOwnPropertyDescriptor(fn, 'length'),
  });
  return deprecated;
}

/**
 * `fn`, warning at its first call.
 * @template {Function} T
 * @param {T} fn
 * @param {string} message
 * @param {string} [code] DEPnnnn
 * @param {{ modifyPrototype?: boolean }} [options]
 * @returns {T}
 */
function deprecate(fn, message, code, options = undefined) {
  if (code !== undefined) validateString(code, 'code');
  if (process.noDeprecation === true) return fn;
  return wrap(fn, message, code, options?.modifyPrototype ?? true, alwaysEmit);
}

/** As deprecate(), for what is to be deprecated: warns under --pending-deprecation only. */
function pendingDeprecate(fn, message, code) {
  return wrap(fn, message, code, true, isPendingDeprecation);
}

/** For classes that may still be called without `new`. */
function deprecateInstantiation(Constructor, code, ...args) {
  if (!warnedCodes.has(code)) {
    warnedCodes.add(code);
    process.emitWarning(
      `Instantiating ${Constructor.name} without the 'new' keyword has been deprecated.`,
      'DeprecationWarning', code);
  }
  return new Constructor(...args);
}

/** Warns once that `feature` is experimental. */
function emitExperimentalWarning(feature, messagePrefix, code, constructor) {
  if (warnedExperiments.has(feature)) return;
  warnedExperiments.add(feature);
  const message = `${messagePrefix ?? ''}${feature} is an experimental feature and might change ` +
    'at any time';
  process.emitWarning(message, 'ExperimentalWarning', code, constructor);
}

module.exports = {
  deprecate,
  deprecateInstantiation,
  emitExperimentalWarning,
  getDeprecationWarningEmitter,
  isPendingDeprecation,
  pendingDeprecate,
};
