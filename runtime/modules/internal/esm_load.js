'use strict';
// From the URL of an ES module's dependency to its format and source: the default that load hooks fall back to.

const { codes: {
  ERR_IMPORT_ATTRIBUTE_MISSING,
  ERR_IMPORT_ATTRIBUTE_TYPE_INCOMPATIBLE,
  ERR_IMPORT_ATTRIBUTE_UNSUPPORTED,
  ERR_UNKNOWN_BUILTIN_MODULE,
  ERR_UNKNOWN_MODULE_FORMAT,
  ERR_UNSUPPORTED_ESM_URL_SCHEME,
} } = require('internal/errors');
const { getOptionValue } = require('internal/options');
const { URL, fileURLToPath } = require('internal/url');
const builtins = require('internal/modules/builtins');
const { formatForImport, formatOfData } = require('internal/modules/format');
const { keepSource } = require('internal/modules/shared');
const binding = internalBinding('modules');

/** The import attribute that a format needs; '' is none. Formats that are missing here have no translator. */
const attributeOf = {
  '__proto__': null,
  'addon': '',
  'builtin': '',
  'bytes': 'bytes',
  'commonjs': '',
  'commonjs-typescript': '',
  'json': 'json',
  'module': '',
  'module-typescript': '',
  'text': 'text',
  'typescript': '',
  'wasm': '',
};

/** @returns {string} the format as the attributes have it: type 'bytes' makes any file bytes */
function checkAttributes(url, format, attributes) {
  Object.keys(attributes).forEach((key) => {
    if (key !== 'type') throw new ERR_IMPORT_ATTRIBUTE_UNSUPPORTED(key, attributes[key], url);
  });
  const { type } = attributes;
  if (type === 'bytes') return 'bytes';
  if (type === 'text' && getOptionValue('--experimental-import-text')) return 'text';
  const wanted = attributeOf[format];
  if (wanted === undefined) {
    if (type === undefined || format !== undefined) return format;
    // A file whose text decides is JavaScript of one kind or the other.
    if (type !== 'json') throw new ERR_IMPORT_ATTRIBUTE_UNSUPPORTED('type', type, url);
    throw new ERR_IMPORT_ATTRIBUTE_TYPE_INCOMPATIBLE(url, type);
  }
  if (type === undefined) {
    if (wanted !== '') throw new ERR_IMPORT_ATTRIBUTE_MISSING(url, 'type', wanted);
  } else if (type !== 'json') {
    throw new ERR_IMPORT_ATTRIBUTE_UNSUPPORTED('type', type, url);
  } else if (wanted !== type) {
    throw new ERR_IMPORT_ATTRIBUTE_TYPE_INCOMPATIBLE(url, type);
  }
  return format;
}

function checkScheme(url) {
  const protocol = url.slice(0, url.indexOf(':') + 1);
  if (protocol === 'file:' || protocol === 'data:' || protocol === 'node:') return;
  const supported = protocol === 'http:' || protocol === 'https:' ? ['file', 'data'] : ['file', 'data', 'node'];
  throw new ERR_UNSUPPORTED_ESM_URL_SCHEME(new URL(url), supported);
}

/** What the name tells; undefined when the text must. */
function formatOf(url) {
  if (url.startsWith('node:')) return 'builtin';
  if (url.startsWith('data:')) return formatOfData(url);
  if (url.startsWith('file:')) return formatForImport(fileURLToPath(url));
  return undefined;
}

/** In place: %XX is a byte, whatever text the bytes make. */
function percentDecode(bytes) {
  let length = 0;
  for (let i = 0; i < bytes.length; i++) {
    const digits = bytes[i] === 0x25 ? bytes.toString('latin1', i + 1, i + 3) : '';
    const isByte = /^[0-9a-f]{2}$/i.test(digits);
    bytes[length++] = isByte ? parseInt(digits, 16) : bytes[i];
    if (isByte) i += 2;
  }
  return bytes.subarray(0, length);
}

/** The body of a data: URL. */
function dataBody(url) {
  const { Buffer } = require('buffer');
  const comma = url.indexOf(',');
  const base64 = /;base64$/.test(url.slice(0, comma));
  const hash = url.indexOf('#', comma);
  const body = percentDecode(Buffer.from(hash === -1 ? url.slice(comma + 1) : url.slice(comma + 1, hash)));
  return base64 ? Buffer.from(body.toString('latin1'), 'base64') : body;
}

function isRaw(type) {
  return type === 'bytes' || (type === 'text' && getOptionValue('--experimental-import-text'));
}

function isBinary(format) {
  return format === 'wasm' || format === 'bytes';
}

/** The source of a URL: text, or bytes where the format wants them. */
function sourceOf(url, format) {
  if (url.startsWith('data:')) return isBinary(format) ? dataBody(url) : dataBody(url).toString('utf8');
  const file = fileURLToPath(url);
  return isBinary(format) ? require('fs').readFileSync(file) : binding.readFile(file);
}

function detect(source, url) {
  if (!getOptionValue('--experimental-detect-module')) return 'commonjs';
  if (!binding.hasModuleSyntax(source, fileURLToPath(url))) return 'commonjs';
  require('internal/modules/warnings').typelessPackage(url);
  return 'module';
}

/** WebAssembly in a file without extension is told by its first bytes. */
function isWasm(source) {
  return source.startsWith('\0asm');
}

/**
 * @param {string} url
 * @param {string|undefined} format what a resolver said
 * @param {Record<string, string>} attributes
 * @returns {{ format: string, source: string|Uint8Array|null }}
 */
function load(url, format, attributes) {
  checkScheme(url);
  // A hook may say so without an attribute.
  if (format === 'text') return { format, source: sourceOf(url, format) };
  // As bytes or text any file can be had, whatever its name.
  format ??= isRaw(attributes.type) ? attributes.type : formatOf(url);
  if (format === 'builtin') {
    checkAttributes(url, format, attributes);
    if (!builtins.canBeRequired(url)) throw new ERR_UNKNOWN_BUILTIN_MODULE(url);
    return { format, source: null };
  }
  format = checkAttributes(url, format, attributes);
  if (format !== undefined && attributeOf[format] === undefined) throw new ERR_UNKNOWN_MODULE_FORMAT(format, url);
  if (format === 'addon') return { format, source: null };
  const source = sourceOf(url, format);
  if (format === undefined) {
    format = isWasm(source) ? 'wasm' : detect(source, url);
    if (format === 'wasm') return { format, source: sourceOf(url, format) };
  }
  if (format === 'commonjs') keepSource(fileURLToPath(url), source);
  return { format, source };
}

/** The same as hooks see it: sources are Buffers. */
function loadForHooks(url, context) {
  const { Buffer } = require('buffer');
  const { format, source } = load(url, context.format, context.importAttributes ?? {});
  const bytes = typeof source === 'string' ? Buffer.from(source) : source;
  return { __proto__: null, format, responseURL: url, source: bytes };
}

module.exports = { attributeOf, formatOf, load, loadForHooks };
