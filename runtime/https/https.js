'use strict';
// The public `https` module: HTTP over TLS, server and client.
// Run once per realm, on first require.

const { Agent, createGlobalAgent } = require('internal/https/agent');
const { Server, createServer } = require('internal/https/server');

// (url[, options][, callback]) or (options[, callback])
function readArguments(args) {
  const { URL, isURL, urlToHttpOptions } = require('internal/url');
  let options = {};
  if (typeof args[0] === 'string') {
    options = urlToHttpOptions(new URL(args.shift()));
  } else if (isURL(args[0])) {
    options = urlToHttpOptions(args.shift());
  }
  if (args[0] && typeof args[0] !== 'function') Object.assign(options, args.shift());
  return [options, args[0]];
}

// Here and not in a file of its own: agents of programs (agent-base) look for `node:https:` in the stack to find out whether
// a connection is to be secure.
function request(...args) {
  const { ClientRequest } = require('http');
  const [given, callback] = readArguments(args);
  const options = { __proto__: null, ...given };
  options._defaultAgent = module.exports.globalAgent;
  return new ClientRequest(options, callback);
}

function get(input, options, callback) {
  const req = request(input, options, callback);
  req.end();
  return req;
}

module.exports = { Agent, Server, createServer, get, request };
// Programs may put an agent of their own here.
require('internal/util').defineLazyProperty(module.exports, 'globalAgent', createGlobalAgent);
