'use strict';
// https.Server: a tls.Server whose connections speak HTTP.
// Run once per realm by `https`.

const tls = require('tls');
const http = require('http');
const {
  _connectionListener, initialise, readServerArguments, storeOptions,
} = require('internal/http/server');

function Server(options, requestListener) {
  if (!(this instanceof Server)) return new Server(options, requestListener);
  [options, requestListener] = readServerArguments(options, requestListener);
  options = { ...options };
  if (options.ALPNProtocols === undefined && options.ALPNCallback === undefined) options.ALPNProtocols = ['http/1.1'];
  storeOptions(this, options);
  tls.Server.call(this, { ...options, noDelay: options.noDelay ?? true }, _connectionListener);
  initialise(this, options, requestListener);
  this.on('tlsClientError', onTlsClientError);
}
Object.setPrototypeOf(Server.prototype, tls.Server.prototype);
Object.setPrototypeOf(Server, tls.Server);

// Who does not get as far as HTTP is a client in error all the same.
function onTlsClientError(error, socket) {
  if (!this.emit('clientError', error, socket)) socket.destroy(error);
}

// What an HTTP server does is the same over TLS.
for (const name of Reflect.ownKeys(http.Server.prototype)) {
  if (name === 'constructor') continue;
  Object.defineProperty(Server.prototype, name, Object.getOwnPropertyDescriptor(http.Server.prototype, name));
}

function createServer(options, requestListener) {
  return new Server(options, requestListener);
}

module.exports = { Server, createServer };
