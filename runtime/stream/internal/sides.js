'use strict';

// A duplex whose writable side is one stream and whose readable side another: what compose() and Duplex.from() of a
// pair make. Loaded on first use by them.

const { AbortError } = require('internal/errors');
const { isNodeStream, isTransformStream } = require('internal/stream/utils');

function take(owner, name) {
  const callback = owner[name];
  owner[name] = null;
  return callback;
}

// The connections between a duplex and what it is made of. Each callback is one that the machinery of the duplex gave
// us, and that is due when the other side says so.
class Sides {
  onDrain = null;
  onFinish = null;
  onReadable = null;
  onClose = null;
  closed = false;

  constructor(duplex, { readable, writable }) {
    this.duplex = duplex;
    this.readable = readable;
    this.writable = writable;
  }

  // One of the streams is over.
  finished(err) {
    this.closed = true;
    const callback = take(this, 'onClose');
    if (callback) {
      callback(err);
    } else if (err) {
      this.duplex.destroy(err);
    } else if (!this.readable && !this.writable) {
      this.duplex.destroy();
    }
  }

  writeToNode(stream) {
    const { duplex } = this;
    duplex._write = (chunk, encoding, callback) => {
      if (stream.write(chunk, encoding)) callback(); else this.onDrain = callback;
    };
    duplex._final = (callback) => {
      stream.end();
      this.onFinish = callback;
    };
    stream.on('drain', () => take(this, 'onDrain')?.());
  }

  writeToWeb(stream) {
    const { duplex } = this;
    const writer = (isTransformStream(stream) ? stream.writable : stream).getWriter();
    duplex._write = async (chunk, encoding, callback) => {
      try {
        await writer.ready;
        writer.write(chunk).catch(() => {});
        callback();
      } catch (err) {
        callback(err);
      }
    };
    duplex._final = async (callback) => {
      try {
        await writer.ready;
        writer.close().catch(() => {});
        this.onFinish = callback;
      } catch (err) {
        callback(err);
      }
    };
  }

  writeTo(stream) {
    if (isNodeStream(stream)) this.writeToNode(stream); else this.writeToWeb(stream);
  }

  readFromNode(stream) {
    const { duplex } = this;
    stream.on('readable', () => take(this, 'onReadable')?.());
    stream.on('end', () => duplex.push(null));
    duplex._read = () => {
      while (true) {
        const chunk = stream.read();
        if (chunk === null) {
          this.onReadable = duplex._read;
          return;
        }
        if (!duplex.push(chunk)) return;
      }
    };
  }

  readFromWeb(stream) {
    const { duplex } = this;
    const reader = (isTransformStream(stream) ? stream.readable : stream).getReader();
    duplex._read = async () => {
      while (true) {
        try {
          const { value, done } = await reader.read();
          if (!duplex.push(done ? null : value) || done) return;
        } catch {
          return;  // The pipeline hears of it too.
        }
      }
    };
  }

  readFrom(stream) {
    if (isNodeStream(stream)) this.readFromNode(stream); else this.readFromWeb(stream);
  }

  /** @param {(err: Error | null) => void} destroyStreams */
  destroyWith(destroyStreams) {
    this.duplex._destroy = (err, callback) => {
      if (!err && !this.closed) err = new AbortError();
      this.onReadable = this.onDrain = this.onFinish = null;
      destroyStreams(err);
      if (this.closed) callback(err); else this.onClose = callback;
    };
  }
}

module.exports = { Sides, take };
