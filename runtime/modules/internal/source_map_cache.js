'use strict';
// Source maps of loaded modules, and stacks that are written with them: --enable-source-maps,
// process.setSourceMapsEnabled() and module.setSourceMapsSupport(). Loaded when they are turned on.

const path = require('path');
const { setSourceMapFormatter } = require('internal/errors/stack');
const { URL, fileURLToPath, pathToFileURL } = require('internal/url');
const { validateBoolean, validateObject } = require('internal/validators');
const { SourceMap } = require('internal/modules/source_map');
const { state } = require('internal/modules/shared');
const binding = internalBinding('modules');

const support = { enabled: false, nodeModules: false, generatedCode: false };

/**
 * By the name that stacks show: a path for CommonJS, a URL for ES modules.
 * @typedef {{ mapUrl: string, base: string, lineLengths: number[], map?: SourceMap|null }} Entry
 * @type {Map<string, { deref(): Entry|undefined }>}
 */
const known = new Map();

/** Those of CommonJS modules live as long as these do. @type {WeakMap<object, Entry>} */
const entries = new WeakMap();

const collected = new FinalizationRegistry(({ names, ref }) => {
  for (const name of names) if (known.get(name) === ref) known.delete(name);
});

function isInNodeModules(name) {
  return name.includes('/node_modules/');
}

function lineLengthsOf(source) {
  return source.split(/\n|\u2028|\u2029/).map((line) => line.length);
}

