'use strict';

// V8 calls one function per event of a promise's life; here several have a say: async_hooks and the hooks that programs set with
// v8.promiseHooks.

const { setPromiseHooks } = internalBinding('async_wrap');

const kinds = ['init', 'before', 'after', 'settled'];
// Lists are replaced, never changed: a hook that removes itself does not disturb the event it is called for.
const lists = { __proto__: null, init: [], before: [], after: [], settled: [] };

function combine(kind) {
  const hooks = lists[kind];
  if (hooks.length < 2) return hooks[0];
  return (promise, parent) => {
    for (let i = 0; i < hooks.length; i++) hooks[i](promise, parent);
  };
}

function update() {
  setPromiseHooks(combine('init'), combine('before'), combine('after'), combine('settled'));
}

/** @param {{init?: Function, before?: Function, after?: Function, settled?: Function}} hooks */
function add(hooks) {
  for (const kind of kinds) {
    if (hooks[kind] !== undefined) lists[kind] = [...lists[kind], hooks[kind]];
  }
  update();
}

function remove(hooks) {
  for (const kind of kinds) {
    if (hooks[kind] !== undefined) lists[kind] = lists[kind].filter((hook) => hook !== hooks[kind]);
  }
  update();
}

// ---- v8.promiseHooks ----

function isPlainFunction(value) {
  const { isAsyncFunction } = require('internal/util/types');
  return typeof value === 'function' && !isAsyncFunction(value);
}

function validateHook(value, name) {
  if (isPlainFunction(value)) return;
  const { codes: { ERR_INVALID_ARG_TYPE } } = require('internal/errors');
  throw new ERR_INVALID_ARG_TYPE(name, 'function', value);
}

// What a hook throws must not end up in whoever made the promise.
function guard(hook) {
  return (promise, parent) => {
    try {
      hook(promise, parent);
    } catch (error) {
      internalBinding('task_queue').triggerUncaughtException(error, false);
    }
  };
}

function createHook({ init, before, after, settled } = {}) {
  const hooks = {};
  for (const [kind, hook] of Object.entries({ init, before, after, settled })) {
    if (hook === undefined) continue;
    validateHook(hook, `${kind}Hook`);
    hooks[kind] = guard(hook);
  }
  add(hooks);
  return () => remove(hooks);
}

function single(kind) {
  return (hook) => {
    validateHook(hook, `${kind}Hook`);
    return createHook({ [kind]: hook });
  };
}

const promiseHooks = {
  createHook,
  onInit: single('init'),
  onBefore: single('before'),
  onAfter: single('after'),
  onSettled: single('settled'),
};

module.exports = { add, promiseHooks, remove, update };
