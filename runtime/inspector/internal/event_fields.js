'use strict';

// What the events that programs make must have: of inspector.Network and inspector.DOMStorage. The text of an error is the
// one that Node gives.

const storageItem = { storageId: 'storage', key: 'any' };

// In the order in which they are looked for. An object: fields of a field.
const kFields = {
  Network: {
    requestWillBeSent: {
      requestId: 'any', timestamp: 'any', wallTime: 'any', request: { url: 'any', method: 'any', headers: 'headers' },
    },
    responseReceived: {
      requestId: 'any', timestamp: 'any', type: 'any',
      response: { url: 'any', status: 'any', statusText: 'any', headers: 'headers' },
    },
    loadingFailed: { requestId: 'any', timestamp: 'any', type: 'any', errorText: 'any' },
    loadingFinished: { requestId: 'any', timestamp: 'any' },
    dataReceived: { requestId: 'any', timestamp: 'any', dataLength: 'any', encodedDataLength: 'any', data: 'bytes' },
    dataSent: { requestId: 'any', timestamp: 'any', dataLength: 'any', data: 'bytes' },
    webSocketCreated: { requestId: 'any', url: 'any' },
    webSocketClosed: { requestId: 'any', timestamp: 'any' },
    webSocketHandshakeResponseReceived: {
      requestId: 'any', timestamp: 'any', response: { status: 'any', statusText: 'any', headers: 'headers' },
    },
  },
  DOMStorage: {
    domStorageItemAdded: { ...storageItem, newValue: 'any' },
    domStorageItemRemoved: storageItem,
    domStorageItemUpdated: { ...storageItem, oldValue: 'any', newValue: 'any' },
    domStorageItemsCleared: { storageId: 'storage' },
    registerStorage: { isLocalStorage: 'any', storageMap: 'map' },
  },
};

const kChecks = {
  '__proto__': null,
  any() {},
  headers(value) {
    for (const name of Object.keys(value)) {
      if (typeof value[name] !== 'string') throw new Error('Invalid header value in event');
    }
  },
  bytes(value, name) {
    if (!(value instanceof Uint8Array)) throw new Error(`Expected ${name} to be Uint8Array in event`);
  },
  storage(value) {
    for (const field of ['securityOrigin', 'isLocalStorage', 'storageKey']) {
      if (value[field] === undefined) throw new Error(`Missing ${field} in storageId`);
    }
  },
  map(value) {
    let names;
    try {
      names = Object.keys(value);
    } catch {
      throw new Error('Failed to get property names from storageMap');
    }
    try {
      for (const name of names) value[name]; // eslint-disable-line no-unused-expressions
    } catch {
      throw new Error('Failed to get value from storageMap');
    }
  },
};

function check(params, fields, prefix) {
  for (const [name, kind] of Object.entries(fields)) {
    const value = params[name];
    if (value === undefined) throw new Error(`Missing ${prefix}${name} in event`);
    if (typeof kind === 'object') check(value, kind, `${prefix}${name}.`);
    else kChecks[kind](value, name);
  }
}

/** Throws when something is missing. */
function checkEvent(domain, event, params) {
  // The end of what is sent carries no data.
  if (event === 'dataSent' && params.finished === true) check(params, { requestId: 'any' }, '');
  else check(params, kFields[domain][event], '');
}

module.exports = { checkEvent };
