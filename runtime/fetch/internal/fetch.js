'use strict';

// The globals fetch(), Request, WebSocket and EventSource: read by a program that names one. Everything behind them is
// npm's undici, of which Headers, Response, FormData and MessageEvent are globals without anything of ours
// (internal/bootstrap/globals).

// The modules of undici that use Request take converters of Response's while they load; its own index loads Response's first.
function load(path) {
  require('internal/deps/undici/lib/web/fetch/response');
  return require(`internal/deps/undici/lib/web/${path}`);
}

function fetch(input, init = undefined) {
  return require('internal/deps/undici/index-fetch').fetch(input, init);
}

module.exports = {
  fetch,
  get Request() { return load('fetch/request').Request; },
  get WebSocket() { return load('websocket/websocket').WebSocket; },
  get EventSource() { return load('eventsource/eventsource').EventSource; },
};
