// 1 GB goes through a server that looks at it, without staying in memory; and through one that is slow to look.
'use strict';

const http = require('http');
const { Writable, pipeline } = require('stream');
const { serve } = require('./common/raw');

function upload(port, path, size) {
  return new Promise((resolve, reject) => {
    const req = http.request({ port, host: '127.0.0.1', path, method: 'POST' }, (res) => {
      let text = '';
      res.setEncoding('utf8').on('data', (chunk) => { text += chunk; }).on('end', () => resolve(text));
    });
    req.on('error', reject);
    const chunk = Buffer.alloc(256 * 1024, 'a');
    let left = size / chunk.length;
    const more = () => {
      while (left > 0) {
        left--;
        if (!req.write(chunk)) {
          req.once('drain', more);
          return;
        }
      }
      req.end();
    };
    more();
  });
}

async function main() {
  let peak = 0;
  const server = await serve({}, (req, res) => {
    let size = 0;
    const sink = new Writable({
      highWaterMark: 64 * 1024,
      write(chunk, encoding, callback) {
        size += chunk.length;
        peak = Math.max(peak, process.memoryUsage.rss());
        if (req.url === '/slow' && size % 8 === 0) setImmediate(callback);
        else callback();
      },
    });
    pipeline(req, sink, (error) => res.end(error ? error.message : `${size} bytes`));
  });
  const { port } = server.address();
  await upload(port, '/', 2 ** 24);
  const before = process.memoryUsage.rss();
  console.log(await upload(port, '/', 2 ** 30));
  console.log(await upload(port, '/slow', 2 ** 24));
  const grown = peak - before;
  // Far from 1 GB, and room for the freed memory that AddressSanitizer keeps.
  console.log(grown < 300e6 ? 'constant' : `grown by ${grown}`);
  server.close();
}

main();
