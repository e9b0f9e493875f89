'use strict';
// merge(): several sources at once, a batch whenever one has it.
// Evaluated with the first file of `stream/iter` that is asked for.

const { AbortGate, abandon, untilAborted } = require('internal/stream/iter/abort');
const { isObject, validateSignal } = require('internal/stream/iter/arguments');
const { asyncSource, from, hasProtocol, isAsyncIterable, isSyncIterable } = require('internal/stream/iter/from');
const { toAsyncStreamable, toStreamable } = require('internal/stream/iter/protocols');
const { isAnyArrayBuffer, isArrayBufferView } = require('internal/util/types');

function isSource(value) {
  return !isObject(value) || isAsyncIterable(value) || isSyncIterable(value) || isAnyArrayBuffer(value) ||
    isArrayBufferView(value) || hasProtocol(value, toAsyncStreamable) || hasProtocol(value, toStreamable);
}

/** The sources' iterators and what they have settled, in the order in which they did. */
class Race {
  #running = new Set();
  #settled = [];
  #wake;

  constructor(sources) {
    for (const source of sources) this.#pull(source[Symbol.asyncIterator]());
  }

  #pull(iterator) {
    this.#running.add(iterator);
    const settle = (outcome) => {
      this.#settled.push({ iterator, ...outcome });
      this.#wake?.();
    };
    iterator.next().then((result) => settle({ result }), (error) => settle({ failed: true, error }));
  }

  /** The next batch; undefined when all are over. */
  async next() {
    while (this.#running.size > 0) {
      if (this.#settled.length === 0) {
        await new Promise((resolve) => { this.#wake = resolve; });
        continue;
      }
      const { iterator, result, failed, error } = this.#settled.shift();
      if (failed || result.done) this.#running.delete(iterator);
      if (failed) throw error;
      if (!result.done) return { batch: result.value, goOn: () => this.#pull(iterator) };
    }
    return undefined;
  }

  abandon() {
    this.#running.forEach(abandon);
  }

  /** Closes those that still run, all of them, and gives the errors of doing so. */
  async close() {
    const outcomes = await Promise.allSettled([...this.#running].map(async (iterator) => iterator.return?.()));
    return outcomes.filter(({ status }) => status === 'rejected').map(({ reason }) => reason);
  }
}

/** An error that hides others: what was wrong first, and what went wrong in cleaning up after it. */
function suppress(errors) {
  return errors.reduce((error, suppressed) => new globalThis.SuppressedError(error, suppressed));
}

async function* race(sources, signal) {
  const gate = new AbortGate(signal);
  gate.throwIfAborted();
  const running = new Race(sources);
  const errors = [];
  try {
    while (true) {
      const next = await gate.wait(running.next());
      if (next === undefined) break;
      gate.throwIfAborted();
      yield next.batch;
      gate.throwIfAborted();
      // Only now: a source is not read ahead of a consumer that is busy or gone.
      next.goOn();
    }
  } catch (error) {
    errors.push(error);
  } finally {
    gate.close();
    if (gate.aborted) running.abandon();
    else errors.push(...await running.close());
    // eslint-disable-next-line no-unsafe-finally -- a consumer that left hears of a failed cleanup, too.
    if (errors.length > 0) throw suppress(errors);
  }
}

function merge(...args) {
  const options = args.length > 0 && !isSource(args.at(-1)) ? args.pop() : {};
  validateSignal(options.signal);
  const { signal } = options;
  const sources = args.map((source) => from(source));
  if (sources.length === 1) return asyncSource(() => untilAborted(sources[0], signal));
  return asyncSource(() => race(sources, signal));
}

module.exports = { merge };
