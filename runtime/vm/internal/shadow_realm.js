'use strict';
// What new ShadowRealm() makes: a context with the APIs of the web that have nothing to do with the outside. They are
// evaluated anew, when they are first used, so that nothing of them belongs to the program's realm. Loaded at start-up
// with --experimental-shadow-realm.

const { compileIn, setLazyProperty, setRealmValue } = internalBinding('builtins');
const { installShadowRealms, makeContext } = internalBinding('contextify');

const globals = {
  'internal/abort_controller': ['AbortController', 'AbortSignal'],
  'internal/dom_exception': ['DOMException'],
  'internal/encoding': ['TextEncoder', 'TextDecoder'],
  'internal/event_target': ['Event', 'EventTarget', 'CustomEvent'],
  'internal/url': ['URL', 'URLSearchParams'],
  'stream/web': [
    'ByteLengthQueuingStrategy', 'CompressionStream', 'CountQueuingStrategy', 'DecompressionStream',
    'ReadableByteStreamController', 'ReadableStream', 'ReadableStreamBYOBReader', 'ReadableStreamBYOBRequest',
    'ReadableStreamDefaultController', 'ReadableStreamDefaultReader', 'TextDecoderStream', 'TextEncoderStream',
    'TransformStream', 'TransformStreamDefaultController', 'WritableStream', 'WritableStreamDefaultController',
    'WritableStreamDefaultWriter',
  ],
};

// Those are evaluated in the realm, all others are the program's; what has to do with the process or the isolate, as
// internal/errors/stack, must be.
const ownFamilies = new Set(['abort_controller', 'dom_exception', 'encoding', 'errors', 'event_target', 'url', 'validators',
                             'webstreams']);
const shared = new Set(['internal/errors/stack', 'internal/errors/system']);

function isOwn(id) {
  if (id === 'stream/web') return true;
  const [internal, family] = id.split('/');
  return internal === 'internal' && ownFamilies.has(family) && !shared.has(id);
}

/** The `require` of the built-ins of a realm. */
function requireIn(global) {
  const modules = new Map();
  return function requireHere(id) {
    if (!isOwn(id)) return require(id);
    let module = modules.get(id);
    if (module === undefined) {
      module = { id, exports: {} };
      modules.set(id, module);
      compileIn(global, id)(module.exports, requireHere, module, process, internalBinding);
    }
    return module.exports;
  };
}

/** @returns {object} the global object of a new realm */
function makeShadowRealm() {
  const symbol = Symbol('ShadowRealm');
  const global = makeContext(undefined, true, true, false, symbol, 'ShadowRealm', '');
  require('internal/errors/stack').shadowGlobals.add(global);
  const requireHere = requireIn(global);
  for (const id of Object.keys(globals)) {
    for (const name of globals[id]) setLazyProperty(global, name, () => requireHere(id)[name], false);
  }
  require('internal/modules/shadow_loader').serve(symbol, global);
  return global;
}

function install() {
  setRealmValue('makeShadowRealm', makeShadowRealm);
  installShadowRealms();
}

module.exports = { install };
