'use strict';

// Run in the start-up snapshot; makes the Console class: methods that format values and write them to two streams.

const { channel } = require('diagnostics_channel');
const { codes, isStackOverflowError } = require('internal/errors');
const { formatTime } = require('internal/util/debuglog');
const tracing = require('internal/trace_events');
const { shouldColorize } = require('internal/util/colors');
const {
  validateInteger,
  validateObject,
  validateOneOf,
} = require('internal/validators');

const kColorMode = Symbol('kColorMode');
const kGetInspectOptions = Symbol('kGetInspectOptions');
const kCounts = Symbol('counts');
const kGroupIndentation = Symbol('kGroupIndentationString');
const kGroupIndentWidth = Symbol('kGroupIndentWidth');
const kInspectOptions = Symbol('kInspectOptions');
const kIsConsole = Symbol('kIsConsole');
const kWrite = Symbol('kWriteToConsole');

const kMaxGroupIndentation = 1000;
const kTraceLimit = 10;

const channels = {
  log: channel('console.log'),
  info: channel('console.info'),
  debug: channel('console.debug'),
  warn: channel('console.warn'),
  error: channel('console.error'),
};

const colorOptions = Object.freeze({ colors: true });
const noColorOptions = Object.freeze({});

function noop() {}

// -- Writing -----------------------------------------------------------------------------------------------------------

/** Writes to a stream whose errors nobody is to hear of. */
function writeIgnoringErrors(stream, text, onError) {
  const guard = typeof stream.listenerCount === 'function' && stream.listenerCount('error') === 0;
  if (guard) stream.once('error', noop);
  try {
    stream.write(text, onError);
  } catch (error) {
    // A console must not hide that the program has run out of stack.
    if (isStackOverflowError(error)) throw error;
  } finally {
    if (guard) stream.removeListener('error', noop);
  }
}

/** The callback of a write: an error that comes later finds a listener, too. */
function makeErrorHandler(stream) {
  return (error) => {
    if (error !== null && error !== undefined && !stream._writableState?.errorEmitted &&
        stream.listenerCount('error') === 0) {
      stream.once('error', noop);
    }
  };
}

function write(console, useStderr, text) {
  const indentation = console[kGroupIndentation];
  if (indentation.length !== 0) {
    if (text.includes('\n')) text = text.replaceAll('\n', `\n${indentation}`);
    text = indentation + text;
  }
  console[kWrite](useStderr, `${text}\n`);
}

function writeToStream(useStderr, text) {
  const stream = useStderr ? this._stderr : this._stdout;
  if (!this._ignoreErrors) {
    stream.write(text);
    return;
  }
  writeIgnoringErrors(
    stream, text, useStderr ? this._stderrErrorHandler : this._stdoutErrorHandler);
}

/** Options for what is printed on a stream: those of the console, else colors as the stream shows them. */
function getInspectOptions(useStderr) {
  const stream = useStderr ? this._stderr : this._stdout;
  const options = this[kInspectOptions];
  const own = options instanceof Map ? options.get(stream) : options;
  if (own === undefined) return colorsOf(this, stream) ? colorOptions : noColorOptions;
  return own.colors === undefined ? { ...own, colors: colorsOf(this, stream) } : own;
}

function colorsOf(console, stream) {
  const mode = console[kColorMode];
  return mode === 'auto' ? shouldColorize(stream) : mode;
}

function formatFor(console, useStderr, args) {
  if (args.length === 1 && typeof args[0] === 'string') return args[0];
  const options = console[kGetInspectOptions](useStderr);
  const { format, formatWithOptions } = require('internal/util/inspect');
  return options === noColorOptions ? format(...args) : formatWithOptions(options, ...args);
}

// -- Methods -----------------------------------------------------------------------------------------------------------

function warnNoLabel(method, label) {
  process.emitWarning(`No such label '${label}' for console.${method}()`);
}

/** Lets subscribers of a diagnostics channel see, and change, what is logged. */
function publish(name, args) {
  const channel = channels[name];
  if (channel.hasSubscribers) channel.publish(args);
}

