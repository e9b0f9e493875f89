'use strict';

// NODE_V8_COVERAGE: which parts of which scripts ran, as JSON files in the folder that it names; written when a thread
// ends and by v8.takeCoverage(). Loaded before a thread's program runs, when the variable is set.

const path = require('path');
const binding = internalBinding('inspector');

let session;
let folder;
let lastResult;

function post(method, params = {}) {
  lastResult = undefined;
  binding.dispatch(session, JSON.stringify({ id: 1, method, params }));
  return lastResult;
}

function onMessage(text) {
  const message = JSON.parse(text);
  if (message.id !== undefined) lastResult = message.result;
}

/** Connects and starts to count; children inherit the folder as an absolute path. */
function start() {
  folder = path.resolve(process.env.NODE_V8_COVERAGE);
  process.env.NODE_V8_COVERAGE = folder;
  collect();
  require('internal/modules/source_map_cache').keep();
  require('internal/process/object').atEnd(finish);
}

/** Only counts: for --experimental-test-coverage, which asks for what was counted itself. */
function collect() {
  if (session !== undefined) return;
  require('internal/inspector/agent').connect();
  session = binding.connect(onMessage);
  post('Profiler.enable');
  post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
}

/** @returns {{result: object[], timestamp: number}|undefined} what ran since the last time */
function take() {
  if (session === undefined) return undefined;
  const coverage = post('Profiler.takePreciseCoverage');
  if (coverage === undefined) return undefined;
  const sourceMaps = require('internal/modules/source_map_cache').payloads();
  if (sourceMaps !== undefined) coverage['source-map-cache'] = sourceMaps;
  return coverage;
}

/** The same, and what has been counted is counted on. */
function peek() {
  if (folder !== undefined) write();
  else return take();
  return undefined;
}

/** Milliseconds, and no name twice. */
let lastTime = 0;
function nextTime() {
  lastTime = Math.max(Date.now(), lastTime + 1);
  return lastTime;
}

function write() {
  if (folder === undefined) return;
  const coverage = take();
  if (coverage === undefined) return;
  const fs = require('fs');
  const { threadId } = require('internal/worker/shared').self;
  const file = path.join(folder, `coverage-${process.pid}-${nextTime()}-${threadId}.json`);
  try {
    fs.mkdirSync(folder, { recursive: true });
    fs.writeFileSync(file, JSON.stringify(coverage));
  } catch (error) {
    internalBinding('process').writeStderr(`${process.execPath}: Failed to write coverage: ${error.message}\n`);
  }
}

/** Counts no more, and writes no more. */
function stop() {
  if (session === undefined) return;
  post('Profiler.stopPreciseCoverage');
  binding.disconnect(session);
  session = undefined;
}

function finish() {
  write();
  stop();
}

function forgetProcess() {
  stop();
  folder = undefined;
}

module.exports = { collect, forgetProcess, peek, start, stop, take, write };
