'use strict';
// pipeTo() and pipeToSync(): from a source through transforms into a writer.
// Evaluated with the first file of `stream/iter` that is asked for.

const { codes: { ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE, ERR_OUT_OF_RANGE } } = require('internal/errors');
const { AbortGate } = require('internal/stream/iter/abort');
const { isObject, validateSignal, validateTransforms } = require('internal/stream/iter/arguments');
const { byteLength } = require('internal/stream/iter/bytes');
const { asyncChunksOf, isAsyncIterable, isSyncIterable, isThenable } = require('internal/stream/iter/from');
const { isValidated, toAsyncStreamable, toStreamable } = require('internal/stream/iter/protocols');
const { pipeline, pipelineSync } = require('internal/stream/iter/pull');
const { isUint8Array } = require('internal/util/types');

/** Splits `(...transforms, writer, options)`; `method` is what makes an object a writer. */
function pipeArguments(args, method) {
  const rest = [...args];
  const last = rest.at(-1);
  const options = isObject(last) && typeof last.write !== 'function' && typeof last[method] !== 'function' ?
    rest.pop() : {};
  if (rest.length === 0) throw new ERR_INVALID_ARG_VALUE('args', args, 'pipeTo requires a writer argument');
  const writer = rest.pop();
  if (typeof writer?.[method] !== 'function') {
    throw new ERR_INVALID_ARG_TYPE('writer', `object with a ${method} method`, writer);
  }
  validateTransforms(rest);
  validateSignal(options.signal);
  return { transforms: rest, writer, options };
}

/** Writes batches: what a writer can do at once is done without a promise. */
class BatchWriter {
  #writer;
  #gate;
  #options;
  total = 0;

  constructor(writer, gate, signal) {
    this.#writer = writer;
    this.#gate = gate;
    this.#options = signal === undefined ? undefined : { __proto__: null, signal };
  }

  /** @returns {Promise<void>|undefined} a promise only when there is something to wait for */
  write(batch) {
    const writer = this.#writer;
    if (batch.length > 1 && typeof writer.writev === 'function') {
      this.total += byteLength(batch);
      if (writer.writevSync?.(batch)) return undefined;
      return this.#gate.wait(writer.writev(batch, this.#options));
    }
    for (let i = 0; i < batch.length; i++) {
      if (!writer.writeSync?.(batch[i])) return this.#writeRest(batch, i);
      this.total += batch[i].byteLength;
    }
    return undefined;
  }

  async #writeRest(batch, first) {
    const writer = this.#writer;
    for (let i = first; i < batch.length; i++) {
      if (i === first || !writer.writeSync?.(batch[i])) await this.#gate.wait(writer.write(batch[i], this.#options));
      this.total += batch[i].byteLength;
    }
  }

  async end() {
    const writer = this.#writer;
    if (writer.endSync?.() >= 0) return;
    await this.#gate.wait(writer.end?.(this.#options));
  }
}

function isPlainSyncIterable(source) {
  return isSyncIterable(source) && !isValidated(source) && !isUint8Array(source) && !isAsyncIterable(source) &&
    source[toAsyncStreamable] === undefined && source[toStreamable] === undefined;
}

/** Value by value: nothing is gained from batches when each write is done at once, and the first is out sooner. */
async function writeValues(source, out, gate) {
  for (const value of source) {
    gate.throwIfAborted();
    const batch = isUint8Array(value) ? [value] : await Array.fromAsync(asyncChunksOf(value));
    const written = out.write(batch);
    if (isThenable(written)) await written;
  }
}

async function pipeTo(source, ...args) {
  const { transforms, writer, options } = pipeArguments(args, 'write');
  const { signal, preventClose = false, preventFail = false } = options;
  signal?.throwIfAborted();
  const gate = new AbortGate(signal);
  try {
    const out = new BatchWriter(writer, gate, signal);
    if (transforms.length === 0 && typeof writer.writeSync === 'function' && isPlainSyncIterable(source)) {
      await writeValues(source, out, gate);
    } else {
      for await (const batch of pipeline(source, transforms, signal)) {
        const written = out.write(batch);
        if (isThenable(written)) await written;
      }
    }
    if (!preventClose) await out.end();
    return out.total;
  } catch (error) {
    if (!preventFail) writer.fail?.(error);
    throw error;
  } finally {
    gate.close();
  }
}

function checkWritten(accepted) {
  if (accepted === false) throw new ERR_OUT_OF_RANGE('write', 'within byte budget', 'budget exhausted');
}

function pipeToSync(source, ...args) {
  const { transforms, writer, options } = pipeArguments(args, 'writeSync');
  const { preventClose = false, preventFail = false } = options;
  let total = 0;
  try {
    for (const batch of pipelineSync(source, transforms)) {
      if (batch.length > 1 && typeof writer.writevSync === 'function') {
        checkWritten(writer.writevSync(batch));
      } else {
        for (const chunk of batch) checkWritten(writer.writeSync(chunk));
      }
      total += byteLength(batch);
    }
    if (!preventClose && !(writer.endSync?.() >= 0)) writer.end?.();
    return total;
  } catch (error) {
    if (!preventFail) writer.fail?.(error);
    throw error;
  }
}

module.exports = { pipeTo, pipeToSync };
