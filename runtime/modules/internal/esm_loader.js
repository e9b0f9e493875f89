'use strict';
// The ES module loader. Resolving, loading, compiling and linking a graph is synchronous, so that import, import() and
// require() share it; only evaluation may wait. One job per URL and type attribute, for the life of the process.

const { codes: {
  ERR_INVALID_ARG_VALUE,
  ERR_REQUIRE_ASYNC_MODULE,
  ERR_REQUIRE_CYCLE_MODULE,
  ERR_SOURCE_PHASE_NOT_DEFINED,
  ERR_UNKNOWN_MODULE_FORMAT,
} } = require('internal/errors');
const { fileURLToPath, pathToFileURL } = require('internal/url');
const { requireStackOf, throwRequireCycle } = require('internal/modules/cjs_loader');
const { importConditions } = require('internal/modules/conditions');
const hooks = require('internal/modules/hooks');
const loading = require('internal/modules/esm_load');
const resolution = require('internal/modules/esm_resolve');
const { incompleteESM, state } = require('internal/modules/shared');
const binding = internalBinding('modules');

class ModuleJob {
  // Fields are defined, not set: programs may have setters of these names on Object.prototype.
  url = '';
  format = '';
  /** @type {any} */
  wrap = undefined;
  linked = false;
  /** Only its source is wanted so far: it has not been linked, and need not be linkable. */
  sourceOnly = false;

  /** @param {string} url @param {string} format @param {any} wrap */
  constructor(url, format, wrap) {
    this.url = url;
    this.format = format;
    this.wrap = wrap;
  }
}

/** @type {Map<string, ModuleJob>} */
const jobs = new Map();

const noAttributes = Object.freeze({ __proto__: null });

function keyOf(url, attributes) {
  const { type } = attributes;
  return type === undefined ? url : `${url}\0${type}`;
}

/**
 * What imports were resolved to, by importing module: the same import means the same module, whatever has become of the
 * file since. @type {Map<string, Map<string, string>>}
 */
const resolved = new Map();

function resolveOnce(specifier, parentUrl, conditions) {
  // Others ask with conditions of their own.
  if (conditions !== importConditions()) return resolution.resolve(specifier, parentUrl, conditions);
  let urls = resolved.get(parentUrl);
  if (urls === undefined) resolved.set(parentUrl, urls = new Map());
  let url = urls.get(specifier);
  if (url === undefined) urls.set(specifier, url = resolution.resolve(specifier, parentUrl, conditions));
  return url;
}

/**
 * @param {string} specifier
 * @param {string} parentUrl
 * @param {Record<string, string>} attributes
 * @param {Set<string>} conditions
 * @returns {{ url: string, format: string|undefined, importAttributes?: object }}
 */
function resolveRequest(specifier, parentUrl, attributes, conditions) {
  const askHooksThread = state.asyncHooks?.resolveSync;
  if (!hooks.hasResolve()) {
    if (askHooksThread !== undefined) return askHooksThread(specifier, parentUrl, attributes);
    return { url: resolveOnce(specifier, parentUrl, conditions), format: undefined };
  }
  const byDefault = (specifier, context) => {
    if (askHooksThread !== undefined) {
      return askHooksThread(specifier, context.parentURL ?? parentUrl, context.importAttributes);
    }
    if (context.conditions !== undefined && !Array.isArray(context.conditions)) {
      throw new ERR_INVALID_ARG_VALUE('context.conditions', context.conditions, 'expected an array');
    }
    const names = context.conditions === undefined ? conditions : new Set(context.conditions);
    const url = resolution.resolve(specifier, context.parentURL ?? parentUrl, names);
    let format;
    try {
      format = loading.formatOf(url);
    } catch {
      // Loading will say so.
    }
    return { __proto__: null, url, format };
  };
  return hooks.resolveWithHooks(specifier, parentUrl, attributes, [...conditions], byDefault);
}

