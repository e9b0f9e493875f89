'use strict';

// readline/promises.

const { AbortError, codes: { ERR_INVALID_ARG_TYPE } } = require('internal/errors');
const { validateAbortSignal, validateBoolean, validateInteger } = require('internal/validators');
const { isWritable } = require('internal/stream/utils');
const { Interface: Base } = require('internal/readline/interface');
const {
  clearLineSequence,
  cursorToSequence,
  moveCursorSequence,
} = require('internal/readline/cursor');
const { CSI } = require('internal/readline/utils');

// Collects what is to be written to a terminal until commit().
class Readline {
  #stream;
  #autoCommit = false;
  #actions = [];

  /**
   * @param {Writable} stream
   * @param {{autoCommit?: boolean}} [options]
   */
  constructor(stream, options = undefined) {
    if (!isWritable(stream)) throw new ERR_INVALID_ARG_TYPE('stream', 'Writable', stream);
    this.#stream = stream;
    if (options?.autoCommit != null) {
      validateBoolean(options.autoCommit, 'options.autoCommit');
      this.#autoCommit = options.autoCommit;
    }
  }

  #add(data) {
    if (this.#autoCommit) process.nextTick(() => this.#stream.write(data)); else this.#actions.push(data);
    return this;
  }

  cursorTo(x, y = undefined) {
    validateInteger(x, 'x');
    if (y != null) validateInteger(y, 'y');
    return this.#add(cursorToSequence(x, y));
  }

  moveCursor(dx, dy) {
    if (dx || dy) {
      validateInteger(dx, 'dx');
      validateInteger(dy, 'dy');
      this.#add(moveCursorSequence(dx, dy));
    }
    return this;
  }

  /** @param {-1 | 0 | 1} dir */
  clearLine(dir) {
    validateInteger(dir, 'dir', -1, 1);
    return this.#add(clearLineSequence(dir));
  }

  clearScreenDown() {
    return this.#add(CSI.kClearScreenDown);
  }

  commit() {
    return new Promise((resolve) => {
      this.#stream.write(this.#actions.join(''), resolve);
      this.#actions = [];
    });
  }

  rollback() {
    this.#actions = [];
    return this;
  }
}

class Interface extends Base {
  /**
   * @param {string} query
   * @param {{signal?: AbortSignal}} [options]
   * @returns {Promise<string>}
   */
  question(query, options = {}) {
    return new Promise((resolve, reject) => {
      let cleanup = () => {};
      if (options?.signal) {
        const { signal } = options;
        validateAbortSignal(signal, 'options.signal');
        if (signal.aborted) {
          reject(new AbortError(undefined, { cause: signal.reason }));
          return;
        }
        const onAbort = () => {
          this._questionCancel();
          reject(new AbortError(undefined, { cause: signal.reason }));
        };
        signal.addEventListener('abort', onAbort, { once: true });
        cleanup = () => signal.removeEventListener('abort', onAbort);
      }
      const answered = (answer) => {
        cleanup();
        this._questionReject = undefined;
        resolve(answer);
      };
      this._questionReject = reject;
      this._question(query, answered);
    });
  }

  close() {
    const reject = this._questionReject;
    super.close();
    // There will be no answer any more.
    if (reject !== undefined && this._interruptedBy) reject(new AbortError(`Aborted with ${this._interruptedBy}`));
  }

  _ttyWrite(string, key) {
    const interrupts = key?.ctrl === true && (key.name === 'c' || key.name === 'd');
    this._interruptedBy = interrupts ? `Ctrl+${key.name.toUpperCase()}` : undefined;
    super._ttyWrite(string, key);
  }

  async _callCompleter(text, callback) {
    let value;
    try {
      value = await this.completer(text);
    } catch (error) {
      callback(error);
      return;
    }
    callback(null, value);
  }
}

function createInterface(input, output, completer, terminal) {
  return new Interface(input, output, completer, terminal);
}

module.exports = { Interface, Readline, createInterface };
