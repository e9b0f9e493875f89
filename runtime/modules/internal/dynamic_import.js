'use strict';
// Who answers import(): every script, function and module carries a symbol; that of user modules means the default
// loader, any other was registered here with its own callback (module vm). Also makes import.meta.

const { codes: { ERR_SOURCE_PHASE_NOT_DEFINED, ERR_VM_DYNAMIC_IMPORT_CALLBACK_MISSING } } = require('internal/errors');
const path = require('path');
const dc = require('diagnostics_channel');
const { onStart } = require('internal/bootstrap/startup');
const { setRealmValue } = internalBinding('builtins');
const binding = internalBinding('modules');
const { defaultHostSymbol } = binding;

/**
 * @typedef {object} Owner
 * @property {(specifier: string, attributes: object, referrer: any) => any} [importModuleDynamically]
 * @property {(meta: object, wrap: { url: string }) => void} [initializeImportMeta]
 */

const importChannel = dc.tracingChannel('module.import');

/** @type {WeakMap<symbol, Owner>} */
const owners = new WeakMap();

function register(symbol, owner) {
  owners.set(symbol, owner);
}

/** The URL that a script's specifiers are relative to. */
function baseOf(referrer) {
  const { URL, pathToFileURL } = require('internal/url');
  if (typeof referrer === 'string') {
    if (path.isAbsolute(referrer)) return pathToFileURL(referrer).href;
    if (URL.canParse(referrer)) return referrer;
  }
  return pathToFileURL(`${process.cwd()}/${typeof referrer === 'string' ? referrer : ''}`).href;
}

function importByDefault(isSource, specifier, base, attributes) {
  const loader = require('internal/modules/esm_loader');
  const load = isSource ? loader.importSource : loader.importModule;
  if (!importChannel.hasSubscribers) return load(specifier, base, attributes);
  const context = { __proto__: null, parentURL: base, url: specifier };
  return importChannel.tracePromise(load, context, undefined, specifier, base, attributes);
}

async function importModuleDynamically(symbol, referrer, specifier, attributes, phase) {
  const isSource = phase === binding.kSourcePhase;
  if (symbol === defaultHostSymbol) return importByDefault(isSource, specifier, baseOf(referrer), attributes);
  const callback = typeof symbol === 'symbol' ? owners.get(symbol)?.importModuleDynamically : undefined;
  if (callback === undefined) throw new ERR_VM_DYNAMIC_IMPORT_CALLBACK_MISSING();
  const result = await callback(specifier, attributes, referrer);
  if (isSource) {
    throw new ERR_SOURCE_PHASE_NOT_DEFINED(`Source phase import object is not defined for module '${specifier}'`);
  }
  return result;
}

function initializeImportMeta(wrap, meta) {
  const { hostSymbol, url } = wrap;
  if (hostSymbol === defaultHostSymbol) {
    require('internal/modules/esm_meta').fill(meta, url);
  } else {
    owners.get(hostSymbol)?.initializeImportMeta?.(meta, wrap);
  }
}

setRealmValue('importModuleDynamically', importModuleDynamically);
setRealmValue('initializeImportMeta', initializeImportMeta);
onStart(() => binding.install());

module.exports = { baseOf, defaultHostSymbol, register };
