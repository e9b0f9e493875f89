// Headers ahead of the answer and behind it.
'use strict';

const { collect, pair } = require('./common/pair');

pair({}, (stream) => {
  stream.on('trailers', (trailers) => {
    console.log('request trailers', trailers['x-sum']);
    stream.additionalHeaders({ ':status': 103, 'link': '</a>' });
    stream.respond({}, { waitForTrailers: true });
    stream.end('body');
  });
  stream.on('wantTrailers', () => {
    stream.sendTrailers({ 'x-end': 'yes' });
    try {
      stream.sendTrailers({});
    } catch (error) {
      console.log(error.code);
    }
  });
  stream.resume();
}, async (client, close) => {
  const request = client.request({ ':method': 'POST' }, { waitForTrailers: true });
  request.on('wantTrailers', () => request.sendTrailers({ 'x-sum': '42' }));
  request.on('headers', (headers) => console.log('informational', headers[':status'], headers.link));
  request.end('data');
  const { status, body, trailers, code } = await collect(request);
  console.log(status, body, trailers['x-end'], code);
  close();
});
