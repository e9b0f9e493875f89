'use strict';

// The plumbing of async_hooks: ids, the counters shared with C++ (AsyncState in runtime/loop/js_scope.h) and the emission
// of events to enabled hooks. The public API is in async_hooks.js; AsyncLocalStorage does not need any of this.

const { setRealmValue } = internalBinding('builtins');
const asyncWrap = internalBinding('async_wrap');

// Small enough for V8 to keep them on its heap while the start-up snapshot is made: its deserializer cannot take array
// buffers that lie deep in the graph. C++ moves them off the heap, for good, when it first asks where they are.
const asyncIds = new Float64Array(8);
const hookCounts = new Uint32Array(8);
setRealmValue('asyncIds', asyncIds);
setRealmValue('asyncHooks', hookCounts);

// Indices as in C++.
const kExecutionId = 0;
const kTriggerId = 1;
const kIdCounter = 2;
const kDefaultTriggerId = 3;
const kInit = 0;
const kBefore = 1;
const kAfter = 2;
const kDestroy = 3;
const kPromiseResolve = 4;
const kHasResources = 5;  // not 0: C++ says of each of its resources when it is gone

asyncIds[kIdCounter] = 1;
asyncIds[kDefaultTriggerId] = -1;

const async_id_symbol = Symbol('async_id_symbol');
const trigger_async_id_symbol = Symbol('trigger_async_id_symbol');
const resource_symbol = Symbol('resource');
const destroyed_symbol = Symbol('destroyed');

// The resource that runs, and the id it has: where C++ has entered another one since, that is looked up.
const topLevelResource = {};
let executionResource = topLevelResource;
let executionResourceId = 1;

// Ids of the resources that were entered and not left: after an uncaught exception their `after` hooks are due.
const entered = [];

// Enabled AsyncHook instances, and those to be enabled once no event is being emitted any more: what hooks do to hooks counts
// from the next event on, also for events that their own calls cause.
let activeHooks = [];
let nextHooks;
let emitting = 0;

const newAsyncId = () => ++asyncIds[kIdCounter];
const executionAsyncId = () => asyncIds[kExecutionId];
const triggerAsyncId = () => asyncIds[kTriggerId];

function executionAsyncResource() {
  const asyncId = asyncIds[kExecutionId];
  if (executionResourceId !== asyncId) {
    executionResource = asyncWrap.resourceOf(asyncId) ?? (asyncId <= 1 ? topLevelResource : {});
    executionResourceId = asyncId;
  }
  return executionResource;
}

function getDefaultTriggerAsyncId() {
  const trigger = asyncIds[kDefaultTriggerId];
  return trigger < 0 ? asyncIds[kExecutionId] : trigger;
}

// Resources made by `fn` have `triggerId` as their trigger.
function defaultTriggerAsyncIdScope(triggerId, fn, ...args) {
  if (triggerId === undefined) return fn(...args);
  const outer = asyncIds[kDefaultTriggerId];
  asyncIds[kDefaultTriggerId] = triggerId;
  try {
    return fn(...args);
  } finally {
    asyncIds[kDefaultTriggerId] = outer;
  }
}

/**
 * fn(...args), where what is made was triggered by the handle (or whatever has getAsyncId()). Only who follows resources is
 * told of that: without hooks it is the plain call.
 */
function triggeredBy(handle, fn, ...args) {
  if (hookCounts[kInit] === 0 || typeof handle?.getAsyncId !== 'function') return fn(...args);
  return defaultTriggerAsyncIdScope(handle.getAsyncId(), fn, ...args);
}

function getOrSetAsyncId(object) {
  if (object[async_id_symbol] === undefined) object[async_id_symbol] = newAsyncId();
  return object[async_id_symbol];
}

const enabledHooksExist = () => activeHooks.length > 0;
const initHooksExist = () => hookCounts[kInit] > 0;
const destroyHooksExist = () => hookCounts[kDestroy] > 0;

// A hook that throws ends the process: there is nobody to hand the exception to.
function fatal(error) {
  const { inspect } = require('internal/util/inspect');
  const isError = error !== null && typeof error === 'object' && typeof error.stack === 'string';
  process._rawDebug(isError ? error.stack : new Error(inspect(error)).stack);
  if (require('internal/options').getOptionValue('--abort-on-uncaught-exception')) process.abort();
  process.reallyExit(1);
}

