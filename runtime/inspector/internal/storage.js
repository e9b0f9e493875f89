'use strict';

// The domains DOMStorage and Storage, with --experimental-storage-inspection: what is in localStorage and sessionStorage, and
// what programs tell of storages of their own (inspector.DOMStorage.*). Loaded by the first command of theirs, or the first
// change of a storage.

const { CommandError, emit, kInvalidParams, kServerError, onSessionEnd } = require('internal/inspector/domains');
const { getOptionValue } = require('internal/options');

/** What a program registered, by session that has enabled DOMStorage: Map of isLocalStorage to items. */
const sessions = new Map();
onSessionEnd((session) => sessions.delete(session));

function broadcast(event, params) {
  if (event === 'registerStorage') {
    const items = Object.entries(params.storageMap).map(([key, value]) => [key, `${value}`]);
    for (const registered of sessions.values()) registered.set(Boolean(params.isLocalStorage), items);
    return;
  }
  for (const session of sessions.keys()) emit(session, `DOMStorage.${event}`, params);
}

/** There are no origins to tell storages apart: the file of localStorage names them. */
function storageKey() {
  const file = getOptionValue('--localstorage-file');
  return file === '' ? '' : require('internal/url').pathToFileURL(file).href;
}

/** Tells of a change of localStorage or sessionStorage. */
function notify(isLocalStorage, event, change) {
  if (sessions.size === 0) return;
  broadcast(event, { storageId: { securityOrigin: '', storageKey: storageKey(), isLocalStorage }, ...change });
}

function registeredBy(session) {
  const registered = sessions.get(session);
  if (registered === undefined) throw new CommandError('DOMStorage domain is not enabled', kServerError);
  return registered;
}

function notImplemented() {
  throw new CommandError('Not implemented', kServerError);
}

const DOMStorage = {
  enable(session) { if (!sessions.has(session)) sessions.set(session, new Map()); },
  disable(session) { sessions.delete(session); },
  getDOMStorageItems(session, { storageId }) {
    const registered = registeredBy(session);
    if (typeof storageId?.isLocalStorage !== 'boolean') throw new CommandError('Invalid parameters', kInvalidParams);
    const { isLocalStorage } = storageId;
    if (registered.has(isLocalStorage)) return { entries: registered.get(isLocalStorage) };
    if (!getOptionValue('--experimental-webstorage')) return { entries: [] };
    return { entries: require('internal/webstorage').getItems(isLocalStorage) };
  },
  setDOMStorageItem: notImplemented,
  removeDOMStorageItem: notImplemented,
  clear: notImplemented,
};

const Storage = {
  getStorageKey: () => ({ storageKey: storageKey() }),
};

module.exports = { DOMStorage, Storage, broadcast, isWatched: () => sessions.size > 0, notify };
