'use strict';
// Waiting for promises that may never settle, as long as a signal allows.
// Evaluated with the first file of `stream/iter` that is asked for.

const { addAbortListener } = require('internal/events/abort_listener');

/**
 * One listener on a signal for a whole loop of waits, one after the other: racing each wait against one promise of the
 * signal would keep them all alive as long as the signal.
 */
class AbortGate {
  #signal;
  #reject;
  #listener;

  constructor(signal) {
    this.#signal = signal;
    if (signal !== undefined && !signal.aborted) {
      this.#listener = addAbortListener(signal, () => this.#reject?.(signal.reason));
    }
  }

  get aborted() {
    return this.#signal?.aborted === true;
  }

  throwIfAborted() {
    if (this.aborted) throw this.#signal.reason;
  }

  /** The promise's outcome, or the signal's reason should that come first. */
  wait(promise) {
    if (this.#signal === undefined) return promise;
    return new Promise((resolve, reject) => {
      this.#reject = reject;
      Promise.resolve(promise).then(resolve, reject);
      if (this.aborted) reject(this.#signal.reason);
    });
  }

  close() {
    this.#reject = undefined;
    this.#listener?.[Symbol.dispose]();
  }
}

/** Closes an iterator that nobody will hear of again. */
function abandon(iterator) {
  try {
    Promise.resolve(iterator.return?.()).catch(() => {});
  } catch {
    // Nobody is left to hear of it.
  }
}

/** The values of `source` until the signal fires, which ends a pending read, too. */
async function* untilAborted(source, signal) {
  const gate = new AbortGate(signal);
  let iterator;
  let over = false;
  try {
    gate.throwIfAborted();
    iterator = source[Symbol.asyncIterator]();
    while (true) {
      const { done, value } = await gate.wait(iterator.next());
      if (done) break;
      gate.throwIfAborted();
      yield value;
      gate.throwIfAborted();
    }
    over = true;
    gate.throwIfAborted();
  } catch (error) {
    // A source that failed is over by itself.
    if (!gate.aborted) over = true;
    throw error;
  } finally {
    gate.close();
    if (!over && iterator !== undefined) {
      if (gate.aborted) abandon(iterator);
      else await iterator.return?.();
    }
  }
}

/** Runs `onAbort(reason)` when the signal fires, or at once if it has; the result takes the listener away. */
function whenAborted(signal, onAbort) {
  if (signal === undefined) return () => {};
  if (signal.aborted) {
    onAbort(signal.reason);
    return () => {};
  }
  const listener = addAbortListener(signal, () => onAbort(signal.reason));
  return () => listener[Symbol.dispose]();
}

module.exports = { AbortGate, abandon, untilAborted, whenAborted };
