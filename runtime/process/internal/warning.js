'use strict';

// process.emitWarning and the default 'warning' listener, https://nodejs.org/api/process.html#processemitwarningwarning-options.

const { getOptionValue } = require('internal/options');

/** That there is --trace-warnings is said once. */
const hint = { printed: false };

function isDisabled(warning) {
  const disabled = getOptionValue('--disable-warning');
  return disabled.length > 0 &&
    (disabled.includes(warning.name) || (typeof warning.code === 'string' && disabled.includes(warning.code)));
}

// Whether a line could be written to the file that warnings go to.
function appendTo(file, text) {
  try {
    require('fs').appendFileSync(file, `${text}\n`);
    return true;
  } catch {
    return false;
  }
}

// The listener that prints; user code may remove it like any other.
function onWarning(warning) {
  if (!(warning instanceof Error) || isDisabled(warning)) return;
  const isDeprecation = warning.name === 'DeprecationWarning';
  if (isDeprecation && process.noDeprecation) return;
  const trace = process.traceProcessWarnings || (isDeprecation && process.traceDeprecation);
  let text = `(${process.release.name}:${process.pid}) `;
  if (warning.code) text += `[${warning.code}] `;
  if (trace && warning.stack) {
    text += warning.stack;
  } else {
    text += typeof warning.toString === 'function' ? `${warning.toString()}` : Error.prototype.toString.call(warning);
  }
  if (typeof warning.detail === 'string') text += `\n${warning.detail}`;
  if (!trace && !hint.printed) {
    hint.printed = true;
    const flag = isDeprecation ? '--trace-deprecation' : '--trace-warnings';
    const { basename } = require('path');
    text += `\n(Use \`${basename(process.argv0 || 'node', '.exe')} ${flag} ...\` to show where the warning was created)`;
  }
  const file = redirection();
  if (file !== '' && appendTo(file, text)) return;
  // Through the stream if there is one: programs replace process.stderr.write to see what is printed.
  require('internal/console/direct').writeError(`${text}\n`);
}

// --redirect-warnings or NODE_REDIRECT_WARNINGS; '' for none.
function redirection() {
  const file = getOptionValue('--redirect-warnings') || process.env.NODE_REDIRECT_WARNINGS || '';
  const directory = getOptionValue('--diagnostic-dir');
  return file !== '' && directory !== '' ? require('path').resolve(directory, file) : file;
}

const codes = () => require('internal/errors').codes;

// Throws what --throw-deprecation asks for, out of reach of the caller's try.
function emitWarning(warning, type, code, ctor) {
  let detail;
  if (type !== null && typeof type === 'object' && !Array.isArray(type)) {
    ctor = type.ctor;
    code = type.code;
    if (typeof type.detail === 'string') detail = type.detail;
    type = type.type || 'Warning';
  } else if (typeof type === 'function') {
    ctor = type;
    code = '';
    type = 'Warning';
  }
  if (type !== undefined) require('internal/validators').validateString(type, 'type');
  if (typeof code === 'function') {
    ctor = code;
    code = '';
  } else if (code !== undefined) {
    require('internal/validators').validateString(code, 'code');
  }
  if (typeof warning === 'string') {
    warning = createWarning(warning, type, code, ctor, detail);
  } else if (!(warning instanceof Error)) {
    throw new (codes().ERR_INVALID_ARG_TYPE)('warning', ['Error', 'string'], warning);
  }
  if (warning.name === 'DeprecationWarning') {
    if (process.noDeprecation) return;
    if (process.throwDeprecation) {
      process.nextTick(() => { throw warning; });
      return;
    }
  }
  process.nextTick(() => process.emit('warning', warning));
}

function createWarning(text, type, code, ctor, detail) {
  const { stackTraceLimit } = Error;
  const wantsStack = process.traceProcessWarnings || (type === 'DeprecationWarning' && process.traceDeprecation) ||
    process.listenerCount('warning') > 1 || process.throwDeprecation;
  if (!wantsStack) Error.stackTraceLimit = 0;
  const warning = new Error(text);
  Error.stackTraceLimit = stackTraceLimit;
  warning.name = String(type || 'Warning');
  if (code) warning.code = code;
  if (detail !== undefined) warning.detail = detail;
  Error.captureStackTrace(warning, ctor || emitWarning);
  return warning;
}

// For what must be said even though the process may be about to end.
function emitWarningNow(text) {
  process.emit('warning', createWarning(text, 'Warning', '', emitWarningNow));
}

module.exports = { emitWarning, emitWarningNow, hint, onWarning };
