'use strict';
// What the parts of http2 share: header blocks in both directions, errors of nghttp2, checks of arguments.
// Run once per realm by `http2`, when it is first needed.

const {
  codes: {
    ERR_HTTP2_CONNECT_AUTHORITY, ERR_HTTP2_CONNECT_PATH, ERR_HTTP2_CONNECT_SCHEME, ERR_HTTP2_HEADER_SINGLE_VALUE,
    ERR_HTTP2_INVALID_CONNECTION_HEADERS, ERR_HTTP2_INVALID_PSEUDOHEADER, ERR_HTTP2_INVALID_SETTING_VALUE,
    ERR_INVALID_ARG_TYPE, ERR_INVALID_HTTP_TOKEN,
  },
  hideStackFrames,
} = require('internal/errors');
const { constants } = require('internal/http2/constants');

const kSocket = Symbol('socket');
const kProxySocket = Symbol('proxySocket');
const kSensitiveHeaders = Symbol('sensitiveHeaders');
const kStrictSingleValueFields = Symbol('strictSingleValueFields');

const kTooManyInvalidFrames = -10001;

class NghttpError extends Error {
  constructor(errno) {
    const tooMany = errno === kTooManyInvalidFrames;
    super(tooMany ? 'Too many invalid HTTP/2 frames' : internalBinding('http2').errorString(errno));
    this.code = tooMany ? 'ERR_HTTP2_TOO_MANY_INVALID_FRAMES' : 'ERR_HTTP2_ERROR';
    this.errno = errno;
    Error.captureStackTrace?.(this, NghttpError);
  }

  toString() {
    return `${this.name} [${this.code}]: ${this.message}`;
  }
}

const codeNames = Object.keys(constants)
  .filter((name) => /^NGHTTP2_(?:NO_ERROR|[A-Z_]+_ERROR|SETTINGS_TIMEOUT|STREAM_CLOSED|REFUSED_STREAM|CANCEL|ENHANCE_YOUR_CALM|INADEQUATE_SECURITY|HTTP_1_1_REQUIRED)$/.test(name) &&
    constants[name] >= 0)
  .reduce((names, name) => {
    names[constants[name]] = name;
    return names;
  }, []);

/** The name of an error code of the protocol, the number itself when it has none. */
function nameForErrorCode(code) {
  return codeNames[code] || code;
}

// ---- Checks ----

const kPseudoHeaders = new Set([':status', ':authority', ':path', ':method', ':scheme', ':protocol']);

const assertValidPseudoHeader = hideStackFrames((name) => {
  if (!kPseudoHeaders.has(name)) throw new ERR_HTTP2_INVALID_PSEUDOHEADER(name);
});

const assertValidPseudoHeaderResponse = hideStackFrames((name) => {
  if (name !== ':status') throw new ERR_HTTP2_INVALID_PSEUDOHEADER(name);
});

const assertValidPseudoHeaderTrailer = hideStackFrames((name) => {
  throw new ERR_HTTP2_INVALID_PSEUDOHEADER(name);
});

const assertIsObject = hideStackFrames((value, name, types = 'Object') => {
  if (value !== undefined && (value === null || typeof value !== 'object' || Array.isArray(value))) {
    throw new ERR_INVALID_ARG_TYPE(name, types, value);
  }
});

const assertIsArray = hideStackFrames((value, name, types = 'Array') => {
  if (value !== undefined && !Array.isArray(value)) throw new ERR_INVALID_ARG_TYPE(name, types, value);
});

const assertWithinRange = hideStackFrames((name, value, min = 0, max = Infinity) => {
  if (value !== undefined && (typeof value !== 'number' || value < min || value > max)) {
    throw new ERR_HTTP2_INVALID_SETTING_VALUE.RangeError(name, value, min, max);
  }
});

// ---- Header blocks ----

const kSingleValueHeaders = new Set(`
  :status :method :authority :scheme :path :protocol access-control-allow-credentials access-control-max-age
  access-control-request-method age authorization content-encoding content-language content-length content-location
  content-md5 content-range content-type date dnt etag expires from host if-match if-modified-since if-none-match
  if-range if-unmodified-since last-modified location max-forwards proxy-authorization range referer retry-after tk
  upgrade-insecure-requests user-agent x-content-type-options`.trim().split(/\s+/));

// Of HTTP/1's connections: HTTP/2 has no use for them.
const kConnectionHeaders = new Set([
  'connection', 'upgrade', 'http2-settings', 'keep-alive', 'proxy-connection', 'transfer-encoding',
]);

