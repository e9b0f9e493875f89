'use strict';

// Run in the start-up snapshot, used by all built-ins; makes the small helpers that have no better home.

const { codes, overrideStackTrace, uvErrmapGet } = require('internal/errors');
const { hideFrames } = require('internal/errors/stack');
const deprecation = require('internal/util/deprecate');
const { callbackify, customPromisifyArgs, promisify } = require('internal/util/promisify');

const customInspectSymbol = Symbol.for('nodejs.util.inspect.custom');
const kIsEncodingSymbol = Symbol('kIsEncodingSymbol');
const kEmptyObject = Object.freeze({ __proto__: null });
const kEnumerableProperty = Object.freeze({ __proto__: null, enumerable: true });

const isWindows = process.platform === 'win32';
const isMacOS = process.platform === 'darwin';

/** The numbers native code knows encodings by. */
const encodingsMap = {
  __proto__: null,
  ascii: 0,
  utf8: 1,
  base64: 2,
  utf16le: 3,
  latin1: 4,
  hex: 5,
  buffer: 6,
  base64url: 7,
};

const encodingAliases = {
  '__proto__': null,
  'ascii': 'ascii',
  'base64': 'base64',
  'base64url': 'base64url',
  'binary': 'latin1',
  'hex': 'hex',
  'latin1': 'latin1',
  'ucs-2': 'utf16le',
  'ucs2': 'utf16le',
  'utf-16le': 'utf16le',
  'utf-8': 'utf8',
  'utf16le': 'utf16le',
  'utf8': 'utf8',
};

/** The name of an encoding as the runtime writes it; utf8 for none, undefined for an unknown one. */
function normalizeEncoding(encoding) {
  if (encoding === undefined || encoding === null || encoding === '') return 'utf8';
  if (typeof encoding !== 'string') return undefined;
  return encodingAliases[encoding] ?? encodingAliases[encoding.toLowerCase()];
}

// -- Errors of the system --------------------------------------------------------------------------------------------

function checkErrorNumber(errno, caller) {
  if (typeof errno !== 'number') {
    throw hideFrames(new codes.ERR_INVALID_ARG_TYPE('err', 'number', errno), caller);
  }
  if (errno >= 0 || !Number.isSafeInteger(errno)) {
    throw hideFrames(new codes.ERR_OUT_OF_RANGE('err', 'a negative integer', errno), caller);
  }
}

function getSystemErrorName(errno) {
  checkErrorNumber(errno, getSystemErrorName);
  return uvErrmapGet(errno)?.[0] ?? `Unknown system error ${errno}`;
}

function getSystemErrorMessage(errno) {
  checkErrorNumber(errno, getSystemErrorMessage);
  return uvErrmapGet(errno)?.[1] ?? `Unknown system error ${errno}`;
}

function getSystemErrorMap() {
  return internalBinding('uv').getErrorMap();
}

function isError(value) {
  return require('internal/util/types').isNativeError(value) || value instanceof Error;
}

// -- Signals ---------------------------------------------------------------------------------------------------------

let signalNames;
function nameOfSignal(number) {
  if (signalNames === undefined) {
    signalNames = new Map();
    for (const [name, value] of Object.entries(require('os').constants.signals)) {
      if (!signalNames.has(value)) signalNames.set(value, name);
    }
  }
  return signalNames.get(number);
}

/** The number of a signal given by number or by name in any case. */
function convertToValidSignal(signal) {
  if (typeof signal === 'number' && nameOfSignal(signal) !== undefined) return signal;
  if (typeof signal === 'string') {
    const number = require('os').constants.signals[signal.toUpperCase()];
    if (number) return number;
  }
  throw new codes.ERR_UNKNOWN_SIGNAL(signal);
}

/** What a shell reports as the status of a process that the signal ended. */
function convertProcessSignalToExitCode(signal) {
  require('internal/validators').validateOneOf(
    signal, 'signalCode', Object.keys(require('os').constants.signals));
  return 128 + require('os').constants.signals[signal];
}

// -- Functions -------------------------------------------------------------------------------------------------------

/** Calls `callback` the first time only. */
function once(callback) {
  let called = false;
  return function(...args) {
    if (called) return undefined;
    called = true;
    return Reflect.apply(callback, this, args);
  };
}

