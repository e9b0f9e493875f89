'use strict';
// respondWithFile() and respondWithFD(): an answer whose body is a file.
// Run once per realm by internal/http2/server_stream, when the first file is sent.

const fs = require('fs');
const {
  codes: {
    ERR_HTTP2_HEADERS_SENT, ERR_HTTP2_INVALID_STREAM, ERR_HTTP2_PAYLOAD_FORBIDDEN, ERR_HTTP2_SEND_FILE,
    ERR_HTTP2_SEND_FILE_NOSEEK, ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE,
  },
} = require('internal/errors');
const { validateFunction, validateNumber } = require('internal/validators');
const { Buffer } = require('buffer');
const { isBodiless } = require('internal/http2/server_stream');
const { constants } = require('internal/http2/constants');
const { kHandle, kMaybeDestroy, kState } = require('internal/http2/symbols');
const { assertIsObject } = require('internal/http2/util');

const kChunkSize = 64 * 1024;

// What both ways check; gives headers and options as copies.
function prepare(stream, given, options) {
  if (stream.destroyed || stream.closed) throw new ERR_HTTP2_INVALID_STREAM();
  if (stream.headersSent) throw new ERR_HTTP2_HEADERS_SENT();
  assertIsObject(options, 'options');
  options = { ...options };
  if (options.offset !== undefined && typeof options.offset !== 'number') {
    throw new ERR_INVALID_ARG_VALUE('options.offset', options.offset);
  }
  if (options.length !== undefined && typeof options.length !== 'number') {
    throw new ERR_INVALID_ARG_VALUE('options.length', options.length);
  }
  if (options.statCheck !== undefined && typeof options.statCheck !== 'function') {
    throw new ERR_INVALID_ARG_VALUE('options.statCheck', options.statCheck);
  }
  const { copyHeaders } = require('internal/http2/util');
  const headers = copyHeaders(given);
  headers[':status'] ??= 200;
  const status = Number(headers[':status']);
  if (isBodiless(status) || stream.headRequest) throw new ERR_HTTP2_PAYLOAD_FORBIDDEN(status);
  return { headers, options };
}

/**
 * Sends `length` bytes (all: -1) from `position` (null: where it is) past the stream's Writable, which has ended for the
 * program; `done` closes what must be closed.
 */
class FileBody {
  constructor(stream, fd, position, length, done) {
    this.stream = stream;
    this.fd = fd;
    this.position = position;
    this.left = length;
    this.done = done;
    this.isReading = false;
    this.isFinished = false;
    stream[kState].body = this;
    stream._final = (callback) => callback();
    stream.end();
    stream.once('close', () => this.finish());
  }

  next() {
    const { stream } = this;
    if (this.isFinished || stream.destroyed) {
      this.finish();
      return;
    }
    const size = this.left < 0 ? kChunkSize : Math.min(kChunkSize, this.left);
    if (size === 0) {
      this.end();
      return;
    }
    this.isReading = true;
    fs.read(this.fd, Buffer.allocUnsafeSlow(size), 0, size, this.position, (error, bytes, buffer) => {
      this.isReading = false;
      this.onRead(error, bytes, buffer);
    });
  }

  onRead(error, bytes, buffer) {
    const { stream } = this;
    const handle = stream[kHandle];
    if (this.isFinished || handle === undefined) {
      this.isFinished = true;
      this.done();
      return;
    }
    if (error) {
      stream.close(constants.NGHTTP2_INTERNAL_ERROR);
      this.finish();
      return;
    }
    if (bytes === 0) {
      this.end();
      return;
    }
    if (this.position !== null) this.position += bytes;
    if (this.left > 0) this.left -= bytes;
    const isLast = this.left === 0;
    stream[kState].writeCallback = isLast ? () => this.finish() : () => this.next();
    stream._active();
    if (handle.write(buffer.subarray(0, bytes), 0, isLast) < 0) stream._written();
  }

  end() {
    const { stream } = this;
    const handle = stream[kHandle];
    if (handle === undefined) {
      this.finish();
      return;
    }
    stream[kState].writeCallback = () => this.finish();
    if (handle.end() !== 1) stream._written();
  }

