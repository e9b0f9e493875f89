'use strict';

// inspector.Network, inspector.DOMStorage and inspector.NetworkResources: what programs tell frontends. Loaded with the
// public module; events go nowhere until a frontend has enabled their domain.

const { validateObject, validateString } = require('internal/validators');
const { isLoaded } = require('internal/bootstrap/realm');
const { kEmptyObject } = require('internal/util');

const kModules = { __proto__: null, Network: 'internal/inspector/network', DOMStorage: 'internal/inspector/storage' };

function broadcaster(domain, event) {
  return (params = kEmptyObject) => {
    validateObject(params, 'params');
    // Loaded by the first frontend that enables the domain.
    const module = kModules[domain];
    if (!isLoaded(module)) return;
    const { broadcast, isWatched } = require(module);
    if (!isWatched()) return;
    require('internal/inspector/event_fields').checkEvent(domain, event, params);
    broadcast(event, params);
  };
}

function domainOf(name, events) {
  return Object.fromEntries(events.map((event) => [event, broadcaster(name, event)]));
}

const Network = domainOf('Network', [
  'requestWillBeSent', 'responseReceived', 'loadingFinished', 'loadingFailed', 'dataSent', 'dataReceived',
  'webSocketCreated', 'webSocketClosed', 'webSocketHandshakeResponseReceived',
]);

const DOMStorage = domainOf('DOMStorage', [
  'domStorageItemAdded', 'domStorageItemRemoved', 'domStorageItemUpdated', 'domStorageItemsCleared', 'registerStorage',
]);

const NetworkResources = {
  put(url, data) {
    validateString(url, 'url');
    validateString(data, 'data');
    require('internal/inspector/network').putResource(url, data);
  },
};

module.exports = { DOMStorage, Network, NetworkResources };
