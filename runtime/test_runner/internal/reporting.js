'use strict';
// From events to output: loads the reporters of the command line and pipes each to its destination.
// Loaded by internal/test_runner/harness.

const { codes } = require('internal/errors');

function openDestination(destination) {
  if (destination === 'stdout') return process.stdout;
  if (destination === 'stderr') return process.stderr;
  return require('fs').createWriteStream(destination);
}

/** A reporter that is a file, package or URL. */
async function importReporter(name) {
  const { importModule } = require('internal/modules/esm_loader');
  const { pathToFileURL } = require('internal/url');
  const base = pathToFileURL(`${process.cwd()}/`).href;
  const path = require('path');
  const specifier = path.isAbsolute(name) ? pathToFileURL(name).href : name;
  const { default: reporter } = await importModule(specifier, base);
  return reporter;
}

async function loadReporter({ id, name }) {
  const reporter = id === undefined ? await importReporter(name) : require(id);
  const { prototype } = reporter ?? {};
  const isClass = prototype !== undefined && Object.getOwnPropertyDescriptor(prototype, 'constructor') !== undefined;
  const instance = isClass && typeof prototype._transform === 'function' ? Reflect.construct(reporter, []) : reporter;
  if (!instance) throw new codes.ERR_INVALID_ARG_VALUE('Reporter', name, 'is not a valid reporter');
  return instance;
}

/** Rejections here are nobody's test's fault. */
function failRun(error) {
  internalBinding('task_queue').triggerUncaughtException(error, /* fromPromise */ true);
}

/** Starts the output of a harness; its outputClosed settles when all of it is written. */
function attachReporters(harness) {
  const { compose } = require('stream');
  const { reporters } = harness.config;
  const { reporter: events } = harness.root;
  const outputs = reporters.map(async (entry) => {
    const reporter = await loadReporter(entry);
    const destination = openDestination(entry.destination);
    const output = compose(events, reporter);
    output.pipe(destination, { __proto__: null, end: destination !== process.stdout && destination !== process.stderr });
    // An error of a reporter has no listener: it ends the process.
    await new Promise((resolve) => { output.once('close', resolve); });
    if (destination === process.stdout || destination === process.stderr) return;
    if (!destination.closed) await new Promise((resolve) => { destination.once('close', resolve); });
  });
  harness.outputClosed = Promise.all(outputs).catch(failRun);
}

module.exports = { attachReporters, loadReporter };
