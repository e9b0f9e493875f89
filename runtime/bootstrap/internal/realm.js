'use strict';

// The first built-in to run in a realm, before the start-up snapshot is taken: run by C++ (BootstrapRealm) with the
// `builtins` binding as its last argument. It makes the internal `require`, `internalBinding` and the `process` object,
// then runs internal/bootstrap/node, which makes everything else a program finds.

const { compile, has, ids, loadBinding, setRealmValue } = internalBinding;

// Built-ins that exist only as `node:<id>`.
const schemeOnlyIds = new Set(['sea', 'sqlite', 'test', 'test/reporters', 'quic']);

const bindings = new Map();

function getBinding(name) {
  let binding = bindings.get(name);
  if (binding === undefined) {
    binding = name === 'builtins' ? internalBinding : loadBinding(name);
    if (binding === undefined) {
      const error = new Error(`No such binding: ${name}`);
      error.code = 'ERR_INVALID_MODULE';
      throw error;
    }
    bindings.set(name, binding);
  }
  return binding;
}

class BuiltinModule {
  // Fields are defined, not set: programs may have setters of these names on Object.prototype.
  exports = {};
  loaded = false;
  loading = false;

  constructor(id) {
    this.id = id;
    this.filename = `${id}.js`;
  }

  load() {
    if (this.loaded || this.loading) return this.exports;
    this.loading = true;
    try {
      const fn = compile(this.id);
      fn(this.exports, requireBuiltin, this, processObject, getBinding);
      this.loaded = true;
    } finally {
      this.loading = false;
    }
    return this.exports;
  }
}

// Those that were asked for: what is not in here is not in the start-up snapshot.
const modules = new Map();

function find(id) {
  let module = modules.get(id);
  if (module === undefined && has(id)) modules.set(id, module = new BuiltinModule(id));
  return module;
}

function requireBuiltin(id) {
  // Third-party code among the built-ins writes node:util.
  const module = find(id) ?? find(id.replace(/^node:/, ''));
  if (module === undefined) {
    const error = new TypeError(`No such built-in module: ${id}`);
    // What packages among the built-ins look for when they could do without one.
    error.code = 'ERR_UNKNOWN_BUILTIN_MODULE';
    throw error;
  }
  return module.load();
}

// `process` is the one instance of a class of that name; internal/bootstrap/node puts EventEmitter behind it. Its constructor
// may be called without `new`, which programs that make a copy of `process` do.
const processObject = (() => {
  function process() {}
  return new process();
})();

let internalsAreExposed = false;

// Those that a program gets only with an option, or not with one.
const hiddenIds = new Set(['stream/iter', 'zlib/iter']);

function isVisible(id) {
  return (internalsAreExposed || !id.startsWith('internal/')) && !hiddenIds.has(id);
}

// Listed while the start-up snapshot is made: each program asks.
let visibleIds = ids().filter(isVisible);

const realm = find('internal/bootstrap/realm');
realm.exports = {
  internalBinding: getBinding,
  requireBuiltin,
  schemeOnlyIds,
  // Whether user code may require `id` (without the node: prefix).
  isPublic: (id) => isVisible(id) && has(id),
  // --expose-internals: for tests of the runtime itself.
  exposeInternals() {
    internalsAreExposed = true;
    visibleIds = ids().filter(isVisible);
  },
  expose(...names) {
    names.forEach((id) => hiddenIds.delete(id));
    visibleIds = ids().filter(isVisible);
  },
  hide(...names) {
    names.forEach((id) => hiddenIds.add(id));
    visibleIds = ids().filter(isVisible);
  },
  exists: has,
  isLoaded: (id) => modules.get(id)?.loaded === true,
  publicIds: () => visibleIds,
  allIds: ids,
};
realm.loaded = true;

setRealmValue('requireBuiltin', requireBuiltin);
requireBuiltin('internal/bootstrap/node');
