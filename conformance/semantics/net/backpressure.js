// A reader that rests stops the writer; 'drain' comes when what was written has left.
'use strict';

const net = require('net');
const { listen, sleep } = require('./common/log');

async function main() {
  let accepted;
  const server = await listen({}, (socket) => { accepted = socket.pause(); });
  const client = net.connect(server.address().port, '127.0.0.1');
  await new Promise((resolve) => client.on('connect', resolve));
  let written = 0;
  let callbacks = 0;
  const chunk = Buffer.alloc(65536);
  while (client.write(chunk, () => callbacks++)) written += chunk.length;
  written += chunk.length;
  for (let n = 0; n < 200; n++, written += chunk.length) client.write(chunk, () => callbacks++);
  console.log('needs drain', client.writableNeedDrain, client.writableLength > 0, client.bufferSize === client.writableLength);
  let drained = false;
  client.on('drain', () => { drained = true; });
  await sleep(30);
  console.log('drained', drained);
  let received = 0;
  accepted.on('data', (d) => { received += d.length; });
  accepted.resume();
  await new Promise((resolve) => client.once('drain', resolve));
  await sleep(50);
  console.log('drained', drained, received === written, client.bytesWritten === written, callbacks === written / chunk.length);
  console.log(client.writableLength, accepted.bytesRead === written);
  client.end();
  accepted.on('end', () => server.close());
}

main();
