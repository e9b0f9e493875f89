'use strict';

// The methods of process that ask the operating system or V8 something. Installed by internal/process/object.

const { getDeprecationWarningEmitter, isPendingDeprecation } = require('internal/util/deprecate');

const binding = internalBinding('process');

const codes = () => require('internal/errors').codes;
const validators = () => require('internal/validators');

// --- Directory, mask, signals ---------------------------------------------------------------------------------------

/** Until it is changed, here or by a new process. */
const cwdCache = { path: '' };

function cwd() {
  if (cwdCache.path === '') cwdCache.path = readCwd();
  return cwdCache.path;
}

function readCwd() {
  try {
    return binding.cwd();
  } catch (error) {
    if (error.code === 'ENOENT') {
      error.message = 'ENOENT: process.cwd failed with error no such file or directory, the current working directory was ' +
        'likely removed without changing the working directory, uv_cwd';
    }
    throw error;
  }
}

function checkPermission(scope, resource) {
  const { check, scopes } = internalBinding('permission');
  check(scopes[scope], resource);
}

function chdir(directory) {
  validators().validateString(directory, 'directory');
  checkPermission('fs.read', directory);
  cwdCache.path = '';
  binding.chdir(directory);
}

function parseMode(mask) {
  if (typeof mask === 'string') {
    if (!/^[0-7]+$/.test(mask)) {
      throw new (codes().ERR_INVALID_ARG_VALUE)(
        'mask', mask, 'must be a 32-bit unsigned integer or an octal string');
    }
    mask = parseInt(mask, 8);
  }
  validators().validateUint32(mask, 'mask');
  return mask;
}

function umask(mask) {
  return binding.umask(mask === undefined ? undefined : parseMode(mask));
}

function kill(pid, sig) {
  // eslint-disable-next-line eqeqeq
  if (pid != (pid | 0)) throw new (codes().ERR_INVALID_ARG_TYPE)('pid', 'number', pid);
  pid |= 0;
  let error;
  if (pid === process.pid) endBySignal(sig ?? 'SIGTERM');
  if (sig === (sig | 0)) {
    error = process._kill(pid, sig);
  } else {
    sig ||= 'SIGTERM';
    const { signals } = require('os').constants;
    if (signals[sig] === undefined) throw new (codes().ERR_UNKNOWN_SIGNAL)(sig);
    error = process._kill(pid, signals[sig]);
  }
  if (error) throw new (require('internal/errors').ErrnoException)(error, 'kill');
  return true;
}

// A process that ends itself this way still writes its profiles and coverage.
function endBySignal(sig) {
  const { exitState, runFinishers } = require('internal/process/object');
  if (exitState.finishers === undefined) return;
  const { signals } = require('os').constants;
  for (const name of ['SIGINT', 'SIGTERM', 'SIGKILL']) {
    if ((sig === name || sig === signals[name]) && process.listenerCount(name) === 0) runFinishers();
  }
}

// What starts the inspector of another process is a signal.
function debugProcess(pid) {
  kill(pid, 'SIGUSR1');
}

function debugEnd() {
  internalBinding('inspector').close();
}

// --- Clocks and usage -----------------------------------------------------------------------------------------------

const hrtimeFields = new Float64Array(2);

function hrtime(time) {
  binding.hrtime(hrtimeFields);
  let seconds = hrtimeFields[0];
  let nanoseconds = hrtimeFields[1];
  if (time !== undefined) {
    validators().validateArray(time, 'time');
    if (time.length !== 2) throw new (codes().ERR_OUT_OF_RANGE)('time', 2, time.length);
    seconds -= time[0];
    nanoseconds -= time[1];
    if (nanoseconds < 0) {
      seconds--;
      nanoseconds += 1e9;
    }
  }
  return [seconds, nanoseconds];
}
hrtime.bigint = function bigint() {
  return binding.hrtimeBigInt();
};

const isPreviousTime = (value) => typeof value === 'number' && value >= 0 && value <= Number.MAX_SAFE_INTEGER;

