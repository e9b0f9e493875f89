'use strict';
// The WHATWG URL class. One native call (ada) parses and normalises; it returns the href and fills an array with the
// offsets of its parts, which the getters slice on demand.
// Run once per realm.

const binding = internalBinding('url');
const { codes: { ERR_INVALID_ARG_TYPE, ERR_MISSING_ARGS } } = require('internal/errors');
const { customInspectSymbol: kInspect, kEmptyObject, kEnumerableProperty } = require('internal/util');
const { kClone } = require('internal/messaging/transferable');
const { URLSearchParams, setUrl } = require('internal/url/search_params');

// What binding.parse and binding.update fill, in ada's order. kOmitted marks a part that is not there.
// Made in each process: the start-up snapshot does not take typed arrays at any depth of the heap.
let components;
const kOmitted = 0xffffffff;
const kProtocolEnd = 0;
const kUsernameEnd = 1;
const kHostStart = 2;
const kHostEnd = 3;
const kPort = 4;
const kPathnameStart = 5;
const kSearchStart = 6;
const kHashStart = 7;
const kSchemeType = 8;

// ada's scheme types.
const kNotSpecial = 1;
const kFile = 6;

// binding.update's actions.
const kSetProtocol = 0;
const kSetUsername = 1;
const kSetPassword = 2;
const kSetHost = 3;
const kSetHostname = 4;
const kSetPort = 5;
const kSetPathname = 6;
const kSetSearch = 7;
const kSetHash = 8;

function parse(input, base) {
  components ??= new Uint32Array(9);
  return binding.parse(input, base, components);
}

class Parts {
  constructor(href) {
    this.href = href;
    this.protocolEnd = components[kProtocolEnd];
    this.usernameEnd = components[kUsernameEnd];
    this.hostStart = components[kHostStart];
    this.hostEnd = components[kHostEnd];
    this.port = components[kPort];
    this.pathnameStart = components[kPathnameStart];
    this.searchStart = components[kSearchStart];
    this.hashStart = components[kHashStart];
    this.schemeType = components[kSchemeType];
  }
}

// Prints as "TypeError: Invalid URL", without the code in brackets that other errors have.
function invalidUrl(input, base) {
  const error = Object.assign(new TypeError('Invalid URL'), { code: 'ERR_INVALID_URL', input });
  if (base !== undefined) error.base = base;
  return error;
}

// Tells URL's constructor that the parts are parsed already.
const kParsed = Symbol('parsed');

class URL {
  #parts;
  #searchParams;

  constructor(input, base = undefined) {
    if (input === kParsed) {
      this.#parts = base;
      return;
    }
    if (arguments.length === 0) throw new ERR_MISSING_ARGS('url');
    input = `${input}`;
    if (base !== undefined) base = `${base}`;
    const href = parse(input, base);
    if (href === undefined) throw invalidUrl(input, base);
    this.#parts = new Parts(href);
  }

  static parse(input, base = undefined) {
    if (arguments.length === 0) throw new ERR_MISSING_ARGS('url');
    input = `${input}`;
    if (base !== undefined) base = `${base}`;
    const href = parse(input, base);
    return href === undefined ? null : new URL(kParsed, new Parts(href));
  }

  static canParse(url, base = undefined) {
    if (arguments.length === 0) throw new ERR_MISSING_ARGS('url');
    return binding.canParse(`${url}`, base === undefined ? undefined : `${base}`);
  }

  static isURL(value) {
    return typeof value === 'object' && value !== null && #parts in value;
  }

  static hrefOf(url) {
    return url.#parts.href;
  }

  static createObjectURL(obj) {
    const { isBlob, storeObjectURL } = require('internal/blob');
    if (!isBlob(obj)) throw new ERR_INVALID_ARG_TYPE('obj', 'Blob', obj);
    return storeObjectURL(obj);
  }

  static revokeObjectURL(url) {
    if (arguments.length === 0) throw new ERR_MISSING_ARGS('url');
    require('internal/blob').revokeObjectURL(`${url}`);
  }

  [kInspect](depth, options) {
    const { inspect } = require('internal/util/inspect');
    const name = (getConstructorOf(this) || URL).name;
    if (typeof depth === 'number' && depth < 0) return `${name} {}`;
    const shown = {};
    for (const property of kInspected) shown[property] = this[property];
    return `${name} ${inspect(shown, options)}`;
  }

