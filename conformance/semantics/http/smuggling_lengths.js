// Two ways to say where a body ends are one too many: whoever believes the other one than the proxy in front reads the
// rest as a request.
'use strict';

const { probe } = require('./common/raw');

const post = (...headers) => `POST / HTTP/1.1\r\nHost: a\r\n${headers.map((h) => `${h}\r\n`).join('')}\r\n`;
const smuggled = 'GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n';

probe([
  ['length and chunked', post('Content-Length: 6', 'Transfer-Encoding: chunked') + '0\r\n\r\n' + smuggled],
  ['chunked and length', post('Transfer-Encoding: chunked', 'Content-Length: 6') + '0\r\n\r\n' + smuggled],
  ['two lengths, equal', post('Content-Length: 3', 'Content-Length: 3') + 'abc'],
  ['two lengths, different', post('Content-Length: 3', 'Content-Length: 40') + 'abc' + smuggled],
  ['a list of lengths', post('Content-Length: 3, 3') + 'abc'],
  ['length with a sign', post('Content-Length: +3') + 'abc'],
  ['negative length', post('Content-Length: -3') + 'abc'],
  ['hexadecimal length', post('Content-Length: 0x3') + 'abc'],
  ['length with a space inside', post('Content-Length: 1 2') + 'abc'],
  ['empty length', post('Content-Length: ') + 'abc'],
  ['length beyond 64 bits', post('Content-Length: 18446744073709551616') + 'abc'],
  ['chunked is not last', post('Transfer-Encoding: chunked, gzip') + '0\r\n\r\n' + smuggled],
  ['chunked twice', post('Transfer-Encoding: chunked', 'Transfer-Encoding: chunked') + '0\r\n\r\n' + smuggled],
  ['another coding alone', post('Transfer-Encoding: gzip') + '0\r\n\r\n' + smuggled],
  ['chunked in quotes', post('Transfer-Encoding: "chunked"') + '0\r\n\r\n' + smuggled],
  ['xchunked', post('Transfer-Encoding: xchunked') + '0\r\n\r\n' + smuggled],
  ['chunked after a tab', post('Transfer-Encoding:\tchunked') + '0\r\n\r\n' + smuggled, { end: true }],
  ['chunked with vertical tab', post('Transfer-Encoding: \vchunked') + '0\r\n\r\n' + smuggled],
  ['space before the colon', post('Content-Length : 3') + 'abc'],
  ['space before the name', post(' Content-Length: 3') + 'abc'],
  ['length on a GET', 'GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc' + smuggled, { end: true }],
  ['no host', 'GET / HTTP/1.1\r\n\r\n', { end: true }],
  ['data after Connection: close', post('Connection: close', 'Content-Length: 1') + 'a' + smuggled],
]);
