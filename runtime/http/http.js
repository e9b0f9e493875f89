// require('http'). Evaluated into the start-up snapshot; the parts are in internal/.
'use strict';

const {
  METHODS, STATUS_CODES, getMaxHeaderSize, parsers, validateHeaderName, validateHeaderValue,
} = require('internal/http/common');
const { IncomingMessage } = require('internal/http/incoming');
const { OutgoingMessage } = require('internal/http/outgoing');
const { ServerResponse } = require('internal/http/server_response');
const { Server, _connectionListener } = require('internal/http/server');
const { Agent, getGlobalAgent, setGlobalAgent } = require('internal/http/agent');
const { ClientRequest } = require('internal/http/client');

function createServer(options, requestListener) {
  return new Server(options, requestListener);
}

function request(url, options, callback) {
  return new ClientRequest(url, options, callback);
}

function get(url, options, callback) {
  const req = request(url, options, callback);
  req.end();
  return req;
}

function setMaxIdleHTTPParsers(max) {
  require('internal/validators').validateInteger(max, 'max', 1);
  parsers.max = max;
}

module.exports = {
  _connectionListener,
  METHODS,
  STATUS_CODES,
  Agent,
  ClientRequest,
  IncomingMessage,
  OutgoingMessage,
  Server,
  ServerResponse,
  createServer,
  validateHeaderName,
  validateHeaderValue,
  get,
  request,
  setMaxIdleHTTPParsers,
  setGlobalProxyFromEnv(proxyEnv = undefined) {
    return require('internal/http/proxy').setGlobalProxyFromEnv(proxyEnv);
  },
};

Object.defineProperties(module.exports, {
  maxHeaderSize: {
    __proto__: null, configurable: true, enumerable: true, get: getMaxHeaderSize,
  },
  globalAgent: {
    __proto__: null, configurable: true, enumerable: true, get: getGlobalAgent, set: setGlobalAgent,
  },
});

for (const name of ['WebSocket', 'CloseEvent', 'MessageEvent']) {
  Object.defineProperty(module.exports, name, {
    __proto__: null, configurable: true, enumerable: true, get: () => globalThis[name],
  });
}
