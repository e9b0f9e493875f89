'use strict';
// The `repl` module. Loaded on first require.

const { Interface } = require('readline');
const { codes } = require('internal/errors');
const { deprecate } = require('internal/util');
const { shouldColorize } = require('internal/util/colors');
const { inspect } = require('internal/util/inspect');
const { Recoverable } = require('internal/repl/recoverable');
const { defaultEval, nextResourceName } = require('internal/repl/eval');
const { defineCommands } = require('internal/repl/commands');
const { addUnderscores, builtInIds, createContext, setBuiltInIds } = require('internal/repl/context');
const { formatUncaught } = require('internal/repl/errors');
const { isValidSyntax } = require('internal/repl/syntax');
const { kEvaluated, kIsLoading, kStandalone } = require('internal/repl/symbols');
const { validateFunction, validateObject } = require('internal/validators');

const REPL_MODE_SLOPPY = Symbol('repl-sloppy');
const REPL_MODE_STRICT = Symbol('repl-strict');

const kDefaultPrompt = '> ';
const kContinuedPrompt = '| ';
const kDefaultHistorySize = 30;
const kCommand = /^\.(\S+)\s*(.*)$/;
const kIndentation = /^\s*/;
const kExitHint = '(To exit, press Ctrl+C again or Ctrl+D or type .exit)\n';

const kBuffered = Symbol('buffered command');
const kEntered = Symbol('the line that Enter ended, while it may turn out to be unfinished');
const kRefused = Symbol('whether the last line was no program');
const kPart = Symbol('what the history has of the unfinished line');
const kQueue = Symbol('lines that wait');
const kOptions = Symbol('options');
const kPreview = Symbol('preview');

const writer = (object) => inspect(object, writer.options);
writer.options = { ...inspect.defaultOptions, showProxy: true };

// util.inspect.replDefaults: the options of every REPL that has no writer of its own.
Object.defineProperty(inspect, 'replDefaults', {
  __proto__: null, configurable: true, enumerable: true, get: () => writer.options,
  set(options) {
    validateObject(options, 'options');
    Object.assign(writer.options, options);
  },
});

/** The arguments of REPLServer, as options. */
function normalize(prompt, stream, eval_, useGlobal, ignoreUndefined, replMode) {
  const options = prompt !== null && typeof prompt === 'object' ? { ...prompt } :
    { prompt, eval: eval_, useGlobal, ignoreUndefined, replMode };
  if (prompt !== null && typeof prompt === 'object') {
    if (Object.hasOwn(prompt, kStandalone)) options[kStandalone] = prompt[kStandalone];
    stream = options.stream || options.socket;
  }
  if (!options.input && !options.output) {
    stream ||= process;
    options.input = stream.stdin || stream;
    options.output = stream.stdout || stream;
  }
  options.terminal ??= Boolean(options.output.isTTY);
  options.useColors ??= options.terminal && shouldColorize(options.output);
  options.historySize ??= kDefaultHistorySize;
  return options;
}

function REPLServer(prompt, stream, eval_, useGlobal, ignoreUndefined, replMode) {
  if (!(this instanceof REPLServer)) return new REPLServer(prompt, stream, eval_, useGlobal, ignoreUndefined, replMode);
  const options = normalize(prompt, stream, eval_, useGlobal, ignoreUndefined, replMode);
  if (options.breakEvalOnSigint && options.eval) throw new codes.ERR_INVALID_REPL_EVAL_CONFIG();
  setFields(this, options);
  Interface.call(this, {
    __proto__: null, input: options.input, output: options.output, terminal: options.terminal,
    completer: completerOf(this, options),
    historySize: options.historySize, prompt: options.prompt ?? kDefaultPrompt,
  });
  previewOf(this);
  this.resetContext();
  this._initialPrompt = options.prompt === undefined ? kDefaultPrompt : String(options.prompt);
  this.lines = [];
  this.lines.level = [];
  this.commands = { __proto__: null };
  defineCommands(this);
  this.writer = options.writer || writer;
  if (options.useColors && this.writer === writer) {
    this.writer = (object) => inspect(object, { ...writer.options, colors: true });
    this.writer.options = { ...writer.options, colors: true };
  }
  listen(this);
  this.displayPrompt();
}
Object.setPrototypeOf(REPLServer.prototype, Interface.prototype);
Object.setPrototypeOf(REPLServer, Interface);
REPLServer.strictMode = REPL_MODE_STRICT;
Object.defineProperty(REPLServer, 'strictMode', { __proto__: null, enumerable: false });

