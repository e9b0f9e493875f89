'use strict';

// Names resources by their types in the order they are made, for output that is the same in every run. Ticks and promises
// stand for what made them.
const { createHook, executionAsyncId, executionAsyncResource, triggerAsyncId } = require('async_hooks');

const kLeftOut = ['TickObject', 'PROMISE', 'DNSCHANNEL', 'FSREQCALLBACK', 'Immediate', 'Timeout', 'WRITEWRAP'];

function follow(leftOut = kLeftOut) {
  const names = new Map([[0, 'nothing'], [1, 'main']]);
  const passedOn = new Map();
  const made = [];
  const destroyed = [];
  const resources = new Map();
  const counts = {};
  const resolve = (id) => {
    while (passedOn.has(id)) id = passedOn.get(id);
    return id;
  };
  const nameOf = (id) => names.get(resolve(id)) ?? 'unknown';
  const hook = createHook({
    init(id, type, trigger, resource) {
      if (leftOut.includes(type)) {
        passedOn.set(id, trigger);
        return;
      }
      counts[type] = (counts[type] ?? 0) + 1;
      names.set(id, `${type} ${counts[type]}`);
      resources.set(id, resource);
      made.push(`${names.get(id)} by ${nameOf(trigger)}`);
    },
    before(id) {
      if (resources.has(id) && (executionAsyncId() !== id || executionAsyncResource() !== resources.get(id))) {
        made.push(`${nameOf(id)} runs as another resource`);
      }
    },
    destroy(id) {
      if (names.has(id)) destroyed.push(names.get(id));
    },
  }).enable();
  return {
    /** What runs now, and what triggered it. */
    where: () => `${nameOf(executionAsyncId())}, by ${nameOf(triggerAsyncId())}`,
    made,
    destroyed,
    end: () => hook.disable(),
  };
}

module.exports = { follow };
