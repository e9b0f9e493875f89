// require('dns/promises').
'use strict';

const { DNSException, codes } = require('internal/errors');
const { validatePort } = require('internal/validators');
const { isIP } = require('internal/net');
const {
  answerAtOnce, errorCodes, getDefaultResultOrder, measureLookup, orderAddresses, readLookup, setDefaultResultOrder,
} = require('internal/dns/utils');
const { begin } = require('internal/perf_hooks/measure');
const resolver = require('internal/dns/resolver');

const binding = internalBinding('dns');

function lookup(hostname, options) {
  const request = readLookup(hostname, options);
  return new Promise((resolve, reject) => {
    const atOnce = answerAtOnce(request);
    if (atOnce !== undefined) {
      resolve(answer(request, atOnce));
      return;
    }
    const measured = measureLookup(hostname, request);
    const error = binding.getaddrinfo(hostname, request.family, request.hints, (status, addresses) => {
      if (status !== null) return reject(new DNSException(status, 'getaddrinfo', hostname));
      const ordered = orderAddresses(addresses, request.order);
      measured?.({ addresses: ordered.map((entry) => entry.address) });
      resolve(answer(request, ordered));
    });
    if (error) reject(new DNSException(error, 'getaddrinfo', hostname));
  });
}

function answer(request, entries) {
  if (request.all) return entries;
  return entries[0] ?? { address: null, family: request.family === 6 ? 6 : 4 };
}

function lookupService(address, port) {
  if (arguments.length !== 2) throw new codes.ERR_MISSING_ARGS('address', 'port');
  if (isIP(address) === 0) throw new codes.ERR_INVALID_ARG_VALUE('address', address);
  validatePort(port);
  return new Promise((resolve, reject) => {
    const measured = begin('dns', 'lookupService', { host: address, port: +port });
    const error = binding.getnameinfo(address, +port, (status, hostname, service) => {
      if (status !== null) return reject(new DNSException(status, 'getnameinfo', address));
      measured?.({ hostname, service });
      resolve({ hostname, service });
    });
    if (error) reject(new DNSException(error, 'getnameinfo', address));
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
