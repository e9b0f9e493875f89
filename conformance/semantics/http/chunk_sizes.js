// Sizes of chunks that are none.
'use strict';

const { probe } = require('./common/raw');

const head = 'POST / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n';

probe([
  ['upper and lower case', `${head}A\r\n0123456789\r\na\r\n0123456789\r\n0\r\n\r\n`],
  ['leading zeros', `${head}0003\r\nabc\r\n000\r\n\r\n`],
  ['not a number', `${head}xyz\r\nabc\r\n0\r\n\r\n`],
  ['negative', `${head}-1\r\nabc\r\n0\r\n\r\n`],
  ['with a sign', `${head}+3\r\nabc\r\n0\r\n\r\n`],
  ['0x', `${head}0x3\r\nabc\r\n0\r\n\r\n`],
  ['empty', `${head}\r\nabc\r\n0\r\n\r\n`],
  ['space before', `${head} 3\r\nabc\r\n0\r\n\r\n`],
  ['space behind', `${head}3 \r\nabc\r\n0\r\n\r\n`],
  ['beyond 64 bits', `${head}10000000000000000\r\nabc\r\n0\r\n\r\n`],
  ['many digits', `${head}${'f'.repeat(40)}\r\nabc\r\n0\r\n\r\n`],
  ['many zeros', `${head}${'0'.repeat(2000)}3\r\nabc\r\n0\r\n\r\n`],
  ['shorter than the chunk', `${head}2\r\nabc\r\n0\r\n\r\n`],
  ['longer than the chunk', [`${head}5\r\nabc\r\n0\r\n\r\n`], { end: true }],
  ['one byte at a time', [...'POST / HTTP/1.1\r\n', 'Host: a\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n',
    ...'3\r\nabc\r\n0\r\n\r\n']],
  ['trailers', `${head}3\r\nabc\r\n0\r\nX-T: 1\r\n\r\n`],
  ['bad trailers', `${head}3\r\nabc\r\n0\r\nX T: 1\r\n\r\n`],
  ['ends in a chunk', `${head}3\r\na`, { end: true }],
  ['ends before the last chunk', `${head}3\r\nabc\r\n`, { end: true }],
]);
