'use strict';
// What scripts, functions, contexts and modules of `vm` have in common: the symbol that decides about their import().

const { codes: { ERR_INVALID_ARG_TYPE, ERR_VM_DYNAMIC_IMPORT_CALLBACK_MISSING_FLAG } } = require('internal/errors');
const { getOptionValue } = require('internal/options');
const { emitExperimentalWarning } = require('internal/util');
const { register } = require('internal/modules/dynamic_import');
const { defaultHostSymbol } = internalBinding('contextify');

const kDefaultLoader = Symbol('vm_dynamic_import_main_context_default');
const kVanilla = Symbol('vm_context_no_contextify');
/** Of code without importModuleDynamically: import() in it fails. */
const noCallback = Symbol('vm_dynamic_import_missing');

/** The namespace of what a callback returned: a vm.Module or a namespace. */
async function namespaceOf(result) {
  const { isModuleNamespaceObject } = require('internal/util/types');
  if (isModuleNamespaceObject(result)) return result;
  const { namespaceForImport } = require('internal/vm/module');
  return namespaceForImport(result);
}

/**
 * @param {Function|symbol|undefined} importModuleDynamically the option as the user gave it
 * @param {string} name of the code, for the symbol
 * @param {{ referrer?: WeakRef<object> }} owner filled in by the caller: what the callback gets as its referrer
 * @returns {symbol}
 */
function hostSymbolFor(importModuleDynamically, name, owner) {
  if (importModuleDynamically === undefined) return noCallback;
  // Of the runtime's own code.
  if (importModuleDynamically === defaultHostSymbol) return defaultHostSymbol;
  if (importModuleDynamically === kDefaultLoader) {
    emitExperimentalWarning('vm.USE_MAIN_CONTEXT_DEFAULT_LOADER');
    return defaultHostSymbol;
  }
  if (typeof importModuleDynamically !== 'function') {
    throw new ERR_INVALID_ARG_TYPE('options.importModuleDynamically', [
      'Function', 'vm.constants.USE_MAIN_CONTEXT_DEFAULT_LOADER',
    ], importModuleDynamically);
  }
  const symbol = Symbol(name);
  register(symbol, {
    async importModuleDynamically(specifier, attributes) {
      if (!getOptionValue('--experimental-vm-modules')) throw new ERR_VM_DYNAMIC_IMPORT_CALLBACK_MISSING_FLAG();
      return namespaceOf(await importModuleDynamically(specifier, owner.referrer?.deref(), attributes, 'evaluation'));
    },
  });
  return symbol;
}

module.exports = { hostSymbolFor, kDefaultLoader, kVanilla, namespaceOf };
