'use strict';

// --build-snapshot: runs one file whose heap becomes a snapshot once nothing is left for it to do. Loaded in the second
// realm of a SnapshotBuilder (runtime/main/snapshot.h), which calls what is stored here as realm values, in this order:
// startSnapshotBuilder, runSerializeCallbacks, leaveProcess.

const path = require('path');
const { getOptionValue } = require('internal/options');
const { isLoaded } = require('internal/bootstrap/realm');
const { startMainThread } = require('internal/bootstrap/startup');
const { canBeRequired, idOf, requireBuiltin } = require('internal/modules/builtins');
const { runSerializeCallbacks, state } = require('internal/v8/startup_snapshot');
const { leaveProcess, prepareToLeave } = require('internal/bootstrap/restart');
const { setRealmValue } = internalBinding('builtins');
const { exitCodes: { kGenericUserError, kInvalidArgument } } = internalBinding('process');

/** In the place of a file: a snapshot without a program. */
const kNoEntry = 'node:embedded_snapshot_main';

// Built-ins with state that is not known to survive, which a program may use at its own risk. They are Node's.
const unverified = new Set([
  '_http_agent', '_http_client', '_http_common', '_http_incoming', '_http_outgoing', '_http_server', '_tls_common',
  '_tls_wrap', 'async_hooks', 'child_process', 'cluster', 'dgram', 'dns/promises', 'domain', 'http', 'http2', 'https',
  'inspector', 'inspector/promises', 'module', 'perf_hooks', 'readline', 'readline/promises', 'repl', 'sea', 'sqlite',
  'stream/consumers', 'stream/web', 'test', 'test/reporters', 'tls', 'trace_events', 'tty', 'vm', 'wasi',
  'worker_threads',
]);

function fail(message, code) {
  internalBinding('process').writeStderr(`${message}\n`);
  process.exit(code);
}

function warnOfUnverified(id) {
  if (!state.isBuilding || !unverified.delete(id)) return;
  process.emitWarning(
    `It's not yet fully verified whether built-in module "${id}" works in user snapshot builder scripts.\n` +
    'It may still work in some cases, but in other cases certain run-time states may be out-of-sync after snapshot ' +
    'deserialization.');
}

/** What the entry has as its `require`: built-ins, and no modules of programs. */
function requireForUserSnapshot(id) {
  if (!canBeRequired(`${id}`)) {
    const error = new Error(`Cannot find module '${id}'. `);
    error.code = 'MODULE_NOT_FOUND';
    throw error;
  }
  const builtin = idOf(`${id}`);
  warnOfUnverified(builtin);
  return requireBuiltin(builtin);
}

function readConfig(file) {
  let text;
  try {
    text = require('fs').readFileSync(file, 'utf8');
  } catch (error) {
    fail(`Cannot read snapshot configuration from ${file}: ${error.message}`, kGenericUserError);
  }
  let config;
  try {
    config = JSON.parse(text);
  } catch (error) {
    fail(`Cannot parse JSON from ${file}: ${error.message}`, kGenericUserError);
  }
  if (typeof config?.builder !== 'string' || config.builder === '') {
    fail(`"builder" field of ${file} is not a non-empty string`, kGenericUserError);
  }
  if (config.withoutCodeCache !== undefined && typeof config.withoutCodeCache !== 'boolean') {
    fail(`"withoutCodeCache" field of ${file} is not a boolean`, kGenericUserError);
  }
  return config;
}

function readEntry(file) {
  try {
    return require('fs').readFileSync(file, 'utf8');
  } catch (error) {
    // Without the system call and the path, which comes before it.
    const [reason] = error.message.split(', ');
    return fail(`Cannot read builder script ${file} for building snapshot. ${reason}`, kGenericUserError);
  }
}

function runEntry(entry) {
  const source = readEntry(entry).replace(/^\uFEFF/, '').replace(/^#!.*/, '');
  const filename = path.resolve(entry);
  const main = require('vm').compileFunction(source, ['require', '__filename', '__dirname'], { filename });
  Reflect.apply(main, globalThis, [requireForUserSnapshot, filename, path.dirname(filename)]);
}

/** Connections that are kept for the next request, which do not hold the process, but are nothing for a snapshot. */
function closeIdleConnections() {
  if (isLoaded('internal/http/agent')) require('internal/http/agent').closeGlobalAgent();
  if (isLoaded('internal/https/agent')) require('internal/https/agent').closeGlobalAgent();
}

let hasCodeCache = true;

function run() {
  const configFile = getOptionValue('--build-snapshot-config');
  if (configFile) {
    const config = readConfig(configFile);
    hasCodeCache = !config.withoutCodeCache;
    process.argv.splice(1, 0, config.builder);
  }
  const [, entry] = process.argv;
  if (entry === undefined) {
    fail('--build-snapshot must be used with an entry point script.\n' +
         'Usage: gyre --build-snapshot /path/to/entry.js', kInvalidArgument);
  }
  state.isBuilding = true;
  prepareToLeave();
  if (entry !== kNoEntry) runEntry(entry);
}

setRealmValue('startSnapshotBuilder', () => startMainThread(run));
setRealmValue('runSerializeCallbacks', () => {
  runSerializeCallbacks();
  closeIdleConnections();
});
setRealmValue('leaveProcess', () => {
  state.isBuilding = false;
  leaveProcess();
  return hasCodeCache;
});
