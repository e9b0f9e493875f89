'use strict';
// What require() does while hooks of module.registerHooks() are active: it speaks URLs with them. Loaded with the first
// such require().

const { codes: { ERR_UNKNOWN_BUILTIN_MODULE } } = require('internal/errors');
const { fileURLToPath, pathToFileURL } = require('internal/url');
const builtins = require('internal/modules/builtins');
const { kURL } = require('internal/modules/shared');
const { requireConditions, withRequireConditions } = require('internal/modules/conditions');
const { formatForRequire } = require('internal/modules/format');
const { loadWithHooks, resolveWithHooks } = require('internal/modules/hooks');
const binding = internalBinding('modules');

function urlOf(filename) {
  return filename.startsWith('node:') ? filename : pathToFileURL(filename).href;
}

/** @returns {{ filename: string, url: string|undefined, format: string|undefined }} */
function resolve(Module, request, parent, isMain, options) {
  const ownConditions = [...requireConditions()];
  let defaultFilename;
  let defaultUrl;
  const byDefault = (specifier, context) => {
    let from = parent;
    const { parentURL } = context;
    if (parentURL !== undefined && parentURL !== parentUrl) from = standIn(Module, parentURL);
    const { conditions } = context;
    const find = () => Module._resolveFilename(specifier, from, isMain, options);
    if (conditions === ownConditions || conditions === undefined) {
      defaultFilename = find();
    } else {
      if (!Array.isArray(conditions)) {
        const { codes: { ERR_INVALID_ARG_VALUE } } = require('internal/errors');
        throw new ERR_INVALID_ARG_VALUE('context.conditions', conditions, 'expected an array');
      }
      defaultFilename = withRequireConditions(conditions, find);
    }
    if (builtins.canBeRequired(defaultFilename)) {
      defaultUrl = `node:${builtins.idOf(defaultFilename)}`;
      return { url: defaultUrl, format: 'builtin' };
    }
    defaultUrl = urlOf(defaultFilename);
    const format = defaultFilename.endsWith('.json') ? 'json' : formatForRequire(defaultFilename);
    return { __proto__: null, url: defaultUrl, format };
  };
  const parentUrl = parent?.filename ? parent[kURL] ?? urlOf(parent.filename) : undefined;
  const { url, format } = resolveWithHooks(request, parentUrl, undefined, ownConditions, byDefault);
  if (url === defaultUrl) return { filename: defaultFilename, url, format };
  if (url.startsWith('node:')) {
    if (!builtins.canBeRequired(url)) throw new ERR_UNKNOWN_BUILTIN_MODULE(url);
    const id = builtins.idOf(url);
    return { filename: builtins.canBeRequired(id) ? id : url, url, format };
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

/** What the load hooks have in the place of a built-in; undefined for the built-in itself. */
function loadBuiltin(request) {
  const url = `node:${builtins.idOf(request)}`;
  const { source, format } = loadWithHooks(url, 'builtin', undefined, [...requireConditions()],
                                           () => ({ source: null, format: 'builtin' }));
  return format === 'builtin' || format === undefined ? undefined : { url, format, source: text(source) };
}

module.exports = { load, loadBuiltin, resolve };
