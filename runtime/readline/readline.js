'use strict';

// The `readline` module.

const { AbortError } = require('internal/errors');
const { validateAbortSignal } = require('internal/validators');
const { defineLazyProperty, promisify } = require('internal/util');
const { Interface: Base } = require('internal/readline/interface');
const { clearLine, clearScreenDown, cursorTo, moveCursor } = require('internal/readline/cursor');
const { emitKeypressEvents } = require('internal/readline/keys');

function Interface(input, output, completer, terminal) {
  if (!(this instanceof Interface)) return new Interface(input, output, completer, terminal);
  Base.call(this, input, output, completer, terminal);
}
Object.setPrototypeOf(Interface.prototype, Base.prototype);
Object.setPrototypeOf(Interface, Base);

/**
 * Shows `query` and gives the next line to `callback`.
 * @param {string} query
 * @param {{signal?: AbortSignal} | Function} [options]
 * @param {(answer: string) => void} [callback]
 */
Interface.prototype.question = function question(query, options, callback) {
  if (typeof options === 'function') {
    callback = options;
    options = undefined;
  }
  const signal = options?.signal;
  if (signal) {
    validateAbortSignal(signal, 'options.signal');
    if (signal.aborted) return;
    const onAbort = () => this._questionCancel();
    signal.addEventListener('abort', onAbort, { once: true });
    const given = callback;
    callback = typeof given !== 'function' ? undefined : (answer) => {
      signal.removeEventListener('abort', onAbort);
      return given(answer);
    };
  }
  if (typeof callback === 'function') this._question(query, callback);
};

Interface.prototype.question[promisify.custom] = function question(query, options) {
  const signal = options?.signal;
  if (signal) {
    validateAbortSignal(signal, 'options.signal');
    if (signal.aborted) return Promise.reject(new AbortError(undefined, { cause: signal.reason }));
  }
  return new Promise((resolve, reject) => {
    let answered = resolve;
    if (signal) {
      const onAbort = () => reject(new AbortError(undefined, { cause: signal.reason }));
      signal.addEventListener('abort', onAbort, { once: true });
      answered = (answer) => {
        signal.removeEventListener('abort', onAbort);
        resolve(answer);
      };
    }
    this.question(query, options, answered);
  });
};

/**
 * @param {object | Readable} input options, or the input
 * @param {Writable} [output]
 * @param {Function} [completer]
 * @param {boolean} [terminal]
 */
function createInterface(input, output, completer, terminal) {
  return new Interface(input, output, completer, terminal);
}

module.exports = {
  Interface,
  clearLine,
  clearScreenDown,
  createInterface,
  cursorTo,
  emitKeypressEvents,
  moveCursor,
};

defineLazyProperty(module.exports, 'promises', () => require('readline/promises'));
