'use strict';

// addAbortListener: used by streams, events and timers/promises, and public as events.addAbortListener.
// It hears an abort even where user code has stopped the propagation of the event.

const { codes: { ERR_INVALID_ARG_TYPE } } = require('internal/errors');
const { validateAbortSignal, validateFunction } = require('internal/validators');
const { kResistStopPropagation } = require('internal/events/symbols');

const kDispose = Symbol.dispose ?? Symbol('Symbol.dispose');

/**
 * Calls `listener` once when `signal` aborts, or in a microtask when it already has.
 * @param {AbortSignal} signal
 * @param {(event?: Event) => void} listener
 * @returns {Disposable} removes the listener when disposed
 */
function addAbortListener(signal, listener) {
  if (signal === undefined) {
    throw new ERR_INVALID_ARG_TYPE('signal', 'AbortSignal', signal);
  }
  validateAbortSignal(signal, 'signal');
  validateFunction(listener, 'listener');

  let remove;
  if (signal.aborted) {
    require('internal/process/tick').queueMicrotask(() => listener());
  } else {
    signal.addEventListener('abort', listener, { __proto__: null, once: true, [kResistStopPropagation]: true });
    remove = () => signal.removeEventListener('abort', listener);
  }
  return {
    __proto__: null,
    [kDispose]() {
      remove?.();
    },
  };
}

module.exports = { addAbortListener };
