'use strict';
// The bytes of an IPC channel, as Node writes them. 'json': one line of JSON per message. 'advanced': four bytes of
// big-endian length, then that many of V8's serialisation. Both take linear time however a message is cut up.

const { FastBuffer } = require('internal/buffer');
const { Buffer } = require('buffer');
const { isArrayBufferView } = require('internal/util/types');

const kNewline = 0x0A;
const kUtf8 = 2;       // StreamHandle::Encoding
const kNoEncoding = 0;

class JsonFraming {
  #pending = [];

  /** @returns {[data: string | Uint8Array, encoding: number]} what StreamHandle's write takes */
  encode(message) {
    return [`${JSON.stringify(message)}\n`, kUtf8];
  }

  /** Gives the messages that are complete with these bytes. */
  *decode(arrayBuffer) {
    const chunk = new FastBuffer(arrayBuffer);
    const end = chunk.lastIndexOf(kNewline);
    if (end === -1) {
      this.#pending.push(chunk);
      return;
    }
    const complete = this.#takePending(chunk.subarray(0, end));
    if (end + 1 < chunk.length) this.#pending.push(chunk.subarray(end + 1));
    for (const line of complete.utf8Slice(0, complete.length).split('\n')) {
      if (line !== '') yield JSON.parse(line);
    }
  }

  #takePending(last) {
    if (this.#pending.length === 0) return last;
    this.#pending.push(last);
    const all = Buffer.concat(this.#pending);
    this.#pending = [];
    return all;
  }

  /** Whether a message has begun that is not complete yet. */
  get partial() {
    return this.#pending.length > 0;
  }
}

const kLengthBytes = 4;
// V8's header, with the version that Node 24 knows. What came later concerns buffers of 4 GiB only.
const kHeader = new Uint8Array([0xFF, 15]);
const kViewTag = 0;
const kOtherTag = 1;

let serdes;

// The serialiser's classes, made when the first advanced channel is: they need the v8 module.
function getSerdes() {
  if (serdes !== undefined) return serdes;
  const v8 = require('v8');
  class ChannelSerializer extends v8.DefaultSerializer {
    // Objects of native classes travel as plain ones.
    _writeHostObject(object) {
      if (isArrayBufferView(object)) {
        this.writeUint32(kViewTag);
        return super._writeHostObject(object);
      }
      this.writeUint32(kOtherTag);
      this.writeValue({ ...object });
    }
  }
  class ChannelDeserializer extends v8.DefaultDeserializer {
    _readHostObject() {
      if (this.readUint32() === kViewTag) return super._readHostObject();
      return this.readValue();
    }
  }
  serdes = { ChannelSerializer, ChannelDeserializer };
  return serdes;
}

class AdvancedFraming {
  #chunks = [];
  #size = 0;
  #needed = kLengthBytes;  // bytes until something can be done

  encode(message) {
    const serializer = new (getSerdes().ChannelSerializer)();
    serializer.writeRawBytes(kHeader);
    serializer.writeValue(message);
    const body = serializer.releaseBuffer();
    const frame = Buffer.allocUnsafe(kLengthBytes + body.length);
    frame.writeUInt32BE(body.length, 0);
    body.copy(frame, kLengthBytes);
    return [frame, kNoEncoding];
  }

  *decode(arrayBuffer) {
    const chunk = new FastBuffer(arrayBuffer);
    this.#chunks.push(chunk);
    this.#size += chunk.length;
    if (this.#size < this.#needed) return;
    const bytes = this.#chunks.length === 1 ? chunk : Buffer.concat(this.#chunks);
    let offset = 0;
    this.#needed = kLengthBytes;
    while (bytes.length - offset >= kLengthBytes) {
      const end = offset + kLengthBytes + bytes.readUInt32BE(offset);
      if (end > bytes.length) {
        this.#needed = end - offset;
        break;
      }
      const deserializer =
        new (getSerdes().ChannelDeserializer)(bytes.subarray(offset + kLengthBytes, end));
      offset = end;
      deserializer.readHeader();
      yield deserializer.readValue();
    }
    const rest = bytes.subarray(offset);
    this.#chunks = rest.length > 0 ? [rest] : [];
    this.#size = rest.length;
  }

  get partial() {
    return this.#size > 0;
  }
}

function makeFraming(serialization) {
  return serialization === 'advanced' ? new AdvancedFraming() : new JsonFraming();
}

module.exports = { makeFraming };
