'use strict';

// v8.startupSnapshot, https://nodejs.org/api/v8.html#startup-snapshot-api: what a program that is run to become a
// snapshot (--build-snapshot) leaves to be done. Loaded by `v8` and by internal/modules/build_snapshot, which is what
// calls the callbacks.

const {
  codes: { ERR_DUPLICATE_STARTUP_SNAPSHOT_MAIN_FUNCTION, ERR_NOT_BUILDING_SNAPSHOT },
} = require('internal/errors');
const { validateFunction } = require('internal/validators');

const state = {
  isBuilding: false,
  /** @type {{callback: Function, data: any}|undefined} */
  main: undefined,
};
let serializeCallbacks = [];
let deserializeCallbacks = [];

function checkIsBuilding() {
  if (!state.isBuilding) throw new ERR_NOT_BUILDING_SNAPSHOT();
}

const startupSnapshot = {
  /** Calls back before the snapshot is made. */
  addSerializeCallback(callback, data) {
    checkIsBuilding();
    validateFunction(callback, 'callback');
    serializeCallbacks.push({ callback, data });
  },
  /** Calls back in each process that starts from the snapshot, before its program. */
  addDeserializeCallback(callback, data) {
    checkIsBuilding();
    validateFunction(callback, 'callback');
    deserializeCallbacks.push({ callback, data });
  },
  /** The program of a process that starts from the snapshot, in place of the file that its command line names. */
  setDeserializeMainFunction(callback, data) {
    checkIsBuilding();
    if (state.main !== undefined) throw new ERR_DUPLICATE_STARTUP_SNAPSHOT_MAIN_FUNCTION();
    validateFunction(callback, 'callback');
    state.main = { callback, data };
  },
  isBuildingSnapshot() {
    return state.isBuilding;
  },
};

function runSerializeCallbacks() {
  const callbacks = serializeCallbacks;
  serializeCallbacks = [];
  for (const { callback, data } of callbacks) callback(data);
}

function runDeserializeCallbacks() {
  const callbacks = deserializeCallbacks;
  deserializeCallbacks = [];
  for (const { callback, data } of callbacks) callback(data);
}

module.exports = { runDeserializeCallbacks, runSerializeCallbacks, startupSnapshot, state };
