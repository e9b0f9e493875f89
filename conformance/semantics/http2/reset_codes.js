// What each side sees of a stream that the other one closes with a code.
'use strict';

const { constants } = require('http2');
const { collect, pair } = require('./common/pair');

const codes = ['NGHTTP2_NO_ERROR', 'NGHTTP2_PROTOCOL_ERROR', 'NGHTTP2_CANCEL', 'NGHTTP2_REFUSED_STREAM'];

pair({}, (stream, headers) => {
  const name = headers[':path'].slice(1);
  const seen = [];
  stream.on('error', (error) => seen.push(error.message));
  stream.on('aborted', () => seen.push('aborted'));
  stream.on('close', () => console.log('server', name, stream.rstCode, seen));
  stream.respond();
  if (headers['x-who'] === 'server') stream.close(constants[name]);
  else stream.write('x');
}, async (client, close) => {
  for (const who of ['server', 'client']) {
    for (const name of codes) {
      const request = client.request({ ':path': `/${name}`, 'x-who': who });
      if (who === 'client') request.once('data', () => request.close(constants[name]));
      const { code, error } = await collect(request);
      console.log('client', name, code, error);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
  close();
});
