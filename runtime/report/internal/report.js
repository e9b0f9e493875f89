'use strict';

// process.report, https://nodejs.org/api/process.html#processreport: what causes a report and what JavaScript knows of
// it. The report itself is written in C++ (runtime/report/report.h). Loaded when process.report is first read, or at
// start when an option asks for reports.

const { getOptionValue } = require('internal/options');
const {
  validateBoolean, validateObject, validateSignalName, validateString,
} = require('internal/validators');
const binding = internalBinding('report');

const settings = {
  compact: getOptionValue('--report-compact'),
  directory: getOptionValue('--report-directory'),
  excludeEnv: getOptionValue('--report-exclude-env'),
  excludeNetwork: getOptionValue('--report-exclude-network'),
  filename: getOptionValue('--report-filename'),
  onFatalError: getOptionValue('--report-on-fatalerror'),
  onSignal: getOptionValue('--report-on-signal'),
  onUncaughtException: getOptionValue('--report-uncaught-exception'),
  signal: getOptionValue('--report-signal') || 'SIGUSR2',
};
let sequence = 0;

function configure() {
  binding.configure(settings.directory, settings.filename, settings.compact, settings.excludeNetwork,
                    settings.excludeEnv, settings.onFatalError);
}
configure();

function threadId() {
  return require('worker_threads').threadId;
}

/** The first line of a stack, and the others without what only people need. */
function splitStack(stack) {
  const [message, ...lines] = stack.split('\n').map((line) => line.trim());
  return [message, lines];
}

function propertiesOf(error) {
  const flat = [];
  for (const key of Object.keys(error)) {
    let value;
    try {
      value = String(error[key]);
    } catch {
      value = '<an error occurred while reading the property>';
    }
    flat.push(key, value);
  }
  return flat;
}

/** [message, stack, properties] of what was thrown. */
function describe(error) {
  const isObject = error !== null && (typeof error === 'object' || typeof error === 'function');
  if (!isObject) return [String(error), [], []];
  let { stack } = error;
  if (typeof stack !== 'string') stack = require('internal/util/inspect').inspect(error);
  const [message, lines] = splitStack(stack);
  return [message, lines, propertiesOf(error)];
}

/** For a report that nobody gave an error: the stack of the caller of `above`. */
function synthetic(above) {
  const error = new (require('internal/errors').codes.ERR_SYNTHETIC)();
  Error.captureStackTrace(error, above);
  return error;
}

function write(event, trigger, description, filename) {
  return binding.write(event, trigger, threadId(), ...description, filename || settings.filename, ++sequence);
}

function writeReport(file, error) {
  if (typeof file === 'object' && file !== null) {
    error = file;
    file = undefined;
  } else if (file !== undefined) {
    validateString(file, 'file');
  }
  if (error === undefined) error = synthetic(writeReport);
  else validateObject(error, 'err');
  const { check, scopes } = internalBinding('permission');
  const name = file || settings.filename;
  const folder = settings.directory;
  const { isAbsolute, join } = require('path');
  check(scopes['fs.write'], name && folder && !isAbsolute(name) ? join(folder, name) : name || folder || process.cwd());
  return write('JavaScript API', 'API', describe(error), file);
}

function getReport(error) {
  if (error === undefined) error = synthetic(getReport);
  else validateObject(error, 'err');
  return JSON.parse(binding.get('JavaScript API', 'GetReport', threadId(), ...describe(error)));
}

/** Called by internal/process/execution for an exception that ends the process. */
function onUncaughtException(error) {
  if (settings.onUncaughtException) write('Exception', 'Exception', describe(error));
}

// --- Signals --------------------------------------------------------------------------------------------------------

function onSignal(signal) {
  write(signal, 'Signal', ['', [], []]);
}

function listen(wanted) {
  process.removeListener(settings.signal, onSignal);
  if (wanted) process.on(settings.signal, onSignal);
}
if (settings.onSignal) listen(true);

// --- The object -----------------------------------------------------------------------------------------------------

/** Accessors for a setting. */
function setting(name, validate, argument = name, key = name, apply = configure) {
  return {
    get: { [`get ${name}`]() { return settings[key]; } }[`get ${name}`],
    set: { [`set ${name}`](value) {
      validate(value, argument);
      if (key !== 'signal') settings[key] = value;
      apply(value);
    } }[`set ${name}`],
    enumerable: true,
    configurable: true,
  };
}

const report = { writeReport, getReport };
Object.defineProperties(report, {
  directory: setting('directory', validateString),
  filename: setting('filename', validateString),
  compact: setting('compact', validateBoolean),
  excludeNetwork: setting('excludeNetwork', validateBoolean),
  signal: setting('signal', validateSignalName, 'signal', 'signal', (signal) => {
    process.removeListener(settings.signal, onSignal);
    settings.signal = signal;
    listen(settings.onSignal);
  }),
  reportOnFatalError: setting('reportOnFatalError', validateBoolean, 'trigger', 'onFatalError'),
  reportOnSignal: setting('reportOnSignal', validateBoolean, 'trigger', 'onSignal', listen),
  reportOnUncaughtException: setting('reportOnUncaughtException', validateBoolean, 'trigger', 'onUncaughtException'),
  excludeEnv: setting('excludeEnv', validateBoolean),
});

module.exports = { onUncaughtException, report };
