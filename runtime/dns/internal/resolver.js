// dns.Resolver, its promise twin, and the resolve* functions over a resolver of the process. It is written in JavaScript
// over dgram and net (channel.js): nothing that is parsed from the network is parsed in C++.
'use strict';

const { DNSException, codes } = require('internal/errors');
const {
  validateArray, validateFunction, validateInt32, validateString, validateUint32,
} = require('internal/validators');
const { isIP } = require('internal/net');
const { begin } = require('internal/perf_hooks/measure');
const { Channel, parseServer, serverText } = require('internal/dns/channel');
const { types } = require('internal/dns/packet');

const { UV_EINVAL } = internalBinding('net');

const kDefaultTries = 4;
const kChannel = Symbol('kChannel');

function pick(type, get) {
  return (records, options) => {
    const found = records.filter((record) => record.type === type).map((record) => get(record, options));
    return found.length > 0 ? found : null;
  };
}

const address = ({ fields, ttl }, options) => (options?.ttl ? { address: fields.address, ttl } : fields.address);
const value = ({ fields }) => fields.value;
const all = ({ fields }) => fields;

function soa(records) {
  return records.find((record) => record.type === 'SOA')?.fields ?? null;
}

function any(records) {
  if (records.length === 0) return null;
  return records.map(({ fields, ttl, type }) => {
    const withTtl = type === 'A' || type === 'AAAA' ? { ...fields, ttl } : { ...fields };
    return { ...withTtl, type };
  });
}

// Method, question, system call as errors name it, and what becomes of the records.
const kMethods = [
  ['resolveAny', 'ANY', 'queryAny', any],
  ['resolve4', 'A', 'queryA', pick('A', address)],
  ['resolve6', 'AAAA', 'queryAaaa', pick('AAAA', address)],
  ['resolveCaa', 'CAA', 'queryCaa', pick('CAA', all)],
  ['resolveCname', 'CNAME', 'queryCname', pick('CNAME', value)],
  ['resolveMx', 'MX', 'queryMx', pick('MX', all)],
  ['resolveNs', 'NS', 'queryNs', pick('NS', value)],
  ['resolveTlsa', 'TLSA', 'queryTlsa', pick('TLSA', all)],
  ['resolveTxt', 'TXT', 'queryTxt', pick('TXT', ({ fields }) => fields.entries)],
  ['resolveSrv', 'SRV', 'querySrv', pick('SRV', all)],
  ['resolvePtr', 'PTR', 'queryPtr', pick('PTR', value)],
  ['resolveNaptr', 'NAPTR', 'queryNaptr', pick('NAPTR', all)],
  ['resolveSoa', 'SOA', 'querySoa', soa],
];
const methodByType = Object.fromEntries(kMethods.map(([method, type]) => [type, method]));

function makeChannel(options) {
  const { maxTimeout = 0, timeout = -1, tries = kDefaultTries } = { ...options };
  validateInt32(timeout, 'options.timeout', -1);
  validateInt32(tries, 'options.tries', 1);
  validateUint32(maxTimeout, 'options.maxTimeout');
  return new Channel(timeout, tries, maxTimeout);
}

// Names in the alphabets of the world are asked for in ASCII.
function asciiName(name) {
  // eslint-disable-next-line no-control-regex
  return /^[\x00-\x7f]*$/.test(name) ? name : require('internal/url').domainToASCII(name);
}

function ask(channel, name, [, type, syscall, convert], options, callback) {
  const measured = begin('dns', syscall, { host: name, ttl: Boolean(options?.ttl) });
  channel.query(asciiName(name), types[type], (code, records) => {
    const result = code === null ? convert(records, options) : null;
    if (code !== null || result === null) return callback(new DNSException(code ?? 'ENODATA', syscall, name));
    measured?.({ result });
    callback(null, result);
  });
}

// 4.3.2.1.in-addr.arpa and its like.
function reverseName(ip) {
  if (isIP(ip) === 4) return `${ip.split('.').reverse().join('.')}.in-addr.arpa`;
  const { SocketAddress } = require('internal/net/socket_address');
  const { address: text } = new SocketAddress({ address: ip, family: 'ipv6' });
  const [head, tail] = text.split('%')[0].split('::');
  const left = head ? head.split(':') : [];
  const right = tail ? tail.split(':') : [];
  const zeros = new Array(tail === undefined ? 0 : 8 - left.length - right.length).fill('0');
  const digits = [...left, ...zeros, ...right].map((group) => group.padStart(4, '0')).join('');
  return `${[...digits].reverse().join('.')}.ip6.arpa`;
}