const kTokenPattern = /^[\^_`a-zA-Z\-0-9!#$%&'*+.|~]+$/;

function isForbidden(name, value) {
  if (kConnectionHeaders.has(name)) return true;
  return name === 'te' && value !== 'trailers';
}

// Gathers what a header block is made of; see Http2Protocol for the form.
class BlockBuilder {
  constructor(headers, assertPseudo, strict) {
    this.assertPseudo = assertPseudo;
    this.strict = strict;
    const sensitive = headers[kSensitiveHeaders];
    this.sensitive = sensitive === undefined || sensitive.length === 0 ?
      undefined : new Set(sensitive.map((name) => `${name}`.toLowerCase()));
    this.pseudo = '';
    this.regular = '';
    this.count = 0;
    this.singles = undefined;
  }

  add(key, value) {
    if (value === undefined || key === '') return;
    const name = key.toLowerCase();
    if (Array.isArray(value)) {
      if (value.length === 0) return;
      if (value.length > 1) {
        if (this.strict && kSingleValueHeaders.has(name)) throw new ERR_HTTP2_HEADER_SINGLE_VALUE(name);
        for (const one of value) this.addOne(name, `${one}`);
        return;
      }
      value = value[0];
    }
    if (this.strict && kSingleValueHeaders.has(name)) {
      this.singles ??= new Set();
      if (this.singles.has(name)) throw new ERR_HTTP2_HEADER_SINGLE_VALUE(name);
      this.singles.add(name);
    }
    this.addOne(name, `${value}`);
  }

  addOne(name, value) {
    // What separates the parts of the block; the peer refuses this one just as well.
    if (value.includes('\0')) value = value.replaceAll('\0', '\x01');
    const flag = this.sensitive !== undefined && this.sensitive.has(name) ? '\x01' : '\0';
    if (name.charCodeAt(0) === 58) {
      this.assertPseudo(name);
      this.pseudo += `${name}\0${value}\0${flag}`;
    } else {
      if (name.includes(' ') || name.includes('\0')) throw new ERR_INVALID_HTTP_TOKEN('Header name', name);
      if (isForbidden(name, value)) throw new ERR_HTTP2_INVALID_CONNECTION_HEADERS(name);
      this.regular += `${name}\0${value}\0${flag}`;
    }
    this.count++;
  }
}

/** [block, count] of headers: an object, or a flat array of names and values. */
function buildNgHeaderString(headers, assertPseudo = assertValidPseudoHeader, strict = true) {
  const builder = new BlockBuilder(headers, assertPseudo, strict);
  if (Array.isArray(headers)) {
    for (let i = 0; i < headers.length; i += 2) builder.add(headers[i], headers[i + 1]);
  } else {
    for (const key of Object.keys(headers)) builder.add(key, headers[key]);
  }
  return [builder.pseudo + builder.regular, builder.count];
}

function addHeader(headers, name, value, single) {
  const before = headers[name];
  if (before === undefined) {
    headers[name] = name === 'set-cookie' ? [value] : value;
  } else if (single && kSingleValueHeaders.has(name)) {
    // The first one counts.
  } else if (name === 'cookie') {
    headers[name] = `${before}; ${value}`;
  } else if (name === 'set-cookie') {
    before.push(value);
  } else {
    headers[name] = `${before}, ${value}`;
  }
}

/** The object of a flat array of names and values. */
function toHeaderObject(rawHeaders, sensitive, single = true) {
  const headers = { __proto__: null };
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const name = rawHeaders[i];
    const value = rawHeaders[i + 1];
    if (name === ':status') headers[name] ??= Number(value) | 0;
    else addHeader(headers, name, value, single);
  }
  headers[kSensitiveHeaders] = sensitive ?? [];
  return headers;
}

/** [headers, rawHeaders] of a block that came in; `sensitive` are indices. */
function parseBlock(block, sensitive, single) {
  const rawHeaders = block === '' ? [] : block.split('\n');
  const names = sensitive === undefined ? undefined : sensitive.map((index) => rawHeaders[index * 2]);
  const headers = toHeaderObject(rawHeaders, names, single);
  if (names !== undefined) rawHeaders[kSensitiveHeaders] = names;
  return [headers, rawHeaders];
}

/** Headers that a program gave, copied: the defaults are put into the copy. */
function copyHeaders(headers) {
  const copy = { __proto__: null };
  if (headers === null || headers === undefined) return copy;
  for (const key of Object.keys(headers)) copy[key] = headers[key];
  if (headers[kSensitiveHeaders] !== undefined) copy[kSensitiveHeaders] = headers[kSensitiveHeaders];
  return copy;
}

function getAuthority(headers) {
  // Converted from HTTP/1, requests may have a Host in its place.
  if (headers[':authority'] !== undefined) return headers[':authority'];
  return headers.host;
}

function checkConnectHeaders(headers) {
  if (headers[':method'] !== 'CONNECT' || headers[':protocol'] !== undefined) return false;
  if (headers[':authority'] === undefined) throw new ERR_HTTP2_CONNECT_AUTHORITY();
  if (headers[':scheme'] !== undefined) throw new ERR_HTTP2_CONNECT_SCHEME();
  if (headers[':path'] !== undefined) throw new ERR_HTTP2_CONNECT_PATH();
  return true;
}

// Requests of these methods have no body, unless somebody says so.
function isPayloadMeaningless(method) {
  return method === 'GET' || method === 'HEAD' || method === 'DELETE';
}

let priorityWarned = false;

function warnPriority() {
  if (priorityWarned) return;
  priorityWarned = true;
  process.emitWarning('Priority signaling has been deprecated as of RFC 9113.', 'DeprecationWarning', 'DEP0194');
}

function sessionName(type) {
  if (type === constants.NGHTTP2_SESSION_SERVER) return 'server';
  return type === constants.NGHTTP2_SESSION_CLIENT ? 'client' : '<invalid>';
}

/** The object of a list that a program gave: names as they are, the values of one name together. */
function listToObject(list) {
  const headers = { __proto__: null };
  for (let i = 0; i < list.length; i += 2) {
    const name = list[i];
    headers[name] = headers[name] === undefined ? list[i + 1] : [].concat(headers[name], list[i + 1]);
  }
  if (list[kSensitiveHeaders] !== undefined) headers[kSensitiveHeaders] = list[kSensitiveHeaders];
  return headers;
}

module.exports = {
  NghttpError,
  assertIsArray,
  assertIsObject,
  assertValidPseudoHeader,
  assertValidPseudoHeaderResponse,
  assertValidPseudoHeaderTrailer,
  assertWithinRange,
  buildNgHeaderString,
  checkConnectHeaders,
  copyHeaders,
  getAuthority,
  isPayloadMeaningless,
  kProxySocket,
  kSensitiveHeaders,
  kSocket,
  kStrictSingleValueFields,
  kTokenPattern,
  listToObject,
  nameForErrorCode,
  parseBlock,
  sessionName,
  toHeaderObject,
  warnPriority,
};
