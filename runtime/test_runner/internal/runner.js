'use strict';
// run(): test files, each in its process or all in this one. Loaded by node:test and by `--test`.

const path = require('path');
const { Harness, setProcessHarness } = require('internal/test_runner/harness');
const { FileTest } = require('internal/test_runner/file_test');
const { findTestFiles } = require('internal/test_runner/files');
const { checkRunOptions } = require('internal/test_runner/run_options');
const { kChildContext } = require('internal/test_runner/options');
const { kEmptyObject } = require('internal/util');
const debug = require('internal/util/debuglog').debuglog('test_runner');

// Options of this process that are its own affair: value, whether they take one.
const ownOptions = new Map([
  ['--test', false], ['--experimental-test-coverage', false], ['--watch', false], ['--test-randomize', false],
  ['--test-random-seed', true], ['--test-reporter', true], ['--test-reporter-destination', true],
  ['--experimental-test-tag-filter', true], ['--test-global-setup', true], ['--test-isolation', true],
  ['--experimental-test-isolation', true], ['--test-shard', true],
  ['--experimental-config-file', true], ['--experimental-default-config-file', false],
]);

/** What of this process's options a child gets. */
function inheritedArguments() {
  const inherited = [];
  const { execArgv } = process;
  for (let i = 0; i < execArgv.length; i++) {
    const [name] = execArgv[i].split('=', 1);
    if (!ownOptions.has(name)) inherited.push(execArgv[i]);
    else if (ownOptions.get(name) && execArgv[i] === name) i++;
  }
  const { configuredArguments } = require('internal/options');
  return [...configuredArguments(execArgv, (name) => ownOptions.has(name)), ...inherited];
}

function childArguments(file, options) {
  const given = inheritedArguments();
  const add = (name, values) => {
    if (!given.some((argument) => argument === name || argument.startsWith(`${name}=`))) {
      for (const value of values) given.push(value === undefined ? name : `${name}=${value}`);
    }
  };
  add('--test-name-pattern', options.namePatterns ?? []);
  add('--test-skip-pattern', options.skipPatterns ?? []);
  add('--experimental-test-tag-filter', options.tagFilters);
  if (options.rerunFailuresFilePath) add('--test-rerun-failures', [options.rerunFailuresFilePath]);
  if (options.only) add('--test-only', [undefined]);
  if (options.forceExit) add('--test-force-exit', [undefined]);
  if (options.randomSeed !== undefined) add('--test-random-seed', [options.randomSeed]);
  if (options.timeout > 0 && options.timeout !== Infinity) add('--test-timeout', [options.timeout]);
  if (file === undefined) given.push('--test', '--test-isolation=none');
  const files = file === undefined ? options.files ?? options.globPatterns ?? [] : [file];
  return [...given, ...options.execArgv, ...files, ...options.argv];
}

/** Numbers 1 to N for as many children at a time. */
class WorkerIds {
  #free = [];
  #last = 0;

  take() {
    return this.#free.shift() ?? ++this.#last;
  }

  release(id) {
    this.#free.push(id);
    this.#free.sort((a, b) => a - b);
  }
}

function childEnvironment(options, workerId) {
  const env = { ...(options.env ?? process.env), NODE_TEST_CONTEXT: kChildContext, NODE_TEST_WORKER_ID: String(workerId) };
  if (require('internal/util/colors').shouldColorize(process.stdout)) env.FORCE_COLOR = '1';
  if (options.coverageFolder !== undefined) env.NODE_V8_COVERAGE = options.coverageFolder;
  return env;
}

/** The process of a file, or of all with isolation 'none'; in watch mode it tells what it loads. */
function spawnChild(file, options, workerId, signal, watched) {
  const { spawn } = require('child_process');
  const env = childEnvironment(options, workerId);
  const stdio = ['ignore', 'pipe', 'pipe'];
  if (watched !== undefined) {
    env.WATCH_REPORT_DEPENDENCIES = '1';
    stdio.push('ipc');
  }
  const child = spawn(process.execPath, childArguments(file, options), {
    __proto__: null, signal, encoding: 'utf8', env, cwd: options.cwd, stdio,
  });
  if (watched === undefined) return child;
  watched.child = child;
  child.on('message', (message) => { message?.['watch:require']?.forEach(watched.onDependency); });
  return child;
}

/** The function of a file's test. */
async function runChild(test, file, options, workerIds, signal, watched) {
  const { once } = require('events');
  const workerId = workerIds.take();
  try {
    const child = spawnChild(file, options, workerId, signal, watched);
    let spawnError;
    child.on('error', (error) => { spawnError = error; });
    child.stdout.on('data', (chunk) => { test.parseMessage(chunk); });
    child.stdout.on('end', () => { test.drain(); });
    const lines = require('readline').createInterface({ __proto__: null, input: child.stderr });
    lines.on('line', (line) => {
      test.send('test:stderr', { __proto__: null, file: test.name, message: `${line}\n` });
    });
    const [code, exitSignal] = await once(child, 'close');
    if (spawnError !== undefined) throw spawnError;
    if (code !== 0 || exitSignal !== null) throw test.exitFailure(code, exitSignal);
  } finally {
    workerIds.release(workerId);
  }
}

/** @param {object} [watched] what watch mode wants to know of the run; see internal/test_runner/watch */
function defineFileTest(harness, name, options, workerIds, watched) {
  const file = name === undefined ? undefined : path.resolve(options.cwd, name);
  const fn = (context) => runChild(test, file, options, workerIds, context.signal, watched);
  const location = file === undefined ? undefined : { __proto__: null, line: 1, column: 1, file };
  const test = new FileTest({
    name: name ?? '<anonymous>', fn, parent: harness.root, harness, location, options: { __proto__: null },
  });
  return test;
}

