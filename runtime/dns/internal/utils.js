// What dns and dns/promises share: the reading of lookup()'s options, the default order of addresses, the codes.
'use strict';

const { DNSException, codes } = require('internal/errors');
const { validateBoolean, validateNumber, validateOneOf, validateString } = require('internal/validators');
const { isIP } = require('internal/net');
const { begin } = require('internal/perf_hooks/measure');

const binding = internalBinding('dns');
const { AI_ADDRCONFIG, AI_ALL, AI_V4MAPPED } = binding;

const kOrders = ['verbatim', 'ipv4first', 'ipv6first'];

let defaultOrder;

function getDefaultResultOrder() {
  if (defaultOrder === undefined) {
    defaultOrder = require('internal/options').getOptionValue('--dns-result-order') || 'verbatim';
  }
  return defaultOrder;
}

function setDefaultResultOrder(value) {
  validateOneOf(value, 'dnsOrder', kOrders);
  defaultOrder = value;
}

function validateHints(hints) {
  if ((hints & ~(AI_ADDRCONFIG | AI_ALL | AI_V4MAPPED)) !== 0) {
    throw new codes.ERR_INVALID_ARG_VALUE('hints', hints);
  }
}

function readFamily(family) {
  if (family === 'IPv4') return 4;
  if (family === 'IPv6') return 6;
  validateOneOf(family, 'options.family', [0, 4, 6]);
  return family;
}

function readOptionsObject(options) {
  const request = { family: 0, hints: 0, all: false, order: undefined };
  if (options.hints !== undefined && options.hints !== null) {
    validateNumber(options.hints, 'options.hints');
    request.hints = options.hints >>> 0;
    validateHints(request.hints);
  }
  if (options.family !== undefined && options.family !== null) request.family = readFamily(options.family);
  if (options.all !== undefined && options.all !== null) {
    validateBoolean(options.all, 'options.all');
    request.all = options.all;
  }
  if (options.verbatim !== undefined && options.verbatim !== null) {
    validateBoolean(options.verbatim, 'options.verbatim');
    request.order = options.verbatim ? 'verbatim' : 'ipv4first';
  }
  if (options.order !== undefined && options.order !== null) {
    validateOneOf(options.order, 'options.order', kOrders);
    request.order = options.order;
  }
  return request;
}

/** The options of lookup(): a family, or an object. The answer is {hostname, family, hints, all, order}. */
function readLookup(hostname, options) {
  if (hostname) {
    validateString(hostname, 'hostname');
    if (hostname.includes('\0')) {
      throw new codes.ERR_INVALID_ARG_VALUE('hostname', hostname, 'must be a string without null bytes');
    }
  }
  let request;
  if (options === undefined || options === null) {
    request = { family: 0, hints: 0, all: false, order: undefined };
  } else if (typeof options === 'object') {
    request = readOptionsObject(options);
  } else if (typeof options === 'number') {
    validateOneOf(options, 'family', [0, 4, 6]);
    request = { family: options, hints: 0, all: false, order: undefined };
  } else {
    throw new codes.ERR_INVALID_ARG_TYPE('options', ['integer', 'object'], options);
  }
  request.hostname = hostname;
  request.order ??= getDefaultResultOrder();
  return request;
}

let warnedAboutFalsyHostname = false;

/** The answer that needs no resolver, as [{address, family}]; undefined when one is needed. */
function answerAtOnce(request) {
  const { family, hostname } = request;
  if (!hostname) {
    if (!warnedAboutFalsyHostname) {
      warnedAboutFalsyHostname = true;
      process.emitWarning(
        `The provided hostname "${hostname}" is not a valid hostname, and is supported in the dns module solely ` +
        'for compatibility.', 'DeprecationWarning', 'DEP0118');
    }
    return [];
  }
  const version = isIP(hostname);
  return version === 0 ? undefined : [{ address: hostname, family: version || family }];
}

const orderNumbers = {
  __proto__: null,
  verbatim: binding.DNS_ORDER_VERBATIM,
  ipv4first: binding.DNS_ORDER_IPV4_FIRST,
  ipv6first: binding.DNS_ORDER_IPV6_FIRST,
};

/** Asks the system for the addresses of what readLookup() gave: callback(error, [{address, family}]). */
function getaddrinfo({ hostname, family, hints, order }, callback) {
  const measured = begin('dns', 'lookup', { hostname, family, hints, verbatim: order === 'verbatim', order });
  const failure = (error) => new DNSException(error, 'getaddrinfo', hostname);
  const error = binding.getaddrinfo(hostname, family, hints, (status, addresses) => {
    if (status !== null) {
      callback(failure(status));
      return;
    }
    measured?.({ addresses });
    callback(null, addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })));
  }, orderNumbers[order]);
  if (error) process.nextTick(callback, failure(error));
}

/** Asks the system for the names of an address and a port: callback(error, hostname, service). */
function getnameinfo(address, port, callback) {
  const measured = begin('dns', 'lookupService', { host: address, port });
  const failure = (error) => new DNSException(error, 'getnameinfo', address);
  const error = binding.getnameinfo(address, +port, (status, hostname, service) => {
    if (status !== null) {
      callback(failure(status));
      return;
    }
    measured?.({ hostname, service });
    callback(null, hostname, service);
  });
  if (error) throw failure(error);
}

const errorCodes = {
  NODATA: 'ENODATA',
  FORMERR: 'EFORMERR',
  SERVFAIL: 'ESERVFAIL',
  NOTFOUND: 'ENOTFOUND',
  NOTIMP: 'ENOTIMP',
  REFUSED: 'EREFUSED',
  BADQUERY: 'EBADQUERY',
  BADNAME: 'EBADNAME',
  BADFAMILY: 'EBADFAMILY',
  BADRESP: 'EBADRESP',
  CONNREFUSED: 'ECONNREFUSED',
  TIMEOUT: 'ETIMEOUT',
  EOF: 'EOF',
  FILE: 'EFILE',
  NOMEM: 'ENOMEM',
  DESTRUCTION: 'EDESTRUCTION',
  BADSTR: 'EBADSTR',
  BADFLAGS: 'EBADFLAGS',
  NONAME: 'ENONAME',
  BADHINTS: 'EBADHINTS',
  NOTINITIALIZED: 'ENOTINITIALIZED',
  LOADIPHLPAPI: 'ELOADIPHLPAPI',
  ADDRGETNETWORKPARAMS: 'EADDRGETNETWORKPARAMS',
  CANCELLED: 'ECANCELLED',
};

module.exports = {
  answerAtOnce,
  errorCodes,
  getDefaultResultOrder,
  getaddrinfo,
  getnameinfo,
  readLookup,
  setDefaultResultOrder,
};