/** The completer, ours or the program's, as a function with a callback. */
function completerOf(server, { completer }) {
  if (typeof completer !== 'function') return (text, callback) => offer(server, text, callback);
  return completer.length === 2 ? completer : (text, callback) => callback(null, completer(text));
}

/** What shows results while a line is typed; undefined where nobody wants to see them. */
function previewOf(server) {
  const { eval: ownEval, preview = !ownEval } = server[kOptions];
  if (!server.terminal || !preview || process.env.TERM === 'dumb') return undefined;
  const { Preview } = require('internal/repl/preview');
  return server[kPreview] ??= new Preview(server);
}

function offer(server, text, callback) {
  const { commonPrefix, completions } = require('internal/repl/completion');
  const found = completions(server, text.slice(text.lastIndexOf('\n') + 1));
  callback(null, server.editorMode ? commonPrefix(found) : found);
}

function setFields(server, options) {
  const domain = require('domain');
  const evaluate = options.eval || ((...args) => defaultEval(server, ...args));
  server.allowBlockingCompletions = Boolean(options.allowBlockingCompletions);
  server.useColors = Boolean(options.useColors);
  server._domain = options.domain || domain.create();
  server.useGlobal = Boolean(options.useGlobal);
  server.ignoreUndefined = Boolean(options.ignoreUndefined);
  server.replMode = options.replMode || REPL_MODE_SLOPPY;
  server.underscoreAssigned = false;
  server.last = undefined;
  server.underscoreErrAssigned = false;
  server.lastError = undefined;
  server.breakEvalOnSigint = Boolean(options.breakEvalOnSigint);
  server.editorMode = false;
  server[kBuffered] = '';
  server[kEntered] = undefined;
  server[kRefused] = false;
  server[kPart] = undefined;
  server[kQueue] = [];
  server[kOptions] = options;
  server.isAwaiting = false;
  server.eval = server._domain.bind(evaluate);
  server._domain.on('error', (error) => onError(server, error));
}

// Domains of the REPLs that are open, but for the one that is the program.
const openDomains = new Set();

/** A REPL catches what its lines throw: a listener of a line would never hear of anything. */
function refuseListener(event) {
  if (event === 'uncaughtException' && openDomains.has(process.domain)) {
    throw new codes.ERR_INVALID_REPL_INPUT('Listeners for `uncaughtException` cannot be used in the REPL');
  }
}

function guardListeners({ _domain: domain }) {
  if (openDomains.size === 0) process.on('newListener', refuseListener);
  openDomains.add(domain);
}

function unguardListeners({ _domain: domain }) {
  if (openDomains.delete(domain) && openDomains.size === 0) process.off('newListener', refuseListener);
}

function listen(server) {
  let sawInterrupt = false;
  if (!server[kOptions][kStandalone]) guardListeners(server);
  server.once('exit', () => unguardListeners(server));
  server.on('line', (given) => {
    const line = given ?? '';
    sawInterrupt = false;
    if (server.isAwaiting) server[kQueue].push(() => onLine(server, line));
    else onLine(server, line);
  });
  server.on('close', () => {
    if (server.isAwaiting) server[kQueue].push(() => server.emit('exit'));
    else server.emit('exit');
  });
  server.on('SIGINT', () => {
    if (server.isAwaiting) return;  // that ends
    const isEmpty = server.line.length === 0 && server[kBuffered] === '';
    server.clearLine();
    server.endEditorMode(/* run */ false);
    if (isEmpty && sawInterrupt) {
      server.close();
      sawInterrupt = false;
      return;
    }
    if (isEmpty) server.output.write(kExitHint);
    sawInterrupt = isEmpty;
    server.clearBufferedCommand();
    server.displayPrompt();
  });
  server.on('SIGCONT', () => {
    if (server.editorMode) {
      server.output.write(`${server._initialPrompt}.editor\n// Entering editor mode (Ctrl+D to finish, Ctrl+C to cancel)\n`);
      server.output.write(`${server[kBuffered]}\n`);
      server.prompt(true);
    } else {
      server.displayPrompt(true);
    }
  });
}

