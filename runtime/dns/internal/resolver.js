// dns.Resolver, its promise twin, and the resolve* functions over a resolver of the process, on channels of c-ares.
'use strict';

const { DNSException, codes } = require('internal/errors');
const {
  validateArray, validateFunction, validateInt32, validatePort, validateString, validateUint32,
} = require('internal/validators');
const { isIP } = require('internal/net');
const { begin } = require('internal/perf_hooks/measure');

const { ChannelWrap, recordTypes } = internalBinding('dns');
const { UV_EINVAL } = internalBinding('net');

const kPort = 53;
const kDefaultTries = 4;

function pick(type, get) {
  return (records, options) => {
    const found = records.filter((record) => record.type === type).map((record) => get(record, options));
    return found.length > 0 ? found : null;
  };
}

const address = ({ fields, ttl }, options) => (options?.ttl ? { address: fields.address, ttl } : fields.address);
const value = ({ fields }) => fields.value;
const all = ({ fields }) => fields;
// Node's results of these types have their type; of some others, the property without a value.
const typed = ({ fields, type }) => ({ ...fields, type });
const untyped = ({ fields }) => ({ ...fields, type: undefined });
const caa = ({ fields: { critical, ...property } }) => ({ critical, type: 'CAA', ...property });

function soa(records) {
  const found = records.find((record) => record.type === 'SOA');
  return found === undefined ? null : untyped(found);
}

function any(records) {
  if (records.length === 0) return null;
  return records.map((record) => {
    if (record.type === 'CAA') return caa(record);
    const { fields, ttl, type } = record;
    return type === 'A' || type === 'AAAA' ? { ...fields, ttl, type } : typed(record);
  });
}

// Method, question, system call as errors name it, and what becomes of the records.
const kMethods = [
  ['resolveAny', 'ANY', 'queryAny', any],
  ['resolve4', 'A', 'queryA', pick('A', address)],
  ['resolve6', 'AAAA', 'queryAaaa', pick('AAAA', address)],
  ['resolveCaa', 'CAA', 'queryCaa', pick('CAA', caa)],
  ['resolveCname', 'CNAME', 'queryCname', pick('CNAME', value)],
  ['resolveMx', 'MX', 'queryMx', pick('MX', typed)],
  ['resolveNs', 'NS', 'queryNs', pick('NS', value)],
  ['resolveTlsa', 'TLSA', 'queryTlsa', pick('TLSA', all)],
  ['resolveTxt', 'TXT', 'queryTxt', pick('TXT', ({ fields }) => fields.entries)],
  ['resolveSrv', 'SRV', 'querySrv', pick('SRV', typed)],
  ['resolvePtr', 'PTR', 'queryPtr', pick('PTR', value)],
  ['resolveNaptr', 'NAPTR', 'queryNaptr', pick('NAPTR', untyped)],
  ['resolveSoa', 'SOA', 'querySoa', soa],
];
const methodByType = Object.fromEntries(kMethods.map(([method, type]) => [type, method]));

function makeChannel(options) {
  const { maxTimeout = 0, timeout = -1, tries = kDefaultTries } = { ...options };
  validateInt32(timeout, 'options.timeout', -1);
  validateInt32(tries, 'options.tries', 1);
  validateUint32(maxTimeout, 'options.maxTimeout');
  return new ChannelWrap(timeout, tries, maxTimeout);
}

// Names in the alphabets of the world are asked for in ASCII.
function asciiName(name) {
  // eslint-disable-next-line no-control-regex
  return /^[\x00-\x7f]*$/.test(name) ? name : require('internal/url').domainToASCII(name);
}

/** {address, port} of '192.0.2.1', '192.0.2.1:53', '2001:db8::1', '[2001:db8::1]', '[2001:db8::1]:53'. */
function parseServer(text) {
  if (isIP(text)) return { address: text, port: kPort };
  const match = /^\[([^\]]*)\](?::(\d+))?(?:%.*)?$/.exec(text) ?? /^([^:]+):(\d+)$/.exec(text);
  if (match === null || isIP(match[1]) === 0) throw new codes.ERR_INVALID_IP_ADDRESS(text);
  const port = Number(match[2] ?? kPort);
  validatePort(port, 'Port');
  return { address: match[1], port: port || kPort };
}

function serverText([address, port]) {
  if (port === kPort) return address;
  return isIP(address) === 6 ? `[${address}]:${port}` : `${address}:${port}`;
}

function ask(channel, name, [, type, syscall, convert], options, callback) {
  const measured = begin('dns', syscall, { host: name, ttl: Boolean(options?.ttl) });
  channel.query(asciiName(name), recordTypes[type], (code, records) => {
    const result = code === null ? convert(records, options) : null;
    if (code !== null || result === null) {
      callback(new DNSException(code ?? 'ENODATA', syscall, name));
      return;
    }
    measured?.({ result });
    callback(null, result);
  });
}

function reverse(channel, ip, callback) {
  validateString(ip, 'name');
  if (isIP(ip) === 0) throw new DNSException(UV_EINVAL, 'getHostByAddr', ip);
  channel.reverse(ip, (code, names) => {
    if (code !== null) callback(new DNSException(code, 'getHostByAddr', ip));
    else callback(null, names);
  });
}