function emitToHooks(name, ...args) {
  const hooks = activeHooks;
  emitting++;
  for (let i = 0; i < hooks.length; i++) {
    const callback = hooks[i][name];
    if (typeof callback !== 'function') continue;
    try {
      callback.apply(hooks[i].receiver, args);
    } catch (error) {
      fatal(error);
    }
  }
  emitting--;
  if (emitting === 0 && nextHooks !== undefined) useHooks(nextHooks);
}

function emitInit(asyncId, type, triggerId, resource) {
  if (hookCounts[kInit] === 0) return;
  emitToHooks('init', asyncId, type, triggerId ?? getDefaultTriggerAsyncId(), resource);
}
function emitBeforeHooks(asyncId) {
  if (hookCounts[kBefore] > 0) emitToHooks('before', asyncId);
}
function emitAfterHooks(asyncId) {
  if (hookCounts[kAfter] > 0) emitToHooks('after', asyncId);
}
function emitDestroy(asyncId) {
  if (hookCounts[kDestroy] === 0 || asyncId <= 0) return;
  pendingDestroys.push(asyncId);
  if (pendingDestroys.length === 1) require('internal/timers').runBeforeImmediates(flushDestroys);
  // Microtasks can go on for as long as they like.
  else if (pendingDestroys.length === kManyDestroys) require('internal/process/tick').queueMicrotask(flushDestroys);
}
function emitPromiseResolve(asyncId) {
  if (hookCounts[kPromiseResolve] > 0) emitToHooks('promiseResolve', asyncId);
}

const kManyDestroys = 16384;
let pendingDestroys = [];
// Also when nothing else is alive, so that no immediate will run.
function flushDestroys() {
  // Hooks may destroy others.
  while (pendingDestroys.length > 0) {
    const ids = pendingDestroys;
    pendingDestroys = [];
    for (let i = 0; i < ids.length; i++) emitToHooks('destroy', ids[i]);
  }
}

// Runs fn(...args) as the callback of a resource: ids, executionAsyncResource() and the before and after hooks.
function runInAsyncScope(asyncId, triggerId, resource, fn, thisArg, args) {
  const outerId = asyncIds[kExecutionId];
  const outerTrigger = asyncIds[kTriggerId];
  const outerResource = executionResource;
  const outerResourceId = executionResourceId;
  asyncIds[kExecutionId] = executionResourceId = asyncId;
  asyncIds[kTriggerId] = triggerId;
  executionResource = resource;
  emitBeforeHooks(asyncId);
  try {
    return Reflect.apply(fn, thisArg, args);
  } finally {
    emitAfterHooks(asyncId);
    asyncIds[kExecutionId] = outerId;
    asyncIds[kTriggerId] = outerTrigger;
    executionResource = outerResource;
    executionResourceId = outerResourceId;
  }
}

// Enters a resource's scope without a function around it; popAsyncScope gets what this returns.
function pushAsyncScope(asyncId, triggerId, resource) {
  const outer = [asyncIds[kExecutionId], asyncIds[kTriggerId], executionResource, executionResourceId];
  asyncIds[kExecutionId] = executionResourceId = asyncId;
  asyncIds[kTriggerId] = triggerId;
  executionResource = resource;
  entered.push(asyncId);
  return outer;
}
function popAsyncScope(outer) {
  entered.pop();
  asyncIds[kExecutionId] = outer[0];
  asyncIds[kTriggerId] = outer[1];
  executionResource = outer[2];
  executionResourceId = outer[3];
}

// The user's program itself is the resource with the id 1.
function enterMainScope() {
  asyncIds[kExecutionId] = 1;
  asyncIds[kTriggerId] = 0;
}

// After an exception nobody caught, code runs at top level again.
function clearAsyncScopes() {
  while (entered.length > 0) emitAfterHooks(entered.pop());
  promiseScopes.length = 0;
  asyncIds[kExecutionId] = executionResourceId = 0;
  asyncIds[kTriggerId] = 0;
  executionResource = topLevelResource;
}

// --- Promises: hooked only while some hook is enabled ---------------------------------------------------------------

const promiseScopes = [];

