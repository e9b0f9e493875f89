'use strict';
// What dgram shares with the IPC channel (runtime/child_process), which sends sockets to other processes.

/** socket[kStateSymbol].handle is the native handle of a dgram.Socket. */
const kStateSymbol = Symbol('state symbol');

module.exports = { kStateSymbol };
