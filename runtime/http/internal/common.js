// Names and rules of HTTP/1 that server and client share.
'use strict';

const { codes } = require('internal/errors');

const { methods } = internalBinding('http');

const METHODS = methods.filter((name) => name !== undefined).sort();

const STATUS_CODES = {
  100: 'Continue',
  101: 'Switching Protocols',
  102: 'Processing',
  103: 'Early Hints',
  200: 'OK',
  201: 'Created',
  202: 'Accepted',
  203: 'Non-Authoritative Information',
  204: 'No Content',
  205: 'Reset Content',
  206: 'Partial Content',
  207: 'Multi-Status',
  208: 'Already Reported',
  226: 'IM Used',
  300: 'Multiple Choices',
  301: 'Moved Permanently',
  302: 'Found',
  303: 'See Other',
  304: 'Not Modified',
  305: 'Use Proxy',
  307: 'Temporary Redirect',
  308: 'Permanent Redirect',
  400: 'Bad Request',
  401: 'Unauthorized',
  402: 'Payment Required',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  406: 'Not Acceptable',
  407: 'Proxy Authentication Required',
  408: 'Request Timeout',
  409: 'Conflict',
  410: 'Gone',
  411: 'Length Required',
  412: 'Precondition Failed',
  413: 'Payload Too Large',
  414: 'URI Too Long',
  415: 'Unsupported Media Type',
  416: 'Range Not Satisfiable',
  417: 'Expectation Failed',
  418: "I'm a Teapot",
  421: 'Misdirected Request',
  422: 'Unprocessable Entity',
  423: 'Locked',
  424: 'Failed Dependency',
  425: 'Too Early',
  426: 'Upgrade Required',
  428: 'Precondition Required',
  429: 'Too Many Requests',
  431: 'Request Header Fields Too Large',
  451: 'Unavailable For Legal Reasons',
  500: 'Internal Server Error',
  501: 'Not Implemented',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
  504: 'Gateway Timeout',
  505: 'HTTP Version Not Supported',
  506: 'Variant Also Negotiates',
  507: 'Insufficient Storage',
  508: 'Loop Detected',
  509: 'Bandwidth Limit Exceeded',
  510: 'Not Extended',
  511: 'Network Authentication Required',
};

const kToken = /^[\^_`a-zA-Z\-0-9!#$%&'*+.|~]+$/;
const kInvalidValue = /[^\t\x20-\x7e\x80-\xff]/;
// What is left of the check with httpValidation: 'relaxed': what ends a line, also when only its low byte is sent.
const kInvalidValueRelaxed = /[\0\r\n\u0100-\uffff]/;

function isToken(value) {
  return kToken.test(value);
}

function hasInvalidChar(value, lenient = false) {
  return (lenient ? kInvalidValueRelaxed : kInvalidValue).test(value);
}

function validateHeaderName(name, label) {
  if (typeof name !== 'string' || !name || !kToken.test(name)) {
    throw new codes.ERR_INVALID_HTTP_TOKEN(label || 'Header name', name);
  }
}

function validateHeaderValue(name, value, lenient = false) {
  if (value === undefined) throw new codes.ERR_HTTP_INVALID_HEADER_VALUE(value, name);
  if (hasInvalidChar(value, lenient)) throw new codes.ERR_INVALID_CHAR('header content', name);
}

// What http.setMaxIdleHTTPParsers() sets. Parsers belong to their connections here: none is ever idle.
const parsers = { max: 1000 };

// What a name means to the sender of a message, and its lower case. Programs use few names, again and again.
const kOther = 0;
const kConnection = 1;
const kTransferEncoding = 2;
const kContentLength = 3;
const kDate = 4;
const kExpect = 5;
const kTrailer = 6;
const kKeepAlive = 7;
const kUnique = 8; // Cookie: several values make one line

const kMeanings = {
  '__proto__': null,
  'connection': kConnection,
  'transfer-encoding': kTransferEncoding,
  'content-length': kContentLength,
  'date': kDate,
  'expect': kExpect,
  'trailer': kTrailer,
  'keep-alive': kKeepAlive,
  'cookie': kUnique,
};

const kMaxKnownNames = 512;
const knownNames = new Map();

/**
 * {lower, meaning, value, shared} of a valid header name; throws on others. `value` is the last one found valid. A name
 * in any case gets the same object, if that is `shared`.
 */
function headerName(name, label) {
  const known = knownNames.get(name);
  if (known !== undefined) return known;
  validateHeaderName(name, label);
  const lower = name.toLowerCase();
  const entry = knownNames.get(lower) ?? { lower, meaning: kMeanings[lower] ?? kOther, value: '', shared: false };
  if (knownNames.size < kMaxKnownNames) {
    entry.shared = true;
    knownNames.set(lower, entry);
    knownNames.set(name, entry);
  }
  return entry;
}

/** What headerName() says of a name that it has seen, else undefined. */
function findHeaderName(name) {
  return knownNames.get(name) ?? knownNames.get(name.toLowerCase());
}

let dateText = '';
let dateUntil = 0;

/** The Date header's value, made once per second. */
function utcDate() {
  const now = Date.now();
  if (now >= dateUntil || now < dateUntil - 1000) {
    dateText = new Date(now).toUTCString();
    dateUntil = now - (now % 1000) + 1000;
  }
  return dateText;
}

function isInsecure(settings) {
  if (settings?.httpValidation !== undefined) return settings.httpValidation === 'insecure';
  return settings?.insecureHTTPParser ?? require('internal/options').getOptionValue('--insecure-http-parser');
}

// Parser flags of a server or a request by its options.
function leniencyOf(settings) {
  const { kLenientFraming, kLenientHeaders } = internalBinding('http');
  if (isInsecure(settings)) return kLenientHeaders | kLenientFraming;
  return settings.httpValidation === 'relaxed' ? kLenientHeaders : 0;
}

/** Whether control characters may be sent in the values of headers. */
function isLenient(settings) {
  return settings?.httpValidation === 'relaxed' || isInsecure(settings);
}

function readHttpValidation(options) {
  const { httpValidation } = options;
  if (httpValidation === undefined) return undefined;
  const { validateOneOf } = require('internal/validators');
  validateOneOf(httpValidation, 'options.httpValidation', ['strict', 'relaxed', 'insecure']);
  if (options.insecureHTTPParser !== undefined) {
    throw new codes.ERR_INVALID_ARG_VALUE(
      'options.httpValidation', httpValidation, 'cannot be used together with options.insecureHTTPParser');
  }
  return httpValidation;
}

function getMaxHeaderSize() {
  return require('internal/options').getOptionValue('--max-http-header-size') || 16384;
}

module.exports = {
  METHODS,
  STATUS_CODES,
  findHeaderName,
  getMaxHeaderSize,
  hasInvalidChar,
  headerName,
  isLenient,
  isToken,
  kConnection,
  kContentLength,
  kDate,
  kExpect,
  kKeepAlive,
  kOther,
  kTrailer,
  kTransferEncoding,
  kUnique,
  leniencyOf,
  methodNames: methods,
  parsers,
  readHttpValidation,
  utcDate,
  validateHeaderName,
  validateHeaderValue,
};
