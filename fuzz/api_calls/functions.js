// The functions that fuzz/api_calls calls: all that public modules and globals have, their classes' methods and accessors
// among them, but for those of DENIED. Names are as programs write them: `crypto.createHash`, `new http.Agent`,
// `http.Agent.prototype.destroy`; a global has no module in front of it.
'use strict';

const { builtinModules } = require('module');
const vm = require('vm');

// Why each of these is not called. `any.C.prototype.m` is a method of a class that no module has, of a value that a call
// gave.
const DENIED = [
  ['starts, stops or asks processes, threads, the debugger; reads from the terminal', [
    /^(child_process|cluster|inspector|repl|test|trace_events)\b/, /^(new )?(tty\.ReadStream|worker_threads\.Worker)\b/,
    /^(os\.setPriority|worker_threads\.postMessageToThread|any\.ReadStream\.prototype\.setRawMode)$/,
    /^process\.(abort|chdir|dlopen|execve|exit|kill|openStdin|reallyExit|stderr|stdin|stdout|umask)\b/,
    /^process\.(initgroups|sete?[gu]id|setgroups)$/,
  ]],
  ['changes what later inputs find', [
    /^process\.(binding|config|emit|env|exitCode|finalization|getBuiltinModule|loadEnvFile|ref|report|set\w+|title|unref)\b/,
    /^(domain|sys)$/,
    /^module\.(enableCompileCache|flushCompileCache|register|registerHooks|runMain|setSourceMapsSupport|syncBuiltinESMExports)$/,
    /^(async_hooks\.AsyncLocalStorage\.prototype\.enterWith|crypto\.(fips|setEngine|setFips)|events\.(init|setMaxListeners))$/,
    /^(dns(\/promises|\.promises)?\.set\w+|http\.set\w+|(net|stream|tls)\.setDefault\w+|util\.setTrace\w+)$/,
    /^(diagnostics_channel\.subscribe|.*Channel\.prototype\.(subscribe|bindStore)|worker_threads\.setEnvironmentData)$/,
    /^v8\.(promiseHooks\..*|setFlagsFromString|setHeapSnapshotNearHeapLimit|startupSnapshot\..*|stopCoverage|takeCoverage)$/,
  ]],
  ['writes files, or to the standard output', [
    /^fs([./]promises)?\.(append|chmod|chown|copy|cp|createWrite|lch|link|lutimes|mkdir|mkdtemp|open$|openSync|rename|rm)/,
    /^fs([./]promises)?\.(symlink|truncate|unlink|utimes|write)/, /^(new )?fs\.(WriteStream|FileWriteStream|Utf8Stream)\b/,
    /^console\.(?!Console\b)/, /^(sqlite\.backup|(new )?sqlite\.DatabaseSync)$/,
  ]],
  ['lets others connect, or polls for ever', [
    /^(net\.Server\.prototype\.listen|dgram\.Socket\.prototype\.bind(Sync)?|(new )?net\.BoundSocket\b.*|fs\.(un)?watchFile)$/,
  ]],
  ['takes seconds: all of the heap, or of two streams as text', [
    /^(new )?assert\b/, /^any\.(Assert|AssertionError)\b/,
    /^v8\.(getHeapSnapshot|queryObjects|writeHeapSnapshot|startCpuProfile)$/, /^(vm\.measureMemory|module\.stripTypeScriptTypes)$/,
  ]],
].flatMap(([, patterns]) => patterns);

function atMost(limit, bytes) {
  return (value) => {
    if ((typeof value === 'number' || typeof value === 'bigint') && value > limit) return limit;
    return value?.byteLength > bytes ? undefined : value;
  };
}

// What some functions get instead of an argument, or of what is in a list or an object of options.
const LIMITS = [
  // Where an option is the size of a buffer that is made at once.
  [/^(new )?(zlib\.\w+|crypto\.(createHash|hash|Hash)|crypto\.Hash\.prototype\.copy)$/, atMost(70000)],
  // Where a number may be a file descriptor: none that is open.
  [/^(new )?(fs\b.*|tty\.\w+|net\.Socket)$/, (value) => (typeof value === 'number' && value >= 0 ? -1 : value)],
  // Where it is the size of a prime, or what may be one.
  [/^crypto\.(checkPrime|createDiffieHellman|generate)\w*$/, atMost(64, 128)],
  // Where it is a size or how often or how long something is to be done.
  [/^(new )?(Buffer|Buffer\.(alloc|concat|from|of)\w*|buffer\.SlowBuffer)$/, atMost(2000)],
  [/^new (.+\.)?ReadableStream$/, atMost(2000)],
  [/^(AbortSignal\.timeout|set(Timeout|Interval)|timers.*)$/, atMost(2000)],
  [/^crypto\.(argon2|hkdf|pbkdf2|prng|pseudoRandomBytes|randomBytes|rng|scrypt)\w*$/, atMost(2000)],
  [/^(SubtleCrypto\.prototype\.\w+|any\.(FileHandle|Scheduler)\.prototype\.\w+|perf_hooks\.createHistogram)$/, atMost(2000)],
];

