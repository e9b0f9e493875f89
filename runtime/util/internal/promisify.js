'use strict';

// Run with internal/util; makes util.promisify() and util.callbackify(), the two ways between callbacks and promises.

const { codes, hideFrames } = require('internal/errors');
const { validateFunction } = require('internal/validators');

const kCustomPromisify = Symbol.for('nodejs.util.promisify.custom');
/** On a function: names for the values its callback gets, which then become one object. */
const customPromisifyArgs = Symbol('customPromisifyArgs');

function keepCustom(fn, custom) {
  return Object.defineProperty(fn, kCustomPromisify, {
    __proto__: null, value: custom, enumerable: false, writable: false, configurable: true,
  });
}

function warnAboutPromise(value, original) {
  if (require('internal/util/types').isPromise(value)) {
    process.emitWarning(
      'Calling promisify on a function that returns a Promise is likely a mistake.',
      'DeprecationWarning', 'DEP0174', original);
  }
}

function namedValues(names, values) {
  const result = {};
  for (let i = 0; i < names.length; i++) result[names[i]] = values[i];
  return result;
}

/**
 * A function that returns a promise for what `original` passes to the callback it takes last.
 * @param {Function} original
 */
function promisify(original) {
  validateFunction(original, 'original');
  const custom = original[kCustomPromisify];
  if (custom) {
    validateFunction(custom, 'util.promisify.custom');
    return keepCustom(custom, custom);
  }
  const names = original[customPromisifyArgs];
  function promisified(...args) {
    return new Promise((resolve, reject) => {
      const returned = Reflect.apply(original, this, [...args, (error, ...values) => {
        if (error) return reject(error);
        return resolve(names !== undefined && values.length > 1 ?
          namedValues(names, values) : values[0]);
      }]);
      warnAboutPromise(returned, original);
    });
  }
  Object.setPrototypeOf(promisified, Object.getPrototypeOf(original));
  keepCustom(promisified, promisified);
  return Object.defineProperties(promisified, describeAll(original));
}

promisify.custom = kCustomPromisify;

/** Property descriptors that no patch of Object.prototype can change the meaning of. */
function describeAll(fn) {
  const descriptors = Object.getOwnPropertyDescriptors(fn);
  for (const key of Reflect.ownKeys(descriptors)) Object.setPrototypeOf(descriptors[key], null);
  return descriptors;
}

function passRejection(reason, callback) {
  // A falsy reason would look like success.
  const error = reason ||
    hideFrames(new codes.ERR_FALSY_VALUE_REJECTION(reason), passRejection);
  callback(error);
}

/**
 * A function that takes a callback last for what the promise of `original` settles with.
 * @param {(...args: any[]) => Promise<any>} original
 */
function callbackify(original) {
  validateFunction(original, 'original');
  function callbackified(...args) {
    const last = args.pop();
    validateFunction(last, 'last argument');
    // On the next tick an exception of the callback is nobody's rejection.
    const callback = last.bind(this);
    Reflect.apply(original, this, args).then(
      (value) => process.nextTick(callback, null, value),
      (reason) => process.nextTick(passRejection, reason, callback));
  }
  const descriptors = describeAll(original);
  if (typeof descriptors.length?.value === 'number') descriptors.length.value++;
  if (typeof descriptors.name?.value === 'string') descriptors.name.value += 'Callbackified';
  return Object.defineProperties(callbackified, descriptors);
}

module.exports = { callbackify, customPromisifyArgs, promisify };
