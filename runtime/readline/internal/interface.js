'use strict';

// readline.Interface: lines from a stream. Without a terminal it only splits text; with one, editor.js does the rest.
//
// Methods with an underscore are not documented, but programs override them (_writeToOutput to hide a password), so
// everything here goes through them.

const EventEmitter = require('events');
const { StringDecoder } = require('string_decoder');
const { codes: { ERR_INVALID_ARG_VALUE, ERR_USE_AFTER_CLOSE } } = require('internal/errors');
const {
  validateAbortSignal,
  validateArray,
  validateNumber,
  validateString,
  validateUint32,
} = require('internal/validators');
const { addAbortListener } = require('internal/events/abort_listener');
const { kFirstEventParam, on } = require('internal/events/async');
const { emitKeypressEvents } = require('internal/readline/keys');
const { editorMethods } = require('internal/readline/editor');
const { editingMethods } = require('internal/readline/editing');
const { completionMethods } = require('internal/readline/completion');

const kHistorySize = 30;
const kMinCrlfDelay = 100;
const kMaxBufferedLines = 1024;
const kLineEnding = /\r?\n|\r(?!\n)|\u2028|\u2029/g;
const kLines = Symbol('kLines');

/**
 * @param {object | Readable} input options, or the input
 * @param {Writable} [output]
 * @param {Function} [completer]
 * @param {boolean} [terminal]
 */
function Interface(input, output, completer, terminal) {
  if (!(this instanceof Interface)) return new Interface(input, output, completer, terminal);
  EventEmitter.call(this);
  const options = input?.input ? input : { input, output, completer, terminal };
  setFields(this, options);
  if (this.terminal) listenToTerminal(this); else listenToText(this);
  if (options.signal) closeOnAbort(this, options.signal);
  this.line = '';
  this.input.resume();
}
Object.setPrototypeOf(Interface.prototype, EventEmitter.prototype);
Object.setPrototypeOf(Interface, EventEmitter);

function setFields(rl, options) {
  const { input, output, completer, history, historySize = kHistorySize, tabSize = 8, crlfDelay, prompt } = options;
  let { terminal } = options;
  if (options.signal) validateAbortSignal(options.signal, 'options.signal');
  if (completer !== undefined && typeof completer !== 'function') {
    throw new ERR_INVALID_ARG_VALUE('completer', completer);
  }
  if (history !== undefined) validateArray(history, 'history');
  validateNumber(historySize, 'historySize', 0);
  validateUint32(tabSize, 'tabSize', true);
  if (options.escapeCodeTimeout !== undefined) {
    if (!Number.isFinite(options.escapeCodeTimeout)) {
      throw new ERR_INVALID_ARG_VALUE('input.escapeCodeTimeout', options.escapeCodeTimeout);
    }
  }
  if (terminal === undefined && output !== null && output !== undefined) terminal = output.isTTY;

  Object.assign(rl, {
    input,
    output,
    terminal: !!terminal,
    escapeCodeTimeout: options.escapeCodeTimeout ?? 500,
    line: '',
    cursor: 0,
    history: history ?? [],
    historySize,
    historyIndex: -1,
    removeHistoryDuplicates: !!options.removeHistoryDuplicates,
    crlfDelay: crlfDelay ? Math.max(kMinCrlfDelay, crlfDelay) : kMinCrlfDelay,
    tabSize,
    completer,
    isCompletionEnabled: true,
    paused: false,
    closed: false,
    prevRows: 0,
    _prompt: prompt === undefined ? '> ' : `${prompt}`,
    _oldPrompt: '',
    _questionCallback: null,
    _sawReturnAt: 0,
    _sawKeyPress: false,
    _previousKey: null,
    _lineBuffer: '',
    _substringSearch: null,
    _wantedColumn: undefined,
  });
}

// Listeners that go when the interface closes.
function listen(rl, emitter, event, listener) {
  emitter.on(event, listener);
  rl.once('close', () => emitter.removeListener(event, listener));
}

function listenToText(rl) {
  rl._decoder = new StringDecoder('utf8');
  listen(rl, rl.input, 'error', (error) => rl.emit('error', error));
  listen(rl, rl.input, 'data', (data) => rl._normalWrite(data));
  listen(rl, rl.input, 'end', () => {
    const rest = rl._lineBuffer + rl._decoder.end();
    rl._lineBuffer = '';
    if (rest.length > 0) rl.emit('line', rest);
    rl.close();
  });
}