/** The value of `initializer()`, made at the first call. */
function getLazy(initializer) {
  let value;
  let made = false;
  return function() {
    if (!made) {
      value = initializer();
      made = true;
    }
    return value;
  };
}

/** As getLazy for an array, which each caller gets a copy of. */
function cachedResult(fn) {
  const lazy = getLazy(fn);
  return () => lazy().slice();
}

function assignFunctionName(name, fn, descriptor = kEmptyObject) {
  const text = typeof name === 'symbol' ? (name.description ? `[${name.description}]` : '') : name;
  return Object.defineProperty(fn, 'name', {
    __proto__: null,
    writable: false,
    enumerable: false,
    configurable: true,
    ...Object.getOwnPropertyDescriptor(fn, 'name'),
    ...descriptor,
    value: text,
  });
}

// -- Properties ------------------------------------------------------------------------------------------------------

function setOwnProperty(target, key, value) {
  return Object.defineProperty(target, key, {
    __proto__: null, value, writable: true, enumerable: true, configurable: true,
  });
}

/**
 * Defines properties whose values are exports of built-in `id`, which is loaded when one of them is read. Programs see data
 * properties: they may copy, replace and describe them.
 */
function defineLazyProperties(target, id, keys, enumerable = true) {
  internalBinding('builtins').setLazyExports(target, id, keys, enumerable);
}

/** Defines one such property whose value is what `load()` returns. */
function defineLazyProperty(target, key, load) {
  internalBinding('builtins').setLazyProperty(target, key, load, true);
}

/** Web IDL: an interface object on a global. */
function exposeInterface(target, name, interfaceObject) {
  Object.defineProperty(target, name, {
    __proto__: null, value: interfaceObject, writable: true, enumerable: false, configurable: true,
  });
}

/** Web IDL: an operation on a global. */
function defineOperation(target, name, method) {
  setOwnProperty(target, name, method);
}

/** The constructor an object says it has, looked up without running getters. */
function getConstructorOf(object) {
  for (let o = object; o !== null && o !== undefined; o = Object.getPrototypeOf(o)) {
    const descriptor = Object.getOwnPropertyDescriptor(o, 'constructor');
    if (typeof descriptor?.value === 'function' && descriptor.value.name !== '') {
      return descriptor.value;
    }
  }
  return undefined;
}

// -- Text and lists --------------------------------------------------------------------------------------------------

