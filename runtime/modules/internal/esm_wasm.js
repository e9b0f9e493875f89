'use strict';
// WebAssembly modules in the ES module graph, https://github.com/WebAssembly/esm-integration: what a module imports are ES
// modules, what it exports are names. A module record of source text does the linking, because only those have requests:
// its first one leads to a companion that makes the instance, the others are what the WebAssembly module imports.

/* global WebAssembly */

const { URL } = require('internal/url');
const binding = internalBinding('modules');

const kReserved = /^wasm(-js)?:/;

/** @type {WeakMap<object, object>} a WebAssembly module's namespace to its instance's exports, whose globals are not unwrapped */
const exportsOf = new WeakMap();

function compile(source, filename) {
  try {
    return new WebAssembly.Module(source, { builtins: ['js-string'], importedStringConstants: 'wasm:js/string-constants' });
  } catch (error) {
    error.message = `${filename}: ${error.message}`;
    throw error;
  }
}

function checkNames(imports, exports, url) {
  for (const { module, name } of imports) {
    if (module.startsWith('wasm-js:')) throw new WebAssembly.LinkError(`Invalid Wasm import "${module}" in ${url}`);
    if (kReserved.test(name)) throw new WebAssembly.LinkError(`Invalid Wasm import name "${name}" in ${url}`);
  }
  for (const { name } of exports) {
    if (kReserved.test(name)) throw new WebAssembly.LinkError(`Invalid Wasm export name "${name}" in ${url}`);
  }
}

/** The value of a global; some have types that JavaScript has no values for. */
function unwrap(value) {
  if (!(value instanceof WebAssembly.Global)) return value;
  try {
    return value.value;
  } catch {
    return undefined;
  }
}

function makeInstantiate(compiled, specifiers, names, getWrap) {
  return (...namespaces) => {
    require('internal/util').emitExperimentalWarning('Importing WebAssembly module instances');
    const imports = { __proto__: null };
    specifiers.forEach((specifier, i) => {
      imports[specifier] = exportsOf.get(namespaces[i]) ?? namespaces[i];
    });
    const { exports } = new WebAssembly.Instance(compiled, imports);
    exportsOf.set(getWrap().getNamespace(), exports);
    return names.map((name) => unwrap(exports[name]));
  };
}

function textOf(specifiers, names) {
  return [
    'import { instantiate } from "companion";',
    ...specifiers.map((specifier, i) => `import * as i${i} from ${JSON.stringify(specifier)};`),
    `const [${names.map((name, i) => `e${i}`).join(', ')}] = instantiate(${specifiers.map((each, i) => `i${i}`).join(', ')});`,
    `export { ${names.map((name, i) => `e${i} as ${JSON.stringify(name)}`).join(', ')} };`,
  ].join('\n');
}

/**
 * @param {string} url
 * @param {Uint8Array} source
 * @param {string} filename
 */
function wasm(url, source, filename) {
  const { ModuleWrap } = binding;
  const compiled = compile(source, filename);
  const imports = WebAssembly.Module.imports(compiled);
  const exports = WebAssembly.Module.exports(compiled);
  checkNames(imports, exports, new URL(url).href);
  const specifiers = [...new Set(imports.map(({ module }) => module))];
  const names = exports.map(({ name }) => name);

  const companion = new ModuleWrap('gyre:wasm', undefined, ['instantiate'], function() {
    this.setExport('instantiate', makeInstantiate(compiled, specifiers, names, () => wrap));
  });
  companion.link([]);
  companion.instantiate();
  const wrap = new ModuleWrap(url, undefined, textOf(specifiers, names), 0, 0, undefined);
  wrap.companion = companion;
  wrap.moduleSource = compiled;
  return wrap;
}

module.exports = { wasm };
