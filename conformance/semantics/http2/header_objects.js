// How header blocks become objects, in both directions: duplicates, cookies, set-cookie, order, pseudo-headers.
'use strict';

const { collect, pair } = require('./common/pair');

pair({}, (stream, headers, flags, rawHeaders) => {
  console.log(Object.keys(headers), flags);
  console.log(headers.cookie, headers['x-many'], headers['content-type'], headers['set-cookie']);
  console.log(rawHeaders.filter((_, i) => i % 2 === 0 && rawHeaders[i] !== ':authority'));
  stream.respond({ 'x-b': 1, 'X-A': ['p', 'q'], 'set-cookie': ['s=1', 't=2'], 'x-empty': '', 'x-list': [] });
  console.log(Object.keys(stream.sentHeaders), typeof stream.sentHeaders.date);
  stream.end();
}, async (client, close) => {
  const result = await collect(client.request({
    ':path': '/x', 'cookie': ['a=1', 'b=2'], 'x-many': ['1', '2', '3'], 'content-type': 'text/plain', 'set-cookie': 'c',
    'x-skipped': undefined, 'x-number': 7,
  }));
  const { date, ...headers } = result.headers;
  console.log(headers, typeof date, result.code);
  close();
});
