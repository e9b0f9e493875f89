'use strict';

// node:wasi: what a WebAssembly program imports to reach the system. Run once per realm, when a program asks for it.

const {
  codes: { ERR_INVALID_ARG_VALUE, ERR_WASI_ALREADY_STARTED },
} = require('internal/errors');
const { emitExperimentalWarning, kEmptyObject } = require('internal/util');
const {
  validateArray, validateBoolean, validateFunction, validateInt32, validateObject, validateString, validateUndefined,
} = require('internal/validators');
const binding = internalBinding('wasi');

// What start() catches, thrown by proc_exit.
const kExitCode = Symbol('kExitCode');

const kEinval = 28;  // of WASI

const kImportNames = {
  __proto__: null,
  unstable: 'wasi_unstable',
  preview1: 'wasi_snapshot_preview1',
};

emitExperimentalWarning('WASI');

function checkPermission() {
  const { check, scopes } = internalBinding('permission');
  check(scopes.wasi, '');
}

function importName(version) {
  validateString(version, 'options.version');
  const name = kImportNames[version];
  if (name === undefined) throw new ERR_INVALID_ARG_VALUE('options.version', version, 'unsupported WASI version');
  return name;
}

/** What binding.open() takes. */
function openArguments(options) {
  const { args, env, preopens, stdin = 0, stdout = 1, stderr = 2 } = options;
  if (args !== undefined) validateArray(args, 'options.args');
  const environment = [];
  if (env !== undefined) {
    validateObject(env, 'options.env');
    for (const [name, value] of Object.entries(env)) {
      if (value !== undefined) environment.push(`${name}=${value}`);
    }
  }
  const folders = [];
  if (preopens !== undefined) {
    validateObject(preopens, 'options.preopens');
    for (const [name, path] of Object.entries(preopens)) folders.push(String(name), String(path));
  }
  validateInt32(stdin, 'options.stdin', 0);
  validateInt32(stdout, 'options.stdout', 0);
  validateInt32(stderr, 'options.stderr', 0);
  return [(args ?? []).map(String), environment, folders, [stdin, stdout, stderr]];
}

function open(native, args) {
  const errno = binding.open(native, ...args);
  if (errno === 0) return;
  const code = binding.errorName(errno);
  throw Object.assign(new Error(`${code}, uvwasi_init`), { errno, code, syscall: 'uvwasi_init' });
}

/** The end of the process, or of the worker, for who does not want start() to return. */
function exitProcess(code) {
  if (!Number.isInteger(code)) return kEinval;
  return process.reallyExit(code);
}

class WASI {
  #importName;
  #native;
  #started = false;
  #exitCode = 0;

  constructor(options = kEmptyObject) {
    checkPermission();
    validateObject(options, 'options');
    this.#importName = importName(options.version);
    const args = openArguments(options);
    const { returnOnExit = true } = options;
    validateBoolean(returnOnExit, 'options.returnOnExit');
    const native = new binding.WASI();
    open(native, args);
    this.#native = native;
    // The native object is the import object: its functions are bound to it.
    for (const name of Object.getOwnPropertyNames(binding.WASI.prototype)) {
      if (name !== 'constructor') native[name] = native[name].bind(native);
    }
    native.proc_exit = (returnOnExit ? this.#exit : exitProcess).bind(this);
    this.wasiImport = native;
  }

  #exit(code) {
    this.#exitCode = code;
    throw kExitCode;
  }

  finalizeBindings(instance, { memory = instance?.exports?.memory } = kEmptyObject) {
    if (this.#started) throw new ERR_WASI_ALREADY_STARTED();
    validateObject(instance, 'instance');
    validateObject(instance.exports, 'instance.exports');
    binding.setMemory(this.#native, memory);
    this.#started = true;
  }

  start(instance) {
    this.finalizeBindings(instance);
    const { _start, _initialize } = instance.exports;
    validateFunction(_start, 'instance.exports._start');
    validateUndefined(_initialize, 'instance.exports._initialize');
    try {
      _start();
    } catch (error) {
      if (error !== kExitCode) throw error;
    }
    return this.#exitCode;
  }

  initialize(instance) {
    this.finalizeBindings(instance);
    const { _start, _initialize } = instance.exports;
    validateUndefined(_start, 'instance.exports._start');
    if (_initialize !== undefined) {
      validateFunction(_initialize, 'instance.exports._initialize');
      _initialize();
    }
  }

  getImportObject() {
    return { [this.#importName]: this.wasiImport };
  }
}

module.exports = { WASI };
