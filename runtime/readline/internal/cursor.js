'use strict';

// clearLine, cursorTo and their kin: control sequences written to a terminal.

const { codes: { ERR_INVALID_ARG_VALUE, ERR_INVALID_CURSOR_POS } } = require('internal/errors');
const { validateFunction } = require('internal/validators');

const { CSI } = require('internal/readline/utils');

function clearLineSequence(direction) {
  if (direction < 0) return CSI.kClearToLineBeginning;
  return direction > 0 ? CSI.kClearToLineEnd : CSI.kClearLine;
}

function cursorToSequence(x, y) {
  if (Number.isNaN(x)) throw new ERR_INVALID_ARG_VALUE('x', x);
  if (Number.isNaN(y)) throw new ERR_INVALID_ARG_VALUE('y', y);
  if (typeof x !== 'number') throw new ERR_INVALID_CURSOR_POS();
  return typeof y === 'number' ? CSI`${y + 1};${x + 1}H` : CSI`${x + 1}G`;
}

function moveCursorSequence(dx, dy) {
  let data = '';
  if (dx < 0) data += CSI`${-dx}D`; else if (dx > 0) data += CSI`${dx}C`;
  if (dy < 0) data += CSI`${-dy}A`; else if (dy > 0) data += CSI`${dy}B`;
  return data;
}

function write(stream, data, callback) {
  if (callback !== undefined) validateFunction(callback, 'callback');
  if (stream === null || stream === undefined || data === '') {
    if (typeof callback === 'function') process.nextTick(callback, null);
    return true;
  }
  return stream.write(data, callback);
}

/** @returns {boolean} false: wait for 'drain' */
function clearLine(stream, direction, callback) {
  if (callback !== undefined) validateFunction(callback, 'callback');
  return write(stream, clearLineSequence(direction), callback);
}

function clearScreenDown(stream, callback) {
  return write(stream, CSI.kClearScreenDown, callback);
}

function cursorTo(stream, x, y, callback) {
  if (callback !== undefined) validateFunction(callback, 'callback');
  if (typeof y === 'function') {
    callback = y;
    y = undefined;
  }
  if (Number.isNaN(x)) throw new ERR_INVALID_ARG_VALUE('x', x);
  if (Number.isNaN(y)) throw new ERR_INVALID_ARG_VALUE('y', y);
  if (stream == null || (typeof x !== 'number' && typeof y !== 'number')) {
    if (typeof callback === 'function') process.nextTick(callback, null);
    return true;
  }
  return write(stream, cursorToSequence(x, y), callback);
}

function moveCursor(stream, dx, dy, callback) {
  return write(stream, moveCursorSequence(dx, dy), callback);
}

module.exports = {
  clearLine,
  clearLineSequence,
  clearScreenDown,
  cursorTo,
  cursorToSequence,
  moveCursor,
  moveCursorSequence,
};
