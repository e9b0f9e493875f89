// The server of node:http that every runtime runs. http_server.cjs MODE PORT [FILE]
'use strict';

const fs = require('node:fs');
const http = require('node:http');

const [mode, port, file] = process.argv.slice(2);
const TEN_KIB = Buffer.alloc(10 * 1024, 'x');

const handlers = {
  hello(request, response) {
    response.writeHead(200, { 'Content-Type': 'text/plain', 'Content-Length': 12 });
    response.end('hello world\n');
  },
  // The random number service: /?max=N answers {"random": a number below N}.
  json(request, response) {
    const max = Number(new URL(request.url, 'http://localhost').searchParams.get('max') ?? 100);
    response.setHeader('Content-Type', 'application/json');
    response.end(JSON.stringify({ random: Math.floor(Math.random() * max) }));
  },
  body(request, response) {
    response.writeHead(200, { 'Content-Type': 'application/octet-stream', 'Content-Length': TEN_KIB.length });
    response.end(TEN_KIB);
  },
  echo(request, response) {
    response.writeHead(200, { 'Content-Length': request.headers['content-length'] });
    request.pipe(response);
  },
  file(request, response) {
    response.writeHead(200, { 'Content-Length': fs.statSync(file).size });
    fs.createReadStream(file).pipe(response);
  },
};

const server = http.createServer(handlers[mode]);
server.keepAliveTimeout = 0;    // the connections of `idle` shall stay
server.listen(Number(port), '127.0.0.1');