function loadSource(url, format, attributes, conditions) {
  const askHooksThread = state.asyncHooks?.loadSync;
  if (!hooks.hasLoad()) {
    return askHooksThread === undefined ? loading.load(url, format, attributes) : askHooksThread(url, format, attributes);
  }
  let knownFormat = format;
  try {
    knownFormat ??= loading.formatOf(url);
  } catch {
    // A hook may know better.
  }
  const byDefault = askHooksThread === undefined ? loading.loadForHooks
    : (url, { format, importAttributes, conditions }) => askHooksThread(url, format, importAttributes, conditions);
  return hooks.loadWithHooks(url, knownFormat, attributes, [...conditions], byDefault);
}

/** What a hook hands over may be of the wrong kind for its format. */
function checkSource(format, source) {
  const { formatsWithSource } = require('internal/modules/esm_translators');
  const wantsBytes = format === 'wasm';
  if (formatsWithSource[format] === undefined) return;
  if (typeof source === 'object' ? source !== null : typeof source === 'string' && !wantsBytes) return;
  const { codes: { ERR_INVALID_RETURN_PROPERTY_VALUE } } = require('internal/errors');
  throw new ERR_INVALID_RETURN_PROPERTY_VALUE(
    `${wantsBytes ? '' : 'string, '}array buffer, or typed array`, 'load', 'source', source);
}

/** The job of what was loaded; `hooked`: by way of load hooks, whose text need not be the file's. */
function translate(url, { format, source }, isMain, hooked) {
  const { translators } = require('internal/modules/esm_translators');
  const translator = translators[format];
  if (translator === undefined) throw new ERR_UNKNOWN_MODULE_FORMAT(format, url);
  if (state.reportDependency !== undefined && url.startsWith('file:')) state.reportDependency(fileURLToPath(url));
  if (hooked) checkSource(format, source);
  const hasSource = source !== null && source !== undefined;
  // Where asynchronous hooks made the text, they see what it requires.
  const requiresByHooks = hasSource && state.asyncHooks?.loadSync !== undefined;
  const context = { format, isMain, hooked: hooked && hasSource, requiresByHooks };
  return new ModuleJob(url, format, translator(url, source, context));
}

function compileJob(url, format, attributes, options) {
  const loaded = loadSource(url, format, attributes, options.conditions);
  return translate(url, loaded, options.isMain === true, hooks.hasLoad() || state.asyncHooks !== undefined);
}

/** A module that a required ES module imports while it is itself waiting for that ES module. */
function refuseRunning(job, specifier, parentUrl) {
  const { filenameOf, isRunning } = require('internal/modules/esm_translators');
  let what;
  if (job.format === 'commonjs') {
    if (isRunning(filenameOf(job.url))) what = 'CommonJS Module';
  } else if (job.linked && job.wrap.getStatus() === binding.kEvaluating) {
    what = 'Module';
  }
  if (what === undefined) return;
  throw new ERR_REQUIRE_CYCLE_MODULE(`Cannot import ${what} ${specifier} in a cycle. (from ${filenameOf(parentUrl)})`);
}

/** @returns {{ job: ModuleJob, isNew: boolean }} the job of a request, and whether it is still to be linked */
function obtain(specifier, parentUrl, attributes, options) {
  const { url, format, importAttributes = attributes } =
    resolveRequest(specifier, parentUrl, attributes, options.conditions);
  const key = keyOf(url, importAttributes);
  const known = jobs.get(key);
  if (known !== undefined) {
    const isNew = known.sourceOnly;
    known.sourceOnly = false;
    return { job: known, isNew };
  }
  const job = compileJob(url, format, importAttributes, options);
  jobs.set(key, job);
  return { job, isNew: true };
}

/** `import source`: what the module is compiled from, as an object. Nothing is linked or run. */
function obtainSource(specifier, parentUrl, attributes, options) {
  const { job, isNew } = obtain(specifier, parentUrl, attributes, options);
  job.sourceOnly = isNew;
  const { moduleSource } = job.wrap;
  if (moduleSource === undefined) {
    throw new ERR_SOURCE_PHASE_NOT_DEFINED(`Source phase import object is not defined for module '${job.url}'`);
  }
  return moduleSource;
}

