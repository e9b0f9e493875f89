'use strict';

// The first built-in to run in a realm, before the start-up snapshot is taken: run by C++ (BootstrapRealm) with the
// `builtins` binding as its last argument. It makes the internal `require`, `internalBinding` and the `process` object,
// then runs internal/bootstrap/node, which makes everything else a program finds.

const { compile, ids, loadBinding, setRealmValue } = internalBinding;

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
  constructor(id) {
    this.id = id;
    this.filename = `${id}.js`;
    this.exports = {};
    this.loaded = false;
    this.loading = false;
    this.isPublic = !id.startsWith('internal/');
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

const modules = new Map(ids().map((id) => [id, new BuiltinModule(id)]));

function requireBuiltin(id) {
  const module = modules.get(id);
  if (module === undefined) throw new TypeError(`No such built-in module: ${id}`);
  return module.load();
}

// `process` is the one instance of a class of that name; internal/bootstrap/node puts EventEmitter behind it.
const processObject = (() => {
  function process() {
    if (new.target === undefined) throw new TypeError("Class constructor process cannot be invoked without 'new'");
  }
  return new process();
})();

let internalsAreExposed = false;

function isVisible(module) {
  return module.isPublic || internalsAreExposed;
}

const realm = modules.get('internal/bootstrap/realm');
realm.exports = {
  internalBinding: getBinding,
  requireBuiltin,
  schemeOnlyIds,
  // Whether user code may require `id` (without the node: prefix).
  isPublic(id) {
    const module = modules.get(id);
    return module !== undefined && isVisible(module);
  },
  // --expose-internals: for tests of the runtime itself.
  exposeInternals() { internalsAreExposed = true; },
  exists: (id) => modules.has(id),
  isLoaded: (id) => modules.has(id) && modules.get(id).loaded,
  publicIds: () => [...modules.values()].filter(isVisible).map((m) => m.id),
  allIds: () => [...modules.keys()],
};
realm.loaded = true;

setRealmValue('requireBuiltin', requireBuiltin);
requireBuiltin('internal/bootstrap/node');
