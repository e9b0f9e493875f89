// require('dns'): names by the system's resolver (lookup, lookupService), and by DNS servers (resolve*, internal/dns/resolver).
'use strict';

const { codes } = require('internal/errors');
const { validateFunction, validatePort, validateString } = require('internal/validators');
const { customPromisifyArgs } = require('internal/util');
const { isIP } = require('internal/net');
const {
  answerAtOnce, errorCodes, getDefaultResultOrder, getaddrinfo, getnameinfo, readLookup, setDefaultResultOrder,
} = require('internal/dns/utils');
const resolver = require('internal/dns/resolver');

const binding = internalBinding('dns');

function lookup(hostname, options, callback) {
  if (typeof options === 'function') {
    callback = options;
    options = undefined;
  }
  // Above all the name, then whether somebody wants to know.
  if (hostname) readLookup(hostname, undefined);
  validateFunction(callback, 'callback');
  const request = readLookup(hostname, options);
  const atOnce = answerAtOnce(request);
  if (atOnce !== undefined) {
    process.nextTick(answerLookup, request, atOnce, callback);
    return {};
  }
  getaddrinfo(request, (error, entries) => {
    if (error) callback(error);
    else answerLookup(request, entries, callback);
  });
  return {};
}

function answerLookup(request, entries, callback) {
  if (request.all) {
    callback(null, entries);
  } else if (entries.length === 0) {
    callback(null, null, request.family === 6 ? 6 : 4);
  } else {
    callback(null, entries[0].address, entries[0].family);
  }
}

function lookupService(address, port, callback) {
  if (arguments.length !== 3) throw new codes.ERR_MISSING_ARGS('address', 'port', 'callback');
  validateString(address, 'address');
  if (isIP(address) === 0) throw new codes.ERR_INVALID_ARG_VALUE('address', address);
  validatePort(port);
  validateFunction(callback, 'callback');
  getnameinfo(address, port, callback);
  return {};
}

if (customPromisifyArgs) {
  Object.defineProperty(lookup, customPromisifyArgs, { __proto__: null, value: ['address', 'family'] });
  Object.defineProperty(lookupService, customPromisifyArgs, { __proto__: null, value: ['hostname', 'service'] });
}

module.exports = {
  lookup,
  lookupService,
  Resolver: resolver.Resolver,
  getDefaultResultOrder,
  setDefaultResultOrder,
  setServers: resolver.setServers,
  ADDRCONFIG: binding.AI_ADDRCONFIG,
  ALL: binding.AI_ALL,
  V4MAPPED: binding.AI_V4MAPPED,
  ...errorCodes,
  ...resolver.boundMethods(),
  get promises() {
    return require('dns/promises');
  },
};