/** Configuration of the harness, from the options of run(). */
function configOf(options) {
  return {
    __proto__: null, isTest: true, isChild: false, isolation: options.isolation, only: options.only === true,
    honorsOnly: options.only === true || options.isolation === 'none', onlyInUse: options.only === true,
    forceExit: options.forceExit, namePatterns: options.namePatterns, skipPatterns: options.skipPatterns,
    tagFilters: options.tagFilters, reporters: [], randomSeed: options.randomSeed, coverage: options.coverage,
    rerunFile: options.rerunFailuresFilePath ?? undefined,
    cwd: options.cwd,
    updateSnapshots: require('internal/options').getOptionValue('--test-update-snapshots'),
  };
}

function concurrencyOf({ concurrency = false }) {
  if (concurrency === true) return Math.max(require('os').availableParallelism() - 1, 1);
  return concurrency === false ? 1 : concurrency;
}

function selectFiles(options) {
  let files = options.files ?? findTestFiles(options.globPatterns, options.cwd);
  if (options.shard !== undefined) {
    const { index, total } = options.shard;
    files = files.filter((file, i) => i % total === index - 1);
  }
  return files;
}

/** Each file in a process. */
async function runInProcesses(harness, files, options) {
  const workerIds = new WorkerIds();
  const tests = files.map((name) => defineFileTest(harness, name, options, workerIds));
  await Promise.all(tests.map((test) => test.start()));
}

/** Again and again, until the signal fires or the process is told to end. */
async function runWatching(harness, files, options) {
  const { WatchMode } = require('internal/test_runner/watch');
  const workerIds = new WorkerIds();
  const mode = new WatchMode(harness, options, (name, run) => {
    run.test = defineFileTest(harness, name, options, workerIds, run);
    return run.test.start();
  });
  options.signal?.addEventListener('abort', () => mode.close(), { __proto__: null, once: true });
  if (options.signal?.aborted) mode.close();
  harness.onInterrupt = () => tearDown(options);
  await mode.run(files);
}

/** A file that defined no test, or failed, is one. */
function defineFile(harness, name, file, failure) {
  const location = { __proto__: null, line: 1, column: 1, file };
  const { root } = harness;
  const test = root.createSubtest(root.constructor, name, { __proto__: null }, undefined, location);
  if (failure !== undefined) test.error = failure.error;
  harness.startFile(test);
}

/** All files in this process. */
async function runHere(harness, files, options, release) {
  const { importModule } = require('internal/modules/esm_loader');
  const { pathToFileURL } = require('internal/url');
  options.isNested = setProcessHarness(harness);
  harness.attachToProcess();
  // Whoever called run() decides what a failure means.
  harness.onFailure = undefined;
  process.env.NODE_TEST_WORKER_ID ??= '1';
  for (const name of files) {
    const file = path.resolve(options.cwd, name);
    const { length } = harness.root.subtests;
    harness.entryFile = file;
    let failure;
    try {
      await importModule(pathToFileURL(file).href, pathToFileURL(`${options.cwd}/`).href);
    } catch (error) {
      failure = { error };
    }
    if (failure !== undefined || harness.root.subtests.length === length) defineFile(harness, name, file, failure);
  }
  release();
  await harness.root.waitForSubtests();
}

async function setUp({ globalSetupPath, cwd }) {
  if (globalSetupPath !== undefined) await require('internal/test_runner/global_setup').setUp(globalSetupPath, cwd);
}

async function tearDown({ globalSetupPath }) {
  if (globalSetupPath !== undefined) await require('internal/test_runner/global_setup').tearDown();
}

async function execute(harness, files, options, release) {
  // The first event waits for those who write `await run()`.
  await new Promise((resolve) => process.nextTick(resolve));
  await setUp(options);
  if (options.watch) await runWatching(harness, files, options);
  else if (options.isolation === 'none') await runHere(harness, files, options, release);
  else await runInProcesses(harness, files, options);
  await harness.whenIdle();
  await tearDown(options);
  // What the files have left behind may still fail, until nothing is left that could run.
  if (options.isolation !== 'none' || options.watch || options.forceExit || options.isNested) harness.end();
  if (options.forceExit) {
    await harness.outputClosed;
    process.exit();
  }
}

function warnOfRecursion() {
  process.emitWarning('node:test run() is being called recursively within a test file. skipping running files.');
}

/**
 * @param {object} [given]
 * @returns {import('stream').Readable} a TestsStream
 */
function run(given = kEmptyObject) {
  const options = checkRunOptions(given);
  const { promise: ready, resolve: release } = Promise.withResolvers();
  const harness = new Harness(configOf(options), {
    isRunner: options.isolation === 'process' || options.watch === true, ready, concurrency: concurrencyOf(options), signal: options.watch ? undefined : options.signal,
  });
  options.coverageFolder = harness.coverage?.folder;
  const { reporter } = harness.root;
  // Watch mode runs all files in one such process with isolation 'none'.
  const isAllFiles = given.attach !== undefined && options.isolation === 'none';
  if (process.env.NODE_TEST_CONTEXT !== undefined && !isAllFiles) {
    warnOfRecursion();
    reporter.end();
    return reporter;
  }
  debug('test runner configuration:', { ...options, concurrency: options.concurrency ?? false, timeout: options.timeout ?? Infinity });
  const files = selectFiles(options);
  options.setup?.(reporter);
  given.attach?.(harness);
  if (!options.watch) {
    options.signal?.addEventListener('abort', () => harness.abort(options.signal.reason), { __proto__: null, once: true });
  }
  execute(harness, files, options, release).catch((error) => {
    internalBinding('task_queue').triggerUncaughtException(error, /* fromPromise */ true);
  });
  return reporter;
}

module.exports = { FileTest, run };
