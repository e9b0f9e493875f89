// require('https'): packages load it whether they use TLS or not. TLS is not part of this build, so what needs it throws
// ERR_NO_CRYPTO when it is called; Agent and globalAgent exist, for programs that configure them.
'use strict';

const { Agent: HttpAgent } = require('http');
const { codes } = require('internal/errors');

function Agent(options) {
  if (!(this instanceof Agent)) return new Agent(options);
  HttpAgent.call(this, { __proto__: null, defaultPort: 443, protocol: 'https:', ...options });
  this.maxCachedSessions = this.options.maxCachedSessions ?? 100;
}
Object.setPrototypeOf(Agent.prototype, HttpAgent.prototype);
Object.setPrototypeOf(Agent, HttpAgent);

Agent.prototype.createConnection = function createConnection() {
  throw new codes.ERR_NO_CRYPTO();
};

// TLS options tell sockets apart, too.
Agent.prototype.getName = function getName(options = {}) {
  let name = HttpAgent.prototype.getName.call(this, options);
  for (const key of [
    'ca', 'cert', 'clientCertEngine', 'ciphers', 'key', 'pfx', 'rejectUnauthorized', 'servername', 'minVersion',
    'maxVersion', 'secureProtocol', 'crl', 'honorCipherOrder', 'ecdhCurve', 'dhparam', 'secureOptions',
    'sessionIdContext', 'sigalgs', 'privateKeyIdentifier', 'privateKeyEngine',
  ]) {
    name += ':';
    if (options[key] !== undefined && options[key] !== false) name += options[key];
  }
  return name;
};

function needsTls() {
  throw new codes.ERR_NO_CRYPTO();
}

let globalAgent;

module.exports = {
  Agent,
  Server: function Server() {
    needsTls();
  },
  createServer: function createServer() {
    needsTls();
  },
  get: function get() {
    needsTls();
  },
  request: function request() {
    needsTls();
  },
};

Object.defineProperty(module.exports, 'globalAgent', {
  __proto__: null,
  configurable: true,
  enumerable: true,
  get() {
    globalAgent ??= new Agent({ keepAlive: true, scheduling: 'lifo', timeout: 5000 });
    return globalAgent;
  },
  set(agent) {
    globalAgent = agent;
  },
});
