'use strict';
// What a terminal shows of a line while it is typed: behind it the rest that Tab would add, below it what Enter would
// print, found out by V8's inspector, which stops at the first side effect. Loaded by the first key of a REPL.

const { clearLine, cursorTo, moveCursor } = require('readline');
const { commonPrefix } = require('internal/repl/completion');
const { isValidSyntax } = require('internal/repl/syntax');
const { getStringWidth, inspect } = require('internal/util/inspect');

const kMaxColumns = 250;
const kTimeoutMs = 333;
const kObjectLiteral = /^\s*\{/;
const kOpenObject = /^\s*\{.*:\s*[\w$.]+$/;
const kTerminated = /;\s*$/;
const kInspectOptions = {
  __proto__: null, compact: true, breakLength: Number.POSITIVE_INFINITY, colors: false, showProxy: true,
};

/** Values of lines, looked at from outside: nothing that the program can see happens. */
class Evaluator {
  #server;
  #session;
  #context;
  #contextId;
  #printerId;

  // Before the context of the server is made: the inspector hears of new ones only.
  constructor(server) {
    this.#server = server;
    const { Session } = require('inspector');
    const session = new Session();
    try {
      session.connect();
      this.#session = session;
    } catch {
      // The permission model does not allow it.
    }
  }

  #post(method, params) {
    let answer;
    this.#session.post(method, params, (error, result) => { answer = error ? undefined : result; });
    return answer;
  }

  /** The numbers of all contexts. */
  #contextIds() {
    const ids = [];
    const add = ({ params }) => ids.push(params.context.id);
    this.#session.on('Runtime.executionContextCreated', add);
    this.#post('Runtime.enable');
    this.#post('Runtime.disable');
    this.#session.off('Runtime.executionContextCreated', add);
    return ids;
  }

  /** Finds the inspector's number of the context by a property that it has for a moment, the function that prints. */
  #findContext() {
    const { context } = this.#server;
    if (this.#context === context) return this.#contextId !== undefined;
    if (this.#session === undefined) return false;
    const name = `__gyre_preview_${process.hrtime.bigint()}`;
    Object.defineProperty(context, name, { __proto__: null, configurable: true, value: print });
    this.#context = context;
    this.#contextId = undefined;
    for (const id of this.#contextIds()) {
      const { result } = this.#post('Runtime.evaluate', { contextId: id, expression: `globalThis.${name}` }) ?? {};
      if (result?.type !== 'function') continue;
      this.#contextId = id;
      this.#printerId = result.objectId;
      break;
    }
    delete context[name];
    return this.#contextId !== undefined;
  }

  #evaluate(expression) {
    const strict = this.#server.replMode === this.#server.constructor.strictMode;
    return this.#post('Runtime.evaluate', {
      expression: strict ? `'use strict'; ${expression}` : expression,
      contextId: this.#contextId, throwOnSideEffect: true, timeout: kTimeoutMs, objectGroup: 'preview',
    });
  }

  /** The text of a value; undefined for what shall not be shown. */
  #textOf({ objectId, unserializableValue, value }) {
    const argument = objectId === undefined ? { unserializableValue, value } : { objectId };
    const answer = this.#post('Runtime.callFunctionOn', {
      functionDeclaration: '(print, value) => print(value)',
      arguments: [{ objectId: this.#printerId }, argument],
      executionContextId: this.#contextId,
    });
    return answer?.exceptionDetails === undefined ? answer?.result.value : undefined;
  }

  #isShown({ className }) {
    if (className === 'ReferenceError') {
      return this.#server.replMode === this.#server.constructor.strictMode || process.execArgv.includes('--use-strict');
    }
    return className !== 'SyntaxError' && className !== 'EvalError';
  }

  /** What Enter would print for the line. */
  preview(line) {
    if (!this.#findContext()) return undefined;
    const isWrapped = kObjectLiteral.test(line) && !kTerminated.test(line) && isValidSyntax(line);
    let answer = this.#evaluate(isWrapped ? `(${line.trim()})` : line);
    if (isWrapped && answer?.exceptionDetails?.exception?.className === 'SyntaxError') answer = this.#evaluate(line);
    if (answer === undefined) return undefined;
    const { exceptionDetails, result } = answer;
    let text;
    if (exceptionDetails === undefined) {
      if (result.type !== 'undefined') text = this.#textOf(result);
    } else if (exceptionDetails.exception !== undefined && this.#isShown(exceptionDetails.exception)) {
      text = this.#textOf(exceptionDetails.exception);
    }
    this.#post('Runtime.releaseObjectGroup', { objectGroup: 'preview' });
    return text;
  }

  close() {
    this.#session?.disconnect();
    this.#session = undefined;
    this.#context = undefined;
  }
}

const print = (value) => inspect(value, kInspectOptions);

