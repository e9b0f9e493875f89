// require('net'). Evaluated into the start-up snapshot; the parts are in internal/.
'use strict';

const { kNormalizedArgs, isIP, isIPv4, isIPv6, normalizeArgs } = require('internal/net');
const { Socket } = require('internal/net/socket');
const { Server, createServerHandle } = require('internal/net/server');
const { defineLazyProperties } = require('internal/util');
const {
  getDefaultAutoSelectFamily, getDefaultAutoSelectFamilyAttemptTimeout, setDefaultAutoSelectFamily,
  setDefaultAutoSelectFamilyAttemptTimeout,
} = require('internal/net/connect');

function connect(...args) {
  const normalized = normalizeArgs(args);
  const options = normalized[0];
  const socket = new Socket(options);
  if (options.timeout) socket.setTimeout(options.timeout);
  if (options.blockList) socket.blockList = options.blockList;
  normalized[kNormalizedArgs] = true;
  return socket.connect(normalized);
}

function createServer(options, connectionListener) {
  return new Server(options, connectionListener);
}

module.exports = {
  _createServerHandle: createServerHandle,
  _normalizeArgs: normalizeArgs,
  get BlockList() {
    return require('internal/net/blocklist').BlockList;
  },
  get SocketAddress() {
    return require('internal/net/socket_address').SocketAddress;
  },
  connect,
  createConnection: connect,
  createServer,
  isIP,
  isIPv4,
  isIPv6,
  Server,
  Socket,
  Stream: Socket,
  getDefaultAutoSelectFamily,
  setDefaultAutoSelectFamily,
  getDefaultAutoSelectFamilyAttemptTimeout,
  setDefaultAutoSelectFamilyAttemptTimeout,
};

defineLazyProperties(module.exports, 'internal/net/bound_socket', ['BoundSocket']);
