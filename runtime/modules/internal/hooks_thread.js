'use strict';
// The thread that asynchronous hooks run in: what it does after internal/worker/main has set it up. It answers the
// requests of the thread that imports (internal/modules/hooks_proxy), any number at a time. When nothing is left that
// could settle a request, it says so.

const { setIdleCallback } = require('internal/bootstrap/startup');
const chain = require('internal/modules/hooks_chain');
const { state } = require('internal/modules/shared');
const protocol = require('internal/worker/protocol');

const methods = { __proto__: null, load, register: chain.register, resolve };

/** Requests that have no answer yet. @type {Set<number>} */
const pending = new Set();

/** Registrations by programs that --require has run in this thread too: requests come after them. */
let ready = Promise.resolve();

let control;
let post;

// Only what the loader asks for crosses: a hook may return more, which need not be cloneable.
async function resolve(...args) {
  const { url, format, importAttributes } = await chain.resolve(...args);
  return { url, format, importAttributes };
}

async function load(...args) {
  const { format, responseURL, source } = await chain.load(...args);
  return { format, responseURL, source: withoutPool(source) };
}

/** A small Buffer is a part of a large one, which would be cloned whole. */
function withoutPool(source) {
  const isPart = ArrayBuffer.isView(source) && source.byteLength < source.buffer.byteLength;
  return isPart ? new Uint8Array(source.buffer, source.byteOffset, source.byteLength).slice() : source;
}

function answer(message) {
  if (!pending.delete(message.id)) return;
  try {
    post(message);
  } catch (error) {
    post(failure(message.id, error));
  }
  if (pending.size === 0) control.ref();
}

function failure(id, error) {
  const { structuredClone } = require('internal/messaging');
  try {
    return { type: protocol.FAILURE, id, failure: structuredClone(protocol.serializeError(error)) };
  } catch {
    // A function, say.
    return { type: protocol.FAILURE, id, inspected: require('internal/util/inspect').inspect(error) };
  }
}

async function serve({ id, method, args }) {
  pending.add(id);
  // From here on the loop is only alive for what may settle the request.
  control.unref();
  try {
    await ready;
    const result = await methods[method](...args);
    // What the hooks have warned of goes first: the program may end with the answer.
    process.nextTick(answer, { type: protocol.RESULT, id, result });
  } catch (error) {
    process.nextTick(answer, failure(id, error));
  }
}

function onIdle() {
  for (const id of pending) post({ type: protocol.NEVER_SETTLES, id });
  pending.clear();
  control.ref();
}

/** process.exit() here ends the thread that imports. */
function announceExit() {
  const { reallyExit } = process;
  process.reallyExit = (code) => {
    post({ type: protocol.EXIT, code });
    reallyExit(code);
  };
}

/**
 * @param {any} port the channel to the thread that imports
 * @param {(message: object) => void} send
 */
function start(port, send) {
  control = port;
  post = send;
  state.isHooksThread = true;
  state.asyncHooks = { load: chain.load, register, resolve: chain.resolve };
  control.onmessage = serve;
  control.ref();
  setIdleCallback(onIdle);
  announceExit();
}

function register(specifier, parentURL, data) {
  ready = ready.then(() => chain.register(specifier, parentURL, data));
}

module.exports = { start };
