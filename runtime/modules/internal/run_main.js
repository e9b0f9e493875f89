'use strict';
// The program itself: what the command line names is found, loaded and run. internal/bootstrap/startup calls start()
// once per process, after options and process.argv are set.

const path = require('path');
const { getOptionValue } = require('internal/options');
require('internal/modules/dynamic_import');
const { Module } = require('internal/modules/cjs_loader');
require('internal/modules/cjs_compile');
const { packageScopeOfFile } = require('internal/modules/package_json');
const { state } = require('internal/modules/shared');
const binding = internalBinding('modules');
const { exitCodes: { kInvalidArgument, kUnsettledTopLevelAwait } } = internalBinding('process');

/** The real path of the main file; false when there is none. */
function resolveMain(main) {
  return Module._findPath(path.resolve(main), null, true);
}

/** Whether the main file goes to the ES module loader at once: by its name, or because hooks are to see it. */
function startsAsESM(mainPath) {
  if (getOptionValue('--experimental-loader').length > 0 || getOptionValue('--import').length > 0) return true;
  if (!mainPath) return false;
  const extension = path.extname(mainPath);
  if (extension === '.mjs' || extension === '.mts' || extension === '.wasm') return true;
  if (extension === '.cjs' || extension === '.cts') return false;
  return packageScopeOfFile(mainPath)?.type === 'module';
}

function currentFolderUrl() {
  return require('internal/url').pathToFileURL(`${process.cwd()}/`).href;
}

/** The warning and exit code of a program whose entry still waits when nothing is left that could wake it. */
function watchForUnsettled(findJob) {
  const { setEndCallback } = require('internal/bootstrap/startup');
  setEndCallback(() => {
    process.exitCode ??= kUnsettledTopLevelAwait;
    const job = findJob();
    if (process.exitCode !== kUnsettledTopLevelAwait || job === undefined || !getOptionValue('--warnings')) return;
    for (const place of job.wrap.stalledAwaits()) {
      internalBinding('process').writeStderr(`Warning: Detected unsettled top-level await at ${place}\n\n\n`);
    }
  });
  return () => setEndCallback(undefined);
}

/**
 * Runs an asynchronous entry. Its failure is an uncaught exception.
 * @param {() => Promise<void>} entry
 * @param {() => any} findJob
 */
async function runEntry(entry, findJob = () => undefined) {
  const settled = watchForUnsettled(findJob);
  try {
    const specifiers = getOptionValue('--import');
    if (specifiers.length > 0) {
      const { importModule } = require('internal/modules/esm_loader');
      const base = currentFolderUrl();
      state.preloading = true;
      for (const specifier of specifiers) await importModule(specifier, base);
      state.preloading = false;
    }
    await entry();
  } catch (error) {
    settled();
    internalBinding('task_queue').triggerUncaughtException(error, /* fromPromise */ true);
    return;
  }
  settled();
}

/** Runs a file as the main ES module. */
function importMain(filename) {
  // A worker's file is not what the option is about.
  if (getOptionValue('--input-type') && require('internal/worker/shared').self.isMainThread) {
    const { codes: { ERR_INPUT_TYPE_NOT_ALLOWED } } = require('internal/errors');
    throw new ERR_INPUT_TYPE_NOT_ALLOWED();
  }
  const url = /^(?:file|data):/.test(filename) ? filename : require('internal/url').pathToFileURL(filename).href;
  const loader = require('internal/modules/esm_loader');
  state.mainUrl = url;
  runEntry(() => loader.importModule(url, currentFolderUrl(), undefined, /* isMain */ true),
           () => loader.jobs.get(url));
}

/** Module.runMain */
function executeUserEntryPoint(main = process.argv[1]) {
  if (getOptionValue('--entry-url')) {
    require('internal/util').emitExperimentalWarning('--entry-url');
    const { URL } = require('internal/url');
    importMain(new URL(main, currentFolderUrl()).href);
    return;
  }
  const mainPath = resolveMain(main);
  if (!startsAsESM(mainPath)) {
    Module._load(main, null, /* isMain */ true);
  } else {
    importMain(mainPath || path.resolve(main));
  }
}

Module.runMain = executeUserEntryPoint;

