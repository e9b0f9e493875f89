'use strict';

// What becomes of an exception that nothing caught. C++ calls onUncaughtException (runtime/process/uncaught.h) and ends
// the process with the number it returns; undefined means that someone dealt with the exception.

const asyncHooks = require('internal/async_hooks');

let captureCallback = null;
// The domain module's, once that is loaded: true when a domain has dealt with the exception.
let domainHandler;
let domainLoadStack;
let fatalHandler;

// A worker reports its fatal exceptions to its parent instead of printing them.
function setFatalHandler(handler) {
  fatalHandler = handler;
}

function setUncaughtExceptionCaptureCallback(fn) {
  if (fn === null) {
    captureCallback = null;
    return;
  }
  const { ERR_INVALID_ARG_TYPE, ERR_UNCAUGHT_EXCEPTION_CAPTURE_ALREADY_SET } = require('internal/errors').codes;
  if (typeof fn !== 'function') throw new ERR_INVALID_ARG_TYPE('fn', ['Function', 'null'], fn);
  if (domainHandler !== undefined) {
    const { ERR_DOMAIN_CANNOT_SET_UNCAUGHT_EXCEPTION_CAPTURE } = require('internal/errors').codes;
    const error = new ERR_DOMAIN_CANNOT_SET_UNCAUGHT_EXCEPTION_CAPTURE();
    error.stack += `\n${'-'.repeat(40)}\n${domainLoadStack}`;
    throw error;
  }
  if (captureCallback !== null) throw new ERR_UNCAUGHT_EXCEPTION_CAPTURE_ALREADY_SET();
  captureCallback = fn;
}

function setDomainHandler(handler, loadStack) {
  domainHandler = handler;
  domainLoadStack = loadStack;
}

const hasUncaughtExceptionCaptureCallback = () => captureCallback !== null;

// What a listener throws goes on to C++, which ends the process; in a worker it is the worker's exception.
function onUncaughtException(error, fromPromise, site) {
  if (fatalHandler === undefined) return handleUncaught(error, fromPromise, site);
  try {
    return handleUncaught(error, fromPromise, site);
  } catch (second) {
    return die(second);
  }
}

// `site` is [script, line, source line, first column, last column, stack with --trace-uncaught] or undefined.
function handleUncaught(error, fromPromise, site) {
  // Programs can take it away, and the process does not survive that.
  if (typeof process._fatalException !== 'function') {
    printFatal(error, site);
    return 6;
  }
  const type = fromPromise ? 'unhandledRejection' : 'uncaughtException';
  process.emit('uncaughtExceptionMonitor', error, type);
  if (captureCallback !== null) {
    captureCallback(error);
  } else if (askDomain(error, site)) {
    // Done.
  } else if (abortsOnUncaught()) {
    abort(error, site);
  } else if (!process.emit('uncaughtException', error, type)) {
    return die(error, site);
  }
  // Handlers ran in the context of what threw.
  asyncHooks.clearAsyncScopes();
  asyncHooks.setContextFrame(undefined);
  // The exception may have cut short a run of the tick queue.
  require('timers').setImmediate(require('internal/process/tick').processTicksAndRejections);
  return undefined;
}

function abortsOnUncaught() {
  return fatalHandler === undefined && require('internal/options').getOptionValue('--abort-on-uncaught-exception');
}

// --abort-on-uncaught-exception: listeners of 'uncaughtException' are not asked.
function abort(error, site) {
  process._rawDebug(formatFatal(error, site));
  process.abort();
}

// What a domain's own error handler throws is uncaught as well.
function askDomain(error, site) {
  if (domainHandler === undefined) return false;
  try {
    return domainHandler(error);
  } catch (second) {
    if (abortsOnUncaught()) abort(second, site);
    throw second;
  }
}

function die(error, site) {
  asyncHooks.clearAsyncScopes();
  const { exitState, runFinishers } = require('internal/process/object');
  try {
    if (!exitState.exiting) {
      exitState.exiting = true;
      process.exitCode = 1;
      process.emit('exit', 1);
    }
  } catch {
    // Nothing to be done about a second failure.
  }
  if (fatalHandler !== undefined) {
    fatalHandler(error);
  } else {
    printFatal(error, site);
  }
  runFinishers();
  return typeof process.exitCode === 'number' ? process.exitCode : 1;
}