const consoleMethods = {
  log(...args) {
    publish('log', args);
    write(this, false, formatFor(this, false, args));
  },

  info(...args) {
    publish('info', args);
    write(this, false, formatFor(this, false, args));
  },

  debug(...args) {
    publish('debug', args);
    write(this, false, formatFor(this, false, args));
  },

  warn(...args) {
    publish('warn', args);
    write(this, true, formatFor(this, true, args));
  },

  error(...args) {
    publish('error', args);
    write(this, true, formatFor(this, true, args));
  },

  dir(object, options) {
    write(this, false, require('internal/util/inspect').inspect(object, {
      customInspect: false, ...this[kGetInspectOptions](false), ...options,
    }));
  },

  time(label = 'default') {
    label = `${label}`;
    if (this._times.has(label)) {
      process.emitWarning(`Label '${label}' already exists for console.time()`);
      return;
    }
    traceEvent('b', `time::${label}`);
    this._times.set(label, process.hrtime());
  },

  timeEnd(label = 'default') {
    label = `${label}`;
    if (!reportTime(this, 'timeEnd', label, [])) return;
    traceEvent('e', `time::${label}`);
    this._times.delete(label);
  },

  timeLog(label = 'default', ...data) {
    if (reportTime(this, 'timeLog', `${label}`, data)) traceEvent('n', `time::${label}`);
  },

  trace(...args) {
    const error = {
      name: 'Trace',
      message: formatFor(this, true, args),
    };
    const limit = Error.stackTraceLimit;
    if (limit < kTraceLimit) Error.stackTraceLimit = kTraceLimit;
    Error.captureStackTrace(error, consoleMethods.trace);
    Error.stackTraceLimit = limit;
    this.error(error.stack);
  },

  assert(expression, ...args) {
    if (expression) return;
    if (typeof args[0] === 'string') args[0] = `Assertion failed: ${args[0]}`;
    else args.unshift('Assertion failed');
    this.warn(...args);
  },

  clear() {
    // Where it is no terminal that could be cleared, it has to stay readable.
    if (this._stdout.isTTY && process.env.TERM !== 'dumb') {
      const { cursorTo, clearScreenDown } = require('readline');
      cursorTo(this._stdout, 0, 0);
      clearScreenDown(this._stdout);
    }
  },

  count(label = 'default') {
    label = `${label}`;
    const count = (this[kCounts].get(label) ?? 0) + 1;
    this[kCounts].set(label, count);
    traceEvent('C', `count::${label}`, count);
    this.log(`${label}: ${count}`);
  },

  countReset(label = 'default') {
    label = `${label}`;
    if (!this[kCounts].delete(label)) {
      process.emitWarning(`Count for '${label}' does not exist`);
      return;
    }
    traceEvent('C', `count::${label}`, 0);
  },

  group(...args) {
    if (args.length > 0) this.log(...args);
    this[kGroupIndentation] += ' '.repeat(this[kGroupIndentWidth]);
  },

  groupEnd() {
    const indentation = this[kGroupIndentation];
    this[kGroupIndentation] = indentation.slice(
      0, Math.max(0, indentation.length - this[kGroupIndentWidth]));
  },

  table(data, properties) {
    if (data === null || typeof data !== 'object') return this.log(data);
    const { renderTable } = require('internal/console/table');
    const text = renderTable(data, properties, this[kGetInspectOptions](false));
    return text === undefined ? this.log(data) : this.log(text);
  },
};

// What browsers do differently is the same here.
consoleMethods.dirxml = { dirxml(...args) { consoleMethods.log.apply(this, args); } }.dirxml;
consoleMethods.groupCollapsed = {
  groupCollapsed(...args) { consoleMethods.group.apply(this, args); },
}.groupCollapsed;

function traceEvent(phase, name, data) {
  if (tracing.recorded.console) tracing.trace(phase, 'console', name, 0, data);
}