/** Runs a command; whether the line was one. */
function runCommand(server, line) {
  const start = line.lastIndexOf('\n') + 1;
  const text = line.slice(start).trim();
  if (text[0] !== '.' || text[1] === '.' || !Number.isNaN(Number.parseFloat(text))) return false;
  const match = kCommand.exec(text);
  const command = match === null ? undefined : server.commands[match[1]];
  if (command !== undefined) {
    server[kBuffered] += line.slice(0, start);
    command.action.call(server, match[2]);
    return true;
  }
  if (server[kBuffered] !== '' || start > 0) return false;
  server.output.write('Invalid REPL keyword\n');
  server.displayPrompt();
  return true;
}

function onLine(server, line) {
  if (server.editorMode) {
    server[kBuffered] += `${line}\n`;
    // The next line begins below this one, unless it comes with what is pasted.
    if (server._sawKeyPress && !server[kIsLoading]) server.write(kIndentation.exec(line)[0]);
    return;
  }
  if (runCommand(server, line)) return;
  server.lines.push(...line.split('\n'));
  const code = `${server[kBuffered]}${line}\n`;
  server.eval(code, server.context, nextResourceName(), (...result) => finish(server, line, ...result));
}

function finish(server, line, ...result) {
  const [error, value] = result;
  const isUnfinished = error instanceof Recoverable;
  if (error && !isUnfinished && server[kBuffered] === '' && line.trim().startsWith('npm ')) {
    server.output.write('npm should be run outside of the Node.js REPL, in your normal shell.\n(Press Ctrl+D to exit.)\n');
    server.displayPrompt();
    return;
  }
  if (isUnfinished) {
    if (continueLine(server, line)) return;
    server[kBuffered] += `${line}\n`;
    server.displayPrompt();
    return;
  }
  if (error) {
    server[kRefused] = isNoProgram(error, server[kBuffered] + line);
    server._domain.emit('error', error.err || error);
  } else {
    server[kEvaluated].push(server[kBuffered] + line);
    server.clearBufferedCommand();
    if (result.length === 2 && (!server.ignoreUndefined || value !== undefined)) {
      if (!server.underscoreAssigned) server.last = value;
      server.output.write(`${server.writer(value)}\n`);
    }
    if (!server.closed) server.displayPrompt();
  }
  runQueue(server);
}

/** On a terminal an unfinished line is edited on, as one of several lines; whether this can be. */
function continueLine(server, line) {
  const entered = server[kEntered];
  server[kEntered] = undefined;
  if (entered?.line !== line || server[kBuffered] !== '' || server[kQueue].length > 0 || server.line !== '') return false;
  server.lines.splice(-line.split('\n').length);
  [server[kPart]] = server.history;
  server._continueLine(line, entered.cursor);
  return true;
}

function isNoProgram(error, code) {
  try {
    return error.name === 'SyntaxError' && !isValidSyntax(code);
  } catch {
    return false;  // what was thrown throws, too
  }
}

function runQueue(server) {
  while (server[kQueue].length > 0 && !server.isAwaiting) server[kQueue].shift()();
}

function onError(server, error) {
  const text = formatUncaught(error, server.writer);
  if (!server.underscoreErrAssigned) server.lastError = error;
  if (server[kOptions][kStandalone] && process.listenerCount('uncaughtException') !== 0) {
    process.nextTick(() => {
      process.emit('uncaughtException', error);
      server.clearBufferedCommand();
      if (!server.closed) server.displayPrompt();
    });
    return;
  }
  server.output.write(text);
  server.clearBufferedCommand();
  server.lines.level = [];
  if (!server.closed) server.displayPrompt();
}

