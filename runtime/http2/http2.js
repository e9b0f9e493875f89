'use strict';
// The public `http2` module. What sessions need is loaded when the first one is wanted.
// Run once per realm, on first require.

const { promisify } = require('internal/util');
const { constants } = require('internal/http2/constants');
const { getDefaultSettings, getPackedSettings, getUnpackedSettings } = require('internal/http2/settings');
const { kSensitiveHeaders } = require('internal/http2/util');
const { Http2ServerRequest } = require('internal/http2/compat_request');
const { Http2ServerResponse } = require('internal/http2/compat_response');

function core() {
  return require('internal/http2/core');
}

function connect(authority, options, listener) {
  return core().connect(authority, options, listener);
}

Object.defineProperty(connect, promisify.custom, {
  __proto__: null,
  configurable: true,
  value: function connect(authority, options) {
    return core().connectPromise(authority, options);
  },
});

function createServer(options, handler) {
  return core().createServer(options, handler);
}

function createSecureServer(options, handler) {
  return core().createSecureServer(options, handler);
}

function performServerHandshake(socket, options) {
  return core().performServerHandshake(socket, options);
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
  sensitiveHeaders: kSensitiveHeaders,
  Http2ServerRequest,
  Http2ServerResponse,
};
