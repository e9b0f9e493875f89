'use strict';
// Programs that are not in a file: --eval, --print, standard input; and --check, which compiles only.

const path = require('path');
const { getOptionValue } = require('internal/options');
const { Module } = require('internal/modules/cjs_loader');
const { makeRequire } = require('internal/modules/cjs_require');
const { runEntry } = require('internal/modules/run_main');
const binding = internalBinding('modules');
const { ContextifyScript, defaultHostSymbol } = internalBinding('contextify');

let evalCount = 0;

/** The folder that require() of such a script starts from; where it has been removed, that of the program. */
function currentFolder() {
  try {
    return process.cwd();
  } catch {
    return path.dirname(process.execPath);
  }
}

/** The globals that a script without a file sees: it is in no wrapper. */
function defineModuleGlobals(name) {
  const module = new Module(name);
  const cwd = currentFolder();
  module.filename = path.join(cwd, name);
  module.paths = Module._nodeModulePaths(cwd);
  const values = { __filename: name, exports: module.exports, module, require: makeRequire(module), __dirname: '.' };
  for (const [key, value] of Object.entries(values)) {
    Object.defineProperty(globalThis, key, { __proto__: null, value, writable: true, enumerable: true, configurable: true });
  }
}

/** What --eval and --print see besides: every built-in module under its name, loaded when first read. */
function defineBuiltinGlobals() {
  const { publicIds } = require('internal/bootstrap/realm');
  for (const id of publicIds()) {
    if (id.includes('/') || id.startsWith('_') || id === 'module' || id === 'process' || id === 'console') continue;
    // The program may have made it one that cannot be redefined.
    const define = (value) => Reflect.defineProperty(globalThis, id, {
      __proto__: null, value, writable: true, enumerable: false, configurable: true,
    });
    Object.defineProperty(globalThis, id, {
      __proto__: null,
      get() {
        const value = require('internal/bootstrap/realm').requireBuiltin(id);
        define(value);
        return value;
      },
      set(value) { define(value); },
      enumerable: false,
      configurable: true,
    });
  }
}

/** Whether an exception comes from compiling `source`, which is a module's. */
function isModuleText(source, name) {
  return getOptionValue('--experimental-detect-module') && binding.hasModuleSyntax(source, name);
}

/** The script, or undefined for the text of an ES module. */
function compileScript(source, name, mayBeModule) {
  try {
    return new ContextifyScript(source, name, 0, 0, undefined, defaultHostSymbol, null);
  } catch (error) {
    if (mayBeModule && isModuleText(source, name)) return undefined;
    throw error;
  }
}

/**
 * Calls what runs a text from a script of its own: stacks have a frame of that name in that place, as Node's have, where
 * who shortens stacks looks for the end of the program's own frames.
 */
function runWrapped(name, run) {
  const wrapper = new ContextifyScript(`${'\n'.repeat(5)}(run) => { let value = run(); return value; }`, `${name}-wrapper`,
                                       0, 0, undefined, defaultHostSymbol, null);
  return wrapper.runInContext(null, -1, true, false)(run);
}

/** A promise is shown as it is in the end. */
function printResult(result) {
  const { log } = require('console');
  if (require('internal/util/types').isPromise(result)) process.prependOnceListener('exit', () => log(result));
  else log(result);
}

function runScript(source, name, print, mayBeModule) {
  const script = compileScript(source, name, mayBeModule);
  if (script === undefined) return false;
  defineModuleGlobals(name);
  defineBuiltinGlobals();
  const run = () => {
    const { breaksOnStart } = require('internal/modules/shared').state;
    // What built-ins matched is not for the program's RegExp.$_.
    /^/.exec('');
    const result = runWrapped(name, () => (breaksOnStart ?
      internalBinding('inspector').callAndPauseOnStart(script.runInContext, script, null, -1, true, false) :
      script.runInContext(null, -1, true, false)));
    if (print) printResult(result);
  };
  if (getOptionValue('--import').length > 0) {
    runEntry(async () => run());
  } else {
    run();
  }
  return true;
}

function runModule(source, print) {
  if (print) {
    const { codes: { ERR_EVAL_ESM_CANNOT_PRINT } } = require('internal/errors');
    throw new ERR_EVAL_ESM_CANNOT_PRINT();
  }
  const { pathToFileURL } = require('internal/url');
  const loader = require('internal/modules/esm_loader');
  const url = `${pathToFileURL(`${process.cwd()}/`).href}[eval${++evalCount}]`;
  require('internal/modules/shared').state.mainUrl = url;
  runEntry(() => loader.evalModule(source, url), () => loader.jobs.get(url));
}

function runText(source, name) {
  const print = getOptionValue('--print');
  let type = getOptionValue('--input-type');
  if (type.endsWith('-typescript')) {
    source = require('internal/modules/typescript').stripForModule(source, name);
    type = type.slice(0, -'-typescript'.length);
  } else if (type === '') {
    source = withoutTypes(source, name);
  }
  if (type === 'module') {
    runModule(source, print);
  } else if (!runScript(source, name, print, /* mayBeModule */ type === '')) {
    runModule(source, print);
  }
}

/** The exception of compiling a text as what it seems to be, if there is one. */
function compileError(source, name) {
  try {
    new ContextifyScript(source, name, 0, 0, undefined, defaultHostSymbol, null);
    return undefined;
  } catch (error) {
    if (!isModuleText(source, name)) return error;
  }
  try {
    compileModule(source, name);
    return undefined;
  } catch (error) {
    return error;
  }
}

/** A text that is no JavaScript may be TypeScript; if it is neither, the error is JavaScript's with the other's below. */
function withoutTypes(source, name) {
  if (!require('internal/modules/format').stripsTypes()) return source;
  const error = compileError(source, name);
  return error === undefined ? source : require('internal/modules/typescript').stripText(source, name, error);
}

/** With -i the REPL is there already: what it calls module, exports and require is that again after the text. */
function runEval() {
  const source = getOptionValue('--eval');
  process._eval = source;
  const names = getOptionValue('--interactive') ? ['exports', 'module', 'require'] : [];
  const before = names.map((name) => Object.getOwnPropertyDescriptor(globalThis, name));
  try {
    runText(source, '[eval]');
  } finally {
    names.forEach((name, i) => { if (before[i] !== undefined) Object.defineProperty(globalThis, name, before[i]); });
  }
}

function runStdin() {
  const source = binding.readStdin();
  if (getOptionValue('--check')) {
    check(source, '[stdin]', getOptionValue('--input-type') === 'module');
    return;
  }
  process._eval = source;
  runText(source, '[stdin]');
}

function compileModule(source, url) {
  return new binding.ModuleWrap(url, undefined, source, 0, 0, defaultHostSymbol);
}

/** Throws the syntax error of a text, if it has one. */
function check(source, filename, isModule) {
  if (isModule || binding.compileCommonJS(source, filename, true) === undefined) {
    const { pathToFileURL } = require('internal/url');
    compileModule(source, path.isAbsolute(filename) ? pathToFileURL(filename).href : filename);
  }
}

/** node --check FILE */
function checkFile(main) {
  const filename = Module._resolveFilename(path.resolve(main), null, true);
  const { formatForRequire } = require('internal/modules/format');
  const source = binding.readFile(filename);
  const isModule = formatForRequire(filename) === 'module';
  if (isModule || !require('internal/modules/cjs_compile').checkWrapped(source, filename)) check(source, filename, isModule);
}

module.exports = { checkFile, runEval, runStdin, runText };
