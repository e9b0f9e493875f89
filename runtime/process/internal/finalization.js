'use strict';

// process.finalization: callbacks for objects that are still alive when the process exits.
// https://nodejs.org/api/process.html#processfinalizationregisterref-callback

// event -> Set of {ref: WeakRef, callback}
const entries = { exit: new Set(), beforeExit: new Set() };
const installed = { exit: false, beforeExit: false };
let registry;

function run(event) {
  for (const { ref, callback } of [...entries[event]]) {
    const object = ref.deref();
    if (object !== undefined) callback(object, event);
  }
  entries[event].clear();
}

function add(event, object, callback) {
  const { validateFunction, validateObject } = require('internal/validators');
  if (typeof object !== 'function') validateObject(object, 'ref');
  validateFunction(callback, 'fn');
  if (!installed[event]) {
    installed[event] = true;
    process.on(event, () => run(event));
  }
  registry ??= new FinalizationRegistry(({ event, entry }) => entries[event].delete(entry));
  const entry = { ref: new WeakRef(object), callback };
  entries[event].add(entry);
  registry.register(object, { event, entry }, object);
}

module.exports = {
  register(object, callback) {
    add('exit', object, callback);
  },
  registerBeforeExit(object, callback) {
    add('beforeExit', object, callback);
  },
  unregister(object) {
    registry?.unregister(object);
    for (const set of Object.values(entries)) {
      for (const entry of set) {
        if (entry.ref.deref() === object) set.delete(entry);
      }
    }
  },
};
