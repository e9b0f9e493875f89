'use strict';
// pull() and pullSync(): lazy pipelines. A function among the transforms is called with every batch and with null at
// the end; an object's transform() gets the whole source before it, with that null as its last batch.
// Evaluated with the first file of `stream/iter` that is asked for.

const { codes: { ERR_INVALID_ARG_TYPE } } = require('internal/errors');
const { AbortController } = require('internal/abort_controller');
const { isUint8Array } = require('internal/util/types');
const { AbortGate, abandon, untilAborted, whenAborted } = require('internal/stream/iter/abort');
const { transformsAndOptions, validateTransforms } = require('internal/stream/iter/arguments');
const { isBatch, toChunk } = require('internal/stream/iter/bytes');
const {
  asyncSource, from, fromSync, isAsyncIterable, isSyncIterable, isThenable, syncSource,
} = require('internal/stream/iter/from');
const { isValidated } = require('internal/stream/iter/protocols');

const kResultTypes = ['null', 'Uint8Array', 'string', 'ArrayBuffer', 'ArrayBufferView', 'Array', 'Iterable'];
const kAsyncResultTypes = [...kResultTypes, 'AsyncIterable', 'Promise'];
const kValueTypes = ['Uint8Array', 'string', 'ArrayBuffer', 'ArrayBufferView', 'Iterable'];

// What transforms give

function* chunksOf(value) {
  const chunk = toChunk(value);
  if (chunk !== undefined) {
    yield chunk;
  } else if (isSyncIterable(value)) {
    for (const item of value) yield* chunksOf(item);
  } else {
    throw new ERR_INVALID_ARG_TYPE('value', kValueTypes, value);
  }
}

async function* asyncChunksOf(value, types = kValueTypes) {
  if (isThenable(value)) value = await value;
  const chunk = toChunk(value);
  if (chunk !== undefined) {
    yield chunk;
  } else if (isAsyncIterable(value)) {
    for await (const item of value) yield* asyncChunksOf(item, types);
  } else if (isSyncIterable(value)) {
    for (const item of value) yield* asyncChunksOf(item, types);
  } else {
    throw new ERR_INVALID_ARG_TYPE('value', types, value);
  }
}

/** What a function gave as a batch; an empty one for null. */
function toBatch(result) {
  if (result === null) return [];
  if (isBatch(result)) return result;
  const chunk = toChunk(result);
  if (chunk !== undefined) return [chunk];
  if (isSyncIterable(result)) return [...chunksOf(result)];
  throw new ERR_INVALID_ARG_TYPE('result', kResultTypes, result);
}

async function toBatchAsync(result) {
  if (isThenable(result)) result = await result;
  if (result === null) return [];
  if (isBatch(result)) return result;
  const chunk = toChunk(result);
  if (chunk !== undefined) return [chunk];
  if (isAsyncIterable(result) || isSyncIterable(result)) return Array.fromAsync(asyncChunksOf(result));
  throw new ERR_INVALID_ARG_TYPE('result', kAsyncResultTypes, result);
}

// Runs of functions

function* applyFunctions(source, functions) {
  const applyFrom = (first, batch) => {
    for (let i = first; i < functions.length && batch.length > 0; i++) batch = toBatch(functions[i](batch));
    return batch;
  };
  for (const batch of source) {
    const out = applyFrom(0, batch);
    if (out.length > 0) yield out;
  }
  // What one gives at its end goes through those behind it before their own end.
  for (let i = 0; i < functions.length; i++) {
    const out = applyFrom(i + 1, toBatch(functions[i](null)));
    if (out.length > 0) yield out;
  }
}

async function* applyFunctionsAsync(source, functions, signal) {
  // An options object for each call: a transform may write to its own.
  const call = async (fn, batch) => {
    const result = fn(batch, { __proto__: null, signal });
    return isBatch(result) ? result : toBatchAsync(result);
  };
  const applyFrom = async (first, batch) => {
    for (let i = first; i < functions.length && batch.length > 0; i++) batch = await call(functions[i], batch);
    return batch;
  };
  for await (const batch of source) {
    const out = await applyFrom(0, batch);
    if (out.length > 0) yield out;
  }
  for (let i = 0; i < functions.length; i++) {
    const out = await applyFrom(i + 1, await call(functions[i], null));
    if (out.length > 0) yield out;
  }
}

