// dns.Resolver and the resolve* functions. They ask DNS servers themselves, which needs c-ares: not part of this build
// yet, so each says so when it is called. lookup() does not come here.
'use strict';

const { codes } = require('internal/errors');

const kMethods = [
  'getServers', 'resolve', 'resolve4', 'resolve6', 'resolveAny', 'resolveCaa', 'resolveCname', 'resolveMx',
  'resolveNaptr', 'resolveNs', 'resolvePtr', 'resolveSoa', 'resolveSrv', 'resolveTlsa', 'resolveTxt', 'reverse',
];

function unavailable(name) {
  return function() {
    throw new codes.ERR_FEATURE_UNAVAILABLE_ON_PLATFORM(`dns.${name}`);
  };
}

class Resolver {}
class PromiseResolver {}
for (const name of [...kMethods, 'cancel', 'setServers', 'setLocalAddress']) {
  for (const Class of [Resolver, PromiseResolver]) {
    Object.defineProperty(Class.prototype, name, {
      __proto__: null, value: unavailable(`Resolver.${name}`), writable: true, configurable: true,
    });
  }
}

function boundMethods() {
  return Object.fromEntries(kMethods.map((name) => [name, unavailable(name)]));
}

module.exports = {
  Resolver,
  PromiseResolver,
  boundMethods,
  boundPromiseMethods: boundMethods,
  setServers: unavailable('setServers'),
};