/** Loads everything that a new module needs; a failure leaves nothing of the graph behind. */
function link(root, options) {
  const added = [root];
  const dependencyOptions = { ...options, isMain: false };
  try {
    for (let i = 0; i < added.length; i++) {
      const job = added[i];
      const wraps = job.wrap.getModuleRequests().map(({ specifier, attributes, phase }, index) => {
        if (index === 0 && job.wrap.companion !== undefined) return job.wrap.companion;
        if (phase === binding.kSourcePhase) return obtainSource(specifier, job.url, attributes, dependencyOptions);
        const { job: dependency, isNew } = obtain(specifier, job.url, attributes, dependencyOptions);
        if (isNew) added.push(dependency);
        if (options.forRequire) refuseRunning(dependency, specifier, job.url);
        return dependency.wrap;
      });
      job.wrap.link(wraps);
      job.linked = true;
      rememberSourceMap(job);
    }
  } catch (error) {
    const failed = new Set(added);
    for (const [key, job] of jobs) {
      if (failed.has(job)) jobs.delete(key);
    }
    throw error;
  }
}

function rememberSourceMap(job) {
  if (!state.sourceMaps) return;
  const url = job.wrap.sourceMapUrl();
  if (url) require('internal/modules/source_map_cache').rememberModule(job.url, url);
}

/** @returns {ModuleJob} linked */
function getJob(specifier, parentUrl, attributes, options) {
  const { job, isNew } = obtain(specifier, parentUrl, attributes, options);
  if (isNew) link(job, options);
  return job;
}

function formatOfRequest(specifier, parentUrl) {
  try {
    return jobs.get(resolution.resolve(specifier, parentUrl))?.format;
  } catch {
    return undefined;
  }
}

function instantiate(job) {
  try {
    job.wrap.instantiate();
  } catch (error) {
    require('internal/modules/esm_hints').explainMissingExport(error, formatOfRequest);
    throw error;
  }
}

/** @returns {Promise<object>} the namespace, once the graph is evaluated */
async function run(job, timeout = -1, breakOnSigint = false) {
  instantiate(job);
  try {
    if (state.breaksOnStart && job.url === state.mainUrl) {
      await internalBinding('inspector').callAndPauseOnStart(job.wrap.evaluate, job.wrap, timeout, breakOnSigint);
    } else {
      await job.wrap.evaluate(timeout, breakOnSigint);
    }
  } catch (error) {
    require('internal/modules/esm_hints').explainMissingGlobal(error, job);
    throw error;
  }
  return job.wrap.getNamespace();
}

function importOptions(isMain = false) {
  return { conditions: importConditions(), forRequire: false, isMain };
}

/**
 * import() and the programs' entry.
 * @param {string} specifier
 * @param {string} parentUrl
 * @param {Record<string, string>} [attributes]
 * @param {boolean} [isMain]
 */
async function importModule(specifier, parentUrl, attributes = noAttributes, isMain = false) {
  const job = state.asyncHooks === undefined
    ? getJob(specifier, parentUrl, attributes, importOptions(isMain))
    : await require('internal/modules/async_linking').getJob(specifier, parentUrl, attributes, isMain);
  // What calls import() runs on before the module does.
  await undefined;
  return run(job);
}

/** import.source() */
async function importSource(specifier, parentUrl, attributes) {
  return obtainSource(specifier, parentUrl, attributes, importOptions());
}

/** Runs a text as an ES module: --input-type=module, data from stdin. */
async function evalModule(source, url) {
  const { ModuleWrap, defaultHostSymbol } = binding;
  const job = new ModuleJob(url, 'module', new ModuleWrap(url, undefined, source, 0, 0, defaultHostSymbol));
  jobs.set(keyOf(url, noAttributes), job);
  if (state.asyncHooks === undefined) link(job, importOptions());
  else await require('internal/modules/async_linking').linkRoot(job);
  await undefined;
  return run(job);
}