// eslint-disable-next-line no-control-regex
const colorPattern = /\u001b\[\d\d?m/g;

function removeColors(text) {
  return text.replace(colorPattern, '');
}

function join(list, separator) {
  return list.join(separator);
}

/** list.splice(index, 1), faster on the short lists it is for. */
function spliceOne(list, index) {
  for (; index + 1 < list.length; index++) list[index] = list[index + 1];
  list.pop();
}

/** The items of both lists without duplicates, case aside; the earlier spelling stays. */
function filterDuplicateStrings(items, low) {
  const byLowerCase = new Map();
  for (const item of items) {
    const key = item.toLowerCase();
    if (!byLowerCase.has(key)) byLowerCase.set(key, item);
  }
  for (const item of low ?? []) byLowerCase.set(item, item);
  return [...byLowerCase.values()].sort();
}

function countMaskBits(part, base) {
  const width = base === 16 ? 16 : 8;
  const bits = Number.parseInt(part || '0', base).toString(2).padStart(width, '0');
  const firstZero = bits.indexOf('0');
  if (firstZero === -1) return { ones: width, contiguous: true, full: true };
  return { ones: firstZero, contiguous: !bits.slice(firstZero).includes('1'), full: false };
}

/** `address/prefix length`, or null for a mask with holes. */
function getCIDR(address, netmask, family) {
  const isIPv6 = family === 'IPv6';
  const parts = netmask.split(isIPv6 ? ':' : '.');
  let ones = 0;
  let ended = false;
  for (const part of parts) {
    if (part === '') continue;
    const bits = countMaskBits(part, isIPv6 ? 16 : 10);
    if (!bits.contiguous || (ended && bits.ones > 0)) return null;
    ones += bits.ones;
    ended ||= !bits.full;
  }
  return `${address}/${ones}`;
}

// -- The process and its stack ---------------------------------------------------------------------------------------

/** The working directory as a file: URL that relative URLs resolve against. */
function getCWDURL() {
  const { pathToFileURL } = require('internal/url');
  return pathToFileURL(`${process.cwd()}/`);
}

const nodeModulesPattern = /[/\\]node_modules[/\\]/;

function isUnderNodeModules(filename) {
  return nodeModulesPattern.test(filename);
}

/** The call sites of all callers, nearest first. */
function getStructuredStack() {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = Infinity;
  const error = new Error();
  Error.stackTraceLimit = stackTraceLimit;
  overrideStackTrace.set(error, (ignored, frames) => frames);
  return error.stack;
}

/** Whether the code that called the built-in is from a package: the first frame that is no built-in's decides. */
function isInsideNodeModules(frameLimit = 100, defaultValue = false) {
  return internalBinding('util').isInsideNodeModules(frameLimit, defaultValue);
}

function sleep(milliseconds) {
  require('internal/validators').validateUint32(milliseconds, 'msec');
  internalBinding('util').sleep(milliseconds);
}

function guessHandleType(fd) {
  return internalBinding('util').guessHandleType(fd);
}

let SharedBuffer;

/** A SharedArrayBuffer, also where there is no global of that name. */
function constructSharedArrayBuffer(...args) {
  SharedBuffer ??= new globalThis.WebAssembly.Memory({
    initial: 0, maximum: 1, shared: true,
  }).buffer.constructor;
  return new SharedBuffer(...args);
}

function lazyDOMExceptionClass() {
  return require('internal/dom_exception').DOMException;
}

function lazyDOMException(message, name) {
  const DOMException = lazyDOMExceptionClass();
  return hideFrames(new DOMException(message, name), lazyDOMException);
}

function assertCrypto() {
  if (process.versions.openssl === undefined) throw new codes.ERR_NO_CRYPTO();
}

function assertTypeScript() {
  if (!process.features.typescript) throw new codes.ERR_NO_TYPESCRIPT();
}

/** A weak reference that can be made strong for as long as somebody counts on it. */
class WeakReference {
  #weak;
  #strong = null;
  #count = 0;

  constructor(object) {
    this.#weak = new WeakRef(object);
  }

  incRef() {
    if (++this.#count === 1) this.#strong = this.#weak.deref();
    return this.#count;
  }

  decRef() {
    if (--this.#count === 0) this.#strong = null;
    return this.#count;
  }

  get() {
    return this.#strong ?? this.#weak.deref();
  }
}

module.exports = {
  WeakReference,
  assertCrypto,
  assertTypeScript,
  assignFunctionName,
  cachedResult,
  callbackify,
  constructSharedArrayBuffer,
  convertProcessSignalToExitCode,
  convertToValidSignal,
  customInspectSymbol,
  customPromisifyArgs,
  defineLazyProperties,
  defineLazyProperty,
  defineOperation,
  deprecate: deprecation.deprecate,
  deprecateInstantiation: deprecation.deprecateInstantiation,
  emitExperimentalWarning: deprecation.emitExperimentalWarning,
  encodingsMap,
  exposeInterface,
  exposeNamespace: exposeInterface,
  filterDuplicateStrings,
  getCIDR,
  getCWDURL,
  getConstructorOf,
  getDeprecationWarningEmitter: deprecation.getDeprecationWarningEmitter,
  getLazy,
  getStructuredStack,
  getSystemErrorMap,
  getSystemErrorMessage,
  getSystemErrorName,
  guessHandleType,
  isError,
  isInsideNodeModules,
  isMacOS,
  isPendingDeprecation: deprecation.isPendingDeprecation,
  isUnderNodeModules,
  isWindows,
  join,
  kEmptyObject,
  kEnumerableProperty,
  kIsEncodingSymbol,
  lazyDOMException,
  lazyDOMExceptionClass,
  normalizeEncoding,
  once,
  pendingDeprecate: deprecation.pendingDeprecate,
  promisify,
  removeColors,
  setOwnProperty,
  sleep,
  spliceOne,
};
