'use strict';
// DNS messages, from the bytes to what dns makes of them. The properties: a packet is read or refused; the records' fields
// have the kinds and ranges that their types have; what lies behind the packet is not looked at.

const assert = require('assert');
const { Buffer } = require('buffer');
const { isIPv4, isIPv6 } = require('net');
const { parseAnswer } = internalBinding('dns');

const isU16 = (number) => Number.isInteger(number) && number >= 0 && number <= 0xffff;
const isText = (value) => typeof value === 'string';

const checks = {
  A: ({ address }) => isIPv4(address),
  AAAA: ({ address }) => isIPv6(address),
  CNAME: ({ value }) => isText(value),
  MX: ({ exchange, priority }) => isText(exchange) && isU16(priority),
  NAPTR: ({ order, preference, replacement }) => isU16(order) && isU16(preference) && isText(replacement),
  NS: ({ value }) => isText(value),
  PTR: ({ value }) => isText(value),
  SOA: ({ nsname, serial }) => isText(nsname) && serial >= 0 && serial <= 0xffffffff,
  SRV: ({ name, port }) => isText(name) && isU16(port),
  TLSA: ({ data }) => data instanceof ArrayBuffer,
  TXT: ({ entries }) => entries.every(isText),
  CAA: ({ critical }) => critical >= 0 && critical <= 255,
};

module.exports = function dnsAnswerProperty(bytes) {
  const packet = Buffer.from(bytes);
  const records = parseAnswer(packet);
  if (records === null) return;
  for (const { type, ttl, fields } of records) {
    assert.ok(Number.isInteger(ttl) && ttl >= 0 && ttl <= 0xffffffff, `${ttl}`);
    assert.ok(checks[type](fields), `${type} ${JSON.stringify(fields)}`);
  }
  const longer = Buffer.concat([Buffer.alloc(3, 0xff), packet, Buffer.alloc(3, 0xff)]);
  assert.deepStrictEqual(parseAnswer(longer.subarray(3, -3)), records);
};
