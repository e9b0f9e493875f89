// Heads have a size that no client goes beyond: 16 KiB, or what the server says.
'use strict';

const { probe, exchange, serve, summary } = require('./common/raw');

const request = (headers, target = '/') => `GET ${target} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n${headers}\r\n`;

async function limits() {
  for (const maxHeaderSize of [256, 20000]) {
    const server = await serve({ maxHeaderSize }, (req, res) => res.end());
    for (const size of [100, 300, 19000, 30000]) {
      const answer = await exchange(server.address().port, request(`X-A: ${'b'.repeat(size)}\r\n`));
      console.log(`maxHeaderSize ${maxHeaderSize}, a value of ${size}: ${summary(answer)}`);
    }
    server.close();
  }
}

async function counts() {
  for (const maxHeadersCount of [3, 0, null]) {
    const server = await serve({}, (req, res) => res.end(`${Object.keys(req.headers).length}`));
    server.maxHeadersCount = maxHeadersCount;
    let headers = '';
    for (let n = 0; n < 1000; n++) headers += `x${n}: 1\r\n`;
    const answer = await exchange(server.address().port, request(headers));
    console.log(`maxHeadersCount ${maxHeadersCount}: ${summary(answer)}, ${answer.slice(answer.lastIndexOf('\n') + 1)} headers`);
    server.close();
  }
}

probe([
  ['15,000 bytes of value', request(`X-A: ${'b'.repeat(15000)}\r\n`)],
  ['17,000 bytes of value', request(`X-A: ${'b'.repeat(17000)}\r\n`)],
  ['17,000 bytes of name', request(`${'b'.repeat(17000)}: a\r\n`)],
  ['17,000 bytes of target', request('', `/${'b'.repeat(17000)}`)],
  ['many small ones', request('X-A: b\r\n'.repeat(4000))],
  ['in small pieces', Array(40).fill(`X-A: ${'b'.repeat(600)}\r\n`).with(0, `GET / HTTP/1.1\r\nHost: a\r\n`)],
  ['trailers', 'POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n' + `X-T: ${'b'.repeat(17000)}\r\n\r\n`],
]).then(limits).then(counts);
