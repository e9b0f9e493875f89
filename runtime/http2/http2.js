'use strict';
// The public `http2` module, as far as it goes: constants, settings and the classes that packages test for. Sessions are
// not there yet; what needs one throws.
// Run once per realm, on first require.

const { Readable, Stream } = require('stream');
const { constants } = require('internal/http2/constants');
const { getDefaultSettings, getPackedSettings, getUnpackedSettings } = require('internal/http2/settings');

function unavailable(what) {
  return Object.assign(new Error(`http2.${what} is not available in this version of Gyre`),
                       { code: 'ERR_FEATURE_UNAVAILABLE_ON_PLATFORM' });
}

function connect() {
  throw unavailable('connect()');
}

function createServer() {
  throw unavailable('createServer()');
}

function createSecureServer() {
  throw unavailable('createSecureServer()');
}

function performServerHandshake() {
  throw unavailable('performServerHandshake()');
}

// Only sessions make these.
class Http2ServerRequest extends Readable {
  constructor() {
    throw unavailable('Http2ServerRequest');
  }
}

class Http2ServerResponse extends Stream {
  constructor() {
    throw unavailable('Http2ServerResponse');
  }
}

module.exports = {
  connect,
  constants,
  createServer,
  createSecureServer,
  getDefaultSettings,
  getPackedSettings,
  getUnpackedSettings,
  performServerHandshake,
  sensitiveHeaders: Symbol('sensitiveHeaders'),
  Http2ServerRequest,
  Http2ServerResponse,
};
