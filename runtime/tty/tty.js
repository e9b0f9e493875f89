// require('tty'): terminals as streams.
'use strict';

const net = require('net');
const { codes, ErrnoException } = require('internal/errors');
const { validateInteger } = require('internal/validators');

const binding = internalBinding('tty');

function isatty(fd) {
  return Number.isInteger(fd) && fd >= 0 && fd <= 2147483647 && binding.isTTY(fd);
}

function openTerminal(fd) {
  if (fd >> 0 !== fd || fd < 0) throw new codes.ERR_INVALID_FD(fd);
  const handle = new binding.TTY(fd);
  const errno = handle.initError;
  if (errno !== 0) {
    const [code, message] = require('util').getSystemErrorMap().get(errno);
    throw new codes.ERR_TTY_INIT_FAILED({ errno, code, message, syscall: 'uv_tty_init' });
  }
  return handle;
}

function ReadStream(fd, options) {
  if (!(this instanceof ReadStream)) return new ReadStream(fd, options);
  const handle = openTerminal(fd);
  net.Socket.call(this, { highWaterMark: 0, handle, manualStart: true, ...options });
  this.isRaw = false;
  this.rawMode = false;
  this.isTTY = true;
}
Object.setPrototypeOf(ReadStream.prototype, net.Socket.prototype);
Object.setPrototypeOf(ReadStream, net.Socket);

// uv_tty_mode_t. Raw mode still turns a newline into what moves to the next line's start; 'io' leaves all output alone.
const kModes = { __proto__: null, raw: 1, io: 2 };

/** @param {boolean | 'raw' | 'io'} mode */
ReadStream.prototype.setRawMode = function(mode) {
  if (typeof mode === 'string' && kModes[mode] === undefined) {
    throw new codes.ERR_INVALID_ARG_VALUE('mode', mode, "must be true, false, 'raw', or 'io'");
  }
  const name = typeof mode === 'string' ? mode : mode ? 'raw' : false;
  const errno = this._handle?.setMode(kModes[name] ?? 0);
  if (errno) {
    this.emit('error', new ErrnoException(errno, 'setRawMode'));
    return this;
  }
  this.isRaw = name !== false;
  this.rawMode = name;
  return this;
};

function WriteStream(fd) {
  if (!(this instanceof WriteStream)) return new WriteStream(fd);
  const handle = openTerminal(fd);
  net.Socket.call(this, { highWaterMark: 1024 * 1024, handle, manualStart: true });
  // Output that is mixed with that of other programs must be in the order it was written.
  this._handle.setBlocking(true);
  this.isTTY = true;
  const size = this._handle.getWindowSize();
  if (Array.isArray(size)) {
    this.columns = size[0];
    this.rows = size[1];
  }
}
Object.setPrototypeOf(WriteStream.prototype, net.Socket.prototype);
Object.setPrototypeOf(WriteStream, net.Socket);

WriteStream.prototype._refreshSize = function() {
  const size = this._handle?.getWindowSize();
  if (!Array.isArray(size)) {
    if (size < 0) {
      this.emit('error', new ErrnoException(size, 'getWindowSize'));
    }
    return;
  }
  const [columns, rows] = size;
  if (this.columns === columns && this.rows === rows) return;
  this.columns = columns;
  this.rows = rows;
  this.emit('resize');
};

WriteStream.prototype.getWindowSize = function() {
  return [this.columns, this.rows];
};

WriteStream.prototype.getColorDepth = function(env) {
  return require('internal/tty/colors').getColorDepth(env);
};

WriteStream.prototype.hasColors = function(count, env) {
  if (env === undefined && (count === undefined || (typeof count === 'object' && count !== null))) {
    env = count;
    count = 16;
  } else {
    validateInteger(count, 'count', 2);
  }
  return count <= 2 ** this.getColorDepth(env);
};

// Cursor movement is readline's.
for (const [name, length] of [['cursorTo', 3], ['moveCursor', 3], ['clearLine', 2]]) {
  const method = function(...args) {
    return require('readline')[name](this, ...args);
  };
  Object.defineProperties(method, { name: { __proto__: null, value: name }, length: { __proto__: null, value: length } });
  WriteStream.prototype[name] = method;
}

WriteStream.prototype.clearScreenDown = function(callback) {
  return require('readline').clearScreenDown(this, callback);
};

module.exports = { isatty, ReadStream, WriteStream };
