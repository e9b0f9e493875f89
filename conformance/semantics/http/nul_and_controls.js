// Bytes that no header, method or target holds.
'use strict';

const { probe } = require('./common/raw');

const cases = [];
for (const code of [0x00, 0x01, 0x08, 0x0b, 0x0c, 0x1f, 0x7f, 0x80, 0xff]) {
  const c = String.fromCharCode(code);
  const name = `0x${code.toString(16).padStart(2, '0')}`;
  cases.push([`${name} in a value`, `GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nX-A: b${c}c\r\n\r\n`]);
  cases.push([`${name} in a name`, `GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nX${c}A: b\r\n\r\n`]);
  cases.push([`${name} in the target`, `GET /a${c}b HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`]);
  cases.push([`${name} in the method`, `G${c}T / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`]);
}
probe([
  ...cases,
  ['lower case method', 'get / HTTP/1.1\r\nHost: a\r\n\r\n'],
  ['unknown method', 'HELLO / HTTP/1.1\r\nHost: a\r\n\r\n'],
  ['no target', 'GET HTTP/1.1\r\nHost: a\r\n\r\n'],
  ['two spaces', 'GET  / HTTP/1.1\r\nHost: a\r\n\r\n', { end: true }],
  ['HTTP/3.0', 'GET / HTTP/3.0\r\nHost: a\r\n\r\n', { end: true }],
  ['HTTP/1.2', 'GET / HTTP/1.2\r\nHost: a\r\n\r\n', { end: true }],
  ['HTTP/11', 'GET / HTTP/11\r\nHost: a\r\n\r\n'],
  ['http/1.1', 'GET / http/1.1\r\nHost: a\r\n\r\n'],
  ['TLS hello', '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03'],
  ['HTTP/2 preface', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'],
  ['nothing', '', { end: true }],
  ['half a request line', 'GET / HT', { end: true }],
  ['half a head', 'GET / HTTP/1.1\r\nHost: a\r\nX-', { end: true }],
]);
