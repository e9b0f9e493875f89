// Clients that do not keep to the protocol: the code of the GOAWAY or RST_STREAM they get.
'use strict';

const http2 = require('http2');
const { frame, kGet, kPreface, speak } = require('./common/pair');

const settings = frame(4, 0, 0);
const start = Buffer.concat([kPreface, settings]);
const uint32 = (value) => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
};

const cases = {
  'no preface': Buffer.from('GET / HTTP/1.1\r\nHost: a\r\n\r\n'),
  'headers on an even stream': Buffer.concat([start, frame(1, 5, 2, kGet)]),
  'data on an idle stream': Buffer.concat([start, frame(0, 0, 7, Buffer.from('x'))]),
  'push promise': Buffer.concat([start, frame(5, 4, 1, Buffer.concat([uint32(2), kGet]))]),
  'window of the connection overflows': Buffer.concat([start, frame(8, 0, 0, uint32(0x7fffffff))]),
  'window by nothing': Buffer.concat([start, frame(1, 4, 1, kGet), frame(8, 0, 1, uint32(0))]),
  'settings of a bad size': Buffer.concat([start, frame(4, 0, 0, Buffer.alloc(5))]),
  'ping of a bad size': Buffer.concat([start, frame(6, 0, 0, Buffer.alloc(7))]),
  'an index beyond the table': Buffer.concat([start, frame(1, 5, 1, Buffer.from([0xff, 0xff, 0xff, 7]))]),
  'continuation of nothing': Buffer.concat([start, frame(9, 4, 1, kGet)]),
  'a name in upper case': Buffer.concat([start, frame(1, 5, 1, Buffer.concat([kGet, Buffer.from('\0\x01X\x01v')]))]),
  'fine': Buffer.concat([start, frame(1, 5, 1, kGet)]),
};

const server = http2.createServer();
server.on('sessionError', () => {});
server.on('stream', (stream) => {
  stream.on('error', () => {});
  stream.respond();
  stream.end();
});
server.listen(0, '127.0.0.1', async () => {
  for (const name of Object.keys(cases)) {
    const frames = await speak(server.address().port, cases[name]);
    const seen = frames.flatMap(({ type, payload }) => {
      if (type === 7) return [`GOAWAY ${payload.readUInt32BE(4)}`];
      if (type === 3) return [`RST_STREAM ${payload.readUInt32BE(0)}`];
      return type === 1 ? ['HEADERS'] : [];
    });
    console.log(name, [...new Set(seen)].filter((line) => line !== 'GOAWAY 0'));
  }
  server.close();
});
