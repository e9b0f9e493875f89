// process.stdin, stdout and stderr, each made when first touched. Files are written synchronously; so are terminals,
// pipes and sockets, so that nothing a program printed is lost when it calls process.exit().
'use strict';

const streams = { stdin: undefined, stdout: undefined, stderr: undefined };

function stdout() {
  streams.stdout ??= outputStream(1);
  return streams.stdout;
}

function stderr() {
  streams.stderr ??= outputStream(2);
  return streams.stderr;
}

function stdin() {
  streams.stdin ??= inputStream(0);
  return streams.stdin;
}

function outputStream(fd) {
  const stream = makeOutput(fd);
  stream.fd ??= fd;
  stream._isStdio = true;
  // Closing the descriptor would let the next open() have its number: destroy() only ends the stream.
  stream.destroySoon = stream.destroy;
  stream._destroy = keepDescriptor;
  if (stream.isTTY) refreshSizeOnResize(stream);
  return stream;
}

function keepDescriptor(error, callback) {
  callback(error);
  if (typeof this._undestroy === 'function') this._undestroy();
  if (!this._writableState.emitClose) process.nextTick(() => this.emit('close'));
}

function makeOutput(fd) {
  const type = internalBinding('net').guessHandleType(fd);
  switch (type) {
    case 'tty': {
      const stream = new (require('tty').WriteStream)(fd);
      stream._type = 'tty';
      return stream;
    }
    case 'file': {
      const { SyncWriteStream } = require('internal/stdio/sync_write_stream');
      const stream = new SyncWriteStream(fd, { autoClose: false });
      stream._type = 'fs';
      return stream;
    }
    case 'pipe':
    case 'tcp':
      return pipeOutput(fd);
    default: {
      // No such descriptor, or one of a kind that cannot be written: what is printed goes nowhere.
      const { Writable } = require('stream');
      return new Writable({ write: (chunk, encoding, callback) => callback() });
    }
  }
}

function pipeOutput(fd) {
  const { Socket } = require('net');
  // The IPC channel of a child may be its stdout: it has a handle already.
  if (process.channel && process.channel.fd === fd) {
    const { SyncWriteStream } = require('internal/stdio/sync_write_stream');
    const stream = new SyncWriteStream(fd, { autoClose: false });
    stream._type = 'pipe';
    return stream;
  }
  const stream = new Socket({ fd, readable: false, writable: true });
  stream._handle.setBlocking(true);
  stream._type = 'pipe';
  return stream;
}

const resizeListeners = [];

function refreshSizeOnResize(stream) {
  const onResize = () => stream._refreshSize();
  resizeListeners.push(onResize);
  process.on('SIGWINCH', onResize);
}

function inputStream(fd) {
  const stream = makeInput(fd);
  stream.fd ??= fd;
  // A program that only looks at process.stdin must still end: the handle holds the process while it is read.
  if (stream._handle?.readStop) {
    stream._handle.reading = false;
    stream._readableState.reading = false;
    stream._handle.readStop();
    stream.on('pause', () => stopReadingWhenPaused(stream));
  }
  return stream;
}

function stopReadingWhenPaused(stream) {
  process.nextTick(() => {
    const handle = stream._handle;
    if (!handle || stream.readableFlowing) return;
    const { kReading } = require('internal/net/stream_handle');
    if (!handle[kReading]) return;
    handle[kReading] = false;
    stream._readableState.reading = false;
    handle.readStop();
  });
}

function makeInput(fd) {
  const type = internalBinding('net').guessHandleType(fd);
  switch (type) {
    case 'tty':
      return new (require('tty').ReadStream)(fd);
    case 'file': {
      const { ReadStream } = require('fs');
      return new ReadStream(null, { fd, autoClose: false });
    }
    case 'pipe':
    case 'tcp':
      return pipeInput(fd);
    default: {
      const { Readable } = require('stream');
      const stream = new Readable({ read() {} });
      stream.push(null);
      return stream;
    }
  }
}

function pipeInput(fd) {
  const { Socket } = require('net');
  if (process.channel && process.channel.fd === fd) {
    const stream = new Socket({ handle: process.channel, readable: true, writable: false, manualStart: true });
    stream._type = 'pipe';
    return stream;
  }
  const stream = new Socket({ fd, readable: true, writable: false, manualStart: true });
  // stdin is never written, so its end is all of it.
  stream.allowHalfOpen = false;
  stream._type = 'pipe';
  return stream;
}

// libuv leaves the descriptors open.
function forgetProcess() {
  for (const listener of resizeListeners) process.removeListener('SIGWINCH', listener);
  resizeListeners.length = 0;
  for (const name of Object.keys(streams)) {
    streams[name]?._handle?.close?.();
    streams[name] = undefined;
  }
}

module.exports = { forgetProcess, stderr, stdin, stdout };
