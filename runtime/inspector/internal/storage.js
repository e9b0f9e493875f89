'use strict';

// The domain DOMStorage: what programs tell of their storages (inspector.DOMStorage.*). Loaded by the first command of its.

const { emit, onSessionEnd } = require('internal/inspector/domains');

const sessions = new Set();
onSessionEnd((session) => sessions.delete(session));

/** Items by whether the storage is the local one. */
const storages = new Map();

function broadcast(event, params) {
  if (event === 'registerStorage') {
    storages.set(params.isLocalStorage, { ...params.storageMap });
    return;
  }
  for (const session of sessions) emit(session, `DOMStorage.${event}`, params);
}

const DOMStorage = {
  enable(session) { sessions.add(session); },
  disable(session) { sessions.delete(session); },
  getDOMStorageItems(session, { storageId }) {
    return { entries: Object.entries(storages.get(storageId?.isLocalStorage) ?? {}) };
  },
};

module.exports = { DOMStorage, broadcast, isWatched: () => sessions.size > 0 };
