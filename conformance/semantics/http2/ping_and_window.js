// PING, and what the state of a session tells.
'use strict';

const { pair } = require('./common/pair');

pair({}, null, (client, close, server) => {
  server.on('session', (session) => session.on('ping', (payload) => console.log('server got', payload.toString())));
  console.log(client.connecting, client.alpnProtocol, client.encrypted);
  client.on('connect', () => {
    console.log(client.connecting, client.alpnProtocol, client.encrypted, client.type);
    console.log(client.ping(Buffer.from('abcdefgh'), (error, duration, payload) => {
      console.log(error, typeof duration, payload.toString());
      console.log(client.state.nextStreamID, client.state.localWindowSize, client.state.remoteWindowSize);
      client.setLocalWindowSize(100_000);
      console.log(client.state.localWindowSize, client.state.effectiveLocalWindowSize);
      close();
    }));
    for (const bad of [Buffer.alloc(7), 'abcdefgh']) {
      try {
        client.ping(bad, () => {});
      } catch (error) {
        console.log(error.code, error.message);
      }
    }
  });
});
