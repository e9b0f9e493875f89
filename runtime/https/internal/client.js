'use strict';
// https.request() and https.get().
// Run once per realm by `https`.

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

function request(...args) {
  const { ClientRequest } = require('http');
  const [given, callback] = readArguments(args);
  const options = { __proto__: null, ...given };
  options._defaultAgent = require('https').globalAgent;
  return new ClientRequest(options, callback);
}

function get(input, options, callback) {
  const req = request(input, options, callback);
  req.end();
  return req;
}

module.exports = { get, request };