function reportTime(console, method, label, data) {
  const start = console._times.get(label);
  if (start === undefined) {
    warnNoLabel(method, label);
    return false;
  }
  const [seconds, nanoseconds] = process.hrtime(start);
  const elapsed = formatTime(seconds * 1000 + nanoseconds / 1e6);
  if (data.length > 0) console.log('%s: %s', label, elapsed, ...data);
  else console.log('%s: %s', label, elapsed);
  return true;
}

// -- The class ---------------------------------------------------------------------------------------------------------

function define(object, key, value) {
  Object.defineProperty(object, key, {
    __proto__: null, value, writable: true, enumerable: false, configurable: true,
  });
}

/** State and bound methods of a console; streams are set apart. */
function initialize(console, { ignoreErrors, colorMode, groupIndentation, inspectOptions }) {
  define(console, '_ignoreErrors', ignoreErrors);
  define(console, '_times', new Map());
  define(console, kCounts, new Map());
  define(console, kColorMode, colorMode);
  define(console, kInspectOptions, inspectOptions);
  define(console, kIsConsole, true);
  define(console, kGroupIndentWidth, groupIndentation);
  define(console, kGroupIndentation, '');
  Object.defineProperty(console, Symbol.toStringTag, {
    __proto__: null, value: 'console', writable: false, enumerable: false, configurable: true,
  });
}

/** Makes own, bound methods: programs pass `console.log` around. */
function bindMethods(console, source) {
  for (const key of Object.keys(consoleMethods)) {
    const method = source[key];
    console[key] = Object.defineProperty(method.bind(console), 'name', {
      __proto__: null, value: key, configurable: true,
    });
  }
}

function readOptions(options) {
  const {
    stdout, stderr = stdout, ignoreErrors = true, colorMode = 'auto', inspectOptions,
    groupIndentation = 2,
  } = options;
  if (typeof stdout?.write !== 'function') throw new codes.ERR_CONSOLE_WRITABLE_STREAM('stdout');
  if (typeof stderr?.write !== 'function') throw new codes.ERR_CONSOLE_WRITABLE_STREAM('stderr');
  validateOneOf(colorMode, 'colorMode', ['auto', true, false]);
  validateInteger(groupIndentation, 'groupIndentation', 0, kMaxGroupIndentation);
  if (inspectOptions !== undefined) {
    validateObject(inspectOptions, 'options.inspectOptions');
    const each = inspectOptions instanceof Map ? [...inspectOptions.values()] : [inspectOptions];
    if (options.colorMode !== undefined && each.some((own) => own.colors !== undefined)) {
      throw new codes.ERR_INCOMPATIBLE_OPTION_PAIR('options.inspectOptions.color', 'colorMode');
    }
  }
  return { stdout, stderr, ignoreErrors: Boolean(ignoreErrors), colorMode, inspectOptions,
           groupIndentation };
}

/**
 * @param {object} options streams and settings, or stdout
 * @param {object} [stderr]
 * @param {boolean} [ignoreErrors]
 */
function Console(options /* , stderr, ignoreErrors */) {
  // Called without `new`, too.
  if (!new.target) return Reflect.construct(Console, arguments);
  if (!options || typeof options.write === 'function') {
    options = { stdout: options, stderr: arguments[1], ignoreErrors: arguments[2] };
  }
  const settings = readOptions(options);
  bindMethods(this, this);
  define(this, '_stdout', settings.stdout);
  define(this, '_stderr', settings.stderr);
  define(this, '_stdoutErrorHandler', makeErrorHandler(settings.stdout));
  define(this, '_stderrErrorHandler', makeErrorHandler(settings.stderr));
  initialize(this, settings);
}

for (const key of Object.keys(consoleMethods)) Console.prototype[key] = consoleMethods[key];
define(Console.prototype, kGetInspectOptions, getInspectOptions);
define(Console.prototype, kWrite, writeToStream);

Object.defineProperty(Console, Symbol.hasInstance, {
  __proto__: null,
  value(instance) { return instance?.[kIsConsole] === true; },
});

module.exports = {
  Console,
  bindMethods,
  define,
  getInspectOptions,
  initialize,
  kGetInspectOptions,
  kWrite,
  makeErrorHandler,
  noColorOptions,
  writeToStream,
};
