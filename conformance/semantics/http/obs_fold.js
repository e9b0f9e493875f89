// Header lines that go on in the next line were taken back from HTTP; who still accepts them disagrees with who does not.
'use strict';

const { probe } = require('./common/raw');

const get = (headers) => `GET / HTTP/1.1\r\nHost: a\r\n${headers}\r\n\r\n`;

probe([
  ['space', get('X-A: one\r\n two')],
  ['tab', get('X-A: one\r\n\ttwo')],
  ['an empty value first', get('X-A:\r\n two')],
  ['transfer-encoding folded', get('Transfer-Encoding:\r\n chunked') + '0\r\n\r\n'],
  ['content-length folded', get('Content-Length: 1\r\n 0') + 'x'],
  ['first line folded', ' GET / HTTP/1.1\r\nHost: a\r\n\r\n'],
  ['in the host', 'GET / HTTP/1.1\r\nHost: a\r\n b\r\n\r\n'],
]);
