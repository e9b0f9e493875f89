'use strict';
// DNS messages. The properties: a packet is decoded or refused with PacketError, nothing else; the records' fields have
// the ranges their types have; no record reads beyond its own data; a query that was encoded is one's own question back.

const assert = require('assert');
const { Buffer } = require('buffer');
const { isIPv4, isIPv6 } = require('net');
const { PacketError, decode, encodeQuery } = require('internal/dns/packet');

function tryDecode(bytes) {
  try {
    return decode(bytes);
  } catch (error) {
    assert.ok(error instanceof PacketError, error.stack);
    return null;
  }
}

const checks = {
  A: ({ address }) => assert.ok(isIPv4(address), address),
  AAAA: ({ address }) => assert.ok(isIPv6(address), address),
  TXT: ({ entries }) => assert.ok(entries.every((entry) => typeof entry === 'string')),
  TLSA: ({ data }) => assert.ok(data instanceof ArrayBuffer),
};

module.exports = function dnsAnswerProperty(bytes) {
  const packet = Buffer.from(bytes);
  const answer = tryDecode(packet);
  if (answer !== null) {
    for (const { type, ttl, fields } of answer.records) {
      assert.ok(ttl >= 0 && ttl <= 0x7fffffff);
      checks[type]?.(fields);
    }
    // What lies behind the packet is not looked at.
    const longer = Buffer.concat([Buffer.alloc(3, 0xff), packet]).subarray(3);
    assert.deepStrictEqual(tryDecode(longer), answer);
  }
  const name = packet.subarray(0, 300).latin1Slice();
  const query = encodeQuery(7, name, 1);
  if (query === null) return;
  query[2] |= 0x80;
  const { id, question } = decode(query);
  assert.deepStrictEqual([id, question.length, question[0].name], [7, 1, name.replace(/\.$/, '')]);
};
