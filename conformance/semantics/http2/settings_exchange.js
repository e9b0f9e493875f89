// SETTINGS: what each side says, when it counts, and what may not be said.
'use strict';

const http2 = require('http2');
const { pair } = require('./common/pair');

pair({
  server: { settings: { maxConcurrentStreams: 7, customSettings: { 9999: 5 } } },
  client: { settings: { enablePush: false, initialWindowSize: 1000 }, remoteCustomSettings: [9999] },
}, null, (client, close, server) => {
  server.on('session', (session) => {
    session.on('remoteSettings', (settings) => console.log('server sees', settings.enablePush, settings.initialWindowSize));
  });
  client.on('localSettings', (settings) => console.log('client has', settings.enablePush, settings.initialWindowSize));
  client.on('remoteSettings', (settings) => {
    console.log('client sees', settings.maxConcurrentStreams, settings.customSettings);
    client.settings({ initialWindowSize: 2000 }, (error, own, duration) => {
      console.log('changed', error, own.initialWindowSize, typeof duration, client.pendingSettingsAck);
      setTimeout(close, 20);
    });
    console.log('pending', client.pendingSettingsAck);
  });
  for (const bad of [{ maxFrameSize: 1 }, { enablePush: 0 }, { initialWindowSize: 2 ** 31 }, { headerTableSize: -1 }]) {
    try {
      client.settings(bad);
    } catch (error) {
      console.log(error.name, error.code, error.message);
    }
  }
  console.log(http2.getPackedSettings({ customSettings: { 9999: 301 } }).toString('hex'));
});
