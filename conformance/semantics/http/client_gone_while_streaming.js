// A client that goes away in the middle of an endless answer ends what feeds it.
'use strict';

const net = require('net');
const { Readable, pipeline } = require('stream');
const { serve, sleep } = require('./common/raw');

function endless(name, log) {
  const source = new Readable({
    read() {
      setImmediate(() => this.push(Buffer.alloc(16 * 1024)));
    },
  });
  for (const event of ['end', 'error', 'close']) source.on(event, (e) => log.push(`source ${event}${e ? ` ${e.code}` : ''}`));
  return source;
}

async function main() {
  const log = [];
  const server = await serve({}, (req, res) => {
    for (const name of ['error', 'finish', 'close']) res.on(name, (e) => log.push(`res ${name}${e ? ` ${e.code}` : ''}`));
    const source = endless(req.url, log);
    if (req.url === '/pipeline') {
      pipeline(source, res, (error) => log.push(`pipeline ${error?.code}`));
    } else if (req.url === '/pipe') {
      source.pipe(res);
      res.on('close', () => {
        log.push(`writable ${res.writable} destroyed ${res.destroyed} ended ${res.writableEnded} finished ${res.writableFinished}`);
        source.destroy();
      });
    } else {
      (async () => {
        try {
          for await (const chunk of source) {
            if (res.destroyed) break;
            if (!res.write(chunk)) {
              await Promise.race([new Promise((r) => res.once('drain', r)), new Promise((r) => res.once('close', r))]);
            }
          }
          log.push('loop left');
        } catch (error) {
          log.push(`loop ${error.code}`);
        }
      })();
    }
  });
  for (const path of ['/pipeline', '/pipe', '/loop']) {
    const socket = net.connect(server.address().port, '127.0.0.1');
    socket.write(`GET ${path} HTTP/1.1\r\nHost: a\r\n\r\n`);
    let received = 0;
    await new Promise((resolve) => {
      socket.on('data', (chunk) => {
        received += chunk.length;
        if (received > 1e6) {
          socket.destroy();
          resolve();
        }
      });
    });
    await sleep(60);
    console.log(path, log.splice(0).sort().join(', '));
  }
  server.close(() => console.log('closed'));
}

main();