function listenToTerminal(rl) {
  emitKeypressEvents(rl.input, rl);
  rl._initEditing();
  listen(rl, rl.input, 'error', (error) => rl.emit('error', error));
  listen(rl, rl.input, 'keypress', (string, key) => {
    rl._ttyWrite(string, key);
    if (key?.sequence) {
      // What follows a surrogate that came alone must be drawn with it.
      const unit = key.sequence.codePointAt(0);
      if (unit >= 0xD800 && unit <= 0xDFFF) rl._refreshLine();
    }
  });
  listen(rl, rl.input, 'end', () => {
    if (typeof rl.line === 'string' && rl.line.length > 0) rl.emit('line', rl.line);
    rl.close();
  });
  rl._setRawMode(true);
  if (rl.output !== null && rl.output !== undefined) listen(rl, rl.output, 'resize', () => rl._refreshLine());
}

function closeOnAbort(rl, signal) {
  const onAbort = () => rl.close();
  if (signal.aborted) {
    process.nextTick(onAbort);
  } else {
    const listening = addAbortListener(signal, onAbort);
    rl.once('close', () => listening[Symbol.dispose]());
  }
}

function checkOpen(rl) {
  if (rl.closed) throw new ERR_USE_AFTER_CLOSE('readline');
}

const methods = {
  get columns() {
    return this.output?.columns || Infinity;
  },

  getPrompt() {
    return this._prompt;
  },

  setPrompt(prompt) {
    this._prompt = prompt;
  },

  /** @param {boolean} [preserveCursor] */
  prompt(preserveCursor) {
    if (this.paused) this.resume();
    if (this.terminal && process.env.TERM !== 'dumb') {
      if (!preserveCursor) this.cursor = 0;
      this._refreshLine();
    } else {
      this._writeToOutput(this._prompt);
    }
  },

  _setRawMode(mode) {
    const wasRaw = this.input.isRaw;
    if (typeof this.input.setRawMode === 'function') this.input.setRawMode(mode);
    return wasRaw;
  },

  _writeToOutput(stringToWrite) {
    validateString(stringToWrite, 'stringToWrite');
    if (this.output !== null && this.output !== undefined) this.output.write(stringToWrite);
  },

  close() {
    if (this.closed) return;
    this.pause();
    if (this.terminal) this._setRawMode(false);
    this.closed = true;
    this.emit('close');
  },

  pause() {
    checkOpen(this);
    if (this.paused) return undefined;
    this.input.pause();
    this.paused = true;
    this.emit('pause');
    return this;
  },

  resume() {
    checkOpen(this);
    if (!this.paused) return undefined;
    this.input.resume();
    this.paused = false;
    this.emit('resume');
    return this;
  },

  /**
   * As if it had been typed.
   * @param {string | Buffer | null} data
   * @param {object} [key]
   */
  write(data, key) {
    checkOpen(this);
    if (this.paused) this.resume();
    if (this.terminal) this._ttyWrite(data, key); else this._normalWrite(data);
  },

  // Splits text into lines. A '\n' soon after a '\r' that ended the last chunk belongs to it.
  _normalWrite(data) {
    if (data === undefined) return;
    let text = this._decoder.write(data);
    if (this._sawReturnAt && Date.now() - this._sawReturnAt <= this.crlfDelay) {
      if (text.startsWith('\n')) text = text.slice(1);
      this._sawReturnAt = 0;
    }
    kLineEnding.lastIndex = 0;
    if (!kLineEnding.test(text)) {
      this._lineBuffer += text;
      return;
    }
    this._sawReturnAt = text.endsWith('\r') ? Date.now() : 0;
    const lines = (this._lineBuffer + text).split(kLineEnding);
    this._lineBuffer = lines.pop();
    for (const line of lines) this._onLine(line);
  },

  _onLine(line) {
    if (this._questionCallback) {
      const callback = this._questionCallback;
      this._questionCallback = null;
      this.setPrompt(this._oldPrompt);
      callback(line);
    } else {
      this.emit('line', line);
    }
  },

  _question(query, callback) {
    checkOpen(this);
    if (this._questionCallback) {
      this.prompt();
    } else {
      this._oldPrompt = this._prompt;
      this.setPrompt(query);
      this._questionCallback = callback;
      this.prompt();
    }
  },

  _questionCancel() {
    if (!this._questionCallback) return;
    this._questionCallback = null;
    this.setPrompt(this._oldPrompt);
    this.clearLine();
  },

  /** Lines, 1024 of them at most ahead of the consumer. */
  [Symbol.asyncIterator]() {
    this[kLines] ??= on(this, 'line', {
      close: ['close'],
      highWaterMark: kMaxBufferedLines,
      [kFirstEventParam]: true,
    });
    return this[kLines];
  },

  [Symbol.dispose]() {
    this.close();
  },
};

for (const group of [methods, editorMethods, editingMethods, completionMethods]) {
  for (const key of Reflect.ownKeys(group)) {
    const descriptor = Object.getOwnPropertyDescriptor(group, key);
    Object.defineProperty(Interface.prototype, key, { ...descriptor, enumerable: false, configurable: true });
  }
}

module.exports = { Interface };