function printFatal(error, site) {
  const { getOptionValue } = require('internal/options');
  const isBrief = !getOptionValue('--extra-info-on-fatal-exception');
  const thrownAt = site?.[5] ? `\nThrown at:\n${site[5]}\n` : '';
  // Not by way of what formats texts: a program that broke the iteration of arrays is told what is wrong, too.
  const { writeStderr } = internalBinding('process');
  writeStderr(`${formatFatal(error, site, thrownAt !== '')}${thrownAt}\n`);
  writeReport(error);
  if (!isBrief) writeStderr(`\nNode.js ${process.version}\n`);
}

function writeReport(error) {
  const { getOptionValue } = require('internal/options');
  if (getOptionValue('--report-uncaught-exception') || require('internal/bootstrap/realm').isLoaded('internal/report')) {
    require('internal/report').onUncaughtException(error);
  }
}

function mapSite(site) {
  if (!require('internal/modules/shared').state.sourceMaps) return site;
  return require('internal/modules/source_map_cache').mapSite(site);
}

function arrow(site) {
  if (site === undefined) return '';
  const [name, line, text, begin, end] = site;
  // Text that nobody wrote or can look at.
  if (text.includes('node-do-not-add-exception-line')) return '';
  let underline = '';
  for (let i = 0; i < begin; i++) underline += text[i] === '\t' ? '\t' : ' ';
  underline += '^'.repeat(Math.max(1, end - begin));
  return `${name ?? '<anonymous_script>'}:${line}\n${text}\n${underline}\n`;
}

// A fatal exception as Node prints it: place, exception. Ends without a newline.
function formatFatal(error, site, isWithoutHint) {
  const types = require('internal/util/types');
  let place = '';
  try {
    // Errors of compiling and linking know their place better than where they were thrown again.
    place = internalBinding('modules').attachedSource(error) ?? arrow(mapSite(site));
    if (error !== null && typeof error === 'object' && types.isNativeError(error)) {
      addWhereEmitted(error);
      return `${place}${place === '' ? '' : '\n'}${inspectFatal(error)}`;
    }
    const isObject = error !== null && (typeof error === 'object' || typeof error === 'function');
    const isShown = isObject && hasReadableStack(error);
    const text = isShown ? inspectFatal(error) : plainText(error);
    const hint = isShown || isWithoutHint ? '' : traceHint();
    return `${place === '' ? 'Uncaught:\n' : `\n${place}`}${text}${hint}`;
  } catch {
    // Inspection ran user code (getters, proxies) or out of stack.
    return `${place}${safeText(error)}`;
  }
}

/** Stand-ins for values that another thread could not send, and how those were inspected there. */
const inspectedThere = new WeakMap();

function inspectFatal(error) {
  if (inspectedThere.has(error)) return inspectedThere.get(error);
  const { inspect } = require('internal/util/inspect');
  const colors = inspect.defaultOptions.colors || require('internal/util/colors').shouldColorize(process.stderr);
  return inspect(error, { colors, customInspect: false, depth: 5 });
}

function traceHint() {
  const { basename } = require('path');
  return `\n(Use \`${basename(process.argv0 || 'node', '.exe')} --trace-uncaught ...\` to show where the exception was thrown)`;
}

function hasReadableStack(error) {
  try {
    void error.stack;
    return true;
  } catch {
    return false;
  }
}

/** '' for what cannot be converted. */
function plainText(error) {
  try {
    return typeof error === 'symbol' ? '' : String(error);
  } catch {
    return '';
  }
}

// An error that an emitter threw for want of a listener knows where it was emitted; see runtime/events/events.js.
function addWhereEmitted(error) {
  const { kEnhanceStackBeforeInspector } = require('internal/events/symbols');
  const enhance = error[kEnhanceStackBeforeInspector];
  if (typeof enhance !== 'function') return;
  try {
    error.stack = enhance();
  } catch {
    // The error may be frozen.
  }
}

function safeText(error) {
  try {
    return String(error?.stack ?? error);
  } catch {
    return '<an exception that cannot be converted to a string>';
  }
}

module.exports = {
  hasUncaughtExceptionCaptureCallback, inspectedThere, onUncaughtException, printFatal, setDomainHandler, setFatalHandler,
  setUncaughtExceptionCaptureCallback,
};