/** What takes the place of a value that a function is to get. */
function limitOf(name) {
  return LIMITS.find(([pattern]) => pattern.test(name))?.[1];
}

const isDenied = (name) => DENIED.some((pattern) => pattern.test(name));
const isPublic = (key) => typeof key === 'string' && key[0] !== '_' && key !== 'constructor' && key !== 'prototype';
const isClass = (value) => typeof value.prototype === 'object' && value.prototype !== null && /^[A-Z]/.test(value.name);

function get(object, key) {
  try {
    return object?.[key];
  } catch {
    return undefined;
  }
}

/** What is callable, by names. */
class Functions {
  constructor() {
    this.byName = new Map();
    this.denied = new Set();
    this.limits = new Map();
    this.seen = new Set();
    this.languagePrototypes = new Set();
  }

  add(name, entry, value) {
    if (isDenied(name)) {
      this.denied.add(value);
      return;
    }
    const limit = limitOf(name);
    if (limit !== undefined) this.limits.set(value, limit);
    this.byName.set(name, { limit, ...entry, name });
  }

  addClass(name, Class) {
    this.add(`new ${name}`, { kind: 'new', value: Class }, Class);
    for (const key of Reflect.ownKeys(Class.prototype).filter(isPublic)) {
      const path = `${name}.prototype.${key}`;
      const property = Reflect.getOwnPropertyDescriptor(Class.prototype, key);
      const { value, get: getter, set: setter } = property;
      if (typeof value === 'function') this.once(value, () => this.add(path, { kind: 'method', value, Class }, value));
      if (getter) this.add(path, { kind: 'accessor', value: getter, setter, Class }, getter);
    }
  }

  once(value, f) {
    if (this.seen.has(value)) return;
    this.seen.add(value);
    f();
  }

  addFunction(name, value, owner) {
    this.once(value, () => {
      if (!/^class\b/.test(Function.prototype.toString.call(value))) this.add(name, { kind: 'function', value, owner }, value);
      else if (isDenied(name)) this.denied.add(value);
      if (isClass(value)) this.addClass(name, value);
      this.addProperties(name, value, 0);
    });
  }

  addProperties(path, object, depth) {
    // A function that has several names is called by its own.
    const keys = Reflect.ownKeys(object).filter(isPublic).sort();
    const isAlias = (key) => Reflect.getOwnPropertyDescriptor(object, key).value?.name !== key;
    for (const key of [...keys.filter((each) => !isAlias(each)), ...keys.filter(isAlias)]) {
      const name = path === '' ? key : `${path}.${key}`;
      if (isDenied(name) && Reflect.getOwnPropertyDescriptor(object, key).get) continue;
      const value = get(object, key);
      if (typeof value === 'function') this.addFunction(name, value, path === '' ? undefined : object);
      else if (typeof value === 'object' && value !== null && depth > 0) this.addProperties(name, value, depth - 1);
    }
  }

  /** Makes the list: the same in each process. */
  finish() {
    this.list = [...this.byName.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
    return this;
  }
}

const NOT_WALKED = new Set(['console', 'crypto', 'global', 'globalThis', 'localStorage', 'navigator', 'performance', 'process',
  'sessionStorage']);

function findFunctions() {
  const functions = new Functions();
  const language = new Set(vm.runInNewContext('Reflect.ownKeys(globalThis)'));
  // Their methods are V8's, not ours.
  const prototypes = [...language].map((key) => get(get(globalThis, key), 'prototype'));
  functions.languagePrototypes = new Set([...prototypes, Object.getPrototypeOf(Uint8Array.prototype)]);
  for (const key of Reflect.ownKeys(globalThis).filter(isPublic).sort()) {
    if (language.has(key) || NOT_WALKED.has(key)) continue;
    const value = get(globalThis, key);
    if (typeof value === 'function') functions.addFunction(key, value, undefined);
  }
  for (const name of builtinModules.map((id) => id.replace(/^node:/, '')).sort()) {
    if (/^(_|fuzz\/)/.test(name) || isDenied(name)) continue;
    const exported = require(name);
    if (typeof exported === 'function') functions.addFunction(name, exported, undefined);
    else functions.addProperties(name, exported, name === 'process' ? 0 : 1);
  }
  return functions.finish();
}

module.exports = { findFunctions, isDenied, isPublic, limitOf };
