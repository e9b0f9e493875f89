'use strict';
// What require() does while hooks of module.registerHooks() are active: it speaks URLs with them. Loaded with the first
// such require().

const { codes: { ERR_UNKNOWN_BUILTIN_MODULE } } = require('internal/errors');
const { fileURLToPath, pathToFileURL } = require('internal/url');
const builtins = require('internal/modules/builtins');
const { requireConditions } = require('internal/modules/conditions');
const { formatForRequire } = require('internal/modules/format');
const { loadWithHooks, resolveWithHooks } = require('internal/modules/hooks');
const binding = internalBinding('modules');

function urlOf(filename) {
  return filename.startsWith('node:') ? filename : pathToFileURL(filename).href;
}

/** @returns {{ filename: string, url: string|undefined, format: string|undefined }} */
function resolve(Module, request, parent, isMain) {
  let defaultFilename;
  let defaultUrl;
  const byDefault = (specifier, context) => {
    let from = parent;
    const { parentURL } = context;
    if (parentURL !== undefined && parentURL !== parentUrl) from = standIn(Module, parentURL);
    defaultFilename = Module._resolveFilename(specifier, from, isMain);
    if (builtins.canBeRequired(defaultFilename)) {
      defaultUrl = `node:${builtins.idOf(defaultFilename)}`;
      return { url: defaultUrl, format: 'builtin' };
    }
    defaultUrl = urlOf(defaultFilename);
    const format = defaultFilename.endsWith('.json') ? 'json' : formatForRequire(defaultFilename);
    return { __proto__: null, url: defaultUrl, format };
  };
  const parentUrl = parent?.filename ? urlOf(parent.filename) : undefined;
  const { url, format } = resolveWithHooks(request, parentUrl, undefined, [...requireConditions()], byDefault);
  if (url === defaultUrl) return { filename: defaultFilename, url, format };
  if (url.startsWith('node:')) {
    if (!builtins.canBeRequired(url)) throw new ERR_UNKNOWN_BUILTIN_MODULE(url);
    return { filename: url, url, format };
  }
  return { filename: url.startsWith('file:') ? fileURLToPath(url) : url, url, format };
}

/** A module to resolve from when a hook says that another file asks. */
function standIn(Module, parentURL) {
  const filename = parentURL.startsWith('file:') ? fileURLToPath(parentURL) : parentURL;
  const module = new Module(filename, undefined);
  module.filename = filename;
  module.paths = Module._nodeModulePaths(module.path);
  return module;
}

function text(source) {
  if (typeof source === 'string' || source === undefined || source === null) return source ?? undefined;
  const { Buffer } = require('buffer');
  return Buffer.from(source.buffer ?? source, source.byteOffset, source.byteLength).toString('utf8');
}

/** The source of a module by the load hooks. */
function load(url, filename, format) {
  const byDefault = (url, context) => {
    const file = url.startsWith('file:') ? fileURLToPath(url) : url;
    return { source: binding.readFile(file), format: context.format };
  };
  const result = loadWithHooks(url ?? urlOf(filename), format, undefined, [...requireConditions()], byDefault);
  return { source: text(result.source), format: result.format ?? format };
}

/** Tells the load hooks of a built-in; what they answer cannot replace it. */
function loadBuiltin(request) {
  const url = `node:${builtins.idOf(request)}`;
  loadWithHooks(url, 'builtin', undefined, [...requireConditions()], () => ({ source: null, format: 'builtin' }));
}

module.exports = { load, loadBuiltin, resolve };
