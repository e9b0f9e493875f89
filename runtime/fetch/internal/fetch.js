'use strict';

// The globals fetch(), Request, WebSocket and EventSource: read by a program that names one. Everything behind them is
// npm's undici, of which Headers, Response, FormData and MessageEvent are globals without anything of ours
// (internal/bootstrap/globals).

// The modules of undici that use Request take converters of Response's while they load; its own index loads Response's first.
function load(path) {
  require('internal/deps/undici/lib/web/fetch/response');
  return require(`internal/deps/undici/lib/web/${path}`);
}

/**
 * Requests go where the proxy settings say, from now on.
 * @param {Record<string, string>} env
 * @returns {() => void} puts back what was there
 */
function useProxyEnv(env) {
  applyOptions();
  const { getGlobalDispatcher, setGlobalDispatcher } = require('internal/deps/undici/lib/global');
  const before = getGlobalDispatcher();
  const EnvHttpProxyAgent = require('internal/deps/undici/lib/dispatcher/env-http-proxy-agent');
  const options = {
    httpProxy: env.http_proxy || env.HTTP_PROXY, httpsProxy: env.https_proxy || env.HTTPS_PROXY, noProxy: env.no_proxy || env.NO_PROXY,
  };
  setGlobalDispatcher(new EnvHttpProxyAgent(options));
  return () => setGlobalDispatcher(before);
}

let optionsApplied = false;

/** --use-env-proxy */
function applyOptions() {
  if (optionsApplied) return;
  optionsApplied = true;
  if (require('internal/options').getOptionValue('--use-env-proxy')) useProxyEnv(process.env);
}

function fetch(input, init = undefined) {
  applyOptions();
  return require('internal/deps/undici/index-fetch').fetch(input, init);
}

module.exports = {
  fetch,
  useProxyEnv,
  get Request() { return load('fetch/request').Request; },
  get WebSocket() { return load('websocket/websocket').WebSocket; },
  get EventSource() { return load('eventsource/eventsource').EventSource; },
};
