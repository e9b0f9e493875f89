'use strict';

// The global object: run by internal/bootstrap/node (setUp, at build time) and by internal/bootstrap/startup (start, in
// each process). Rarely used globals are accessors that load their module on first use.

const { exists } = require('internal/bootstrap/realm');

function define(name, value, enumerable = false) {
  Object.defineProperty(globalThis, name, { __proto__: null, value, writable: true, configurable: true, enumerable });
}

// A global that is `key` of the built-in `id`, loaded when first read. It looks like a data property after that.
function defineLazy(name, id, key = name, enumerable = false) {
  if (!exists(id)) return;
  const get = () => {
    const value = require(id)[key];
    define(name, value, enumerable);
    return value;
  };
  Object.defineProperty(get, 'name', { __proto__: null, value: `get ${name}` });
  Object.defineProperty(globalThis, name, {
    __proto__: null,
    get,
    set(value) {
      define(name, value, enumerable);
    },
    configurable: true,
    enumerable,
  });
}

const lazyGlobals = [
  ['AbortController', 'internal/abort_controller'],
  ['AbortSignal', 'internal/abort_controller'],
  ['Event', 'internal/event_target'],
  ['EventTarget', 'internal/event_target'],
  ['CustomEvent', 'internal/event_target'],
  ['DOMException', 'internal/dom_exception'],
  ['TextEncoder', 'internal/encoding'],
  ['TextDecoder', 'internal/encoding'],
  ['URL', 'internal/url'],
  ['URLSearchParams', 'internal/url'],
  ['URLPattern', 'internal/url/pattern'],
  ['Blob', 'buffer'],
  ['File', 'buffer'],
  ['MessageChannel', 'internal/messaging'],
  ['MessagePort', 'internal/messaging'],
  ['MessageEvent', 'internal/messaging'],
  ['BroadcastChannel', 'internal/messaging'],
  ['ReadableStream', 'stream/web'],
  ['ReadableStreamDefaultReader', 'stream/web'],
  ['ReadableStreamBYOBReader', 'stream/web'],
  ['ReadableStreamBYOBRequest', 'stream/web'],
  ['ReadableByteStreamController', 'stream/web'],
  ['ReadableStreamDefaultController', 'stream/web'],
  ['WritableStream', 'stream/web'],
  ['WritableStreamDefaultController', 'stream/web'],
  ['WritableStreamDefaultWriter', 'stream/web'],
  ['TransformStream', 'stream/web'],
  ['TransformStreamDefaultController', 'stream/web'],
  ['ByteLengthQueuingStrategy', 'stream/web'],
  ['CountQueuingStrategy', 'stream/web'],
  ['TextEncoderStream', 'stream/web'],
  ['TextDecoderStream', 'stream/web'],
  ['CompressionStream', 'stream/web'],
  ['DecompressionStream', 'stream/web'],
  ['Performance', 'perf_hooks'],
  ['PerformanceEntry', 'perf_hooks'],
  ['PerformanceMark', 'perf_hooks'],
  ['PerformanceMeasure', 'perf_hooks'],
  ['PerformanceObserver', 'perf_hooks'],
  ['PerformanceObserverEntryList', 'perf_hooks'],
  ['PerformanceResourceTiming', 'perf_hooks'],
  ['Crypto', 'internal/crypto/webcrypto'],
  ['CryptoKey', 'internal/crypto/webcrypto'],
  ['SubtleCrypto', 'internal/crypto/webcrypto'],
  ['Navigator', 'internal/navigator'],
  ['fetch', 'internal/fetch', 'fetch', true],
  ['Headers', 'internal/fetch'],
  ['Request', 'internal/fetch'],
  ['Response', 'internal/fetch'],
  ['FormData', 'internal/fetch'],
  ['WebSocket', 'internal/fetch'],
  ['CloseEvent', 'internal/fetch'],
  ['performance', 'perf_hooks', 'performance', true],
  ['crypto', 'internal/crypto/webcrypto', 'crypto', true],
  ['navigator', 'internal/navigator', 'navigator', true],
  ['structuredClone', 'internal/messaging', 'structuredClone', true],
  ['atob', 'buffer', 'atob', true],
  ['btoa', 'buffer', 'btoa', true],
];

function setUp() {
  Object.defineProperty(globalThis, Symbol.toStringTag, {
    __proto__: null, value: 'global', writable: false, enumerable: false, configurable: true,
  });
  define('global', globalThis, true);

  const timers = require('timers');
  define('clearImmediate', timers.clearImmediate, true);
  define('setImmediate', timers.setImmediate, true);
  define('clearInterval', timers.clearInterval, true);
  define('clearTimeout', timers.clearTimeout, true);
  define('setInterval', timers.setInterval, true);
  define('setTimeout', timers.setTimeout, true);
  define('queueMicrotask', require('internal/process/tick').queueMicrotask, true);

  // process and Buffer are accessors in Node too: reading them never counts as a global leak.
  let processValue = process;
  Object.defineProperty(globalThis, 'process', {
    __proto__: null,
    get: () => processValue,
    set(value) { processValue = value; },
    enumerable: false,
    configurable: true,
  });
  if (exists('buffer')) {
    let { Buffer } = require('buffer');
    Object.defineProperty(globalThis, 'Buffer', {
      __proto__: null,
      get: () => Buffer,
      set(value) { Buffer = value; },
      enumerable: false,
      configurable: true,
    });
  }
  for (const [name, id, key, enumerable] of lazyGlobals) defineLazy(name, id, key, enumerable);

  // Programs name fetch without calling it, Node's test suite in every file.
  if (!exists('internal/fetch')) {
    define('fetch', async function fetch() {
      throw new Error('fetch is not there yet');
    }, true);
  }

  // V8 has a console of its own for its inspector; ours takes its place and keeps its methods that only it has.
  if (exists('console')) define('console', require('console'));
}

function start() {
  const { getOptionValue } = require('internal/options');
  if (getOptionValue('--expose-gc')) internalBinding('process').exposeGc();
  if (getOptionValue('--expose-internals')) require('internal/bootstrap/realm').exposeInternals();
  if (!getOptionValue('--experimental-global-navigator')) delete globalThis.navigator;
  if (!getOptionValue('--experimental-fetch')) {
    for (const name of ['fetch', 'Headers', 'Request', 'Response', 'FormData']) delete globalThis[name];
  }
  if (!getOptionValue('--experimental-websocket')) delete globalThis.WebSocket;
}

module.exports = { setUp, start };