function usageSince(current, previous) {
  const [user, system] = current;
  if (!previous) return { user, system };
  if (!isPreviousTime(previous.user)) {
    validators().validateObject(previous, 'prevValue');
    validators().validateNumber(previous.user, 'prevValue.user');
    throw new (codes().ERR_INVALID_ARG_VALUE.RangeError)('prevValue.user', previous.user);
  }
  if (!isPreviousTime(previous.system)) {
    validators().validateNumber(previous.system, 'prevValue.system');
    throw new (codes().ERR_INVALID_ARG_VALUE.RangeError)('prevValue.system', previous.system);
  }
  return { user: user - previous.user, system: system - previous.system };
}

const cpuUsage = function cpuUsage(previous) {
  if (previous) validators().validateObject(previous, 'prevValue');
  return usageSince(binding.cpuUsage(), previous);
};
const threadCpuUsage = function threadCpuUsage(previous) {
  if (previous) validators().validateObject(previous, 'prevValue');
  return usageSince(binding.threadCpuUsage(), previous);
};

const resourceFields = [
  'userCPUTime', 'systemCPUTime', 'maxRSS', 'sharedMemorySize', 'unsharedDataSize', 'unsharedStackSize',
  'minorPageFault', 'majorPageFault', 'swappedOut', 'fsRead', 'fsWrite', 'ipcSent', 'ipcReceived', 'signalsCount',
  'voluntaryContextSwitches', 'involuntaryContextSwitches',
];

function resourceUsage() {
  const values = binding.resourceUsage();
  const result = {};
  resourceFields.forEach((field, i) => { result[field] = values[i]; });
  return result;
}

function memoryUsage() {
  const [rss, heapTotal, heapUsed, external, arrayBuffers] = binding.memoryUsage();
  return { rss, heapTotal, heapUsed, external, arrayBuffers };
}
memoryUsage.rss = binding.rss;

// --- The rest -------------------------------------------------------------------------------------------------------

function rawDebug(...args) {
  binding.writeStderr(`${require('internal/util/inspect').format(...args)}\n`);
}

function getActiveResourcesInfo() {
  return require('internal/process/active').getActiveResourcesInfo();
}

function getBuiltinModule(id) {
  validators().validateString(id, 'id');
  const name = id.startsWith('node:') ? id.slice(5) : id;
  const realm = require('internal/bootstrap/realm');
  if (!realm.isPublic(name) || (name === id && realm.schemeOnlyIds.has(name))) return undefined;
  return realm.requireBuiltin(name);
}

function loadEnvFile(path) {
  const { readFileSync } = require('fs');
  const { toPathIfFileURL } = require('internal/url');
  if (path !== undefined) path = toPathIfFileURL(path);
  const variables = require('util').parseEnv(readFileSync(path ?? '.env', 'utf8'));
  for (const key of Object.keys(variables)) {
    if (process.env[key] === undefined) process.env[key] = variables[key];
  }
}

function ref(object) {
  const fn = object?.[Symbol.for('nodejs.ref')] ?? object?.[Symbol.for('node:ref')] ?? object?.ref;
  if (typeof fn === 'function') Reflect.apply(fn, object, []);
}
function unref(object) {
  const fn = object?.[Symbol.for('nodejs.unref')] ?? object?.[Symbol.for('node:unref')] ?? object?.unref;
  if (typeof fn === 'function') Reflect.apply(fn, object, []);
}

/** Loads a native addon (runtime/node_api): module.exports becomes what its initialiser makes. */
function dlopen(module, filename, flags = require('os').constants.dlopen.RTLD_LAZY) {
  if (arguments.length < 2) throw new (codes().ERR_MISSING_ARGS)('module', 'filename');
  if (!require('internal/options').getOptionValue('--addons')) throw new (codes().ERR_DLOPEN_DISABLED)();
  checkPermission('addon', `${filename}`);
  if (module.exports === undefined || module.exports === null) throw new TypeError('Cannot convert undefined or null to object');
  const binding = internalBinding('node_api');
  binding.setBufferPrototype(require('buffer').Buffer.prototype);
  internalBinding('builtins').setRealmValue('warnOfNodeApiException', warnOfNodeApiException);
  const name = `${filename}`;
  const url = require('path').isAbsolute(name) ? require('internal/url').pathToFileURL(name).href : '';
  const problem = binding.load(module, Object(module.exports), name, url, flags | 0);
  if (problem === undefined) return;
  const error = new Error(problem);
  error.code = 'ERR_DLOPEN_FAILED';
  throw error;
}

