// Small things that all of net (and dns, dgram, http) need: what is an IP address, how the arguments of connect() and
// listen() are read, the link from a native handle back to its stream. Evaluated into the start-up snapshot.
'use strict';

const binding = internalBinding('net');

/** @returns {0 | 4 | 6} */
function isIP(input) {
  return binding.isIP(`${input}`);
}

function isIPv4(input) {
  return binding.isIP(`${input}`) === 4;
}

function isIPv6(input) {
  return binding.isIP(`${input}`) === 6;
}

function isLoopback(host) {
  const lower = `${host}`.toLowerCase();
  return lower === 'localhost' || lower.startsWith('127.') || lower.startsWith('[::1]') ||
    lower.startsWith('[0:0:0:0:0:0:0:1]');
}

// Marks an array that normalizeArgs() made, so that reading it twice is free.
const kNormalizedArgs = Symbol('normalizedArgs');

// connect() and listen() take ([port][, host][, ...][, cb]), (path[, cb]) or (options[, cb]).
// The answer is [options, callback or null].
function normalizeArgs(args) {
  let options = {};
  if (args.length > 0) {
    const first = args[0];
    if (typeof first === 'object' && first !== null) {
      options = first;
    } else if (isPipeName(first)) {
      options.path = first;
    } else {
      options.port = first;
      if (args.length > 1 && typeof args[1] === 'string') options.host = args[1];
    }
  }
  const last = args[args.length - 1];
  const normalized = [options, typeof last === 'function' ? last : null];
  normalized[kNormalizedArgs] = true;
  return normalized;
}

/** A non-negative number (or a string that spells one) is a port; other strings name a pipe. */
function toNumber(x) {
  const number = Number(x);
  return number >= 0 ? number : false;
}

function isPipeName(s) {
  return typeof s === 'string' && toNumber(s) === false;
}

// The stream or server that owns a native handle: handle[kOwner].
const kOwner = Symbol('owner_symbol');

module.exports = {
  isIP,
  isIPv4,
  isIPv6,
  isLoopback,
  kNormalizedArgs,
  kOwner,
  normalizeArgs,
  isPipeName,
  toNumber,
};
