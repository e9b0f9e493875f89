// GOAWAY: with NO_ERROR what is under way ends in peace, with an error it does not.
'use strict';

const { collect, pair } = require('./common/pair');

pair({}, (stream, headers) => {
  stream.on('error', (error) => console.log('server stream', error.code));
  stream.respond();
  if (headers[':path'] === '/gentle') {
    stream.session.close();
    console.log('closed', stream.session.closed, stream.session.destroyed);
    setTimeout(() => stream.end('late'), 30);
  }
}, async (client, close, server) => {
  client.on('goaway', (code, id, data) => console.log('goaway', code, data));
  const under = collect(client.request({ ':path': '/gentle' }));
  client.on('close', () => {
    console.log('client closed', client.destroyed);
    server.close();
  });
  const { status, body, code } = await under;
  console.log(status, body, code);
  const after = client.request();
  after.on('error', (error) => console.log('after', error.code, error.message));
});
