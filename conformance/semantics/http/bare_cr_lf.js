// Lines end with CR LF: both, in this order.
'use strict';

const { probe } = require('./common/raw');

probe([
  ['LF after the request line', 'GET / HTTP/1.1\nHost: a\r\n\r\n', { end: true }],
  ['LF after a header', 'GET / HTTP/1.1\r\nHost: a\nX-A: b\r\n\r\n', { end: true }],
  ['LF at the end of the head', 'GET / HTTP/1.1\r\nHost: a\r\n\n', { end: true }],
  ['only LF', 'GET / HTTP/1.1\nHost: a\n\n', { end: true }],
  ['CR in a value', 'GET / HTTP/1.1\r\nHost: a\r\nX-A: b\rc\r\n\r\n'],
  ['CR for CR LF', 'GET / HTTP/1.1\r\nHost: a\rX-A: b\r\n\r\n'],
  ['CR CR LF', 'GET / HTTP/1.1\r\r\nHost: a\r\n\r\n'],
  ['CR in the target', 'GET /a\rb HTTP/1.1\r\nHost: a\r\n\r\n'],
  ['CR in a name', 'GET / HTTP/1.1\r\nHost: a\r\nX\rA: b\r\n\r\n'],
  ['LF after a chunk size', 'POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1\nx\r\n0\r\n\r\n'],
  ['LF after a chunk', 'POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\n0\r\n\r\n'],
  ['nothing after a chunk', 'POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx0\r\n\r\n'],
  ['empty lines before a request', '\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n', { end: true }],
]);
