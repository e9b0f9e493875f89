'use strict';
// The options of a session, as the binding takes them.
// Run once per realm by internal/http2/session.

const { codes: { ERR_INVALID_ARG_TYPE, ERR_OUT_OF_RANGE } } = require('internal/errors');

const kMaxUint32 = 2 ** 32 - 1;

function numberOption(options, name, fallback, min = 0) {
  const value = options[name];
  if (typeof value !== 'number' || Number.isNaN(value)) return fallback;
  return Math.min(Math.max(value, min), kMaxUint32);
}

/** The list that the constructor of the binding's Session takes: OptionsFrom() in session.cc has the order. */
function sessionOptions(options, isServer) {
  const { maxReservedRemoteStreams: reserved } = options;
  const hasResetLimit = options.streamResetBurst !== undefined && options.streamResetRate !== undefined;
  return [
    Number(isServer),
    numberOption(options, 'maxDeflateDynamicTableSize', 4096),
    reserved < 0 ? kMaxUint32 : numberOption(options, 'maxReservedRemoteStreams', 200),
    numberOption(options, 'peerMaxConcurrentStreams', 100),
    numberOption(options, 'maxSendHeaderBlockLength', 0),
    numberOption(options, 'paddingStrategy', 0),
    numberOption(options, 'maxHeaderListPairs', 128, isServer ? 4 : 1),
    numberOption(options, 'maxSessionMemory', 10, 1) * 1_000_000,
    numberOption(options, 'maxSettings', 32, 1),
    hasResetLimit ? numberOption(options, 'streamResetBurst', 1000) : 1000,
    hasResetLimit ? numberOption(options, 'streamResetRate', 33) : 33,
    options.strictFieldWhitespaceValidation === false ? 0 : 1,
    numberOption(options, 'maxSessionInvalidFrames', 1000),
    numberOption(options, 'maxSessionRejectedStreams', 100),
  ];
}

function checkUint32Option(options, name) {
  const value = options[name];
  if (value === undefined) return;
  if (typeof value !== 'number') throw new ERR_INVALID_ARG_TYPE(name, 'number', value);
  if (!Number.isInteger(value) || value < 0 || value > kMaxUint32) {
    throw new ERR_OUT_OF_RANGE(name, `>= 0 && <= ${kMaxUint32}`, value);
  }
}

module.exports = { checkUint32Option, numberOption, sessionOptions };
