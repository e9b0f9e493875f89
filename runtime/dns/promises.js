// require('dns/promises').
'use strict';

const { codes } = require('internal/errors');
const { validatePort, validateString } = require('internal/validators');
const { isIP } = require('internal/net');
const {
  answerAtOnce, errorCodes, getDefaultResultOrder, getaddrinfo, getnameinfo, readLookup, setDefaultResultOrder,
} = require('internal/dns/utils');
const resolver = require('internal/dns/resolver');

function lookup(hostname, options) {
  const request = readLookup(hostname, options);
  return new Promise((resolve, reject) => {
    const atOnce = answerAtOnce(request);
    if (atOnce !== undefined) {
      resolve(answer(request, atOnce));
      return;
    }
    getaddrinfo(request, (error, entries) => (error ? reject(error) : resolve(answer(request, entries))));
  });
}

function answer(request, entries) {
  if (request.all) return entries;
  return entries[0] ?? { address: null, family: request.family === 6 ? 6 : 4 };
}

function lookupService(address, port) {
  if (arguments.length !== 2) throw new codes.ERR_MISSING_ARGS('address', 'port');
  validateString(address, 'address');
  if (isIP(address) === 0) throw new codes.ERR_INVALID_ARG_VALUE('address', address);
  validatePort(port);
  return new Promise((resolve, reject) => {
    getnameinfo(address, port, (error, hostname, service) => (error ? reject(error) : resolve({ hostname, service })));
  });
}

module.exports = {
  lookup,
  lookupService,
  Resolver: resolver.PromiseResolver,
  getDefaultResultOrder,
  setDefaultResultOrder,
  setServers: resolver.setServers,
  ...errorCodes,
  ...resolver.boundPromiseMethods(),
};