function promiseInit(promise, parent) {
  ensurePromise(promise, parent);
  const asyncId = promise[async_id_symbol];
  if (hookCounts[kDestroy] > 0) asyncWrap.watchCollected(promise, asyncId);
  emitInit(asyncId, 'PROMISE', promise[trigger_async_id_symbol], promise);
}
// One that was made while no hook was enabled has no id yet; its init is over.
function ensurePromise(promise, parent) {
  if (promise[async_id_symbol] !== undefined) return;
  if (parent !== undefined) ensurePromise(parent);
  promise[async_id_symbol] = newAsyncId();
  promise[trigger_async_id_symbol] = parent === undefined ? getDefaultTriggerAsyncId() : parent[async_id_symbol];
}
function promiseBefore(promise) {
  ensurePromise(promise);
  const asyncId = promise[async_id_symbol];
  promiseScopes.push(pushAsyncScope(asyncId, promise[trigger_async_id_symbol], promise));
  emitBeforeHooks(asyncId);
}
function promiseAfter(promise) {
  ensurePromise(promise);
  emitAfterHooks(promise[async_id_symbol]);
  const outer = promiseScopes.pop();
  if (outer !== undefined) popAsyncScope(outer);
}
function promiseSettled(promise) {
  ensurePromise(promise);
  emitPromiseResolve(promise[async_id_symbol]);
}

// What is set now, to be taken back.
let promiseHooks;

function updatePromiseHooks() {
  const { add, remove } = require('internal/async_hooks/promise_hooks');
  if (promiseHooks !== undefined) remove(promiseHooks);
  promiseHooks = undefined;
  if (!activeHooks.some((hook) => hook.trackPromises)) return;
  promiseHooks = { init: promiseInit, before: promiseBefore, after: promiseAfter };
  if (hookCounts[kPromiseResolve] > 0) promiseHooks.settled = promiseSettled;
  add(promiseHooks);
}

// Hot paths do not ask whether somebody follows their resources: they have other functions while a hook is enabled.
const switches = [];
let followed = false;

/** Calls set(boolean) when hooks begin to be enabled and when none is any more; now, too, if there are any. */
function onFollowed(set) {
  switches.push(set);
  if (followed) set(true);
}

const hookNames = ['init', 'before', 'after', 'destroy', 'promiseResolve'];

// The counts say at once what will be wanted: C++ and the fast paths look at them only.
function useHooks(hooks) {
  hookNames.forEach((name, i) => {
    hookCounts[i] = hooks.reduce((count, hook) => count + (hook[name] ? 1 : 0), 0);
  });
  if (followed !== hooks.length > 0) {
    followed = !followed;
    for (const set of switches) set(followed);
  }
  if (emitting > 0) {
    nextHooks = hooks;
    return;
  }
  nextHooks = undefined;
  activeHooks = hooks;
  updatePromiseHooks();
}

// `hook` is {init?, before?, after?, destroy?, promiseResolve?, trackPromises, receiver}.
function addHook(hook) {
  const hooks = nextHooks ?? activeHooks;
  if (!hooks.includes(hook)) useHooks([...hooks, hook]);
}
function removeHook(hook) {
  const hooks = nextHooks ?? activeHooks;
  if (hooks.includes(hook)) useHooks(hooks.filter((each) => each !== hook));
}

// What C++ calls for its handles and requests.
setRealmValue('asyncInit', (id, type, trigger, resource) => {
  // A port is made around its handle.
  if (type === 'MESSAGEPORT') resource = require('internal/messaging').resourceOf(resource);
  asyncWrap.keepResource(id, resource);
  hookCounts[kHasResources] = 1;
  emitInit(id, type, trigger, resource);
});
setRealmValue('asyncBefore', emitBeforeHooks);
setRealmValue('asyncAfter', emitAfterHooks);
function destroyNative(id) {
  if (!asyncWrap.forgetResource(id)) hookCounts[kHasResources] = 0;
  emitToHooks('destroy', id);
}
setRealmValue('asyncDestroy', destroyNative);
setRealmValue('asyncDestroyMany', (ids) => {
  ids.forEach(destroyNative);
  flushDestroys();
});

module.exports = {
  symbols: { async_id_symbol, trigger_async_id_symbol, resource_symbol, destroyed_symbol },
  addHook,
  clearAsyncScopes,
  defaultTriggerAsyncIdScope,
  destroyHooksExist,
  emitAfter: emitAfterHooks,
  emitBefore: emitBeforeHooks,
  emitDestroy,
  emitInit,
  enabledHooksExist,
  enterMainScope,
  executionAsyncId,
  executionAsyncResource,
  flushDestroys,
  getDefaultTriggerAsyncId,
  getOrSetAsyncId,
  initHooksExist,
  newAsyncId,
  onFollowed,
  popAsyncScope,
  pushAsyncScope,
  removeHook,
  runInAsyncScope,
  triggerAsyncId,
  triggeredBy,
  getContextFrame: asyncWrap.getContextFrame,
  setContextFrame: asyncWrap.setContextFrame,
  watchCollected: asyncWrap.watchCollected,
};
