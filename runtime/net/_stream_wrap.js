'use strict';
// require('_stream_wrap'): deprecated, but packages know it. Any duplex stream as a net.Socket.

const { Socket } = require('net');

process.emitWarning('The _stream_wrap module is deprecated.', 'DeprecationWarning', 'DEP0125');

class JSStreamSocket extends Socket {
  constructor(stream) {
    stream.pause();
    super({ allowHalfOpen: true });
    this.stream = stream;
    stream.on('data', (chunk) => this.#onData(chunk));
    stream.once('end', () => this.push(null));
    stream.once('close', () => this.destroy());
    stream.on('error', (error) => this.destroy(error));
  }

  static get StreamWrap() {
    return JSStreamSocket;
  }

  #onData(chunk) {
    if (typeof chunk === 'string' || this.stream.readableObjectMode) {
      const { codes: { ERR_STREAM_WRAP } } = require('internal/errors');
      this.stream.pause();
      this.destroy(new ERR_STREAM_WRAP());
    } else if (!this.push(chunk)) {
      this.stream.pause();
    }
  }

  _read() {
    this.stream.resume();
  }

  _write(chunk, encoding, callback) {
    this.stream.write(chunk, encoding, callback);
  }

  _writev(chunks, callback) {
    this.stream.cork();
    chunks.forEach(({ chunk, encoding }, i) => {
      this.stream.write(chunk, encoding, i === chunks.length - 1 ? callback : undefined);
    });
    this.stream.uncork();
  }

  _final(callback) {
    this.stream.end(callback);
  }

  _destroy(error, callback) {
    this.stream.destroy();
    super._destroy(error, callback);
  }
}

module.exports = JSStreamSocket;
