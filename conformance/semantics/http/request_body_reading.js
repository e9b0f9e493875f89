// Ways to read a body, or not to: the next request on the connection is read all the same.
'use strict';

const { exchange, serve, sleep } = require('./common/raw');

const post = (path, body, headers = '') =>
  `POST ${path} HTTP/1.1\r\nHost: a\r\nContent-Length: ${body.length}\r\n${headers}\r\n${body}`;

async function main() {
  const log = [];
  const server = await serve({}, async (req, res) => {
    req.on('close', () => log.push('close'));
    if (req.url === '/ignored') { res.end(); return; }
    if (req.url === '/iterated') {
      let size = 0;
      for await (const chunk of req) size += chunk.length;
      log.push(`iterated ${size} complete ${req.complete} ended ${req.readableEnded}`);
    } else if (req.url === '/paused') {
      req.on('data', () => {});
      req.pause();
      await sleep(20);
      req.resume();
      await new Promise((resolve) => req.on('end', resolve));
      log.push('paused, read');
    } else if (req.url === '/late') {
      await sleep(20);
      req.setEncoding('utf8');
      let text = '';
      req.on('data', (chunk) => { text += chunk; });
      await new Promise((resolve) => req.on('end', resolve));
      log.push(`late ${text.length}`);
    } else if (req.url === '/readable') {
      await new Promise((resolve) => req.on('readable', () => {
        for (let chunk; (chunk = req.read(3)) !== null;) log.push(`read ${chunk}`);
      }).on('end', resolve));
    } else if (req.url === '/destroyed') {
      req.destroy();
      log.push(`destroyed ${req.destroyed} ${req.aborted}`);
      return;
    }
    res.end();
  });
  const { port } = server.address();
  const last = 'GET /last HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n';
  for (const path of ['/ignored', '/iterated', '/paused', '/late', '/readable', '/destroyed']) {
    for (const size of [6, 200_000]) {
      if (path === '/readable' && size > 6) continue;
      const answer = await exchange(port, post(path, 'x'.repeat(size)) + (path === '/destroyed' ? '' : last));
      console.log(path, size, (answer.match(/200 OK/g) ?? []).length, 'answers;', log.splice(0).join(', '));
    }
  }
  server.close();
}

main();
