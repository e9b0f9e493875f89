// A session that is destroyed with a code takes its streams with it, on both sides.
'use strict';

const { constants } = require('http2');
const { pair } = require('./common/pair');

const server = pair({}, (stream) => {
  stream.on('error', (error) => console.log('server stream', error.code, error.message));
  stream.on('close', () => console.log('server stream closed', stream.rstCode));
  stream.session.on('error', (error) => console.log('server session', error.message));
  stream.session.destroy(constants.NGHTTP2_ENHANCE_YOUR_CALM);
}, (client) => {
  client.on('goaway', (code) => console.log('goaway', code));
  client.on('close', () => {
    console.log('client closed');
    server.close();
  });
  const request = client.request();
  request.on('error', (error) => console.log('request', error.code, error.message));
  request.on('close', () => console.log('request closed', request.rstCode));
  request.resume();
});
