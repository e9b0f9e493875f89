'use strict';
// Messages with large strings, which the native side (runtime/child_process/ipc_writer.h) encodes while it writes them
// and which are never in memory as JSON. Run by internal/child_process/ipc for each message that is sent.

const kLargeString = 65536;

function isLarge(value) {
  return typeof value === 'string' && value.length >= kLargeString;
}

function isPlain(message) {
  return message !== null && typeof message === 'object' && Object.getPrototypeOf(message) === Object.prototype;
}

function hasLarge(object) {
  for (const key in object) {
    if (isLarge(object[key])) return true;
  }
  return false;
}

/** [JSON, string, JSON, string, ..., JSON]: the strings belong between the quotes around them. */
function inPieces(object) {
  const list = [];
  let json = '';
  for (const key of Object.keys(object)) {
    const value = object[key];
    const member = JSON.stringify({ [key]: isLarge(value) ? '' : value }).slice(1, -1);
    if (member === '') continue;
    json += (list.length > 0 || json !== '' ? ',' : '{') + member;
    if (!isLarge(value)) continue;
    list.push(json.slice(0, -1), value);
    json = '"';
  }
  list.push(`${json}}`);
  return list;
}

/** @returns {string | string[]} JSON, whole or in pieces */
function encode(message) {
  if (isLarge(message)) return ['"', message, '"'];
  if (!isPlain(message) || typeof message.toJSON === 'function') return `${JSON.stringify(message)}`;
  // A copy, because looking for large strings may not call a program's getters twice.
  const copy = { ...message };
  return hasLarge(copy) ? inPieces(copy) : JSON.stringify(copy);
}

const isPrimitive = (value) => value === null || (typeof value !== 'object' && typeof value !== 'function');

/**
 * For structured clone: a copy of a message with large strings that are to leave from where they are, and their keys.
 * @returns {{ copy: object, keys: string[] } | undefined}
 */
function splitLarge(message) {
  if (!isPlain(message) || !hasLarge(message)) return undefined;
  const copy = { ...message };
  // An object in it may refer to the message itself, which a copy is not.
  if (!Object.values(copy).every(isPrimitive)) return undefined;
  return { copy, keys: Object.keys(copy).filter((key) => isLarge(copy[key])) };
}

module.exports = { encode, splitLarge };
