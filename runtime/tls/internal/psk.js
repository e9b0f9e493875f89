'use strict';
// Connections by a shared key instead of certificates: what the user's pskCallback says, checked.
// Run once per realm, on first use.

const { codes: { ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE } } = require('internal/errors');
const { validateObject, validateString } = require('internal/validators');
const { isArrayBufferView } = require('internal/util/types');

function checkKey(psk, maxLength) {
  if (!isArrayBufferView(psk)) throw new ERR_INVALID_ARG_TYPE('ret.psk', ['Buffer', 'TypedArray', 'DataView'], psk);
  if (psk.byteLength > maxLength) {
    throw new ERR_INVALID_ARG_VALUE('psk', psk, `Pre-shared key exceeds ${maxLength} bytes`);
  }
  return psk;
}

/** The key for a client's identity; undefined ends the handshake. */
function askServer(socket, callback, identity, maxLength) {
  const answer = callback(socket, identity);
  if (answer === null || answer === undefined) return undefined;
  const psk = isArrayBufferView(answer) ? answer : (validateObject(answer, 'ret'), answer.psk);
  return checkKey(psk, maxLength);
}

/** [identity, key] for a server's hint; undefined ends the handshake. */
function askClient(socket, callback, hint, maxPsk, maxIdentity) {
  const answer = callback(hint);
  if (answer === null || answer === undefined) return undefined;
  validateObject(answer, 'ret');
  checkKey(answer.psk, maxPsk);
  const { identity } = answer;
  validateString(identity, 'ret.identity');
  const { Buffer } = require('buffer');
  if (Buffer.byteLength(identity) > maxIdentity) {
    throw new ERR_INVALID_ARG_VALUE('identity', identity, `PSK identity exceeds ${maxIdentity} bytes`);
  }
  return [identity, answer.psk];
}

module.exports = { askClient, askServer };
