'use strict';

// Web Storage: Storage, localStorage and sessionStorage. Run once per thread, when a program reads one of these globals, which
// are there with --experimental-webstorage.

const { getOptionValue } = require('internal/options');
const { codes: { ERR_INVALID_ARG_VALUE } } = require('internal/errors');

const { items, makeStorages } = internalBinding('webstorage');
const { setRealmValue } = internalBinding('builtins');

require('internal/util').emitExperimentalWarning('Web Storage');

// For C++.
setRealmValue('webstorageQuotaError', (message) => {
  const { DOMException } = require('internal/dom_exception');
  return new DOMException(message, 'QuotaExceededError');
});
if (getOptionValue('--experimental-storage-inspection')) {
  setRealmValue('webstorageChanged', (isLocalStorage, event, key, oldValue, newValue) => {
    require('internal/inspector/storage').notify(isLocalStorage, event, { key, oldValue, newValue });
  });
}

const file = getOptionValue('--localstorage-file');
const [Storage, localStorage, sessionStorage] = makeStorages(file);

module.exports = {
  Storage,
  get localStorage() {
    if (file === '') {
      throw new ERR_INVALID_ARG_VALUE('--localstorage-file', file, 'is an invalid localStorage location');
    }
    return localStorage;
  },
  get sessionStorage() { return sessionStorage; },

  /** @returns {[string, string][]} all keys and values */
  getItems: (isLocalStorage) => items(isLocalStorage ? module.exports.localStorage : sessionStorage),
};