const hasNoNull = (value) => typeof value === 'string' && !value.includes('\0');

// Puts another program in this process's place; returns only by throwing, and not even that when the kernel refuses.
function execve(execPath, args = [], env = process.env) {
  const { isMainThread } = require('worker_threads');
  if (!isMainThread) throw new (codes().ERR_WORKER_UNSUPPORTED_OPERATION)('Calling process.execve');
  require('internal/util').emitExperimentalWarning('process.execve');
  const { validateArray, validateObject, validateString } = validators();
  validateString(execPath, 'execPath');
  validateArray(args, 'args');
  args.forEach((arg, i) => {
    if (!hasNoNull(arg)) {
      throw new (codes().ERR_INVALID_ARG_VALUE)(`args[${i}]`, arg, 'must be a string without null bytes');
    }
  });
  if (env !== undefined) validateObject(env, 'env');
  const variables = Object.entries(env);
  if (!variables.every(([name, value]) => hasNoNull(name) && hasNoNull(value))) {
    throw new (codes().ERR_INVALID_ARG_VALUE)('env', env, 'must be an object with string keys and values without null bytes');
  }
  checkPermission('child', execPath);
  const envPairs = variables.map(([name, value]) => `${name}=${value}`);
  const channel = require('diagnostics_channel').channel('process.execve');
  if (channel.hasSubscribers) channel.publish({ execPath, args, env: envPairs });
  const code = binding.execve(execPath, args, envPairs);
  rawDebug(new Error(`process.execve failed with error code ${code}`).stack);
  process.abort();
}

/** Native code calls this when a program sets what is no text, with --pending-deprecation. */
const warnOfEnvConversion = getDeprecationWarningEmitter('DEP0104',
  'Assigning any value other than a string, number, or boolean to a process.env property is deprecated. Please make ' +
  'sure to convert the value to a string before setting process.env with it.');

const warnOfNodeApiException = getDeprecationWarningEmitter('DEP0168',
  'Uncaught N-API callback exception detected, please run node with option ' +
  '--force-node-api-uncaught-exceptions-policy=true to handle those exceptions properly.');

const warnOfBinding = getDeprecationWarningEmitter('DEP0111',
  'process.binding() is deprecated. Please use public APIs instead.', undefined, isPendingDeprecation);

// The deprecated door to Node's internals. What programs still look up there in practice is answered from public API.
function bindingDoor(name) {
  if (process.permission !== undefined) throw new (codes().ERR_ACCESS_DENIED)('process.binding');
  warnOfBinding();
  name = String(name);
  switch (name) {
    case 'natives': {
      const { publicIds } = require('internal/bootstrap/realm');
      return Object.fromEntries(publicIds().map((id) => [id, '']));
    }
    case 'constants': {
      const os = require('os').constants;
      return { os, fs: require('fs').constants };
    }
    case 'util': {
      const { types } = require('util');
      return Object.fromEntries(kUtilBinding.map((key) => [key, types[key]]));
    }
    case 'spawn_sync':
      return require('internal/child_process/sync').spawnSyncDoor;
    case 'uv':
      return uvBinding();
    case 'inspector':
      return { isEnabled: () => require('inspector').url() !== undefined, console: require('inspector').console };
    default:
      throw new Error(`No such module: ${name}`);
  }
}

const kUtilBinding = [
  'isAnyArrayBuffer', 'isArrayBuffer', 'isArrayBufferView', 'isAsyncFunction', 'isDataView', 'isDate', 'isExternal', 'isMap',
  'isMapIterator', 'isNativeError', 'isPromise', 'isRegExp', 'isSet', 'isSetIterator', 'isTypedArray', 'isUint8Array',
];