class ResolverBase {
  constructor(options) {
    this._handle = makeChannel(options);
  }

  cancel() {
    this._handle.cancel();
  }

  getServers() {
    return (this._handle.getServers() ?? []).map(serverText);
  }

  setServers(servers) {
    validateArray(servers, 'servers');
    const parsed = [];
    // Holes are passed over.
    servers.forEach((server, i) => {
      validateString(server, `servers[${i}]`);
      parsed.push(parseServer(server));
    });
    const failure = this._handle.pending() > 0 ?
      'There are pending queries.' :
      this._handle.setServers(parsed.map(({ address }) => address), parsed.map(({ port }) => port));
    if (failure) throw new codes.ERR_DNS_SET_SERVERS_FAILED(failure, servers);
  }

  setLocalAddress(ipv4, ipv6) {
    validateString(ipv4, 'ipv4');
    if (ipv6 !== undefined) validateString(ipv6, 'ipv6');
    const first = isIP(ipv4);
    const second = ipv6 === undefined ? 0 : isIP(ipv6);
    if (first === 0 || (ipv6 !== undefined && second === 0)) throw invalidAddress('Invalid IP address.');
    if (first === second) throw invalidAddress(`Cannot specify two IPv${first} addresses.`);
    const local = { [first]: ipv4, [second]: ipv6 };
    this._handle.setLocalAddress(local[4] ?? '', local[6] ?? '');
  }
}

function invalidAddress(message) {
  return Object.assign(new TypeError(message), { code: 'ERR_INVALID_ARG_VALUE' });
}

class Resolver extends ResolverBase {
  resolve(name, type, callback) {
    if (typeof type === 'function') {
      callback = type;
      type = 'A';
    }
    validateString(type, 'rrtype');
    if (!Object.hasOwn(methodByType, type)) throw new codes.ERR_INVALID_ARG_VALUE('rrtype', type);
    return this[methodByType[type]](name, callback);
  }

  reverse(ip, callback) {
    validateString(ip, 'name');
    validateFunction(callback, 'callback');
    reverse(this._handle, ip, callback);
  }
}

const PromiseResolver = class Resolver extends ResolverBase {
  resolve(name, type = 'A') {
    validateString(type, 'rrtype');
    if (!Object.hasOwn(methodByType, type)) throw new codes.ERR_INVALID_ARG_VALUE('rrtype', type);
    return this[methodByType[type]](name);
  }

  reverse(ip) {
    validateString(ip, 'name');
    return new Promise((resolve, reject) => {
      reverse(this._handle, ip, (error, names) => (error ? reject(error) : resolve(names)));
    });
  }
};

for (const entry of kMethods) {
  const [name, , syscall] = entry;
  const callbackMethod = function(hostname, options, callback) {
    if (arguments.length === 2) {
      callback = options;
      options = undefined;
    }
    validateString(hostname, 'name');
    validateFunction(callback, 'callback');
    ask(this._handle, hostname, entry, options, callback);
    return {};
  };
  const promiseMethod = function(hostname, options) {
    validateString(hostname, 'name');
    return new Promise((resolve, reject) => {
      ask(this._handle, hostname, entry, options, (error, result) => (error ? reject(error) : resolve(result)));
    });
  };
  for (const [Class, method] of [[Resolver, callbackMethod], [PromiseResolver, promiseMethod]]) {
    Object.defineProperty(method, 'name', { __proto__: null, value: syscall });
    Object.defineProperty(Class.prototype, name, { __proto__: null, value: method, writable: true, configurable: true });
  }
}

const kBound = ['getServers', 'resolve', ...kMethods.map(([name]) => name), 'reverse'];

// The resolvers of the process, made when first used. They share their channel.
let defaultResolver;
let defaultPromiseResolver;
/** What setServers() was given. */
let chosenServers;

function theResolver() {
  if (defaultResolver === undefined) {
    defaultResolver = new Resolver();
    if (chosenServers !== undefined) defaultResolver.setServers(chosenServers);
  }
  return defaultResolver;
}

function thePromiseResolver() {
  if (defaultPromiseResolver === undefined) {
    defaultPromiseResolver = Object.create(PromiseResolver.prototype);
    defaultPromiseResolver._handle = theResolver()._handle;
  }
  return defaultPromiseResolver;
}

function boundTo(Class, resolver) {
  const methods = {};
  for (const name of kBound) {
    const method = Class.prototype[name];
    methods[name] = function(...args) {
      return Reflect.apply(method, resolver(), args);
    };
    Object.defineProperty(methods[name], 'name', { __proto__: null, value: `bound ${method.name}` });
  }
  return methods;
}

// A new resolver takes over: what the old one has been asked goes on.
function setServers(servers) {
  const resolver = new Resolver();
  resolver.setServers(servers);
  chosenServers = [...servers];
  defaultResolver = resolver;
  defaultPromiseResolver = undefined;
}

// Their channel is native.
function forgetProcess() {
  defaultResolver = defaultPromiseResolver = undefined;
}

module.exports = {
  Resolver,
  PromiseResolver,
  forgetProcess,
  boundMethods: () => boundTo(Resolver, theResolver),
  boundPromiseMethods: () => boundTo(PromiseResolver, thePromiseResolver),
  setServers,
};
