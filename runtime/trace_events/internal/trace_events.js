'use strict';

// Trace events of built-ins. Who has something to record asks `recorded` first, a property each, which is as cheap as
// can be; it is brought up to date when a realm starts and when the program enables or disables categories.

const binding = internalBinding('trace_events');

const groups = {
  asyncHooks: 'node,node.async_hooks',
  console: 'node,node.console',
  http: 'node.http',
  modules: 'node,node.module_timer',
  rejections: 'node,node.promises,node.promises.rejections',
};
const recorded = { asyncHooks: false, console: false, http: false, modules: false, rejections: false };

let asyncHook;
let lastId = 0;

// What async_hooks hear is what is recorded of them.
function makeAsyncHook() {
  const types = new Map();
  const record = (phase, name, asyncId, data) => trace(phase, 'asyncHooks', name, asyncId, data);
  return require('async_hooks').createHook({
    init(asyncId, type, triggerAsyncId) {
      types.set(asyncId, type);
      const { executionAsyncId } = require('internal/async_hooks');
      record('b', type, asyncId, { triggerAsyncId, executionAsyncId: executionAsyncId() });
    },
    before(asyncId) {
      const type = types.get(asyncId);
      if (type !== undefined) record('b', `${type}_CALLBACK`, asyncId);
    },
    after(asyncId) {
      const type = types.get(asyncId);
      if (type !== undefined) record('e', `${type}_CALLBACK`, asyncId);
    },
    destroy(asyncId) {
      const type = types.get(asyncId);
      if (type !== undefined) record('e', type, asyncId);
      types.delete(asyncId);
    },
  });
}

function update() {
  for (const name of Object.keys(groups)) recorded[name] = binding.isTraceCategoryEnabled(groups[name]);
  if (recorded.asyncHooks) {
    asyncHook ??= makeAsyncHook();
    asyncHook.enable();
  } else {
    asyncHook?.disable();
  }
}

/** One event of the group; `phase` is a letter of the Trace Event Format. `data` is one of its args, or all of them. */
function trace(phase, group, name, id, data, isArgs = false) {
  // A category alone, as node.http, is said with its family.
  const names = groups[group];
  binding.trace(phase.charCodeAt(0), names.startsWith('node,') ? names : `node,${names}`, name, id, data, isArgs);
}

/** Called when a realm starts. */
function start() {
  if (binding.enabledCategories().length > 0) update();
}

function enable(categories) {
  binding.enable(categories);
  update();
}

function disable(categories) {
  binding.disable(categories);
  update();
}

module.exports = {
  disable, enable, enabledCategories: binding.enabledCategories, nextId: () => ++lastId, recorded, start, trace,
};
