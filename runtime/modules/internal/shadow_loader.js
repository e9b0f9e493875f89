'use strict';
// The module loader of a ShadowRealm: its import() and importValue(). Files and data: URLs that are ES modules, in a
// module map of its own; no built-ins, no hooks.

const { codes: { ERR_UNKNOWN_BUILTIN_MODULE, ERR_UNKNOWN_MODULE_FORMAT } } = require('internal/errors');
const builtins = require('internal/modules/builtins');
const { baseOf, register } = require('internal/modules/dynamic_import');
const { load } = require('internal/modules/esm_load');
const { resolve, resolvePackage } = require('internal/modules/esm_resolve');
const { ModuleWrap } = internalBinding('modules');

function resolveInRealm(specifier, base) {
  if (specifier.startsWith('node:')) throw new ERR_UNKNOWN_BUILTIN_MODULE(specifier);
  return builtins.canBeRequired(specifier) ? resolvePackage(specifier, base) : resolve(specifier, base);
}

class ShadowLoader {
  /** Modules by URL, linked. @type {Map<string, any>} */
  #modules = new Map();
  #global;
  #symbol;

  constructor(symbol, global) {
    this.#symbol = symbol;
    this.#global = global;
  }

  async import(specifier, base, attributes) {
    const url = resolveInRealm(specifier, base);
    const fresh = new Map();
    const module = this.#load(url, attributes, fresh);
    for (const [key, value] of fresh) this.#modules.set(key, value);
    module.instantiate();
    await module.evaluate(-1, false);
    return module.getNamespace();
  }

  /** @param {Map<string, any>} fresh gets the modules that were not known */
  #load(url, attributes, fresh) {
    const known = this.#modules.get(url) ?? fresh.get(url);
    if (known !== undefined) return known;
    const { format, source } = load(url, undefined, attributes);
    if (format !== 'module') throw new ERR_UNKNOWN_MODULE_FORMAT(format, url);
    const module = new ModuleWrap(url, this.#global, source, 0, 0, this.#symbol);
    fresh.set(url, module);
    module.link(module.getModuleRequests().map((request) =>
      this.#load(resolveInRealm(request.specifier, url), request.attributes, fresh)));
    return module;
  }
}

/** @param {symbol} symbol of all code in the realm */
function serve(symbol, global) {
  const loader = new ShadowLoader(symbol, global);
  register(symbol, {
    importModuleDynamically: (specifier, attributes, referrer) => loader.import(specifier, baseOf(referrer), attributes),
    initializeImportMeta(meta, { url }) { meta.url = url; },
  });
}

module.exports = { serve };
