// What follows a chunk's size is read over, as far as it has a shape and an end.
'use strict';

const { probe } = require('./common/raw');

const head = 'POST / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n';

probe([
  ['a name', `${head}3;name\r\nabc\r\n0\r\n\r\n`],
  ['name and value', `${head}3;name=value\r\nabc\r\n0;last\r\n\r\n`],
  ['in quotes', `${head}3;name="a;b \\" c"\r\nabc\r\n0\r\n\r\n`],
  ['several', `${head}3;a;b=c;d="e"\r\nabc\r\n0\r\n\r\n`],
  ['no name', `${head}3;\r\nabc\r\n0\r\n\r\n`],
  ['a line feed inside', `${head}3;a\nb\r\nabc\r\n0\r\n\r\n`],
  ['a NUL inside', `${head}3;a\0b\r\nabc\r\n0\r\n\r\n`],
  ['an open quote', `${head}3;a="b\r\nabc\r\n0\r\n\r\n`],
  ['many bytes in one', `${head}3;${'a'.repeat(20000)}\r\nabc\r\n0\r\n\r\n`],
  ['many bytes in a value', `${head}3;a=${'b'.repeat(20000)}\r\nabc\r\n0\r\n\r\n`],
  ['many bytes in many chunks', head + `1;${'a'.repeat(9000)}\r\nx\r\n`.repeat(3) + '0\r\n\r\n'],
]);
