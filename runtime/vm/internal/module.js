'use strict';
// vm.Module, vm.SourceTextModule and vm.SyntheticModule: module records whose linking is the program's own business.
// Loaded under --experimental-vm-modules.

const { codes: {
  ERR_INVALID_ARG_TYPE,
  ERR_INVALID_ARG_VALUE,
  ERR_INVALID_THIS,
  ERR_MODULE_LINK_MISMATCH,
  ERR_VM_MODULE_ALREADY_LINKED,
  ERR_VM_MODULE_CANNOT_CREATE_CACHED_DATA,
  ERR_VM_MODULE_DIFFERENT_CONTEXT,
  ERR_VM_MODULE_LINK_FAILURE,
  ERR_VM_MODULE_NOT_MODULE,
  ERR_VM_MODULE_STATUS,
} } = require('internal/errors');
const {
  validateBoolean, validateBuffer, validateFunction, validateInt32, validateObject, validateString, validateUint32,
} = require('internal/validators');
const { register } = require('internal/modules/dynamic_import');
const { customInspectSymbol, emitExperimentalWarning, kEmptyObject } = require('internal/util');
const binding = internalBinding('modules');
const { isContext } = internalBinding('contextify');
const { ModuleWrap } = binding;

const statusNames = {
  [binding.kUninstantiated]: 'unlinked',
  [binding.kInstantiating]: 'linking',
  [binding.kInstantiated]: 'linked',
  [binding.kEvaluating]: 'evaluating',
  [binding.kEvaluated]: 'evaluated',
  [binding.kErrored]: 'errored',
};

const phaseNames = ['source', 'defer', 'evaluation'];

/** How many modules without a name each context has. @type {WeakMap<object, number>} */
const anonymous = new WeakMap();
const mainContext = {};

function nextName(context) {
  const count = anonymous.get(context ?? mainContext) ?? 0;
  anonymous.set(context ?? mainContext, count + 1);
  return `vm:module(${count})`;
}

/** What a module asks for twice, in two phases, is one module. */
function checkSameForSame(requests, modules) {
  const seen = new Map();
  requests.forEach(({ specifier, attributes }, i) => {
    const key = JSON.stringify([specifier, Object.entries(attributes).sort()]);
    const first = seen.get(key);
    if (first === undefined) {
      seen.set(key, i);
    } else if (modules[first] !== modules[i]) {
      throw new ERR_MODULE_LINK_MISMATCH(
        `Module request 'ModuleCacheKey("${specifier}")' at index ${first} must be linked to the same module ` +
        `requested at index ${i}`);
    }
  });
}

class Module {
  /** @type {any} */
  #wrap;
  #context;
  /** @type {Promise<void>|undefined} */
  #linking;
  /** @type {unknown} what linking failed with */
  #linkError;
  #linkFailed = false;

  constructor(options) {
    emitExperimentalWarning('VM Modules');
    if (new.target === Module) throw new TypeError('Module is not a constructor');
    const { context } = options;
    if (context !== undefined) {
      validateObject(context, 'context');
      if (!isContext(context)) throw new ERR_INVALID_ARG_TYPE('options.context', 'vm.Context', context);
    }
    const { identifier = nextName(context) } = options;
    validateString(identifier, 'options.identifier');
    this.#context = context;
    this.#wrap = options.makeWrap(identifier, context);
  }

  static isModule(value) {
    return typeof value === 'object' && value !== null && #wrap in value;
  }

  static wrapOf(module) {
    return module.#wrap;
  }

  get context() {
    return this.#context;
  }

  get identifier() {
    return this.#wrap.url;
  }