function add(name, source, mapUrl, owner) {
  if (isInNodeModules(name) && !support.nodeModules) {
    known.delete(name);
    return;
  }
  const base = name.startsWith('file:') || !path.isAbsolute(name) ? name : pathToFileURL(name).href;
  const entry = { mapUrl, base, lineLengths: lineLengthsOf(source) };
  const names = [name];
  if (base.startsWith('file:') && base !== name) names.push(base);
  const sourceUrl = /\/\/[#@]\s*sourceURL=(\S+)\s*$/.exec(source);
  if (sourceUrl !== null) names.push(sourceUrl[1]);
  const ref = refTo(entry, names, owner);
  for (const key of names) known.set(key, ref);
}

/** @param {object|undefined} owner what an entry lives as long as */
function refTo(entry, names, owner) {
  if (owner === undefined) return { deref: () => entry };
  entries.set(owner, entry);
  const weak = new WeakRef(owner);
  const ref = { deref: () => entries.get(weak.deref()) };
  collected.register(owner, { names, ref });
  return ref;
}

/** A CommonJS module with a magic comment. */
function remember(module, filename, source, mapUrl) {
  add(filename, source, mapUrl, module);
}

/** The same for an ES module, whose text is read again: it is rarely asked for. */
function rememberModule(url, mapUrl) {
  let source = '';
  try {
    if (url.startsWith('file:')) source = binding.readFile(fileURLToPath(url));
  } catch {
    // Line lengths are a convenience only.
  }
  add(url, source, mapUrl);
}

/** The payload of a data: URL or a file; undefined when it cannot be had. */
function readPayload({ mapUrl, base }) {
  try {
    if (mapUrl.startsWith('data:')) {
      const { Buffer } = require('buffer');
      const [head, body] = mapUrl.slice('data:'.length).split(',', 2);
      const [type, ...parameters] = head.split(';');
      if (type !== 'application/json') return undefined;
      const text = parameters.at(-1) === 'base64' ? Buffer.from(body, 'base64').toString('utf8') : decodeURIComponent(body);
      return absolute(JSON.parse(text), base);
    }
    const url = new URL(mapUrl, base);
    return absolute(JSON.parse(binding.readFile(fileURLToPath(url))), url.href);
  } catch {
    return undefined;
  }
}

/** With its sources as URLs. */
function absolute(payload, base) {
  const resolve = (map) => {
    if (!Array.isArray(map.sources)) return;
    const root = map.sourceRoot ? `${map.sourceRoot.replace(/\/?$/, '/')}` : '';
    map.sources = map.sources.map((source) => {
      const reference = root + source;
      return URL.canParse(reference, base) ? new URL(reference, base).href : reference;
    });
    delete map.sourceRoot;
  };
  for (const { map } of payload.sections ?? []) resolve(map);
  resolve(payload);
  return payload;
}

/** @returns {SourceMap|undefined} */
function findSourceMap(name) {
  const entry = known.get(name)?.deref();
  if (entry === undefined) return undefined;
  if (entry.map === undefined) {
    const payload = readPayload(entry);
    entry.map = payload === undefined ? null : new SourceMap(payload, { lineLengths: entry.lineLengths });
  }
  return entry.map ?? undefined;
}

/** A URL as stacks show it. */
function shown(source) {
  if (!source.startsWith('file:')) return source;
  try {
    return fileURLToPath(source);
  } catch {
    return source;
  }
}

function symbolName(map, frame, caller) {
  const { name } = map.findEntry(frame.getEnclosingLineNumber() - 1, frame.getEnclosingColumnNumber() - 1);
  if (name) return name;
  if (caller === undefined || caller.getFileName() !== frame.getFileName()) return undefined;
  return map.findEntry(caller.getLineNumber() - 1, caller.getColumnNumber() - 1).name;
}

/** One line of a stack, as it was written; as it is when there is no map for it. */
function formatFrame(frame, caller) {
  const map = frame.isNative() ? undefined : findSourceMap(frame.getScriptNameOrSourceURL?.() ?? frame.getFileName());
  if (map === undefined) return `${frame}`;
  const entry = map.findEntry(frame.getLineNumber() - 1, frame.getColumnNumber() - 1);
  if (entry.originalSource === undefined) return `${frame}`;
  const place = `${shown(entry.originalSource)}:${entry.originalLine + 1}:${entry.originalColumn + 1}`;
  const name = symbolName(map, frame, caller) || frame.getFunctionName() || '<anonymous>';
  const type = frame.isToplevel() || frame.isConstructor() ? null : frame.getTypeName();
  const qualified = type === null ? name : `${type}.${name}`;
  const prefix = frame.isAsync() ? 'async ' : frame.isConstructor() ? 'new ' : '';
  return `${prefix}${qualified} (${place})`;
}

function formatStack(header, error, frames) {
  if (frames.length === 0) return header;
  const lines = frames.map((frame, i) => formatFrame(frame, frames[i + 1]));
  return `${header}\n    at ${lines.join('\n    at ')}`;
}

/** The text of an original source, from the map or from disk. */
function originalText(map, source) {
  const { sources = [], sourcesContent } = map.payload;
  const index = sources.indexOf(source);
  if (sourcesContent?.[index]) return sourcesContent[index];
  try {
    return source.startsWith('file:') ? binding.readFile(fileURLToPath(source)) : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Where an exception was thrown, mapped.
 * @param {[string, number, string, number, number]|undefined} site see internal/process/execution
 */
function mapSite(site) {
  if (site === undefined || site[0] === undefined) return site;
  const map = findSourceMap(site[0]);
  const entry = map?.findEntry(site[1] - 1, site[3]);
  if (entry?.originalSource === undefined) return site;
  const line = originalText(map, entry.originalSource)?.split(/\r?\n/)[entry.originalLine];
  if (line === undefined) return site;
  return [shown(entry.originalSource), entry.originalLine + 1, line, entry.originalColumn, entry.originalColumn + 1];
}

/** @param {{ enabled?: boolean, nodeModules?: boolean, generatedCode?: boolean }} wanted */
function setSupport({ enabled = false, nodeModules = enabled, generatedCode = enabled }) {
  Object.assign(support, { enabled, nodeModules, generatedCode });
  state.sourceMaps = enabled;
  setSourceMapFormatter(enabled ? formatStack : undefined);
}

function setSourceMapsSupport(enabled, options = {}) {
  validateBoolean(enabled, 'enabled');
  validateObject(options, 'options');
  const { nodeModules = false, generatedCode = false } = options;
  validateBoolean(nodeModules, 'options.nodeModules');
  validateBoolean(generatedCode, 'options.generatedCode');
  setSupport({ enabled, nodeModules, generatedCode });
}

/** Remembers maps for payloads(), without using them. */
function keep() {
  state.sourceMaps = true;
  support.nodeModules = true;
}

/** What coverage is written with, by URL: {lineLengths, data, url} of each script with a map; undefined without any. */
function payloads() {
  if (known.size === 0) return undefined;
  const result = { __proto__: null };
  known.forEach((ref) => {
    const entry = ref.deref();
    if (entry === undefined) return;
    const { base, lineLengths, mapUrl } = entry;
    const url = mapUrl.startsWith('data:') ? null : new URL(mapUrl, base).href;
    result[base] = { __proto__: null, lineLengths, data: readPayload(entry) ?? null, url };
  });
  return result;
}

function getSupport() {
  return Object.freeze({ __proto__: null, ...support });
}

module.exports = {
  findSourceMap, getSupport, keep, mapSite, payloads, remember, rememberModule, setSourceMapsSupport, setSupport,
};
