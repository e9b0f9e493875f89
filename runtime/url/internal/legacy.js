'use strict';
// The legacy URL API: url.parse, url.format and the Url class.
// Run once per realm by `url`. It predates the WHATWG standard and differs from it on purpose: programs depend on that.

const binding = internalBinding('url');
const { codes: { ERR_INVALID_ARG_TYPE, ERR_INVALID_URL } } = require('internal/errors');
const { isInsideNodeModules } = require('internal/util');
const { validateObject, validateString } = require('internal/validators');
const { isOwnURL } = require('internal/url');

// Protocols whose rest is never escaped and never has a host.
const kScriptProtocols = new Set(['javascript', 'javascript:']);
// Protocols that always have "//" and a path.
const kSlashedProtocols = new Set(
  ['http', 'https', 'ftp', 'gopher', 'file', 'ws', 'wss'].flatMap((name) => [name, `${name}:`]));

const kMaxHostLength = 255;
const kProtocol = /^[a-z0-9.+-]+:/i;
const kPortAtEnd = /:[0-9]*$/;
const kHostInRest = /^\/\/[^@/]+@[^@/]+/;
const kSimplePath = /^(\/\/?(?!\/)[^?\s]*)(\?[^\s]*)?$/;

let parseWarned = false;
let portWarned = false;

function Url() {
  this.protocol = null;
  this.slashes = null;
  this.auth = null;
  this.host = null;
  this.port = null;
  this.hostname = null;
  this.hash = null;
  this.search = null;
  this.query = null;
  this.pathname = null;
  this.path = null;
  this.href = null;
}

function urlParse(url, parseQueryString, slashesDenoteHost) {
  if (!parseWarned && !isInsideNodeModules(3)) {
    parseWarned = true;
    process.emitWarning(
      '`url.parse()` behavior is not standardized and prone to errors that have security implications. Use the ' +
      'WHATWG URL API instead. CVEs are not issued for `url.parse()` vulnerabilities.',
      'DeprecationWarning', 'DEP0169');
  }
  return parse(url, parseQueryString, slashesDenoteHost);
}

function parse(url, parseQueryString, slashesDenoteHost) {
  if (url instanceof Url) return url;
  const result = new Url();
  result.parse(url, parseQueryString, slashesDenoteHost);
  return result;
}

