// Sockets as streams: pipe to itself, pipeline, async iteration, promises of the end.
'use strict';

const net = require('net');
const { pipeline, finished } = require('stream/promises');
const { Transform, Readable } = require('stream');
const { listen } = require('./common/log');

async function main() {
  const server = await listen({ allowHalfOpen: true }, (socket) => {
    const upper = new Transform({ transform: (chunk, encoding, callback) => callback(null, String(chunk).toUpperCase()) });
    pipeline(socket, upper, socket).then(() => console.log('server pipeline'), (error) => console.log('server', error.code));
  });
  const where = { port: server.address().port, host: '127.0.0.1', allowHalfOpen: true };
  const client = net.connect(where);
  const sent = pipeline(Readable.from(['one ', 'two ', 'three']), client, { end: true }).catch((error) => console.log(error.code));
  let text = '';
  for await (const chunk of client.setEncoding('utf8')) text += chunk;
  await sent;
  console.log(text, client.destroyed);

  const broken = net.connect(where);
  broken.write('x');
  for await (const chunk of broken) {
    console.log(`${chunk}`);
    break;
  }
  console.log('left the loop', broken.destroyed);
  const gone = net.connect(where);
  gone.on('connect', () => gone.destroy(new Error('gone')));
  await finished(gone).catch((error) => console.log(error.message));
  server.close();
}

main();
