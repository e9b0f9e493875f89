// `onread`: bytes go into the program's own buffer, and a callback that says false stops them.
'use strict';

const net = require('net');
const { listen, sleep } = require('./common/log');

async function main() {
  const server = await listen({}, (socket) => {
    socket.write('0123456789abcdef');
    setTimeout(() => socket.end('the end'), 500);
  });
  const where = { port: server.address().port, host: '127.0.0.1' };
  for (const kind of ['one buffer', 'a function']) {
    const buffers = [];
    const own = Buffer.alloc(4);
    let stopped = 0;
    const socket = net.connect({
      ...where,
      onread: {
        buffer: kind === 'one buffer' ? own : () => Buffer.alloc(5),
        callback(size, buffer) {
          buffers.push(`${buffer.subarray(0, size)}`);
          if (buffers.length === 2) {
            stopped++;
            setTimeout(() => this.resume(), 10);
            return false;
          }
          return true;
        },
      },
    });
    socket.on('data', () => console.log('never'));
    await new Promise((resolve) => socket.on('end', resolve));
    console.log(kind, buffers, stopped, socket.bytesRead);
    await sleep(5);
  }
  server.close();
}

main();