// Surrounding white space goes; backslashes in front of the query become slashes, as browsers have it.
function clean(url) {
  const trimmed = url.replace(/^[\0-\x20\s]+|[\0-\x20\s]+$/g, '');
  const queryStart = trimmed.search(/[?#]/);
  const end = queryStart === -1 ? trimmed.length : queryStart;
  const front = trimmed.slice(0, end);
  return front.includes('\\') ? front.replaceAll('\\', '/') + trimmed.slice(end) : trimmed;
}

function setSearch(url, search, parseQueryString) {
  if (search) {
    url.search = search;
    url.query = search.slice(1);
    if (parseQueryString) url.query = require('querystring').parse(url.query);
  } else if (parseQueryString) {
    url.search = null;
    url.query = { __proto__: null };
  }
}

Url.prototype.parse = function(url, parseQueryString, slashesDenoteHost) {
  validateString(url, 'url');
  let rest = clean(url);
  if (!slashesDenoteHost && !rest.includes('#') && !/@/.test(rest)) {
    // Most of what servers parse is only a path.
    const simple = kSimplePath.exec(rest);
    if (simple !== null) {
      this.path = rest;
      this.href = rest;
      this.pathname = simple[1];
      setSearch(this, simple[2], parseQueryString);
      return this;
    }
  }

  const protocol = kProtocol.exec(rest)?.[0];
  const lowerProtocol = protocol?.toLowerCase();
  if (protocol !== undefined) {
    this.protocol = lowerProtocol;
    rest = rest.slice(protocol.length);
  }
  const script = lowerProtocol !== undefined && kScriptProtocols.has(lowerProtocol);
  let slashes = false;
  if (slashesDenoteHost || protocol !== undefined || kHostInRest.test(rest)) {
    slashes = rest.startsWith('//');
    if (slashes && !script) {
      rest = rest.slice(2);
      this.slashes = true;
    }
  }
  if (!script && (slashes || (protocol !== undefined && !kSlashedProtocols.has(protocol)))) {
    rest = parseAuthority(this, rest, url);
  }
  if (!script) rest = escapeRest(rest);
  parseRest(this, rest, parseQueryString);
  if (this.hostname && !this.pathname && kSlashedProtocols.has(lowerProtocol)) this.pathname = '/';
  if (this.pathname || this.search) this.path = (this.pathname || '') + (this.search || '');
  this.href = this.format();
  return this;
};

// Splits `rest` behind its authority, which ends at / ? # or the first character after the last '@' that no host
// contains. Tabs and line ends inside are dropped, as browsers do.
function splitAuthority(rest) {
  const delimiter = rest.search(/[/?#]/);
  const limit = delimiter === -1 ? rest.length : delimiter;
  const text = rest.slice(0, limit).replace(/[\t\n\r]/g, '');
  const at = text.lastIndexOf('@');
  const host = text.slice(at + 1);
  const end = host.search(/[ "%';<>\\^`{|}]/);
  return {
    auth: at === -1 ? null : text.slice(0, at),
    host: end === -1 ? host : host.slice(0, end),
    rest: (end === -1 ? '' : host.slice(end)) + rest.slice(limit),
  };
}

// Takes user, host and port off `text`, which follows the slashes; returns what is left.
function parseAuthority(url, text, input) {
  const { auth, host, rest: behind } = splitAuthority(text);
  let rest = behind;
  if (auth !== null) url.auth = decodeURIComponent(auth);
  url.host = host;
  url.parseHost();
  url.hostname ??= '';
  const { hostname } = url;
  const isIpv6 = hostname.startsWith('[') && hostname.endsWith(']');
  if (!isIpv6) rest = splitHostname(url, rest, input);
  url.hostname = url.hostname.length > kMaxHostLength ? '' : url.hostname.toLowerCase();
  if (url.hostname !== '') {
    if (isIpv6) {
      if (/[\0\t\n\r #%/<>?@[\\\]^|]/.test(hostname.slice(1, -1))) throw new ERR_INVALID_URL(input);
    } else {
      url.hostname = toAscii(url.hostname, input);
    }
  }
  url.host = url.hostname + (url.port ? `:${url.port}` : '');
  if (isIpv6) {
    url.hostname = url.hostname.slice(1, -1);
    if (rest[0] !== '/') rest = `/${rest}`;
  }
  return rest;
}

// A host name ends at the first character that cannot be in one; what follows is path.
function splitHostname(url, rest, input) {
  const { hostname } = url;
  for (let i = 0; i < hostname.length; i++) {
    const code = hostname.charCodeAt(i);
    const valid = (code >= 0x61 && code <= 0x7a) || (code >= 0x30 && code <= 0x39) ||
      (code >= 0x41 && code <= 0x5a) || '.-+_*~()!$&,='.includes(hostname[i]) || code > 0x7f;
    if (valid) continue;
    if (hostname[i] === ':') warnInvalidPort(input);
    url.hostname = hostname.slice(0, i);
    return `/${hostname.slice(i)}${rest}`;
  }
  return rest;
}

function warnInvalidPort(input) {
  if (portWarned) return;
  portWarned = true;
  process.emitWarning(`The URL ${input} is invalid. Future versions of Node.js will throw an error.`,
                      'DeprecationWarning', 'DEP0170');
}

function toAscii(hostname, input) {
  // Plain names stay as they are: '*' or '_' are fine here, though not in the standard.
  if (!/[^\0-\x7f]/.test(hostname)) {
    if (/[\0\t\n\r #%/:<>?@[\\\]^|]/.test(hostname)) throw new ERR_INVALID_URL(input);
    return hostname;
  }
  const ascii = binding.domainToASCII(hostname);
  // Something that turns into a delimiter under Unicode normalisation would move the end of the host.
  if (ascii === '' || /[\0\t\n\r #%/:<>?@[\\\]^|]/.test(ascii)) throw new ERR_INVALID_URL(input);
  return ascii;
}

const kRestEscapes = {
  '__proto__': null,
  '\t': '%09', '\n': '%0A', '\r': '%0D', ' ': '%20', '"': '%22', "'": '%27', '<': '%3C', '>': '%3E', '\\': '%5C',
  '^': '%5E', '`': '%60', '{': '%7B', '|': '%7C', '}': '%7D',
};

function escapeRest(rest) {
  return rest.replace(/[\t\n\r "'<>\\^`{|}]/g, (c) => kRestEscapes[c]);
}

// Path, query and fragment.
function parseRest(url, rest, parseQueryString) {
  const hashStart = rest.indexOf('#');
  if (hashStart !== -1) {
    url.hash = rest.slice(hashStart);
    rest = rest.slice(0, hashStart);
  }
  const queryStart = rest.indexOf('?');
  if (queryStart !== -1) {
    url.search = rest.slice(queryStart);
    url.query = rest.slice(queryStart + 1);
    if (parseQueryString) url.query = require('querystring').parse(url.query);
    rest = rest.slice(0, queryStart);
  } else if (parseQueryString) {
    url.search = null;
    url.query = { __proto__: null };
  }
  if (rest !== '') url.pathname = rest;
}

Url.prototype.parseHost = function() {
  let { host } = this;
  const port = kPortAtEnd.exec(host)?.[0];
  if (port !== undefined) {
    if (port !== ':') this.port = port.slice(1);
    host = host.slice(0, host.length - port.length);
  }
  if (host) this.hostname = host;
};

function urlFormat(urlObject, options) {
  if (typeof urlObject === 'string') {
    urlObject = parse(urlObject);
  } else if (typeof urlObject !== 'object' || urlObject === null) {
    throw new ERR_INVALID_ARG_TYPE('urlObject', ['Object', 'string'], urlObject);
  } else if (isOwnURL(urlObject)) {
    return formatWhatwg(urlObject, options);
  }
  return Url.prototype.format.call(urlObject);
}

function formatWhatwg(url, options) {
  let fragment = true;
  let unicode = false;
  let search = true;
  let auth = true;
  if (options) {
    validateObject(options, 'options');
    if (options.fragment != null) fragment = Boolean(options.fragment);
    if (options.unicode != null) unicode = Boolean(options.unicode);
    if (options.search != null) search = Boolean(options.search);
    if (options.auth != null) auth = Boolean(options.auth);
  }
  return binding.format(url.href, fragment, unicode, search, auth);
}

// The user's part keeps its first colon; encodeURIComponent escapes more than is needed.
function escapeAuth(auth) {
  return encodeURIComponent(auth).replace(/%3A/i, ':');
}

function formatHost(url) {
  const auth = url.auth ? `${escapeAuth(url.auth)}@` : '';
  if (url.host) return auth + url.host;
  if (!url.hostname) return false;
  const isIpv6 = url.hostname.includes(':') && !(url.hostname[0] === '[' && url.hostname.at(-1) === ']');
  return `${auth}${isIpv6 ? `[${url.hostname}]` : url.hostname}${url.port ? `:${url.port}` : ''}`;
}

Url.prototype.format = function() {
  let protocol = this.protocol || '';
  let pathname = this.pathname || '';
  let hash = this.hash || '';
  let host = formatHost(this);
  const query = this.query !== null && typeof this.query === 'object' ?
    require('querystring').stringify(this.query) : '';
  let search = this.search || (query && `?${query}`) || '';
  if (protocol && !protocol.endsWith(':')) protocol += ':';
  pathname = pathname.replace(/[?#]/g, (c) => (c === '?' ? '%3F' : '%23'));
  if (this.slashes || kSlashedProtocols.has(protocol)) {
    if (this.slashes || host) {
      if (pathname && pathname[0] !== '/') pathname = `/${pathname}`;
      host = `//${host || ''}`;
    } else if (protocol.startsWith('file')) {
      host = '//';
    }
  }
  search = search.replaceAll('#', '%23');
  if (hash && hash[0] !== '#') hash = `#${hash}`;
  if (search && search[0] !== '?') search = `?${search}`;
  return protocol + (host || '') + pathname + search + hash;
};

function urlResolve(source, relative) {
  return parse(source, false, true).resolve(relative);
}

Url.prototype.resolve = function(relative) {
  return this.resolveObject(parse(relative, false, true)).format();
};

function urlResolveObject(source, relative) {
  return source ? parse(source, false, true).resolveObject(relative) : relative;
}

Url.prototype.resolveObject = function(relative) {
  const { resolveObject } = require('internal/url/legacy_resolve');
  return resolveObject(this, relative, { Url, kSlashedProtocols, kScriptProtocols });
};

module.exports = { Url, urlFormat, urlParse, urlResolve, urlResolveObject };
