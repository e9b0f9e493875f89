// DNS messages (RFC 1035): a question as bytes, and an answer's records as the objects that dns.resolve*() gives.
'use strict';

const { Buffer } = require('buffer');

const types = {
  __proto__: null,
  A: 1, NS: 2, CNAME: 5, SOA: 6, PTR: 12, MX: 15, TXT: 16, AAAA: 28, SRV: 33, NAPTR: 35, TLSA: 52, ANY: 255, CAA: 257,
};
const typeNames = new Map(Object.keys(types).map((name) => [types[name], name]));

const kMaxName = 253;
const kMaxLabel = 63;
const kClassIn = 1;
// A name may point to an earlier one; no honest one does so this often.
const kMaxPointers = 128;

class PacketError extends Error {}

/** @returns {Buffer | null} null when the name is none */
function encodeQuery(id, name, type) {
  const labels = name.replace(/\.$/, '').split('.');
  const parts = [];
  if (name !== '' && name !== '.') {
    for (const label of labels) {
      const bytes = Buffer.from(label, 'latin1');
      if (bytes.length === 0 || bytes.length > kMaxLabel) return null;
      parts.push(Buffer.from([bytes.length]), bytes);
    }
  }
  if (name.length > kMaxName + 1) return null;
  const head = Buffer.alloc(12);
  head.writeUInt16BE(id, 0);
  head.writeUInt16BE(0x0100, 2); // recursion desired
  head.writeUInt16BE(1, 4);
  const tail = Buffer.alloc(5);
  tail.writeUInt16BE(type, 1);
  tail.writeUInt16BE(kClassIn, 3);
  return Buffer.concat([head, ...parts, tail]);
}

class Reader {
  constructor(bytes) {
    this.bytes = bytes;
    this.offset = 0;
  }

  need(count) {
    if (count < 0 || this.offset + count > this.bytes.length) throw new PacketError('short');
    const at = this.offset;
    this.offset += count;
    return at;
  }

  u8() {
    return this.bytes[this.need(1)];
  }

  u16() {
    return this.bytes.readUInt16BE(this.need(2));
  }

  u32() {
    return this.bytes.readUInt32BE(this.need(4));
  }

  take(count) {
    const at = this.need(count);
    return this.bytes.subarray(at, at + count);
  }

  /** A character string: a length and that many bytes. */
  string() {
    return this.take(this.u8()).latin1Slice();
  }

  name() {
    const labels = [];
    let back = -1;
    for (let hops = 0; ;) {
      const length = this.u8();
      if (length === 0) break;
      if ((length & 0xc0) === 0xc0) {
        if (++hops > kMaxPointers) throw new PacketError('loop');
        const target = ((length & 0x3f) << 8) | this.u8();
        if (back < 0) back = this.offset;
        this.offset = target;
        continue;
      }
      if (length > kMaxLabel) throw new PacketError('label');
      labels.push(this.take(length).latin1Slice());
    }
    if (back >= 0) this.offset = back;
    return labels.join('.');
  }
}

function ipv6Text(bytes) {
  const groups = [];
  for (let i = 0; i < 16; i += 2) groups.push(bytes.readUInt16BE(i).toString(16));
  // The longest run of zeros, two groups at least, is left out.
  let best = { start: -1, length: 1 };
  for (let i = 0; i < 8; i++) {
    let end = i;
    while (end < 8 && groups[end] === '0') end++;
    if (end - i > best.length) best = { start: i, length: end - i };
    if (end > i) i = end - 1;
  }
  if (best.start < 0) return groups.join(':');
  return `${groups.slice(0, best.start).join(':')}::${groups.slice(best.start + best.length).join(':')}`;
}

function readTxt(reader, end) {
  const entries = [];
  while (reader.offset < end) entries.push(reader.take(reader.u8()).toString());
  return { entries };
}

function readCaa(reader, end) {
  const critical = reader.u8();
  const tag = reader.string();
  return { critical, [tag]: reader.take(end - reader.offset).latin1Slice() };
}

// The fields of a record's data, by type.
const readers = {
  __proto__: null,
  A: (r) => ({ address: [...r.take(4)].join('.') }),
  AAAA: (r) => ({ address: ipv6Text(r.take(16)) }),
  CNAME: (r) => ({ value: r.name() }),
  NS: (r) => ({ value: r.name() }),
  PTR: (r) => ({ value: r.name() }),
  MX: (r) => {
    const priority = r.u16();
    return { exchange: r.name(), priority };
  },
  TXT: readTxt,
  SRV: (r) => {
    const [priority, weight, port] = [r.u16(), r.u16(), r.u16()];
    return { name: r.name(), port, priority, weight };
  },
  SOA: (r) => ({
    nsname: r.name(), hostmaster: r.name(), serial: r.u32(), refresh: r.u32(), retry: r.u32(), expire: r.u32(),
    minttl: r.u32(),
  }),
  NAPTR: (r) => {
    const [order, preference] = [r.u16(), r.u16()];
    return { flags: r.string(), service: r.string(), regexp: r.string(), replacement: r.name(), order, preference };
  },
  TLSA: (r, end) => {
    const [certUsage, selector, match] = [r.u8(), r.u8(), r.u8()];
    const data = r.take(end - r.offset);
    // An ArrayBuffer of its own.
    return { certUsage, selector, match, data: new Uint8Array(data).buffer };
  },
  CAA: readCaa,
};

/**
 * @returns {{id: number, code: number, truncated: boolean, records: {type: string, ttl: number, fields: object}[]}}
 *   throws PacketError on what is no DNS message
 */
function decode(bytes) {
  const reader = new Reader(bytes);
  const id = reader.u16();
  const flags = reader.u16();
  if ((flags & 0x8000) === 0) throw new PacketError('query');
  const questions = reader.u16();
  const answers = reader.u16();
  reader.take(4);
  const question = [];
  for (let i = 0; i < questions; i++) question.push({ name: reader.name(), type: reader.u16(), class: reader.u16() });
  const records = [];
  for (let i = 0; i < answers; i++) {
    reader.name();
    const type = typeNames.get(reader.u16());
    reader.u16();
    // More than 31 bits of it mean none (RFC 2181).
    let ttl = reader.u32();
    if (ttl > 0x7fffffff) ttl = 0;
    const end = reader.u16() + reader.offset;
    if (end > bytes.length) throw new PacketError('short');
    if (type !== undefined && readers[type] !== undefined) {
      records.push({ type, ttl, fields: readers[type](reader, end) });
      if (reader.offset > end) throw new PacketError('short');
    }
    reader.offset = end;
  }
  return { id, code: flags & 0xf, truncated: (flags & 0x0200) !== 0, question, records };
}

module.exports = { PacketError, decode, encodeQuery, types };