  // The descriptor is in use until the read has come back.
  finish() {
    if (this.isFinished) return;
    this.isFinished = true;
    this.stream[kState].body = undefined;
    if (!this.isReading) this.done();
    process.nextTick(() => this.stream[kMaybeDestroy]());
  }
}

function sendBody(stream, fd, headers, options, done) {
  try {
    stream.respond(headers, { ...options, endStream: false });
  } catch (error) {
    stream.destroy(error);
  }
  if (stream.destroyed) {
    done();
    return;
  }
  const position = options.offset > 0 ? options.offset : null;
  new FileBody(stream, fd, position, options.length ?? -1, done).next();
}

// A range of a file that is no regular one cannot be had.
function checkRange(stat, headers, options) {
  if (!stat.isFile()) {
    if (stat.isDirectory()) return new ERR_HTTP2_SEND_FILE();
    if (options.offset !== undefined || options.length !== undefined) return new ERR_HTTP2_SEND_FILE_NOSEEK();
    options.offset = undefined;
    options.length = -1;
    return undefined;
  }
  const from = Math.max(options.offset ?? 0, 0);
  let length = Math.max(stat.size - from, 0);
  if (options.length !== undefined && options.length >= 0) length = Math.min(length, options.length);
  options.offset = from;
  options.length = length;
  headers['content-length'] = length;
  return undefined;
}

function afterStat(stream, fd, headers, options, done, fail, error, stat) {
  if (stream.destroyed || stream.closed) {
    done();
    return;
  }
  if (error) {
    fail(error);
    return;
  }
  const asked = { offset: options.offset ?? 0, length: options.length ?? -1 };
  const rangeError = options.isPath ? checkRange(stat, headers, options) : undefined;
  if (rangeError) {
    fail(rangeError);
    return;
  }
  if (!options.isPath && stat.isFile()) checkRange(stat, headers, options);
  const statOptions = { ...asked };
  if (typeof options.statCheck === 'function') {
    let verdict;
    try {
      verdict = Reflect.apply(options.statCheck, stream, [stat, headers, statOptions]);
    } catch (checkError) {
      done();
      throw checkError;
    }
    // The check has answered itself, or does not want the file.
    if (verdict === false || stream.headersSent) {
      done();
      return;
    }
    if (stat.isFile() && (statOptions.offset !== asked.offset || statOptions.length !== asked.length)) {
      options.offset = statOptions.offset;
      options.length = statOptions.length < 0 ? undefined : statOptions.length;
      checkRange(stat, headers, options);
    }
  }
  sendBody(stream, fd, headers, options, done);
}

function respondWithFd(stream, fd, given, options) {
  const prepared = prepare(stream, given, options);
  const { headers } = prepared;
  options = prepared.options;
  let number = fd;
  if (fd !== null && typeof fd === 'object' && typeof fd.fd === 'number') number = fd.fd;
  else if (typeof fd !== 'number') throw new ERR_INVALID_ARG_TYPE('fd', ['number', 'FileHandle'], fd);
  validateNumber(number, 'fd');
  stream._active();
  const done = () => {};
  if (options.statCheck === undefined) {
    if (options.offset !== undefined || options.length !== undefined) {
      options.offset ??= 0;
      if (options.length < 0) options.length = undefined;
    }
    sendBody(stream, number, headers, options, done);
    return;
  }
  validateFunction(options.statCheck, 'options.statCheck');
  fs.fstat(number, (error, stat) => afterStat(stream, number, headers, options, done,
                                              (failure) => stream.destroy(failure), error, stat));
}

function respondWithFile(stream, path, given, options) {
  const prepared = prepare(stream, given, options);
  const { headers } = prepared;
  options = prepared.options;
  options.isPath = true;
  stream._active();
  const { onError } = options;
  fs.open(path, 'r', (openError, fd) => {
    const fail = (error) => {
      if (fd !== undefined) fs.close(fd, () => {});
      if (typeof onError === 'function') onError(error);
      else stream.destroy(error);
    };
    if (openError) {
      fail(openError);
      return;
    }
    if (stream.destroyed || stream.closed) {
      fs.close(fd, () => {});
      return;
    }
    const done = () => fs.close(fd, () => {});
    fs.fstat(fd, (error, stat) => afterStat(stream, fd, headers, options, done, fail, error, stat));
  });
}

module.exports = { respondWithFd, respondWithFile };
