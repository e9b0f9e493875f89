'use strict';
// http2.connect(), and all the classes in one place.
// Run once per realm by `http2`, on first use.

const { codes: { ERR_HTTP2_UNSUPPORTED_PROTOCOL } } = require('internal/errors');
const { URL, isURL } = require('internal/url');
const { validateNumber, validateString } = require('internal/validators');
const { assertIsArray, assertIsObject } = require('internal/http2/util');
const { validateSettings } = require('internal/http2/settings');
const { kState } = require('internal/http2/symbols');
const { Http2Session } = require('internal/http2/session');
const { Http2Stream } = require('internal/http2/stream');
const { ClientHttp2Session } = require('internal/http2/client_session');
const { ServerHttp2Session } = require('internal/http2/server_session');
const { createSecureServer, createServer, performServerHandshake } = require('internal/http2/server');

function hostOf(authority) {
  if (authority.hostname) {
    // Without the brackets of an IPv6 address.
    return authority.hostname[0] === '[' ? authority.hostname.slice(1, -1) : authority.hostname;
  }
  return authority.host ?? 'localhost';
}

function openSocket(protocol, host, port, authority, options) {
  if (typeof options.createConnection === 'function') return options.createConnection(authority, options);
  switch (protocol) {
    case 'http:': return require('net').connect({ port, host, ...options });
    case 'https:': return openTlsSocket(host, port, options);
    default: throw new ERR_HTTP2_UNSUPPORTED_PROTOCOL(protocol);
  }
}

function openTlsSocket(host, port, options) {
  const net = require('net');
  const tlsOptions = { ALPNProtocols: ['h2'], ...options };
  if (!tlsOptions.servername && !net.isIP(host)) tlsOptions.servername = host;
  return require('tls').connect(port, host, tlsOptions);
}

function readAuthority(authority) {
  if (typeof authority === 'string') return new URL(authority);
  assertIsObject(authority, 'authority', ['string', 'Object', 'URL']);
  return authority;
}

function connect(authority, options, listener) {
  if (typeof options === 'function') {
    listener = options;
    options = undefined;
  }
  assertIsObject(options, 'options');
  options = { ...options };
  assertIsArray(options.remoteCustomSettings, 'options.remoteCustomSettings');
  if (options.remoteCustomSettings) options.remoteCustomSettings = [...options.remoteCustomSettings];
  assertIsObject(options.settings, 'options.settings');
  validateSettings(options.settings);
  if (options.maxOriginSetSize !== undefined) validateNumber(options.maxOriginSetSize, 'options.maxOriginSetSize', 0);
  authority = readAuthority(authority);
  const protocol = authority.protocol || options.protocol || 'https:';
  const given = authority.port === undefined || authority.port === '' ? undefined : authority.port;
  const port = `${given ?? (authority.protocol === 'http:' ? 80 : 443)}`;
  const host = hostOf(authority);
  if (authority.protocol !== undefined && !isURL(authority)) validateString(authority.protocol, 'authority.protocol');
  const socket = openSocket(protocol, host, port, authority, options);
  const session = new ClientHttp2Session(options, socket);
  const shownHost = host.includes(':') ? `[${host}]` : host;
  session[kState].authority = `${options.servername || shownHost}:${port}`;
  session[kState].protocol = protocol;
  session[kState].host = shownHost;
  if (typeof listener === 'function') session.once('connect', listener);
  return session;
}

// For util.promisify(http2.connect).
function connectPromise(authority, options) {
  return new Promise((resolve, reject) => {
    const session = connect(authority, options, () => {
      session.removeListener('error', reject);
      resolve(session);
    });
    session.once('error', reject);
  });
}

module.exports = {
  ClientHttp2Session,
  Http2Session,
  Http2Stream,
  ServerHttp2Session,
  connect,
  connectPromise,
  createSecureServer,
  createServer,
  performServerHandshake,
};