function throwIfAsync(job, filename, parent) {
  if (!job.wrap.isGraphAsync()) return;
  const requireStack = requireStackOf(parent);
  const error = new ERR_REQUIRE_ASYNC_MODULE(filename, requireStack);
  Object.defineProperty(error, 'requireStack', {
    __proto__: null, value: requireStack, writable: true, enumerable: false, configurable: true,
  });
  if (require('internal/options').getOptionValue('--experimental-print-required-tla')) {
    require('internal/modules/required_tla').locate(error, awaitingUrls(job));
  }
  throw error;
}

/** The modules of a linked graph that have top-level awaits. */
function awaitingUrls(root) {
  const options = { conditions: importConditions(), forRequire: true };
  const graph = new Set([root]);
  for (const { url, wrap } of graph) {
    for (const { specifier, attributes } of wrap.getModuleRequests()) graph.add(obtain(specifier, url, attributes, options).job);
  }
  return [...graph].filter(({ wrap }) => wrap.hasTopLevelAwait()).map(({ url }) => url);
}

/** Evaluates a graph that does not await, in line. */
function runSync(job) {
  const promise = job.wrap.evaluate(-1, false);
  if (job.wrap.getStatus() === binding.kErrored) {
    // It is thrown here; the promise must not count as unhandled as well.
    promise.catch(() => {});
    const error = job.wrap.getError();
    require('internal/modules/esm_hints').explainMissingGlobal(error, job);
    binding.attachOrigin(error);
    throw error;
  }
  return job.wrap.getNamespace();
}

/**
 * require() of an ES module.
 * @param {any} module its entry in the CommonJS cache
 * @param {string} filename
 * @param {string} source
 * @param {any} parent the requiring module
 */
function requireESM(module, filename, source, parent) {
  const url = pathToFileURL(filename).href;
  const key = keyOf(url, noAttributes);
  let job = jobs.get(key);
  incompleteESM.add(module);
  try {
    if (job === undefined) {
      const { translators } = require('internal/modules/esm_translators');
      job = new ModuleJob(url, 'module', translators.module(url, source));
      jobs.set(key, job);
      link(job, { conditions: importConditions(), forRequire: true });
    }
    return evaluateForRequire(job, filename, parent);
  } finally {
    incompleteESM.delete(module);
  }
}

/** The namespace of a module whose graph does not await, evaluated in line. */
function evaluateForRequire(job, filename, parent) {
  switch (job.wrap.getStatus()) {
    case binding.kInstantiating:
    case binding.kEvaluating:
      throwRequireCycle(filename, parent);
      break;
    case binding.kEvaluated:
      throwIfAsync(job, filename, parent);
      return job.wrap.getNamespace();
    case binding.kErrored:
      throw job.wrap.getError();
    default:
  }
  instantiate(job);
  throwIfAsync(job, filename, parent);
  return runSync(job);
}

/** What require() gives for a module with a default export: its names and __esModule, for transpiled callers. */
function facadeFor(filename) {
  const original = jobs.get(keyOf(pathToFileURL(filename).href, noAttributes)).wrap;
  const text = 'export * from "original"; export { default } from "original"; export const __esModule = true;';
  const { ModuleWrap } = binding;
  const facade = new ModuleWrap('gyre:facade', undefined, text, 0, 0, undefined);
  facade.link(facade.getModuleRequests().map(() => original));
  facade.instantiate();
  facade.evaluate(-1, false);
  return facade.getNamespace();
}

/** import.meta.resolve */
function resolveSync(specifier, parentUrl) {
  return resolveRequest(specifier, parentUrl, noAttributes, importConditions()).url;
}

module.exports = {
  ModuleJob,
  evalModule,
  evaluateForRequire,
  facadeFor,
  getJob,
  importModule,
  importOptions,
  importSource,
  jobs,
  keyOf,
  loadSource,
  obtainSource,
  requireESM,
  resolveRequest,
  resolveSync,
  run,
  translate,
};