/** The first line of a text, and of that what fits. */
function shorten(text, width) {
  const line = text.split(/[\r\n\v]/, 1)[0];
  if (getStringWidth(line) <= width) return line;
  let total = 0;
  let shown = '';
  for (const character of line) {
    total += getStringWidth(character);
    if (total > width - 7) break;
    shown += character;
  }
  return `${shown}...`;
}

/** Whether a key that goes to the end of the line, or beyond it, takes what is shown there. */
function takesCompletion({ ctrl, meta, name }, wasAtEnd) {
  if (meta) return false;
  if (ctrl ? name === 'e' : name === 'end') return true;
  return wasAtEnd && (ctrl ? name === 'f' : name === 'right');
}

class Preview {
  #server;
  #evaluator;
  #hasResult = false;
  #completion = null;
  #escaped = null;  // the line for which Escape has refused its completion

  constructor(server) {
    this.#server = server;
    this.#evaluator = new Evaluator(server);
    server.once('exit', () => this.#evaluator.close());
  }

  /** Handles a key: what was shown is taken away before, and what there is to show is shown after. */
  around(key, handle) {
    const server = this.#server;
    const completion = this.#completion;
    const wasAtEnd = server.cursor === server.line.length;
    this.#clear(key);
    handle();
    if (completion !== null && takesCompletion(key, wasAtEnd) && server.cursor === server.line.length) {
      server._insertString(completion);
    }
    this.#show();
  }

  #clear(key) {
    const { output } = this.#server;
    if (this.#hasResult) {
      const rows = this.#rowsBelow() + 1;
      moveCursor(output, 0, rows);
      clearLine(output, 0);
      moveCursor(output, 0, -rows);
      this.#hasResult = false;
    }
    if (this.#completion !== null) this.#clearCompletion(key);
    if (this.#escaped !== this.#server.line) this.#escaped = null;
  }

  #clearCompletion(key) {
    const server = this.#server;
    const { cursor, line, output } = server;
    const isAtEnd = cursor === line.length;
    const place = isAtEnd ? undefined : server.getCursorPos();
    if (!isAtEnd) cursorTo(output, server._getDisplayPos(server.getPrompt() + line).cols);
    clearLine(output, 1);
    if (!isAtEnd) cursorTo(output, place.cols);
    const suffix = this.#completion;
    this.#completion = null;
    if (key.ctrl || key.shift) return;
    if (key.name === 'escape') {
      if (this.#escaped === null && key.meta) this.#escaped = line;
    } else if ((key.name === 'return' || key.name === 'enter') && !key.meta && this.#escaped !== line && isAtEnd) {
      server._insertString(suffix);
    }
  }

  #show() {
    const server = this.#server;
    if (this.#hasResult || server.closed || server.editorMode || server.getPrompt() !== server._initialPrompt) return;
    // Not for the middle of what is pasted.
    if (!server.isCompletionEnabled || server.line.trim() === '' || server.line.includes('\n')) return;
    if (this.#escaped !== server.line) this.#showCompletion();
    const isAtEnd = server.cursor === server.line.length;
    this.#showResult(server.line + (isAtEnd ? this.#completion ?? '' : ''));
  }

  #showCompletion() {
    const server = this.#server;
    const { line, output } = server;
    // In the middle of something Tab may guess; nobody has asked here.
    if (!isValidSyntax(line) && !(kOpenObject.test(line) && isValidSyntax(`(${line}})`))) return;
    server.completer(line, (error, found) => {
      if (error || server.line !== line || !Array.isArray(found)) return;
      const [[common = ''], text = ''] = commonPrefix(found);
      const suffix = common.slice(text.length);
      if (suffix === '' || !common.startsWith(text)) return;
      this.#completion = suffix;
      const place = server.getCursorPos();
      if (server.cursor !== line.length) {
        const end = server._getDisplayPos(server.getPrompt() + line);
        moveCursor(output, 0, end.rows - place.rows);
        cursorTo(output, end.cols);
      }
      output.write(server.useColors ? `\x1B[90m${suffix}\x1B[39m` : ` // ${suffix}`);
      cursorTo(output, place.cols);
    });
  }

  #showResult(line) {
    const server = this.#server;
    const trimmed = line.trim();
    const found = this.#evaluator.preview(trimmed);
    if (typeof found !== 'string' || found === trimmed || server.line === '') return;
    const { output, useColors } = server;
    const width = Math.min(server.columns, kMaxColumns);
    const shortened = shorten(found, width);
    const text = useColors ? `\x1B[90m${shortened}\x1B[39m` : `// ${shortened}`;
    const place = server.getCursorPos();
    const below = this.#rowsBelow();
    moveCursor(output, 0, below);
    output.write(`\n${text}`);
    cursorTo(output, place.cols);
    moveCursor(output, 0, -below - server._getDisplayPos(text).rows - 1);
    this.#hasResult = true;
  }

  #rowsBelow() {
    const server = this.#server;
    return server._getEndPos().rows - server.getCursorPos().rows;
  }
}

module.exports = { Preview };
