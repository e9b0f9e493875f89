'use strict';

// The global object: run by internal/bootstrap/node (setUp, at build time) and by internal/bootstrap/startup (start, in
// each process). Rarely used globals are accessors that load their module on first use.

const { setLazyGlobals, setRealmValue } = internalBinding('builtins');
const { exists } = require('internal/bootstrap/realm');

function define(name, value, enumerable = false) {
  Object.defineProperty(globalThis, name, { __proto__: null, value, writable: true, configurable: true, enumerable });
}

// Data properties to all who look at them; V8 asks for the value, the module's export of that name, when one is first read.
const lazyGlobals = {
  'internal/abort_controller': ['AbortController', 'AbortSignal'],
  'internal/event_target': ['Event', 'EventTarget', 'CustomEvent'],
  'internal/dom_exception': ['DOMException'],
  'internal/encoding': ['TextEncoder', 'TextDecoder'],
  'internal/url': ['URL', 'URLSearchParams'],
  'internal/url/pattern': ['URLPattern'],
  'buffer': ['Blob', 'File'],
  'internal/messaging': ['MessageChannel', 'MessagePort', 'BroadcastChannel'],
  'stream/web': [
    'ReadableStream', 'ReadableStreamDefaultReader', 'ReadableStreamBYOBReader', 'ReadableStreamBYOBRequest',
    'ReadableByteStreamController', 'ReadableStreamDefaultController', 'WritableStream', 'WritableStreamDefaultController',
    'WritableStreamDefaultWriter', 'TransformStream', 'TransformStreamDefaultController', 'ByteLengthQueuingStrategy',
    'CountQueuingStrategy', 'TextEncoderStream', 'TextDecoderStream', 'CompressionStream', 'DecompressionStream',
  ],
  'perf_hooks': [
    'Performance', 'PerformanceEntry', 'PerformanceMark', 'PerformanceMeasure', 'PerformanceObserver',
    'PerformanceObserverEntryList', 'PerformanceResourceTiming',
  ],
  'internal/crypto/webcrypto': ['Crypto', 'CryptoKey', 'SubtleCrypto'],
  'internal/navigator': ['Navigator'],
  'internal/fetch': ['Request', 'WebSocket'],
  'internal/deps/undici/lib/web/fetch/headers': ['Headers'],
  'internal/deps/undici/lib/web/fetch/response': ['Response'],
  'internal/deps/undici/lib/web/fetch/formdata': ['FormData'],
  'internal/deps/undici/lib/web/websocket/events': ['MessageEvent', 'CloseEvent'],
};

// The same for what is enumerable: functions.
const lazyFunctions = {
  'internal/fetch': ['fetch'],
  'internal/messaging': ['structuredClone'],
  'buffer': ['atob', 'btoa'],
};

// An accessor, as in Web IDL: `key` of the built-in `id`.
function defineAttribute(name, id, replaceable = false) {
  if (!exists(id)) return;
  const get = () => require(id)[name];
  const set = replaceable ? (value) => define(name, value, true) : undefined;
  Object.defineProperty(get, 'name', { __proto__: null, value: `get ${name}` });
  if (replaceable) Object.defineProperty(set, 'name', { __proto__: null, value: `set ${name}` });
  Object.defineProperty(globalThis, name, { __proto__: null, get, set, configurable: true, enumerable: true });
}

function setUp() {
  Object.defineProperty(globalThis, Symbol.toStringTag, {
    __proto__: null, value: 'global', writable: false, enumerable: false, configurable: true,
  });
  define('global', globalThis, true);

  // V8's own, which no standard knows.
  delete Intl.v8BreakIterator;

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
  for (const id of Object.keys(lazyGlobals)) if (exists(id)) setLazyGlobals(id, lazyGlobals[id], false);
  for (const id of Object.keys(lazyFunctions)) setLazyGlobals(id, lazyFunctions[id], true);
  defineAttribute('performance', 'perf_hooks', true);
  defineAttribute('crypto', 'internal/crypto/webcrypto');
  defineAttribute('navigator', 'internal/navigator');

  setRealmValue('loadWasmStreaming', () => require('internal/fetch/wasm_streaming').readWasmResponse);

  // V8 has a console of its own for its inspector; ours takes its place and keeps its methods that only it has.
  setRealmValue('v8Console', globalThis.console);
  if (exists('console')) define('console', require('console'));
}

function start() {
  const { getOptionValue } = require('internal/options');
  if (getOptionValue('--expose-gc')) internalBinding('process').exposeGc();
  const realm = require('internal/bootstrap/realm');
  if (getOptionValue('--expose-internals')) realm.exposeInternals();
  if (getOptionValue('--experimental-stream-iter')) {
    realm.expose('stream/iter', 'zlib/iter');
    require('internal/fs/file_handle_iter').install();
  }
  if (!getOptionValue('--experimental-sqlite')) realm.hide('sqlite');
  if (!getOptionValue('--experimental-global-navigator')) delete globalThis.navigator;
  if (getOptionValue('--experimental-eventsource')) {
    setLazyGlobals('internal/fetch', ['EventSource'], false);
  }
  if (getOptionValue('--experimental-webstorage')) {
    setLazyGlobals('internal/webstorage', ['Storage'], false);
    defineAttribute('localStorage', 'internal/webstorage', true);
    defineAttribute('sessionStorage', 'internal/webstorage', true);
  }
  if (getOptionValue('--disable-proto')) require('internal/bootstrap/proto').restrict(Object.prototype);
  if (getOptionValue('--experimental-shadow-realm')) require('internal/vm/shadow_realm').install();
  if (!getOptionValue('--experimental-websocket')) {
    delete globalThis.WebSocket;
    delete globalThis.CloseEvent;
  }
}

module.exports = { setUp, start };