let uvOfPrograms;

function uvBinding() {
  if (uvOfPrograms !== undefined) return uvOfPrograms;
  const uv = internalBinding('uv');
  const { pendingDeprecate } = require('internal/util');
  const errname = pendingDeprecate(
    (errno) => uv.errname(errno),
    "Directly calling process.binding('uv').errname(<val>) is being deprecated. " +
    'Please make sure to use util.getSystemErrorName() instead.', 'DEP0119');
  return uvOfPrograms = { ...uv, errname };
}

function linkedBinding(name) {
  checkPermission('addon', String(name));
  const error = new Error(`No such binding was linked: ${name}`);
  error.code = 'ERR_INVALID_MODULE';
  throw error;
}

function setSourceMapsEnabled(value) {
  require('internal/validators').validateBoolean(value, 'enabled');
  require('internal/modules/source_map_cache').setSupport({ enabled: value });
}

const features = {
  inspector: true,
  debug: false,
  uv: true,
  ipv6: true,
  tls_alpn: true,
  tls_sni: true,
  tls_ocsp: true,
  tls: true,
  openssl_is_boringssl: false,
};

// What the command line decides.
function defineOptionFeatures() {
  const { getOptionValue } = require('internal/options');
  const getters = {
    cached_builtins: () => true,
    require_module: () => getOptionValue('--require-module'),
    quic: () => false,
    typescript() {
      if (getOptionValue('--experimental-transform-types')) return 'transform';
      return getOptionValue('--strip-types') ? 'strip' : false;
    },
  };
  for (const name of Object.keys(getters)) {
    Object.defineProperty(features, name, {
      __proto__: null, get: getters[name], set: undefined, enumerable: true, configurable: true,
    });
  }
}
defineOptionFeatures();

const config = {
  target_defaults: { cflags: [], default_configuration: 'Release', defines: [], include_dirs: [], libraries: [] },
  variables: {
    napi_build_version: '10', node_module_version: 137, host_arch: 'x64', target_arch: 'x64', node_use_amaro: true,
    node_use_node_snapshot: true, v8_enable_i18n_support: 1,
  },
};

// What programs see of the flags is fixed, whatever they do to the Set; and a flag has several spellings.
function makeAllowedFlags() {
  const flags = new Set(internalBinding('options').environmentFlags());
  const canonical = new Map([...flags].map((flag) => [flag.replace(/^-+/, '').replaceAll('_', '-'), flag]));

  class NodeEnvironmentFlagsSet extends Set {
    add() { return this; }
    delete() { return false; }
    clear() {}
    has(key) {
      if (typeof key !== 'string') return false;
      const [, dashes, name] = /^(-*)([^=]*)/.exec(key);
      const flag = canonical.get(name.replaceAll('_', '-'));
      return flag !== undefined && (dashes === '' || dashes === /^-+/.exec(flag)[0]);
    }
    get size() { return flags.size; }
    entries() { return flags.entries(); }
    keys() { return flags.keys(); }
    values() { return flags.values(); }
    forEach(callback, thisArg) { flags.forEach((flag) => Reflect.apply(callback, thisArg, [flag, flag, this])); }
    [Symbol.iterator]() { return flags[Symbol.iterator](); }
  }
  Object.freeze(NodeEnvironmentFlagsSet.prototype.constructor);
  Object.freeze(NodeEnvironmentFlagsSet.prototype);
  return Object.freeze(new NodeEnvironmentFlagsSet());
}

let allowedFlags;
function allowedNodeEnvironmentFlags() {
  allowedFlags ??= makeAllowedFlags();
  return allowedFlags;
}

module.exports = {
  allowedNodeEnvironmentFlags, binding: bindingDoor, chdir, config, cpuUsage, cwd, cwdCache, debugEnd, debugProcess, dlopen,
  execve, features, getActiveResourcesInfo, getBuiltinModule, hrtime, kill, linkedBinding, loadEnvFile, memoryUsage,
  rawDebug, ref, resourceUsage, setSourceMapsEnabled, threadCpuUsage, umask, unref,
  warnOfEnvConversion,
};