// Objects

function* withEnd(source) {
  yield* source;
  yield null;
}

async function* withEndAsync(source) {
  yield* source;
  yield null;
}

function outputOf(output) {
  return typeof output === 'string' ? [output] : output;
}

function* applyObject(source, transform) {
  const output = outputOf(transform.transform(withEnd(source)));
  for (const value of output) {
    if (value === null) continue;
    const batch = isBatch(value) ? value : [...chunksOf(value)];
    if (batch.length > 0) yield batch;
  }
}

const kAsyncValueTypes = [...kValueTypes, 'AsyncIterable'];

async function* applyObjectAsync(source, transform, signal) {
  const output = outputOf(transform.transform(withEndAsync(source), { __proto__: null, signal }));
  if (isValidated(transform)) {
    yield* output;
    return;
  }
  for await (const value of output) {
    if (value === null) continue;
    if (isUint8Array(value)) {
      yield [value];
      continue;
    }
    const batch = isBatch(value) ? value : await Array.fromAsync(asyncChunksOf(value, kAsyncValueTypes));
    if (batch.length > 0) yield batch;
  }
}

// Pipelines

/** The transforms with functions that follow one another in one array. */
function* stages(transforms) {
  let run = [];
  for (const transform of transforms) {
    if (typeof transform === 'function') {
      run.push(transform);
      continue;
    }
    if (run.length > 0) yield run;
    run = [];
    yield transform;
  }
  if (run.length > 0) yield run;
}

function* runSync(source, transforms) {
  let stream = fromSync(source);
  for (const stage of stages(transforms)) {
    stream = Array.isArray(stage) ? applyFunctions(stream, stage) : applyObject(stream, stage);
  }
  yield* stream;
}

async function leave(stream, controller, aborted) {
  if (aborted) {
    abandon(stream);
    return;
  }
  try {
    await stream.return();
  } finally {
    controller.abort();
  }
}

/**
 * Transforms have a signal of their own, which fires when the program's does, and also when the pipeline fails or its
 * consumer leaves. It ends a pending read of the source, and so everything behind it; but a transform may be waiting
 * for something else, so the consumer waits for the signal too.
 */
async function* runTransforms(source, transforms, signal) {
  const controller = new AbortController();
  const unfollow = whenAborted(signal, (reason) => controller.abort(reason));
  const gate = new AbortGate(signal);
  let stream = untilAborted(from(source), controller.signal);
  for (const stage of stages(transforms)) {
    stream = Array.isArray(stage) ? applyFunctionsAsync(stream, stage, controller.signal) :
      applyObjectAsync(stream, stage, controller.signal);
  }
  let over = false;
  try {
    gate.throwIfAborted();
    while (true) {
      const { done, value } = await gate.wait(stream.next());
      gate.throwIfAborted();
      if (done) break;
      yield value;
      gate.throwIfAborted();
    }
    over = true;
  } catch (error) {
    controller.abort(error);
    throw error;
  } finally {
    unfollow();
    gate.close();
    if (!over) await leave(stream, controller, gate.aborted);
  }
}

function run(source, transforms, signal) {
  if (transforms.length > 0) return runTransforms(source, transforms, signal);
  const stream = from(source);
  return signal === undefined ? stream : untilAborted(stream, signal);
}

/** The pipeline behind pull() for callers that have checked the arguments. */
function pipeline(source, transforms, signal) {
  return asyncSource(() => run(source, transforms, signal));
}

function pipelineSync(source, transforms) {
  return syncSource(() => runSync(source, transforms));
}

function pull(source, ...args) {
  const { transforms, options } = transformsAndOptions(args);
  return pipeline(source, transforms, options.signal);
}

function pullSync(source, ...transforms) {
  validateTransforms(transforms);
  return pipelineSync(source, transforms);
}

module.exports = { pipeline, pipelineSync, pull, pullSync };
