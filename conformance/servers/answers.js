// What the HTTP clients talk to: run by the reference, so that only the client is under test. Prints its port.
'use strict';

const http = require('http');
const zlib = require('zlib');

const PACKED = { gzip: zlib.gzipSync, deflate: zlib.deflateSync, br: zlib.brotliCompressSync };
let failures = 0;

function echo(request, response) {
  const chunks = [];
  request.on('data', (chunk) => chunks.push(chunk)).on('end', () => {
    const { host, ...headers } = request.headers;
    // Node and Gyre are told apart by nothing else; boundaries are random.
    const text = (s) => s.replace(/[-\w]*boundary[-\w=]*|-{10,}[-\w]+|[-\w]*formdata-undici-\d+/gi, 'BOUNDARY');
    for (const name of ['content-type', 'content-length']) {
      if (name in headers && /multipart/.test(request.headers['content-type'])) headers[name] = text(headers[name]).replace(/^\d+$/, 'N');
    }
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ method: request.method, url: request.url, headers, body: text(Buffer.concat(chunks).toString()) }));
  });
}

const answers = {
  echo,
  hello: (request, response) => response.end('hello'),
  status: (request, response, code) => response.writeHead(Number(code), { 'x-code': code }).end(`status ${code}`),
  redirect(request, response, times) {
    response.writeHead(302, { 'location': times > 1 ? `/redirect/${times - 1}` : '/echo', 'set-cookie': `hop${times}=1` }).end();
  },
  packed: (request, response, kind) => response.writeHead(200, { 'content-encoding': kind }).end(PACKED[kind]('packed '.repeat(100))),
  flaky: (request, response) => (failures++ % 3 < 2 ? response.writeHead(503, { 'retry-after': '0' }).end() : response.end('at last')),
  slow: () => {},
  cut: (request, response) => response.write('part', () => request.socket.destroy()),
  large: (request, response) => response.end(Buffer.alloc(2_000_000, 'x')),
  trailers(request, response) {
    response.writeHead(200, { trailer: 'x-sum' });
    response.write('body');
    response.addTrailers({ 'x-sum': '7' });
    response.end();
  },
};

const server = http.createServer((request, response) => {
  const [, name, argument] = new URL(request.url, 'http://x').pathname.split('/');
  if (Object.hasOwn(answers, name)) answers[name](request, response, argument);
  else response.writeHead(404).end();
});
server.listen(0, '127.0.0.1', () => console.log(server.address().port));
