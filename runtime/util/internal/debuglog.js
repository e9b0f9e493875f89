'use strict';

// Run in the start-up snapshot; makes util.debuglog(): messages of a section of the runtime or of a program, printed to
// stderr when the environment variable NODE_DEBUG names the section.

const { formatTime } = require('internal/console/time');

/** @type {((section: string) => boolean) | undefined} */
let isEnabled;
let printers = { __proto__: null };

/** A test for sections from a list of names with `*` as wildcard. */
function compile(list) {
  if (!list) return () => false;
  const escaped = list.replace(/[|\\{}()[\]^$+?.]/g, '\\$&')
    .replaceAll('*', '.*').replaceAll(',', '$|^');
  const pattern = new RegExp(`^${escaped}$`, 'i');
  return (section) => pattern.test(section);
}

function noop() {}

function makePrinter(section) {
  if (isEnabled(section)) warnAboutSecrets(section);
  return isEnabled(section) ? (...args) => {
    const { format, formatWithOptions } = require('internal/util/inspect');
    const colors = process.stderr.hasColors?.() ?? false;
    const message = formatWithOptions({ colors }, ...args);
    process.stderr.write(format('%s %d: %s\n', section, process.pid, message));
  } : noop;
}

/** Messages of the network modules carry headers and passwords. */
function warnAboutSecrets(section) {
  if (section !== 'HTTP' && section !== 'HTTP2') return;
  process.emitWarning(
    `Setting the NODE_DEBUG environment variable to '${section.toLowerCase()}' can expose ` +
    'sensitive data (such as passwords, tokens and authentication headers) in the resulting log.');
}

/**
 * @param {string} section
 * @param {(logger: Function) => void} [callback] gets, at the first message, a logger that does no more checks
 */
function debuglog(section, callback) {
  const name = section.toUpperCase();
  // NODE_DEBUG is not looked at before somebody logs: built-ins make their loggers in the snapshot.
  function enabled() {
    isEnabled ??= compile(process.env.NODE_DEBUG);
    return isEnabled(name);
  }
  let print;
  let madeBy;
  function logger(...args) {
    if (madeBy !== printers) {
      enabled();
      madeBy = printers;
      print = printers[name] ??= makePrinter(name);
      if (typeof callback === 'function') callback(withEnabled(print, enabled));
    }
    print(...args);
  }
  return withEnabled(logger, enabled);
}

function withEnabled(fn, enabled) {
  const wrapper = fn === noop ? () => {} : fn;
  return Object.defineProperty(wrapper, 'enabled', {
    __proto__: null, get: enabled, enumerable: true, configurable: true,
  });
}

function forgetProcess() {
  isEnabled = undefined;
  printers = { __proto__: null };
}

module.exports = { debuglog, forgetProcess, formatTime };