Object.assign(REPLServer.prototype, {
  setupHistory(path, callback) {
    const options = path !== null && typeof path === 'object' ? path : { filePath: path };
    if (typeof path === 'function') validateFunction(path, 'callback');
    require('internal/repl/history').setupHistory(this, options, callback);
  },

  clearBufferedCommand() {
    this[kBuffered] = '';
    this[kPart] = undefined;
  },

  _line() {
    if (this.terminal && !this.editorMode && process.env.TERM !== 'dumb') {
      const { history } = this;
      // The whole takes the place of its beginning, and what comes next that of what was no program.
      if (this[kPart] !== undefined && this[kPart] === history[0] && this.historyIndex === -1) history.shift();
      else if (this[kRefused] && this.line.trim() !== '') history.shift();
      this[kPart] = undefined;
      this[kRefused] = false;
      this[kEntered] = { line: this.line, cursor: this.cursor };
    }
    Interface.prototype._line.call(this);
  },

  close() {
    process.nextTick(() => Interface.prototype.close.call(this));
  },

  createContext() {
    return createContext(this);
  },

  resetContext() {
    this.context = this.createContext();
    this.underscoreAssigned = false;
    this.underscoreErrAssigned = false;
    this.lines = [];
    this.lines.level = [];
    this[kEvaluated] = [];
    addUnderscores(this, this.context);
    this.emit('reset', this.context);
  },

  displayPrompt(preserveCursor) {
    const prompt = this[kBuffered] === '' ? this._initialPrompt : kContinuedPrompt;
    Interface.prototype.setPrompt.call(this, prompt);
    this.prompt(preserveCursor);
  },

  setPrompt(prompt) {
    this._initialPrompt = prompt;
    Interface.prototype.setPrompt.call(this, prompt);
  },

  complete(line, callback) {
    this.completer(line, callback);
  },

  defineCommand(keyword, command) {
    if (typeof command === 'function') command = { action: command };
    else validateFunction(command.action, 'cmd.action');
    this.commands[keyword] = command;
  },

  startEditorMode() {
    this.editorMode = true;
    Interface.prototype.setPrompt.call(this, '');
  },

  /** Leaves editor mode; runs what was typed there. */
  endEditorMode(run = true) {
    if (!this.editorMode) return;
    this.editorMode = false;
    Interface.prototype.setPrompt.call(this, this._initialPrompt);
    if (!run) return;
    const text = this[kBuffered];
    this.clearBufferedCommand();
    if (text.trim() === '') return;
    this.lines.push(...text.split('\n'));
    this.eval(text, this.context, nextResourceName(), (error, ...rest) => {
      finish(this, '', error instanceof Recoverable ? error.err : error, ...rest);
    });
  },

  _ttyWrite(string, given) {
    const key = given ?? {};
    if (this.editorMode && key.ctrl && key.name === 'd') {
      this.output.write('\n');
      if (this.line !== '') this[kBuffered] += `${this.line}\n`;
      this.line = '';
      this.cursor = 0;
      this.endEditorMode();
      return;
    }
    // The program that comes next starts in a line of its own.
    if (key.ctrl && key.name === 'd' && this.cursor === 0 && this.line.length === 0) this.clearLine();
    const preview = previewOf(this);
    if (preview === undefined) Interface.prototype._ttyWrite.call(this, string, key);
    else preview.around(key, () => Interface.prototype._ttyWrite.call(this, string, key));
  },
});
for (const [old, name] of [['inputStream', 'input'], ['outputStream', 'output']]) {
  const text = 'repl.inputStream and repl.outputStream are deprecated. Use repl.input and repl.output instead';
  Object.defineProperty(REPLServer.prototype, old, {
    __proto__: null, configurable: true, enumerable: true,
    get: deprecate(function() { return this[name]; }, text, 'DEP0141'),
    set: deprecate(function(value) { this[name] = value; }, text, 'DEP0141'),
  });
}

function start(...args) {
  const server = new REPLServer(...args);
  if (server[kOptions][kStandalone]) module.exports.repl = server;
  return server;
}

module.exports = { start, writer, REPLServer, REPL_MODE_SLOPPY, REPL_MODE_STRICT, Recoverable, isValidSyntax };

for (const [name, code, text] of [
  ['builtinModules', 'DEP0191', 'repl.builtinModules is deprecated. Check module.builtinModules instead'],
  ['_builtinLibs', 'DEP0142', 'repl._builtinLibs is deprecated. Check module.builtinModules instead'],
]) {
  Object.defineProperty(module.exports, name, {
    __proto__: null, configurable: true, enumerable: false,
    get: deprecate(builtInIds, text, code),
    set: deprecate(setBuiltInIds, text, code),
  });
}
