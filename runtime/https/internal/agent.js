'use strict';
// https.Agent: http's, with TLS sockets, which tell apart by more options and resume sessions.
// Run once per realm by `https`.

const { Agent: HttpAgent } = require('http');

function Agent(options) {
  if (!(this instanceof Agent)) return new Agent(options);
  options = { __proto__: null, ...options };
  options.defaultPort ??= 443;
  options.protocol ??= 'https:';
  HttpAgent.call(this, options);
  this.maxCachedSessions = this.options.maxCachedSessions;
  if (this.maxCachedSessions === undefined) this.maxCachedSessions = 100;
  // Sessions by the name of their place, the oldest first.
  this._sessionCache = { map: {}, list: [] };
}
Object.setPrototypeOf(Agent.prototype, HttpAgent.prototype);
Object.setPrototypeOf(Agent, HttpAgent);

// (port, host, options) or (options)
function readConnectionArguments(port, host, options) {
  let result;
  if (port !== null && typeof port === 'object') result = port;
  else if (host !== null && typeof host === 'object') result = { ...host };
  else if (options === null || typeof options !== 'object') result = {};
  else result = { ...options };
  if (typeof port === 'number') result.port = port;
  if (typeof host === 'string') result.host = host;
  return result;
}

Agent.prototype.createConnection = function createConnection(port, host, options) {
  options = readConnectionArguments(port, host, options);
  const key = hasOwnCheck(this, options) ? undefined : options._agentKey;
  if (key) {
    const session = this._getSession(key);
    if (session) options = { session, ...options };
  }
  const socket = require('tls').connect(options);
  if (key) {
    // A newer session in place of the one before.
    socket.on('session', (session) => this._cacheSession(key, session));
    // One that led to nothing is not tried again.
    socket.once('close', (hadError) => {
      if (hadError) this._evictSession(key);
    });
  }
  return socket;
};

const kNameOptions = [
  'ca', 'cert', 'clientCertEngine', 'ciphers', 'key', 'pfx', 'rejectUnauthorized', 'servername', 'minVersion',
  'maxVersion', 'secureProtocol', 'crl', 'honorCipherOrder', 'ecdhCurve', 'dhparam', 'secureOptions',
  'sessionIdContext', 'sigalgs', 'privateKeyIdentifier', 'privateKeyEngine',
];

// A PKCS#12 archive, alone or as {buf, passphrase}.
function pfxName(pfx) {
  return pfx?.buf === undefined ? `${pfx}` : `${pfx.buf}:${pfx.passphrase ?? ''}`;
}

// What the name says of an option: nothing when it is what it would be anyhow.
function nameOf(options, key) {
  const value = options[key];
  switch (key) {
    case 'rejectUnauthorized': return value !== undefined ? value : '';
    case 'servername': return value && value !== options.host ? value : '';
    case 'honorCipherOrder': return value !== undefined ? value : '';
    case 'secureOptions': return value !== undefined ? value : '';
    case 'pfx': return Array.isArray(value) ? value.map(pfxName).join() : value || '';
    case 'sigalgs': return value ? JSON.stringify(value) : '';
    default: return value || '';
  }
}

Agent.prototype.getName = function getName(options = {}) {
  let name = HttpAgent.prototype.getName.call(this, options);
  for (const key of kNameOptions) name += `:${nameOf(options, key)}`;
  // A connection that one function has accepted another one has not.
  if (hasOwnCheck(this, options)) name += `:${checkId(options.checkServerIdentity)}`;
  return name;
};

function hasOwnCheck(agent, { checkServerIdentity }) {
  return typeof checkServerIdentity === 'function' && checkServerIdentity !== agent.options.checkServerIdentity;
}

const checkIds = new WeakMap();
let lastCheckId = 0;

function checkId(check) {
  if (!checkIds.has(check)) checkIds.set(check, ++lastCheckId);
  return checkIds.get(check);
}

Agent.prototype._getSession = function _getSession(key) {
  return this._sessionCache.map[key];
};

Agent.prototype._cacheSession = function _cacheSession(key, session) {
  if (this.maxCachedSessions === 0) return;
  const cache = this._sessionCache;
  if (cache.map[key]) {
    cache.map[key] = session;
    return;
  }
  if (cache.list.length >= this.maxCachedSessions) delete cache.map[cache.list.shift()];
  cache.list.push(key);
  cache.map[key] = session;
};

Agent.prototype._evictSession = function _evictSession(key) {
  const { list, map } = this._sessionCache;
  const index = list.indexOf(key);
  if (index === -1) return;
  list.splice(index, 1);
  delete map[key];
};

let globalAgent;

function createGlobalAgent() {
  return globalAgent = new Agent(require('internal/http/agent').globalAgentOptions());
}

/** What waits for another request waits no more. */
function closeGlobalAgent() {
  globalAgent?.destroy();
}

module.exports = { Agent, closeGlobalAgent, createGlobalAgent };
