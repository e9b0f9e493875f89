// A peer that does not read holds its own stream back, and no other one.
'use strict';

const { collect, pair } = require('./common/pair');

const kBody = Buffer.alloc(400_000, 'x');

pair({}, (stream, headers) => {
  stream.respond();
  stream.end(headers[':path'] === '/big' ? kBody : 'small');
}, async (client, close) => {
  const big = client.request({ ':path': '/big' });
  big.on('response', () => {});
  await new Promise((resolve) => setTimeout(resolve, 100));
  console.log('waiting', big.readableLength <= 65535);
  console.log((await collect(client.request({ ':path': '/small' }))).body);
  const { body, code } = await collect(big);
  console.log(body.length, code);
  close();
});