function namesInHosts(ip) {
  try {
    const names = [];
    for (const line of require('fs').readFileSync('/etc/hosts', 'latin1').split('\n')) {
      const [first, ...rest] = line.replace(/#.*/, '').trim().split(/\s+/);
      if (first === ip) names.push(...rest);
    }
    return names;
  } catch {
    return [];
  }
}

function reverse(channel, ip, callback) {
  validateString(ip, 'name');
  if (isIP(ip) === 0) throw new DNSException(UV_EINVAL, 'getHostByAddr', ip);
  const known = namesInHosts(ip);
  if (known.length > 0) {
    process.nextTick(callback, null, known);
    return;
  }
  const method = ['reverse', 'PTR', 'getHostByAddr', pick('PTR', value)];
  channel.query(reverseName(ip), types.PTR, (code, records) => {
    const result = code === null ? method[3](records) : null;
    if (code !== null || result === null) callback(new DNSException(code ?? 'ENOTFOUND', 'getHostByAddr', ip));
    else callback(null, result);
  });
}

class ResolverBase {
  constructor(options) {
    this[kChannel] = makeChannel(options);
  }

  cancel() {
    this[kChannel].cancel();
  }

  getServers() {
    return this[kChannel].getServers().map(serverText);
  }

  setServers(servers) {
    validateArray(servers, 'servers');
    const parsed = [];
    // Holes are passed over.
    servers.forEach((server, i) => {
      validateString(server, `servers[${i}]`);
      parsed.push(parseServer(server));
    });
    const channel = this[kChannel];
    if (channel.pending.size > 0) {
      throw new codes.ERR_DNS_SET_SERVERS_FAILED('There are pending queries.', `${servers}`);
    }
    channel.servers = parsed;
  }

  setLocalAddress(ipv4, ipv6) {
    validateString(ipv4, 'ipv4');
    if (ipv6 !== undefined) validateString(ipv6, 'ipv6');
    const first = isIP(ipv4);
    const second = ipv6 === undefined ? 0 : isIP(ipv6);
    if (first === 0 || (ipv6 !== undefined && second === 0)) throw new codes.ERR_INVALID_ARG_VALUE('ipv4', ipv4, 'Invalid IP address.');
    if (first === second) throw new codes.ERR_INVALID_ARG_VALUE('ipv6', ipv6, 'Cannot specify two addresses of one family.');
    const { local } = this[kChannel];
    local[4] = undefined;
    local[6] = undefined;
    local[first] = ipv4;
    if (second !== 0) local[second] = ipv6;
  }
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
    validateFunction(callback, 'callback');
    reverse(this[kChannel], ip, callback);
  }
}

class PromiseResolver extends ResolverBase {
  resolve(name, type = 'A') {
    validateString(type, 'rrtype');
    if (!Object.hasOwn(methodByType, type)) throw new codes.ERR_INVALID_ARG_VALUE('rrtype', type);
    return this[methodByType[type]](name);
  }

  reverse(ip) {
    return new Promise((resolve, reject) => {
      reverse(this[kChannel], ip, (error, names) => (error ? reject(error) : resolve(names)));
    });
  }
}

for (const entry of kMethods) {
  const [name, , syscall] = entry;
  const callbackMethod = function(hostname, options, callback) {
    if (arguments.length === 2) {
      callback = options;
      options = undefined;
    }
    validateString(hostname, 'name');
    validateFunction(callback, 'callback');
    ask(this[kChannel], hostname, entry, options, callback);
    return {};
  };
  const promiseMethod = function(hostname, options) {
    validateString(hostname, 'name');
    return new Promise((resolve, reject) => {
      ask(this[kChannel], hostname, entry, options, (error, result) => (error ? reject(error) : resolve(result)));
    });
  };
  for (const [Class, method] of [[Resolver, callbackMethod], [PromiseResolver, promiseMethod]]) {
    Object.defineProperty(method, 'name', { __proto__: null, value: syscall });
    Object.defineProperty(Class.prototype, name, { __proto__: null, value: method, writable: true, configurable: true });
  }
}

const kBound = ['getServers', 'resolve', ...kMethods.map(([name]) => name), 'reverse'];

// The resolvers of the process, made when first used. They share their servers.
let defaultResolver;
let defaultPromiseResolver;

function theResolver() {
  defaultResolver ??= new Resolver();
  return defaultResolver;
}

function thePromiseResolver() {
  if (defaultPromiseResolver === undefined) {
    defaultPromiseResolver = new PromiseResolver();
    defaultPromiseResolver[kChannel] = theResolver()[kChannel];
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

function setServers(servers) {
  theResolver().setServers(servers);
}

module.exports = {
  Resolver,
  PromiseResolver,
  boundMethods: () => boundTo(Resolver, theResolver),
  boundPromiseMethods: () => boundTo(PromiseResolver, thePromiseResolver),
  setServers,
};