  static #update(url, action, value) {
    const href = binding.update(url.#parts.href, action, `${value}`, components);
    if (href !== undefined) url.#parts = new Parts(href);
  }

  // What URLSearchParams calls when it changes: [kSetQuery] of internal/url/search_params.
  static setQuery(url, query) {
    URL.#update(url, kSetSearch, query);
  }

  toString() {
    if (!(#parts in this)) throwReceiver();
    return this.#parts.href;
  }

  get href() {
    if (!(#parts in this)) throwReceiver();
    return this.#parts.href;
  }

  set href(value) {
    const searchParams = this.#searchParams;
    value = `${value}`;
    const href = parse(value, undefined);
    if (href === undefined) throw invalidUrl(value);
    this.#parts = new Parts(href);
    if (searchParams !== undefined) setUrl(searchParams, this, this.search);
  }

  get origin() {
    const { schemeType, protocolEnd } = this.#parts;
    if (schemeType === kNotSpecial) {
      return this.protocol === 'blob:' ? originOfPath(this.pathname) : 'null';
    }
    if (schemeType === kFile) return 'null';
    return `${this.#parts.href.slice(0, protocolEnd)}//${this.host}`;
  }

  get protocol() {
    const { href, protocolEnd } = this.#parts;
    return href.slice(0, protocolEnd);
  }

  set protocol(value) {
    URL.#update(this, kSetProtocol, value);
  }

  get username() {
    const { href, protocolEnd, usernameEnd } = this.#parts;
    return protocolEnd + 2 < usernameEnd ? href.slice(protocolEnd + 2, usernameEnd) : '';
  }

  set username(value) {
    URL.#update(this, kSetUsername, value);
  }

  get password() {
    const { href, usernameEnd, hostStart } = this.#parts;
    return hostStart > usernameEnd ? href.slice(usernameEnd + 1, hostStart) : '';
  }

  set password(value) {
    URL.#update(this, kSetPassword, value);
  }

  get host() {
    const { href, hostEnd, pathnameStart } = this.#parts;
    const start = hostBegin(this.#parts);
    // Between an empty host and the path there may be a "/." that belongs to neither.
    return start === hostEnd ? '' : href.slice(start, pathnameStart);
  }

  set host(value) {
    URL.#update(this, kSetHost, value);
  }

  get hostname() {
    const { href, hostEnd } = this.#parts;
    return href.slice(hostBegin(this.#parts), hostEnd);
  }

  set hostname(value) {
    URL.#update(this, kSetHostname, value);
  }

  get port() {
    const { port } = this.#parts;
    return port === kOmitted ? '' : `${port}`;
  }

  set port(value) {
    URL.#update(this, kSetPort, value);
  }

  get pathname() {
    const { href, pathnameStart, searchStart, hashStart } = this.#parts;
    let end = href.length;
    if (searchStart !== kOmitted) end = searchStart;
    else if (hashStart !== kOmitted) end = hashStart;
    return href.slice(pathnameStart, end);
  }

  set pathname(value) {
    URL.#update(this, kSetPathname, value);
  }

  get search() {
    if (!(#parts in this)) throwReceiver();
    const { href, searchStart, hashStart } = this.#parts;
    if (searchStart === kOmitted) return '';
    const end = hashStart === kOmitted ? href.length : hashStart;
    return end - searchStart <= 1 ? '' : href.slice(searchStart, end);
  }

  set search(value) {
    URL.#update(this, kSetSearch, value);
    if (this.#searchParams !== undefined) setUrl(this.#searchParams, this, this.search);
  }

  get searchParams() {
    if (this.#searchParams === undefined) {
      this.#searchParams = new URLSearchParams();
      setUrl(this.#searchParams, this, this.search);
    }
    return this.#searchParams;
  }

  get hash() {
    const { href, hashStart } = this.#parts;
    return hashStart === kOmitted || href.length - hashStart <= 1 ? '' : href.slice(hashStart);
  }

  set hash(value) {
    URL.#update(this, kSetHash, value);
  }

  toJSON() {
    if (!(#parts in this)) throwReceiver();
    return this.#parts.href;
  }
}

// hostStart points at the '@' when there are credentials.
function hostBegin({ href, hostStart }) {
  return href.charCodeAt(hostStart) === 0x40 ? hostStart + 1 : hostStart;
}

function throwReceiver() {
  throw new TypeError('Receiver must be an instance of class URL');
}

const kInspected = [
  'href', 'origin', 'protocol', 'username', 'password', 'host', 'hostname', 'port', 'pathname', 'search',
  'searchParams', 'hash',
];

function getConstructorOf(object) {
  for (let o = object; o !== null; o = Object.getPrototypeOf(o)) {
    const descriptor = Object.getOwnPropertyDescriptor(o, 'constructor');
    if (typeof descriptor?.value === 'function' && descriptor.value.name !== '') return descriptor.value;
  }
  return null;
}

// The origin of a blob: URL is that of the http or https URL in its path.
function originOfPath(path) {
  const url = URL.parse(path);
  return url !== null && (url.protocol === 'http:' || url.protocol === 'https:') ? url.origin : 'null';
}

// Internal access, not for users of the class.
const { hrefOf, isURL: isOwnURL, setQuery } = URL;
delete URL.hrefOf;
delete URL.isURL;
delete URL.setQuery;
require('internal/url/search_params').setQueryWriter(setQuery);

Object.defineProperties(URL, {
  canParse: { configurable: true, enumerable: true, writable: true },
  createObjectURL: kEnumerableProperty,
  parse: kEnumerableProperty,
  revokeObjectURL: kEnumerableProperty,
});
for (const name of ['toString', ...kInspected, 'toJSON']) {
  Object.defineProperty(URL.prototype, name, kEnumerableProperty);
}
Object.defineProperty(URL.prototype, Symbol.toStringTag, { configurable: true, value: 'URL' });
// structuredClone refuses URLs.
Object.defineProperty(URL.prototype, kClone, { configurable: true, enumerable: false, value: null });

function domainToASCII(domain) {
  if (arguments.length < 1) throw new ERR_MISSING_ARGS('domain');
  return binding.domainToASCII(`${domain}`);
}

function domainToUnicode(domain) {
  if (arguments.length < 1) throw new ERR_MISSING_ARGS('domain');
  return binding.domainToUnicode(`${domain}`);
}

// The options object of http.request for a URL; properties that users add to the URL are carried along.
function urlToHttpOptions(url) {
  const { hostname, pathname, port, username, password, search } = url;
  const options = {
    __proto__: null,
    ...url,
    protocol: url.protocol,
    hostname: hostname && hostname[0] === '[' ? hostname.slice(1, -1) : hostname,
    hash: url.hash,
    search,
    pathname,
    path: `${pathname || ''}${search || ''}`,
    href: url.href,
  };
  if (port !== '') options.port = Number(port);
  if (username || password) options.auth = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return options;
}

/** Whether it is a URL of any implementation, such as that of a DOM in JavaScript; what url.parse() gives is none. */
function isURL(value) {
  return isOwnURL(value) ||
    Boolean(value?.href && value.protocol && value.auth === undefined && value.path === undefined);
}

// The path of a URL object, or anything else as it is: for functions that take both.
function toPathIfFileURL(fileURLOrPath) {
  return isURL(fileURLOrPath) ? require('internal/url/file_url').fileURLToPath(fileURLOrPath) : fileURLOrPath;
}

// Lazy: most programs name no file by URL before their modules are loaded.
function fileURLToPath(path, options = kEmptyObject) {
  return require('internal/url/file_url').fileURLToPath(path, options);
}

function fileURLToPathBuffer(path, options = kEmptyObject) {
  return require('internal/url/file_url').fileURLToPathBuffer(path, options);
}

function pathToFileURL(filepath, options) {
  return require('internal/url/file_url').pathToFileURL(filepath, options);
}

module.exports = {
  URL,
  URLSearchParams,
  domainToASCII,
  domainToUnicode,
  fileURLToPath,
  fileURLToPathBuffer,
  hrefOf,
  isOwnURL,
  isURL,
  pathToFileURL,
  toPathIfFileURL,
  urlToHttpOptions,
};
