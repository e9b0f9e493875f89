// What async_hooks show of HTTP, used while hooks are enabled. Of parsers: HTTPINCOMINGMESSAGE is what a server reads,
// HTTPCLIENTREQUEST the answer that a request waits for, and what a parser calls runs as the resource's callback; that of a
// server's plain socket is in C++ (http_connection.h). Of an agent's sockets: one resource for each request that they serve.
'use strict';

const {
  emitDestroy, emitInit, getDefaultTriggerAsyncId, newAsyncId, runInAsyncScope, symbols,
} = require('internal/async_hooks');

const { Pipe, TCP, renewAsyncContext } = internalBinding('net');

const kScope = Symbol('kScope');

class HTTPServerAsyncResource {
  #connection;

  constructor(connection) {
    this.type = 'HTTPINCOMINGMESSAGE';
    this.#connection = connection;
  }

  // Made when somebody asks: most connections need no net.Socket.
  get socket() {
    return this.#connection.socketFor();
  }
}

class HTTPClientAsyncResource {
  constructor(req) {
    this.type = 'HTTPINCOMINGMESSAGE';
    this.req = req;
  }
}

function register(parser, type, resource) {
  const asyncId = newAsyncId();
  const triggerId = getDefaultTriggerAsyncId();
  parser[kScope] = { asyncId, triggerId, resource };
  emitInit(asyncId, type, triggerId, resource);
}

/** Calls a callback of the parser's. */
function runIn(parser, callback, receiver, args) {
  const scope = parser[kScope];
  if (scope === undefined) return Reflect.apply(callback, receiver, args);
  return runInAsyncScope(scope.asyncId, scope.triggerId, scope.resource, callback, receiver, args);
}

/** After the native parser's callbacks have been set. */
function follow(parser, type, resource) {
  register(parser, type, resource);
  for (const name of ['onhead', 'onbody', 'oncomplete']) {
    const callback = parser[name];
    parser[name] = function(...args) {
      return runIn(parser, callback, this, args);
    };
  }
}

function unfollow(parser) {
  if (parser[kScope] === undefined) return;
  emitDestroy(parser[kScope].asyncId);
  parser[kScope] = undefined;
}

// What a socket is when it serves another request.
class ReusedHandle {
  constructor(type, handle) {
    this.type = type;
    this.handle = handle;
  }
}

function renew(socket) {
  delete socket[symbols.async_id_symbol];
  const handle = socket._handle;
  if (handle instanceof TCP) renewAsyncContext(handle, new ReusedHandle('TCPWRAP', handle));
  else if (handle instanceof Pipe) renewAsyncContext(handle, new ReusedHandle('PIPEWRAP', handle));
}

/** Of a socket that waits for another request. */
function rest(socket) {
  Object.defineProperty(socket, symbols.async_id_symbol, { __proto__: null, value: -1, configurable: true });
}

module.exports = {
  HTTPClientAsyncResource, HTTPServerAsyncResource, follow, register, renew, rest, runIn, unfollow,
};