  get status() {
    if (this.#linkFailed) return 'errored';
    if (this.#linking !== undefined && this.#wrap.getStatus() === binding.kUninstantiated) return 'linking';
    return statusNames[this.#wrap.getStatus()];
  }

  get namespace() {
    if (this.#wrap.getStatus() < binding.kInstantiated) {
      throw new ERR_VM_MODULE_STATUS('must not be unlinked or linking');
    }
    return this.#wrap.getNamespace();
  }

  get error() {
    if (this.#linkFailed) return this.#linkError;
    if (this.#wrap.getStatus() !== binding.kErrored) throw new ERR_VM_MODULE_STATUS('must be errored');
    return this.#wrap.getError();
  }

  async link(linker) {
    if (!Module.isModule(this)) throw new ERR_INVALID_THIS('Module');
    validateFunction(linker, 'linker');
    if (this.status === 'linked') throw new ERR_VM_MODULE_ALREADY_LINKED();
    if (this.status !== 'unlinked') throw new ERR_VM_MODULE_STATUS('must be unlinked');
    await this.#linkGraph(linker);
    try {
      this.#wrap.instantiate();
    } catch (error) {
      this.#fail(error);
      throw error;
    }
  }

  #fail(error) {
    this.#linkError = error;
    this.#linkFailed = true;
  }

  /** Links this module and all that the linker names. */
  async #linkGraph(linker) {
    this.#linking = this.#linkRequests(linker);
    try {
      await this.#linking;
    } catch (error) {
      this.#fail(error);
      throw error;
    }
  }

  async #linkRequests(linker) {
    const requests = this.#wrap.getModuleRequests();
    const wraps = await Promise.all(requests.map(async (request) => {
      const { specifier, attributes } = request;
      const module = await linker(specifier, this, { attributes, assert: attributes });
      if (!Module.isModule(module)) throw new ERR_VM_MODULE_NOT_MODULE();
      if (module.#context !== this.#context) throw new ERR_VM_MODULE_DIFFERENT_CONTEXT();
      if (module.status === 'errored') {
        throw new ERR_VM_MODULE_LINK_FAILURE(`request for '${specifier}' resolved to an errored module`, module.error);
      }
      if (module.status === 'unlinked') await module.#linkGraph(linker);
      return module.#wrap;
    }));
    this.#wrap.link(wraps);
  }

  /** linkRequests() of SourceTextModule: the modules in the order of the requests. */
  static linkTo(module, modules) {
    const requests = module.#wrap.getModuleRequests();
    if (modules.length !== requests.length) {
      throw new ERR_MODULE_LINK_MISMATCH(`Expected ${requests.length} modules, got ${modules.length}`);
    }
    const wraps = modules.map((dependency) => {
      if (!Module.isModule(dependency)) throw new ERR_VM_MODULE_NOT_MODULE();
      if (dependency.#context !== module.#context) throw new ERR_VM_MODULE_DIFFERENT_CONTEXT();
      return dependency.#wrap;
    });
    checkSameForSame(requests, wraps);
    module.#wrap.link(wraps);
  }

  /** Settled at once where nothing in the graph awaits. @returns {Promise<undefined>} */
  evaluate(options = kEmptyObject) {
    try {
      if (!Module.isModule(this)) throw new ERR_INVALID_THIS('Module');
      validateObject(options, 'options');
      const { timeout = -1, breakOnSigint = false } = options;
      if (options.timeout !== undefined) validateUint32(timeout, 'options.timeout', true);
      validateBoolean(breakOnSigint, 'options.breakOnSigint');
      const { status } = this;
      if (status !== 'linked' && status !== 'evaluated' && status !== 'errored') {
        throw new ERR_VM_MODULE_STATUS('must be one of linked, evaluated, or errored');
      }
      if (this.#linkFailed) throw this.#linkError;
      return this.#wrap.evaluate(timeout, breakOnSigint);
    } catch (error) {
      return Promise.reject(error);
    }
  }

  [customInspectSymbol](depth, options) {
    if (this === null || typeof this !== 'object' || !(#wrap in this)) throw new ERR_INVALID_THIS('Module');
    if (typeof depth === 'number' && depth < 0) return `[${this.constructor.name}]`;
    const shown = Object.create(Object.getPrototypeOf(this));
    for (const name of ['status', 'identifier', 'context']) {
      Object.defineProperty(shown, name, { __proto__: null, value: this[name], enumerable: true });
    }
    return require('internal/util/inspect').inspect(shown, { ...options, customInspect: false });
  }
}

class SourceTextModule extends Module {
  #requests;
  #specifiers;
  #linked = false;

  constructor(sourceText, options = kEmptyObject) {
    validateString(sourceText, 'code');
    validateObject(options, 'options');
    const { lineOffset = 0, columnOffset = 0, initializeImportMeta, importModuleDynamically, cachedData } = options;
    validateInt32(lineOffset, 'options.lineOffset');
    validateInt32(columnOffset, 'options.columnOffset');
    if (initializeImportMeta !== undefined) validateFunction(initializeImportMeta, 'options.initializeImportMeta');
    if (importModuleDynamically !== undefined) {
      validateFunction(importModuleDynamically, 'options.importModuleDynamically');
    }
    if (cachedData !== undefined) validateBuffer(cachedData, 'options.cachedData');
    let wrap;
    super({
      context: options.context,
      identifier: options.identifier,
      makeWrap(identifier, context) {
        wrap = new ModuleWrap(identifier, context, sourceText, lineOffset, columnOffset, cachedData);
        if (wrap.codeCacheRejected) {
          const { codes: { ERR_VM_MODULE_CACHED_DATA_REJECTED } } = require('internal/errors');
          throw new ERR_VM_MODULE_CACHED_DATA_REJECTED();
        }
        return wrap;
      },
    });
    const self = new WeakRef(this);
    register(wrap.hostSymbol, {
      importModuleDynamically: importModuleDynamically && (async (specifier, attributes) =>
        namespaceForImport(await importModuleDynamically(specifier, self.deref(), attributes, 'evaluation'))),
      initializeImportMeta: initializeImportMeta && ((meta) => initializeImportMeta(meta, self.deref())),
    });
  }

  get moduleRequests() {
    this.#requests ??= Object.freeze(Module.wrapOf(this).getModuleRequests().map(({ specifier, attributes, phase }) =>
      Object.freeze({ __proto__: null, specifier, attributes, phase: phaseNames[phase] ?? 'evaluation' })));
    return this.#requests;
  }

  get dependencySpecifiers() {
    this.#specifiers ??= Object.freeze(this.moduleRequests.map(({ specifier }) => specifier));
    return this.#specifiers;
  }

  linkRequests(modules) {
    Module.linkTo(this, modules);
    this.#linked = true;
  }

  instantiate() {
    if (!this.#linked) {
      throw new ERR_VM_MODULE_LINK_FAILURE(`module '${this.identifier}' is not linked`);
    }
    Module.wrapOf(this).instantiate();
  }

  hasTopLevelAwait() {
    return Module.wrapOf(this).hasTopLevelAwait();
  }

  hasAsyncGraph() {
    if (Module.wrapOf(this).getStatus() < binding.kInstantiated) {
      throw new ERR_VM_MODULE_STATUS('must be instantiated');
    }
    return Module.wrapOf(this).isGraphAsync();
  }

  createCachedData() {
    const { status } = this;
    if (status === 'evaluating' || status === 'evaluated' || status === 'errored') {
      throw new ERR_VM_MODULE_CANNOT_CREATE_CACHED_DATA();
    }
    const { Buffer } = require('buffer');
    return Buffer.from(Module.wrapOf(this).createCachedData().buffer);
  }
}

class SyntheticModule extends Module {
  constructor(exportNames, evaluateCallback, options = kEmptyObject) {
    if (!Array.isArray(exportNames) || exportNames.some((name) => typeof name !== 'string')) {
      throw new ERR_INVALID_ARG_TYPE('exportNames', 'Array of unique strings', exportNames);
    }
    exportNames.forEach((name, i) => {
      if (exportNames.indexOf(name, i + 1) !== -1) {
        throw new ERR_INVALID_ARG_VALUE(`exportNames.${name}`, name, 'is duplicated');
      }
    });
    validateFunction(evaluateCallback, 'evaluateCallback');
    validateObject(options, 'options');
    let self;
    super({
      context: options.context,
      identifier: options.identifier,
      makeWrap(identifier, context) {
        return new ModuleWrap(identifier, context, exportNames, () => Reflect.apply(evaluateCallback, self, []));
      },
    });
    // Made by constructor and without dependencies: linked from the start.
    self = this;
    const wrap = Module.wrapOf(this);
    wrap.link([]);
    wrap.instantiate();
  }

  async link() {
    // Nothing to do: it was linked when it was made.
  }

  setExport(name, value) {
    if (!Module.isModule(this)) throw new ERR_INVALID_THIS('SyntheticModule');
    validateString(name, 'name');
    const wrap = Module.wrapOf(this);
    if (wrap.getStatus() < binding.kInstantiated) throw new ERR_VM_MODULE_STATUS('must be linked');
    wrap.setExport(name, value);
  }
}

/** What import() gives for the answer of importModuleDynamically: a namespace, or a module that it evaluates. */
async function namespaceForImport(result) {
  const { isModuleNamespaceObject } = require('internal/util/types');
  if (isModuleNamespaceObject(result)) return result;
  if (!Module.isModule(result)) throw new ERR_VM_MODULE_NOT_MODULE();
  if (result.status === 'errored') throw result.error;
  if (result.status === 'linked') await result.evaluate();
  return result.namespace;
}

module.exports = { Module, SourceTextModule, SyntheticModule, namespaceForImport };
