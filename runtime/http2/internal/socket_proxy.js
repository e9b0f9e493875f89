'use strict';
// What session.socket is: the socket, but for what would get in the session's way.
// Run once per realm by internal/http2/session.

const { codes: { ERR_HTTP2_NO_SOCKET_MANIPULATION, ERR_HTTP2_SOCKET_UNBOUND } } = require('internal/errors');
const { kSocket } = require('internal/http2/util');

const kForbidden = new Set(['emit', 'end', 'pause', 'read', 'resume', 'write', 'setEncoding', 'setKeepAlive', 'setNoDelay']);
// These are the session's own.
const kOfSession = new Set(['destroy', 'setTimeout', 'ref', 'unref']);

function socketOf(session) {
  const socket = session[kSocket];
  if (socket === undefined) throw new ERR_HTTP2_SOCKET_UNBOUND();
  return socket;
}

const handler = {
  has(session, name) {
    const socket = socketOf(session);
    return name in socket || name in session;
  },

  get(session, name) {
    if (kOfSession.has(name)) return session[name].bind(session);
    if (kForbidden.has(name)) throw new ERR_HTTP2_NO_SOCKET_MANIPULATION();
    const socket = socketOf(session);
    const value = socket[name];
    return typeof value === 'function' ? value.bind(socket) : value;
  },

  getPrototypeOf(session) {
    return Reflect.getPrototypeOf(socketOf(session));
  },

  set(session, name, value) {
    if (kOfSession.has(name)) {
      session[name] = value;
      return true;
    }
    if (kForbidden.has(name)) throw new ERR_HTTP2_NO_SOCKET_MANIPULATION();
    socketOf(session)[name] = value;
    return true;
  },
};

function proxySocket(session) {
  return new Proxy(session, handler);
}

module.exports = { proxySocket };