/** On by default; the folder is the user's cache folder. */
function enableCompileCache() {
  const { env } = process;
  if (env.GYRE_COMPILE_CACHE === '0') return;
  // Code out of the cache does not count what it runs.
  if (env.NODE_V8_COVERAGE || getOptionValue('--experimental-test-coverage')) return;
  if (env.NODE_COMPILE_CACHE && require('internal/modules/compile_cache').enableByEnvironment()) return;
  const folder = env.XDG_CACHE_HOME || (env.HOME && `${env.HOME}/.cache`);
  if (process.permission !== undefined && folder) {
    const { has, scopes } = internalBinding('permission');
    if (!has(scopes.fs, folder)) return;
  }
  if (folder) binding.enableCompileCache(`${folder}/gyre/modules`, process.argv[1] ?? 'no file');
}

/** What the command line names may be read, whatever else may not: a program cannot come here. */
function grantRead(file) {
  if (process.permission !== undefined) internalBinding('permission').grantRead(file);
}

function grantMain(main) {
  grantRead(resolveMain(main) || path.resolve(main));
}

function grantPreloads(requests) {
  if (process.permission === undefined || requests.length === 0) return;
  const parent = new Module('internal/preload', null);
  parent.paths = Module._nodeModulePaths(process.cwd());
  for (const request of requests) {
    const file = Module._resolveFilename(request, parent);
    if (path.isAbsolute(file)) grantRead(file);
  }
}

function prepare() {
  Module._initPaths();
  enableCompileCache();
  if (getOptionValue('--enable-source-maps')) {
    require('internal/modules/source_map_cache').setSupport({ enabled: true });
  }
  grantPreloads(getOptionValue('--require'));
  Module._preloadModules(getOptionValue('--require'));
  // What is preloaded may add to them.
  if (getOptionValue('--frozen-intrinsics')) require('internal/bootstrap/frozen_intrinsics');
  if (getOptionValue('--experimental-loader').length > 0 && state.asyncHooks === undefined) {
    require('internal/modules/async_hooks').start();
  }
}

/** False when the program is not to be run after all. */
function prepareFile() {
  const [, main] = process.argv;
  if (!getOptionValue('--entry-url')) process.argv[1] = path.resolve(main);
  prepare();
  if (getOptionValue('--check')) {
    const check = async () => require('internal/modules/run_text').checkFile(main);
    runEntry(check);
    return false;
  }
  grantMain(process.argv[1]);
  return true;
}

function startRepl() {
  const replacement = process.env.NODE_REPL_EXTERNAL_MODULE;
  if (replacement) Module._load(replacement, undefined, /* isMain */ true);
  else require('internal/repl').startStandalone();
}

/** `--test`: the arguments are files or patterns, not a program with its arguments. */
function runTests(hasEval) {
  const refused = [['--check', getOptionValue('--check')], ['--interactive', getOptionValue('--interactive')],
                   ['--eval', hasEval], ['--print', getOptionValue('--print')]].find(([, given]) => given);
  if (refused !== undefined) {
    internalBinding('process').writeStderr(`${process.execPath}: either --test or ${refused[0]} can be used, not both\n`);
    process.exit(kInvalidArgument);
  }
  const { runTests: start } = require('internal/test_runner/main');
  const patterns = process.argv.slice(1);
  // Modules of --require and --import are for the processes that run tests.
  if (getOptionValue('--test-isolation') !== 'none') {
    start(patterns);
    return;
  }
  prepare();
  runEntry(async () => start(patterns));
}

/**
 * Starts what the command line asks for; undefined, or the file that the caller is to run by Module.runMain(). It is not
 * run here because each frame below a program's is one fewer of its own in a stack trace.
 */
function start() {
  const hasEval = internalBinding('process').getStart()[4];
  if (getOptionValue('--test')) {
    runTests(hasEval);
    return undefined;
  }
  if (getOptionValue('--run')) {
    require('internal/process/run_script').runScript(getOptionValue('--run'), process.argv.slice(1));
    return undefined;
  }
  if (getOptionValue('--watch') || getOptionValue('--watch-path').length > 0) {
    require('internal/process/watch_mode').watch(process.argv.slice(1));
    return undefined;
  }
  const [, main] = process.argv;
  if (!hasEval && main === 'inspect') {
    require('internal/inspector/debugger').main(process.argv.slice(2));
    return undefined;
  }
  if (!hasEval && main !== undefined && main !== '-' && main !== '') {
    return prepareFile() ? process.argv[1] : undefined;
  }
  prepare();
  const runText = require('internal/modules/run_text');
  if (hasEval) {
    if (getOptionValue('--interactive')) startRepl();
    runText.runEval();
  } else if (main === undefined && (getOptionValue('--interactive') || require('tty').isatty(0))) {
    startRepl();
  } else {
    runText.runStdin();
  }
  return undefined;
}

module.exports = { executeUserEntryPoint, grantMain, importMain, prepare, runEntry, start };
